"""Single compressed streams (gzip, bzip2, xz), unpacked within limits."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Protocol

from remnant.unpack.archive import RATIO_FREE, Reason, Refused, ZipLimits

_READ = 1 << 16
_LZMA_MEMORY = 256 * 2**20

SIGNATURES = (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0")


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def more(self, data: bytes) -> bytes: ...
    def waiting(self) -> bool: ...


class _Gzip:
    def __init__(self) -> None:
        self._inflater = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inflater.eof

    @property
    def unused_data(self) -> bytes:
        return self._inflater.unused_data

    def more(self, data: bytes) -> bytes:
        return self._inflater.decompress(self._inflater.unconsumed_tail + data, _READ)

    def waiting(self) -> bool:
        return bool(self._inflater.unconsumed_tail)


class _Other:
    """bzip2 and xz, which share one manner."""

    def __init__(self, unpacker: bz2.BZ2Decompressor | lzma.LZMADecompressor) -> None:
        self._unpacker = unpacker

    @property
    def eof(self) -> bool:
        return self._unpacker.eof

    @property
    def unused_data(self) -> bytes:
        return self._unpacker.unused_data

    def more(self, data: bytes) -> bytes:
        return self._unpacker.decompress(data, _READ)

    def waiting(self) -> bool:
        return not self._unpacker.needs_input and not self._unpacker.eof


def is_stream(start: bytes) -> bool:
    return start.startswith(SIGNATURES)


def unpacked(file: BinaryIO, name: str, limits: ZipLimits) -> Iterator[bytes]:
    """What a compressed stream holds, all its members one after the other.

    RefusedError or TooLargeError as soon as it breaks a limit or turns out damaged; what came before stands. Zeros or
    rubbish behind the last member are passed over, as gzip itself does.
    """
    read = made = 0
    unpacker: _Unpacker | None = None
    begun = b""
    while block := begun or file.read(_READ):
        read += 0 if begun else len(block)
        begun = b""
        if unpacker is None:
            unpacker = _unpacker(block)
            if unpacker is None:
                return
        try:
            chunk = unpacker.more(block)
            while chunk or unpacker.waiting():
                made += len(chunk)
                if made > limits.total_bytes:
                    raise Refused(name, Reason.TOO_LARGE).error()
                if made > max(RATIO_FREE, limits.ratio * read):
                    raise Refused(name, Reason.RATIO).error()
                yield chunk
                chunk = unpacker.more(b"") if unpacker.waiting() else b""
        except (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError, MemoryError):
            raise Refused(name, Reason.DAMAGED).error() from None
        if unpacker.eof:
            begun, unpacker = unpacker.unused_data, None
    if unpacker is not None:
        raise Refused(name, Reason.DAMAGED).error()


def _unpacker(start: bytes) -> _Unpacker | None:
    if start.startswith(b"\x1f\x8b\x08"):
        return _Gzip()
    if start.startswith(b"BZh"):
        return _Other(bz2.BZ2Decompressor())
    if start.startswith(b"\xfd7zXZ\0"):
        return _Other(lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_LZMA_MEMORY))
    return None
