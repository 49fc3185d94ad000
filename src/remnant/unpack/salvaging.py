"""Members of a zip archive whose list is gone: found by the header that stands before each of them."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_SIGNATURE = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3I2H")
_CHUNK = 64 * 2**10
_SIZE_FOLLOWS = 0x8
_ENCRYPTED = 0x1
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8


@dataclass(frozen=True, slots=True)
class Local:
    """A member as its own header tells of it; `size` is what it really unpacks to, `data` where its bytes begin."""

    name: str
    size: int
    packed: int
    data: int
    deflated: bool
    encrypted: bool


def scan(file: BinaryIO, most: int) -> Iterator[Local]:
    """Every member that can be found, in order; one that unpacks to more than `most` bytes is measured no further."""
    position = 0
    while (start := _next_signature(file, position)) is not None:
        local = _local_at(file, start, most)
        if local is not None:
            yield local
        position = max(start + len(_SIGNATURE), local.data + local.packed if local else 0)


def read_local(file: BinaryIO, local: Local) -> Iterator[bytes]:
    """Its bytes as far as they go. EOFError at the end of one that is cut, zlib.error where it is damaged."""
    if not local.deflated:
        yield from _stored(file, local)
        return
    unpacker = zlib.decompressobj(-15)
    for chunk in _chunks(file, local.data):
        while chunk and not unpacker.eof:
            yield unpacker.decompress(chunk, _CHUNK)
            chunk = unpacker.unconsumed_tail
        if unpacker.eof:
            return
    raise EOFError("The member is cut.")


def _stored(file: BinaryIO, local: Local) -> Iterator[bytes]:
    left = local.packed
    for chunk in _chunks(file, local.data):
        yield chunk[:left]
        left -= len(chunk)
        if left <= 0:
            return
    if left:
        raise EOFError("The member is cut.")


def _chunks(file: BinaryIO, position: int) -> Iterator[bytes]:
    """The file from a place on; it finds its place anew each time, since others read the same file between."""
    while True:
        file.seek(position)
        chunk = file.read(_CHUNK)
        if not chunk:
            return
        position += len(chunk)
        yield chunk


def _next_signature(file: BinaryIO, position: int) -> int | None:
    before = b""
    for chunk in _chunks(file, position):
        window = before + chunk
        found = window.find(_SIGNATURE)
        if found >= 0:
            return position - len(before) + found
        position += len(chunk)
        before = window[-3:]
    return None


def _local_at(file: BinaryIO, start: int, most: int) -> Local | None:
    file.seek(start)
    raw = file.read(_HEADER.size)
    if len(raw) < _HEADER.size:
        return None
    _, _, flags, method, _, _, _, packed, size, name_length, extra_length = _HEADER.unpack(raw)
    name = file.read(name_length).decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    data = start + _HEADER.size + name_length + extra_length
    if method not in (_STORED, _DEFLATED) or name.endswith("/"):
        return None
    if method == _STORED and flags & _SIZE_FOLLOWS:
        return None
    local = Local(name, size, packed, data, method == _DEFLATED, bool(flags & _ENCRYPTED))
    return local if local.encrypted or method == _STORED else _measured(file, local, most)


def _measured(file: BinaryIO, local: Local, most: int) -> Local:
    """How long a deflated member really is, packed and unpacked, since its header may not know."""
    unpacker = zlib.decompressobj(-15)
    packed = size = 0
    try:
        for chunk in _chunks(file, local.data):
            left = chunk
            while left and not unpacker.eof and size <= most:
                size += len(unpacker.decompress(left, _CHUNK))
                left = unpacker.unconsumed_tail
            packed += len(chunk) - len(unpacker.unused_data) - len(left if size > most else b"")
            if unpacker.eof or size > most:
                break
    except zlib.error:
        pass
    whole = unpacker.eof or size > most
    return Local(local.name, size if whole else max(size, local.size), packed, local.data, True, local.encrypted)
