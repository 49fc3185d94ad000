"""Tar archives from strangers, read within limits: ustar, GNU and pax, whole or harmed.

Links and devices are never followed and never made: only files are handed out. After a harmed header the next sound
one is sought, so one bad block costs one member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from remnant.unpack.archive import Customs, Reason, Refused, ZipLimits

_BLOCK = 512
_READ = 1 << 16
_MAX_EXTRA = 1 << 16
"""Bytes of a long name or of a pax record that are read; a name longer than this is none."""
_MAGIC = b"ustar"
_RECORD = re.compile(rb"(\d{1,8}) ([^=\n]{1,100})=")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a tar: `name` is a relative path with forward slashes."""

    name: str
    size: int
    _file: BinaryIO = field(repr=False, compare=False)
    _start: int = field(repr=False, default=0)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, in order; RefusedError where the archive ends before them."""
        at, end = self._start, self._start + self.size
        while at < end:
            self._file.seek(at)
            block = self._file.read(min(_READ, end - at))
            if not block:
                raise Refused(self.name, Reason.DAMAGED).error()
            at += len(block)
            yield block


@dataclass(slots=True)
class _Header:
    """One header block, and what the records before it said better."""

    name: bytes
    size: int
    kind: bytes


def is_tar(start: bytes) -> bool:
    """Whether the first block is a header with a sound checksum."""
    return start[257:262] == _MAGIC and _is_sound(start[:_BLOCK])


def members(file: BinaryIO, limits: ZipLimits | None = None, depth: int = 0) -> Iterator[Member | Refused]:
    """The files of a tar archive in order; folders are passed over. Never raises, but for OSError of the disk."""
    limits = limits or ZipLimits()
    if depth >= limits.depth:
        yield Refused("", Reason.DEPTH)
        return
    yield from _Walk(file, limits).members()


class _Walk:
    """One pass from header to header."""

    def __init__(self, file: BinaryIO, limits: ZipLimits) -> None:
        self.file = file
        self.limits = limits
        self.customs = Customs(limits)
        self.harmed = False
        self.at = 0
        self.end = file.seek(0, 2)

    def members(self) -> Iterator[Member | Refused]:
        count = 0
        better: dict[str, bytes] = {}
        while self.at < self.end:
            header = self._header()
            if header is None:
                if self.harmed:
                    yield Refused("", Reason.DAMAGED)
                    self.harmed = False
                continue
            start = self.at
            if header.kind in (b"x", b"L", b"K", b"g"):
                self._learn(header, better)
                self.at = start + _padded(header.size)
                continue
            name, size = better.get("path", header.name), _number(better.get("size"), header.size)
            better = {}
            self.at = start + _padded(size)
            if header.kind == b"5" or (header.kind in (b"\0", b"0") and name.endswith(b"/")):
                continue
            count += 1
            if count > self.limits.members:
                yield Refused("", Reason.TOO_MANY)
                return
            yield self._passed(name, size, header.kind, start)
        if self.harmed:
            yield Refused("", Reason.DAMAGED)

    def _passed(self, raw: bytes, size: int, kind: bytes, start: int) -> Member | Refused:
        name = raw.decode("utf-8", "surrogateescape")
        reason = self.customs.name_fault(name) or _sort_fault(kind) or self.customs.size_fault(size)
        if reason is None and start + size > self.end:
            reason = Reason.DAMAGED
        if reason is not None:
            return Refused(name, reason)
        return Member(self.customs.taken(name, size), size, self.file, start)

    def _header(self) -> _Header | None:
        """The header here, and step behind it; None for an empty block, or one that is none (then harm is noted)."""
        self.file.seek(self.at)
        block = self.file.read(_BLOCK)
        self.at += _BLOCK
        if len(block) < _BLOCK or not block.strip(b"\0"):
            return None
        if not _is_sound(block):
            self._seek_next()
            return None
        prefix = block[345:500].rstrip(b"\0") if block[257:263] == b"ustar\0" else b""
        name = block[:100].split(b"\0")[0]
        size = _size(block[124:136])
        return _Header(prefix.split(b"\0")[0] + b"/" + name if prefix else name, size, block[156:157])

    def _seek_next(self) -> None:
        """To the next block that is surely a header."""
        self.harmed = True
        while self.at < self.end:
            self.file.seek(self.at)
            chunk = self.file.read(_READ)
            for offset in range(0, len(chunk) - _BLOCK + 1, _BLOCK):
                if is_tar(chunk[offset : offset + _BLOCK]):
                    self.at += offset
                    return
            self.at += max(len(chunk) // _BLOCK, 1) * _BLOCK

    def _learn(self, header: _Header, better: dict[str, bytes]) -> None:
        """What a long name or a pax record says of the member that follows."""
        if header.kind in (b"K", b"g"):
            return
        data = self.file.read(min(header.size, _MAX_EXTRA))
        if header.kind == b"L":
            better["path"] = data.rstrip(b"\0")
            return
        at = 0
        while (found := _RECORD.match(data, at)) is not None and int(found[1]) > 0:
            end = at + int(found[1])
            better[found[2].decode("ascii", "replace")] = data[found.end() : end - 1]
            at = max(end, found.end())


def _sort_fault(kind: bytes) -> Reason | None:
    if kind in (b"1", b"2"):
        return Reason.SYMLINK
    if kind in (b"3", b"4", b"6"):
        return Reason.DEVICE
    return None if kind in (b"0", b"\0", b"7") else Reason.METHOD


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


def _size(field: bytes) -> int:
    """Octal digits, or a number in base 256 where the first bit is set."""
    if field[:1] and field[0] & 0x80:
        return int.from_bytes(bytes([field[0] & 0x7F]) + field[1:], "big") & (2**62 - 1)
    digits = field.strip(b" \0")
    return int(digits, 8) if digits and not digits.translate(None, b"01234567") else 0


def _number(said: bytes | None, otherwise: int) -> int:
    return int(said) if said is not None and said.isdigit() and len(said) < 19 else otherwise


def _is_sound(block: bytes) -> bool:
    """Whether the checksum is right, as sums of signed or unsigned bytes."""
    told = _size(block[148:156])
    rest = block[:148] + b" " * 8 + block[156:]
    unsigned = sum(rest)
    return len(block) == _BLOCK and told in (unsigned, unsigned - 256 * sum(byte > 127 for byte in rest))
