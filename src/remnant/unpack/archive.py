"""Zip archives from strangers, read within limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What one archive may ask of us. `depth` counts archives inside archives, the outermost being 0."""

    members: int = 100_000
    member_bytes: int = 64 * 2**20
    total_bytes: int = 16 * 2**30
    ratio: int = 200
    depth: int = 3


class Reason(StrEnum):
    """Why a member, or a whole archive, was refused."""

    TOO_LARGE = "too large"
    TOO_MANY = "too many members"
    RATIO = "expands too much"
    TOTAL = "the archive expands too much"
    DEPTH = "too many archives inside one another"
    CLIMBS = "its path leaves the archive"
    SYMLINK = "a link, not a file"
    DUPLICATE = "the same name again"
    ENCRYPTED = "encrypted"
    OVERLAPS = "shares bytes with another member"
    METHOD = "compressed in an unknown way"
    LIES = "not the size it says"
    DAMAGED = "damaged"
    NO_DIRECTORY = "the list of members is missing or damaged"


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not handed out; an empty name speaks of the archive itself."""

    name: str
    reason: Reason

    @property
    def message(self) -> str:
        return f"{self.name or 'the archive'}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Member:
    """A member that may be read: `name` is a relative path with forward slashes, `size` what the archive declares."""

    name: str
    size: int

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, in order; RefusedError or TooLargeError as soon as they break a limit or turn out damaged."""
        raise NotImplementedError

    def salvage(self) -> tuple[bytes, Refused | None]:
        """All that can be had of it, and what is wrong with it, if anything; never raises."""
        raise NotImplementedError


def members(file: BinaryIO, limits: ZipLimits | None = None, depth: int = 0) -> Iterator[Member | Refused]:
    """The members of a zip archive in the order of its list; folders are passed over. Never raises.

    The file must be seekable and stay open while members are read.
    """
    raise NotImplementedError
