"""The shelf: an OCFL storage root, one object per original, version 1 for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from remnant.keep.folder import Folder
from remnant.model import Arrival, Digest, Original


class Shelf:
    """The originals of one library. Reading needs no lock and writes nothing."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def get(self, digest: Digest) -> bytes:
        """Give back the bytes, or say that they are damaged or gone (DamageError); never hand out others."""
        raise NotImplementedError

    def open(self, digest: Digest) -> BinaryIO:
        """A stream of the bytes, read through once and found right before it is handed out."""
        raise NotImplementedError

    def path_of(self, digest: Digest) -> Path:
        """Where the bytes lie, unchecked; DamageError if nothing is there."""
        raise NotImplementedError

    def has(self, digest: Digest) -> bool:
        """Whether something stands there for it, unchecked."""
        raise NotImplementedError

    def arrival(self, digest: Digest) -> Arrival:
        """How these bytes first came."""
        raise NotImplementedError

    def all(self) -> Iterator[Original]:
        """Every original on the shelf, unchecked, in the order of the folders."""
        raise NotImplementedError
