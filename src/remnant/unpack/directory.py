"""The list of members of a zip file: its central directory, or, where that is lost, the members themselves."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

DEFLATED = 8
STORED = 0

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_LOCATOR = struct.Struct("<4sIQI")
_END64 = struct.Struct("<4sQ2H2I4Q")
_END_SEARCHED = 65_557
_MAX_DIRECTORY = 256 * 2**20
_UTF8 = 1 << 11
_SIZES_FOLLOW = 1 << 3
_FULL = 0xFFFFFFFF
_BLOCK = 1 << 16


class DirectoryError(Exception):
    """The central directory is missing, or is not one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as the archive lists it: nothing of it is believed until it is read."""

    raw_name: bytes
    flags: int
    method: int
    crc: int
    compressed: int
    size: int
    offset: int
    mode: int = 0
    crc_known: bool = True

    @property
    def name(self) -> str:
        """Its name as text: UTF-8 if it says so or is that, else the code page of old DOS."""
        try:
            return self.raw_name.decode("utf-8")
        except UnicodeDecodeError:
            says_utf8 = self.flags & _UTF8
        return self.raw_name.decode("utf-8", "surrogateescape") if says_utf8 else self.raw_name.decode("cp437")


def listed(file: BinaryIO) -> Iterator[Entry]:
    """The entries of the central directory, in its order; DirectoryError where it cannot be read on."""
    start, size, count, shift = _directory(file)
    file.seek(start)
    directory = file.read(min(size, _MAX_DIRECTORY))
    at = 0
    for _ in range(count):
        entry, at = _entry(directory, at, shift)
        yield entry


def _directory(file: BinaryIO) -> tuple[int, int, int, int]:
    """Where the directory starts, its size, how many it lists, and what stands before the archive in the file."""
    end = file.seek(0, 2)
    tail_start = file.seek(max(0, end - _END_SEARCHED))
    tail = file.read()
    found = tail.rfind(b"PK\5\6")
    if found < 0 or len(tail) - found < _END.size:
        raise DirectoryError
    at = tail_start + found
    _, _, _, _, count, size, offset, _ = _END.unpack_from(tail, found)
    if count == 0xFFFF or size == _FULL or offset == _FULL:
        at, count, size, offset = _directory64(file, at) or (at, count, size, offset)
    if size > at or offset + size > at:
        raise DirectoryError
    return at - size, size, count, at - size - offset


def _directory64(file: BinaryIO, end: int) -> tuple[int, int, int, int] | None:
    if end < _LOCATOR.size:
        return None
    file.seek(end - _LOCATOR.size)
    signature, _, at, _ = _LOCATOR.unpack(file.read(_LOCATOR.size))
    if signature != b"PK\6\7" or at > end:
        return None
    file.seek(at)
    record = file.read(_END64.size)
    if len(record) < _END64.size or not record.startswith(b"PK\6\6"):
        return None
    fields = _END64.unpack(record)
    return at, fields[7], fields[8], fields[9]


def _entry(directory: bytes, at: int, shift: int) -> tuple[Entry, int]:
    if len(directory) - at < _CENTRAL.size or directory[at : at + 4] != b"PK\1\2":
        raise DirectoryError
    _, made_by, _, flags, method, _, _, *rest = _CENTRAL.unpack_from(directory, at)
    crc, compressed, size, name, extra, comment, _, _, outside, offset = rest
    start = at + _CENTRAL.size
    end = start + name + extra + comment
    if end > len(directory):
        raise DirectoryError
    size, compressed, offset = _wide(directory[start + name : start + name + extra], size, compressed, offset)
    mode = outside >> 16 if made_by >> 8 == 3 else 0
    raw_name = directory[start : start + name]
    return Entry(raw_name, flags, method, crc, compressed, size, offset + shift, mode), end


def _wide(extra: bytes, size: int, compressed: int, offset: int) -> tuple[int, int, int]:
    """Sizes beyond four bytes stand in an extra field, only those that did not fit."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            return _widened(extra[at + 4 : at + 4 + length], [size, compressed, offset])
        at += 4 + length
    return size, compressed, offset


def _widened(field: bytes, narrow: list[int]) -> tuple[int, int, int]:
    at = 0
    for position, value in enumerate(narrow):
        if value == _FULL and at + 8 <= len(field):
            narrow[position] = int.from_bytes(field[at : at + 8], "little")
            at += 8
    return narrow[0], narrow[1], narrow[2]


def data_start(file: BinaryIO, entry: Entry) -> int | None:
    """Where the member's bytes begin; None if no member of that name stands where the list says."""
    file.seek(entry.offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\3\4"):
        return None
    name, extra = _LOCAL.unpack(header)[9:11]
    start = entry.offset + _LOCAL.size + name + extra
    return start if file.read(name) == entry.raw_name else None


def scanned(file: BinaryIO, most: int, tries: int) -> Iterator[Entry]:
    """The members that can be found without a directory, in the order of the file; only so many headers are tried.

    Where a member's size stands behind it, its bytes are unpacked once to find their end, up to `most` of them;
    all such unpacking together reads no more than four times the file.
    """
    work = 4 * file.seek(0, 2)
    at = _next_header(file, 0)
    while at is not None and tries > 0:
        tries -= 1
        entry, end, cost = _scanned_entry(file, at, min(work, most))
        work -= cost
        if entry is not None:
            yield entry
        at = _next_header(file, end)


def _next_header(file: BinaryIO, at: int) -> int | None:
    file.seek(at)
    kept = b""
    while block := file.read(_BLOCK):
        found = (kept + block).find(b"PK\3\4")
        if found >= 0:
            return at - len(kept) + found
        at += len(block)
        kept = (kept + block)[-3:]
    return None


def _scanned_entry(file: BinaryIO, at: int, most: int) -> tuple[Entry | None, int, int]:
    file.seek(at)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        return None, at + 4, 0
    _, _, flags, method, _, _, crc, compressed, size, name, extra = _LOCAL.unpack(header)
    raw_name = file.read(name)
    start = at + _LOCAL.size + name + extra
    if not flags & _SIZES_FOLLOW or size:
        return Entry(raw_name, flags, method, crc, compressed, size, at), start + compressed, 0
    if method != DEFLATED:
        return None, start, 0
    compressed, size = _measured(file, start, most)
    return Entry(raw_name, flags, method, 0, compressed, size, at, crc_known=False), start + compressed, compressed


def _measured(file: BinaryIO, start: int, most: int) -> tuple[int, int]:
    """How many bytes a deflated member takes, and how many it makes."""
    file.seek(start)
    inflater, read, made = zlib.decompressobj(-15), 0, 0
    try:
        while not inflater.eof and made < most and read < most:
            block = inflater.unconsumed_tail or file.read(_BLOCK)
            if not block:
                break
            read += 0 if inflater.unconsumed_tail else len(block)
            made += len(inflater.decompress(block, _BLOCK))
    except zlib.error:
        pass
    return read - len(inflater.unused_data) - len(inflater.unconsumed_tail), made
