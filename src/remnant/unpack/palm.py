"""Palm databases, the boxes that Mobipocket and Kindle books come in, and the packing of their text records.

Written from the public descriptions of the format. Nothing a header says is believed: offsets are held within the
file, and what unpacks to more than its record may hold is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

from remnant.errors import RefusedError
from remnant.unpack.huff import Phrases

MAX_RECORD = 64 * 1024
"""Bytes that one text record may unpack to; books have 4,096 in each."""
MAX_TEXT = 32 * 2**20

PLAIN, PALMDOC, HUFF = 1, 2, 17_480
_NOTHING = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a database, each within the file however its list lies."""

    data: bytes
    starts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, index: int) -> bytes:
        """A record; empty if there is none of this number."""
        if not 0 <= index < len(self.starts):
            return b""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.data)
        return self.data[self.starts[index] : max(end, self.starts[index])]


def records_of(data: bytes) -> Records:
    """The records of a Palm database; none if its list is not whole."""
    count = number(data, 76, 2)
    if len(data) < 78 + 8 * count:
        return Records(data, ())
    starts = (offset for offset, _ in struct.iter_unpack(">LL", data[78 : 78 + 8 * count]))
    return Records(data, tuple(min(offset, len(data)) for offset in starts))


def number(data: bytes, at: int, size: int = 4) -> int:
    """A big-endian number; 0 past the end."""
    return int.from_bytes(data[at : at + size], "big") if at + size <= len(data) else 0


def index_at(data: bytes, at: int) -> int | None:
    """The number of a record, where one is named at all."""
    found = number(data, at)
    return None if at + 4 > len(data) or found == _NOTHING else found


def without_trailers(record: bytes, flags: int) -> bytes:
    """A text record without what stands behind its text: an entry for each flag, its size written backwards."""
    for _ in range((flags >> 1).bit_count()):
        size = 0
        for byte in record[-4:]:
            size = (byte & 0x7F) if byte & 0x80 else size << 7 | byte & 0x7F
        record = record[: max(0, len(record) - size)] if size else record
    return record[: max(0, len(record) - (record[-1] & 3) - 1)] if flags & 1 and record else record


def unpacker(compression: int, huff: list[bytes]) -> Callable[[bytes], bytes]:
    """What unpacks a text record of this compression; RefusedError if nobody knows it or its tables are broken."""
    if compression == PLAIN:
        return bytes
    if compression == PALMDOC:
        return unpacked
    if compression == HUFF and huff:
        return Phrases(huff[0], huff[1:], MAX_RECORD).unpacked
    raise RefusedError("it is compressed in an unknown way")


def unpacked(record: bytes) -> bytes:
    """Text packed as PalmDOC packs it; RefusedError if it points to before its own start."""
    out = bytearray()
    at, size = 0, len(record)
    while at < size:
        byte = record[at]
        at += 1
        if 1 <= byte <= 8:
            out += record[at : at + byte]
            at += byte
        elif byte < 0x80:
            out.append(byte)
        elif byte >= 0xC0:
            out += bytes((0x20, byte ^ 0x80))
        else:
            pair = (byte << 8 | record[at] if at < size else byte << 8) & 0x3FFF
            at += 1
            _repeat(out, pair >> 3, (pair & 7) + 3)
        if len(out) > MAX_RECORD:
            raise RefusedError("a record unpacks to more than it may")
    return bytes(out)


def _repeat(out: bytearray, distance: int, length: int) -> None:
    """Say again what was said `distance` bytes ago; what is said again may reach into itself."""
    if not 0 < distance <= len(out):
        raise RefusedError("a record is damaged")
    start = len(out) - distance
    piece = bytes(out[start : start + length])
    out += (piece * (length // len(piece) + 1))[:length]
