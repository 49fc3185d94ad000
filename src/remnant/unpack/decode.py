"""Bytes to text: total, exact, and honest about what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Note(StrEnum):
    """What a reader of the text should know of how it was decoded."""

    GUESSED = "guessed"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was had from bytes.

    `encoding` is a name Python knows, lower-case; `ascii` if no byte is above 127. `bom` is 1 if the text begins
    with a byte order mark, which stays in it as U+FEFF and counts as one character, else 0. `bad` lists the runs of
    undecodable bytes as half-open ranges of characters, one U+FFFD to the byte. `declared` is what the file said.
    """

    text: str
    encoding: str
    bom: int = 0
    bad: tuple[tuple[int, int], ...] = ()
    declared: str | None = None
    notes: tuple[Note, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Read bytes as text; never raises, and every byte is in the text."""
    raise NotImplementedError
