"""Which kept containers hold a kept original: found by looking into them, since an arrival knows only names."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol, cast

from remnant.errors import DamageError, RefusedError
from remnant.keep.shelf import Shelf
from remnant.model import Digest
from remnant.unpack import archive, streams, tar
from remnant.unpack.archive import Refused, ZipLimits

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
LIMITS = ZipLimits(member_bytes=2 * 2**30)
_IN_MEMORY = 1 << 20
_START = 512


class Held(Protocol):
    """Something in a container."""

    @property
    def name(self) -> str: ...
    def chunks(self) -> Iterator[bytes]: ...


def holding(shelf: Shelf, among: Iterable[Digest], wanted: Collection[Digest]) -> frozenset[Digest]:
    """Those originals that are archives with one of the wanted in them, however deep; reads every archive."""
    if not wanted:
        return frozenset()
    return frozenset(digest for digest in among if digest not in wanted and _holds(shelf, digest, wanted))


def members_of(file: BinaryIO, depth: int = 0) -> Iterator[Digest]:
    """The digest of everything in a container that can be read, and of what is in containers in it."""
    return (digest for digest, _ in opened(file, depth))


def opened(file: BinaryIO, depth: int = 0, room: Room | None = None) -> Iterator[tuple[Digest, BinaryIO]]:
    """The same with its bytes, to be read before the next is asked for; all of it within the limits of one archive."""
    room = room or Room(LIMITS.total_bytes)
    for one in held_in(file, depth):
        if not isinstance(one, Refused):
            yield from _opened(one, depth, room)


@dataclass(slots=True)
class Room:
    """How many bytes more may be unpacked."""

    left: int


def held_in(file: BinaryIO, depth: int = 0) -> Iterator[Held | Refused]:
    """What stands in a zip, a tar or a compressed stream; nothing in any other file."""
    start = file.read(_START)
    file.seek(0)
    if depth >= LIMITS.depth:
        return
    if start[:4] in SIGNATURES:
        yield from archive.members(file, LIMITS, depth)
    elif tar.is_tar(start):
        yield from tar.members(file, LIMITS, depth)
    elif streams.is_stream(start):
        yield _Stream(file)


class _Stream:
    """What one compressed stream holds."""

    name = ""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def chunks(self) -> Iterator[bytes]:
        self._file.seek(0)
        return streams.unpacked(self._file, self.name, LIMITS)


def _holds(shelf: Shelf, digest: Digest, wanted: Collection[Digest]) -> bool:
    try:
        with shelf.path_of(digest).open("rb") as file:
            return any(held in wanted for held in members_of(file))
    except (OSError, DamageError):
        return False


def _opened(one: Held, depth: int, room: Room) -> Iterator[tuple[Digest, BinaryIO]]:
    if room.left <= 0:
        return
    sha512 = hashlib.sha512()
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as within:
        file = cast(BinaryIO, within)
        try:
            for chunk in one.chunks():
                room.left -= len(chunk)
                if room.left < 0:
                    return
                sha512.update(chunk)
                within.write(chunk)
        except RefusedError:
            return
        within.seek(0)
        yield Digest(sha512.hexdigest()), file
        within.seek(0)
        yield from opened(file, depth + 1, room)
