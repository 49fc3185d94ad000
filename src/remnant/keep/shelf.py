"""The shelf: an OCFL storage root, one object per original, version 1 for ever."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from remnant.errors import DamageError
from remnant.keep import ocfl
from remnant.keep.folder import Folder
from remnant.keep.objects import Examined, examine, find_original, pieces, read_arrival
from remnant.model import Arrival, Digest, Original


class Shelf:
    """The originals of one library. Reading needs no lock and writes nothing."""

    def __init__(self, folder: Folder) -> None:
        self._root = folder.shelf

    def get(self, digest: Digest) -> bytes:
        """Give back the bytes, or say that they are damaged or gone (DamageError); never hand out others."""
        with self._opened(digest) as file:
            data = _read(file, digest)
        if Digest.of(data) != digest:
            raise _damaged(digest)
        return data

    def open(self, digest: Digest) -> BinaryIO:
        """A stream of the bytes, read through once and found right before it is handed out."""
        file = self._opened(digest)
        try:
            if _digest(file, digest) != digest:
                raise _damaged(digest)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        return file

    def path_of(self, digest: Digest) -> Path:
        """Where the bytes lie, unchecked; DamageError if nothing is there."""
        found = find_original(self._home(digest))
        if found is None:
            raise DamageError(
                f"Original {digest.short} is not on the shelf. Nothing was changed. Added again, it will stand there."
            )
        return found

    def has(self, digest: Digest) -> bool:
        """Whether something stands there for it, unchecked."""
        return self._home(digest).exists()

    def size(self, digest: Digest) -> int:
        """How many bytes lie there, unchecked."""
        return self.path_of(digest).stat().st_size

    def arrival(self, digest: Digest) -> Arrival:
        """How these bytes first came; DamageError if that record is harmed."""
        arrival = read_arrival(self._home(digest), ocfl.object_id(digest))
        if arrival is None:
            raise DamageError(f"How original {digest.short} came can no longer be read. Nothing was changed.")
        return arrival

    def check(self, digest: Digest) -> Examined:
        """Look through everything that is kept of one original, byte for byte."""
        return examine(self._home(digest), ocfl.object_id(digest))

    def all(self) -> Iterator[Original]:
        """Every original whose bytes are right, in the order of the folders. Reads all of them."""
        for identity, home in self.objects():
            original = examine(home, identity).original
            if original is not None:
                yield original

    def objects(self) -> Iterator[tuple[str, Path]]:
        """The id and the folder of every object there is, unchecked."""
        for place in self.places():
            identity = ocfl.id_at(place)
            if identity is not None:
                yield identity, self._root / place

    def objects_in(self, above: str) -> Iterator[tuple[str, Path]]:
        """The same of one folder of the shelf, in order; nothing if it is not there or cannot be read."""
        for name in self._names(above):
            identity = ocfl.id_at(f"{above}/{name}")
            if identity is not None:
                yield identity, self._root / above / name

    def folders(self) -> frozenset[str]:
        """The names of what stands on the shelf itself: folders of objects, and what belongs to the shelf."""
        return frozenset(os.listdir(self._root)) if self._root.is_dir() else frozenset()

    def places(self) -> Iterator[str]:
        """What stands in the folders of objects, by path under the shelf, whether it belongs there or not."""
        for above in sorted(os.listdir(self._root)) if self._root.is_dir() else ():
            if above != "extensions":
                yield from (f"{above}/{name}" for name in self._names(above))

    def _names(self, above: str) -> list[str]:
        try:
            return sorted(os.listdir(self._root / above))
        except OSError:
            return []

    def _home(self, digest: Digest) -> Path:
        return self._root / ocfl.place_of(ocfl.object_id(digest))

    def _opened(self, digest: Digest) -> BinaryIO:
        path = self.path_of(digest)
        try:
            return path.open("rb")
        except OSError as error:
            raise _unreadable(digest) from error


def _read(file: BinaryIO, digest: Digest) -> bytes:
    try:
        return file.read()
    except OSError as error:
        raise _unreadable(digest) from error


def _digest(file: BinaryIO, digest: Digest) -> Digest:
    sha512 = hashlib.sha512()
    try:
        for piece in pieces(file):
            sha512.update(piece)
    except OSError as error:
        raise _unreadable(digest) from error
    return Digest(sha512.hexdigest())


def _damaged(digest: Digest) -> DamageError:
    return DamageError(
        f"Original {digest.short} no longer matches its digest. Nothing was changed. "
        "A good copy, added again, will replace it."
    )


def _unreadable(digest: Digest) -> DamageError:
    return DamageError(
        f"Original {digest.short} cannot be read from the disk. Nothing was changed. "
        "A good copy, added again, will replace it."
    )
