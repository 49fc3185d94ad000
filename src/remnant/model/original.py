"""Bytes, and how they came to us."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Digest:
    """The SHA-512 of some bytes, as 128 lower-case hex digits."""

    hex: str

    def __post_init__(self) -> None:
        if len(self.hex) != 128 or self.hex.strip("0123456789abcdef"):
            raise ValueError("A digest is 128 lower-case hex digits.")

    @classmethod
    def of(cls, data: bytes) -> Digest:
        return cls(hashlib.sha512(data).hexdigest())

    @property
    def short(self) -> str:
        """Twelve digits: enough to name an original in a log, too few to search the web for."""
        return self.hex[:12]


@dataclass(frozen=True, slots=True, order=True)
class Original:
    """Bytes named by themselves; two equal files are one original."""

    digest: Digest
    size: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """One sighting of an original. Two arrivals are equal if all but their time is equal.

    `name` and `inside` are as found: bytes no encoding explains stay as lone surrogates (PEP 383).
    `inside` names the containers it came out of, outermost first.
    """

    original: Original
    door: str
    name: str
    at: datetime = field(compare=False)
    inside: tuple[str, ...] = ()
    from_whom: str | None = None
    terms: str | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """A named tree of originals understood together; usually of one, whose path is empty."""

    members: tuple[tuple[str, Original], ...]

    @classmethod
    def of_one(cls, original: Original) -> Bundle:
        return cls((("", original),))
