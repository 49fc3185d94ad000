"""What is known of one work, and who says so."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.library.opening import Library
from remnant.model import Arrival, Reader, Shown


@dataclass(frozen=True, slots=True)
class Came:
    """How a work came here: every sighting of the originals of its editions, oldest first."""

    arrivals: tuple[Arrival, ...]


def full_id(library: Library, work: str) -> str:
    """The one work whose id begins so. RefusedError lists the candidates if several do, or says that none does."""
    raise NotImplementedError


def known(library: Library, reader: Reader, work: str) -> Shown:
    """The whole work as this reader may see it: claims and body. `work` may be an id cut short."""
    raise NotImplementedError


def card(library: Library, reader: Reader, work: str) -> Shown:
    """The work without its text: cheap."""
    raise NotImplementedError


def came(library: Library, reader: Reader, work: str) -> Came:
    """Where the files of a work came from."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Standing:
    """One place in an original where a claim stands written, with the text around it, veiled as the shield wishes.

    `name` is what the original arrived as; `part` the member path in a package; `start` and `end` are characters of
    the part's decoded text.
    """

    name: str
    part: str
    start: int
    end: int
    before: str
    here: str
    after: str


def standings(library: Library, reader: Reader, work: str, claim: str) -> tuple[Standing, ...]:
    """Where in the originals this claim of the work stands written; none if a person said it or a rule inferred it."""
    raise NotImplementedError
