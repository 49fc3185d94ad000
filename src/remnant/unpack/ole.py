"""Compound files of old office programs: the streams at the top of a file system in a file, within limits."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass
from sys import byteorder

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_ENTRIES = 10_000

_HEADER = struct.Struct("<8s16xHHHHH6xIIIIIIIII109I")
_END = 0xFFFFFFFA
"""Sector numbers from here on name no sector."""
_ENTRY = 128
_STREAM = 2


def is_ole(data: bytes) -> bool:
    return data.startswith(MAGIC)


def streams(data: bytes) -> dict[str, bytes]:
    """What stands at the top of a compound file, by name; what is harmed is as long as it could be followed.

    Never raises, and reads no sector of a stream twice.
    """
    if len(data) < _HEADER.size or not is_ole(data):
        return {}
    _, _, _, _, shift, small, *rest = _HEADER.unpack_from(data)
    if shift not in (9, 12) or small > shift:
        return {}
    _, _, directory, _, cutoff, minis, _, more, count, *first = rest
    file = _File(data, 1 << shift)
    file.table = _numbers(b"".join(map(file.sector, _fat(file, more, first, count))))
    entries = _entries(file.chain(directory))
    if not entries:
        return {}
    held = _File(file.chain(entries[0].start), 1 << small, 0, _numbers(file.chain(minis)))
    return {one.name: (held if one.size < cutoff else file).chain(one.start)[: one.size] for one in _top(entries)}


@dataclass(slots=True)
class _File:
    """Sectors of one size, and the table that says which follows which."""

    data: bytes
    size: int
    first: int = 1
    table: array[int] | None = None

    def sector(self, number: int) -> bytes:
        at = (number + self.first) * self.size
        return self.data[at : at + self.size]

    def chain(self, number: int) -> bytes:
        """The sectors from this one on; a ring ends where it closes."""
        found: list[bytes] = []
        table = self.table or array("I")
        left = len(self.data) // self.size + 1
        while number < _END and number < len(table) and left > 0:
            found.append(self.sector(number))
            number, left = table[number], left - 1
        return b"".join(found)


def _fat(file: _File, more: int, first: list[int], count: int) -> list[int]:
    """The sectors that hold the table: some are named in the header, the others in sectors of their own."""
    numbers = [number for number in first if number < _END]
    most = len(file.data) // file.size + 1
    seen: set[int] = set()
    while more < _END and more not in seen and len(seen) <= count and len(numbers) < most:
        seen.add(more)
        named = _numbers(file.sector(more))
        if not named:
            break
        numbers += [number for number in named[:-1] if number < _END]
        more = named[-1]
    return numbers[:most]


def _numbers(data: bytes) -> array[int]:
    found = array("I")
    found.frombytes(data[: len(data) // 4 * 4])
    if byteorder == "big":
        found.byteswap()
    return found


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def _entries(data: bytes) -> list[_Entry]:
    found = []
    for at in range(0, min(len(data), MAX_ENTRIES * _ENTRY) - _ENTRY + 1, _ENTRY):
        length, kind, left, right, child = struct.unpack_from("<HBxIII", data, at + 64)
        start, size = struct.unpack_from("<II", data, at + 116)
        name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
        found.append(_Entry(name, kind, left, right, child, start, size))
    return found


def _top(entries: list[_Entry]) -> list[_Entry]:
    """The streams in the outermost folder: a document in this document has streams of the same names."""
    waiting, seen, found = [entries[0].child], set[int](), list[_Entry]()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            entry = entries[number]
            waiting += [entry.left, entry.right]
            found += [entry] if entry.kind == _STREAM else []
    return found
