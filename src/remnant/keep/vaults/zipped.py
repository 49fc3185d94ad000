"""The ZIP of a pack: written so that any unzip reads it, and read so that damage to one member harms no other.

Members are stored, never squeezed, so the bytes of a story stand in the pack as they are, each behind a header of its
own. Reading goes from header to header and needs no table at the end; after a spoilt stretch it looks for the next
header. What it finds is believed only if its digest is right.
"""

from __future__ import annotations

import mmap
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

_HEADER = struct.Struct("<4s5H3L2H")
_SIGNATURE = b"PK\x03\x04"
_LARGE = 0xFFFFFFFF
_LARGE_SIZES = struct.Struct("<2H2Q")
_LONGEST_NAME = 200
_FALSE_STARTS = 4
"""How many times the length of a spoilt pack is looked through, at most, for members that turn out to be none."""


@dataclass(frozen=True, slots=True)
class Member:
    """A stored file in a pack: where its bytes begin, how many they are, and their CRC by its header."""

    name: str
    start: int
    size: int
    crc: int


class Writer:
    """A new pack; the same members in the same order give the same bytes."""

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "x", zipfile.ZIP_STORED, allowZip64=True)

    def add(self, name: str, pieces: Iterable[bytes], size: int) -> None:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        entry.file_size = size
        with self._zip.open(entry, "w", force_zip64=size >= _LARGE) as out:
            for piece in pieces:
                out.write(piece)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()


class Reader:
    """A pack that may be spoilt. Use it in a `with`."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            empty = not path.stat().st_size
            self._map = mmap.mmap(-1, 1) if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def whole_members(self) -> Iterator[Member]:
        """Every member whose bytes have the CRC that stands before them, in the order they stand."""
        at, budget = self._map.find(_SIGNATURE), _FALSE_STARTS * len(self._map)
        while at >= 0 and budget > 0:
            member = self._member(at)
            if member is None:
                at = self._map.find(_SIGNATURE, at + 1)
                continue
            budget -= member.size
            good = self._crc(member) == member.crc
            if good:
                yield member
            at = self._map.find(_SIGNATURE, member.start + member.size if good else at + 1)

    def pieces(self, member: Member) -> Iterator[bytes]:
        end = member.start + member.size
        for start in range(member.start, end, 1 << 20):
            yield self._map[start : min(end, start + (1 << 20))]

    def data(self, member: Member) -> bytes:
        return self._map[member.start : member.start + member.size]

    def _member(self, at: int) -> Member | None:
        if at + _HEADER.size > len(self._map):
            return None
        _, _, flags, method, _, _, crc, packed, size, named, extra = _HEADER.unpack_from(self._map, at)
        start = at + _HEADER.size + named + extra
        if flags & 0x0009 or method or named > _LONGEST_NAME or packed != size:
            return None
        if size == _LARGE:
            size = self._large_size(at + _HEADER.size + named, extra)
        name = self._map[at + _HEADER.size : at + _HEADER.size + named].decode("ascii", "replace")
        return Member(name, start, size, crc) if start + size <= len(self._map) else None

    def _large_size(self, at: int, extra: int) -> int:
        if extra < _LARGE_SIZES.size or at + _LARGE_SIZES.size > len(self._map):
            return len(self._map)
        return int(_LARGE_SIZES.unpack_from(self._map, at)[2])

    def _crc(self, member: Member) -> int:
        crc = 0
        for piece in self.pieces(member):
            crc = zlib.crc32(piece, crc)
        return crc

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        with closing(self._map):
            pass
