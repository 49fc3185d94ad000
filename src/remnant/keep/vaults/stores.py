"""Where a vault stands: what is asked of a folder and of a bucket alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from remnant.errors import RefusedError

S3 = "s3://"


class UnreachableError(RefusedError):
    """A vault cannot be reached just now: a disk that is not there, a bucket that does not answer."""


class TooLargeError(UnreachableError):
    """A vault does not take a file of this size; smaller ones it does."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a vault, by its name from the vault's root."""

    name: str
    size: int


class Store(Protocol):
    """A tree of files elsewhere. What cannot be reached raises UnreachableError, whatever is asked."""

    target: str

    @property
    def largest(self) -> int | None:
        """Bytes of the largest file that can be put there at once; None if that is nobody's limit."""

    def exists(self) -> bool:
        """Whether there is anything there at all."""

    def files(self, under: str = "") -> Iterator[Stored]:
        """Every file under this folder, in the order of their names."""

    def read(self, name: str) -> Iterator[bytes]:
        """The bytes of a file, a piece at a time; FileNotFoundError if there is none, OSError if it is unreadable."""

    def local(self, name: str, scratch: Path) -> AbstractContextManager[Path]:
        """A path to read the file at, while the context lasts; `scratch` is a file that may be written for it."""

    def write(self, name: str, data: bytes) -> None:
        """Put a small file in place, whole, of whatever stands there."""

    def put(self, place: str, home: Path) -> None:
        """Put a folder of files where nothing stands, `inventory.json` last; lasting when this returns.

        What stands there already with the same bytes is left. FileExistsError if other bytes stand there.
        """

    def replace(self, place: str, home: Path) -> None:
        """Put a good folder of files in the place of a damaged one; nothing is lost if this is cut off."""

    def set_aside(self, place: str) -> None:
        """Take a damaged folder of files out of the way: into `aside`, or off where nothing can be renamed."""

    def remove(self, place: str) -> None:
        """Take a folder of files away for good."""
