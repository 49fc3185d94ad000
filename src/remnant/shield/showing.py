"""The one door to whatever is shown: nothing reaches a face or a giver but through here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from remnant.model import Field, Reader, Reading, Region, Shown, Snippet, Work


@dataclass(frozen=True, slots=True)
class Searchable:
    """What the index may hold of a work: veiled text, and values without the sensitive ones."""

    label: str
    titled: bool
    story: str
    notes: str
    fields: Mapping[Field, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place in an original and the text around it, as it stands there, veiled."""

    before: str
    quoted: str
    after: str
    part: str


def show(work: Work, reading: Reading | None, reader: Reader, snippet: Snippet | None = None) -> Shown:
    """What this reader may be shown of a work: whole with its reading, a card without."""
    raise NotImplementedError


def searchable(work: Work, reading: Reading) -> Searchable:
    """What may be searched of a work, by anyone who may see its class."""
    raise NotImplementedError


def excerpt(reading: Reading, region: Region, reader: Reader, around: int = 120) -> Excerpt:
    """Where in the original something stands, with up to `around` characters on either side."""
    raise NotImplementedError
