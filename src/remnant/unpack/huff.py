"""Text packed as a string of codes for phrases, which may be made of phrases themselves (HUFF and CDIC records).

A phrase of phrases can mean far more than it weighs, so what one comes to is counted before it is kept.
"""

from __future__ import annotations

import struct

from remnant.errors import RefusedError

MAX_PHRASES = 1 << 18
_MAX_DEPTH = 32
_MAX_KEPT = 32 * 2**20
"""Bytes of all phrases together that were unpacked once and kept for the next time."""
_LITERAL = 0x8000


def _damaged() -> RefusedError:
    return RefusedError("its table of phrases is damaged")


class Phrases:
    """The phrases of one book, and how to read their codes."""

    def __init__(self, huff: bytes, dictionaries: list[bytes], limit: int) -> None:
        """Read the tables. RefusedError if they are broken. `limit`: bytes that one record may come to."""
        if huff[:4] != b"HUFF" or len(huff) < 24:
            raise _damaged()
        first, second = struct.unpack_from(">LL", huff, 8)
        if first + 1024 > len(huff) or second + 256 > len(huff):
            raise _damaged()
        self._short = struct.unpack_from(">256L", huff, first)
        limits = struct.unpack_from(">64L", huff, second)
        self._least = [0] + [limits[2 * n] << (31 - n) for n in range(32)]
        self._most = [0] + [((limits[2 * n + 1] + 1) << (31 - n)) - 1 for n in range(32)]
        self._phrases: list[tuple[bytes, bool]] = []
        self._limit = limit
        self._kept = 0
        for dictionary in dictionaries:
            self._add(dictionary)

    def _add(self, dictionary: bytes) -> None:
        if dictionary[:4] != b"CDIC" or len(dictionary) < 16:
            raise _damaged()
        total, bits = struct.unpack_from(">LL", dictionary, 8)
        count = min(1 << min(bits, 18), max(0, total - len(self._phrases)), MAX_PHRASES - len(self._phrases))
        # A record that was cut has as many phrases as it has whole offsets.
        count = min(count, (len(dictionary) - 16) // 2)
        for offset in struct.unpack_from(f">{count}H", dictionary, 16):
            size = int.from_bytes(dictionary[16 + offset : 18 + offset], "big")
            start = 18 + offset
            self._phrases.append((dictionary[start : start + (size & 0x7FFF)], bool(size & _LITERAL)))

    def unpacked(self, record: bytes) -> bytes:
        """The text of a record; RefusedError if it is damaged or comes to more than it may."""
        return self._text(record, 0)

    def _text(self, packed: bytes, depth: int) -> bytes:
        if depth > _MAX_DEPTH:
            raise _damaged()
        out: list[bytes] = []
        at, end, size = 0, len(packed) * 8, 0
        padded = packed + bytes(5)
        while at < end:
            window = int.from_bytes(padded[at >> 3 : (at >> 3) + 5], "big")
            length, index = self._look_up(window >> (8 - (at & 7)) & 0xFFFFFFFF)
            at += length
            if at > end:
                break
            phrase = self._phrase(index, depth)
            size += len(phrase)
            if size > self._limit:
                raise RefusedError("a record unpacks to more than it may")
            out.append(phrase)
        return b"".join(out)

    def _look_up(self, code: int) -> tuple[int, int]:
        """How many bits a code has, and the number of its phrase."""
        entry = self._short[code >> 24]
        length = entry & 0x1F
        if length == 0:
            raise _damaged()
        if entry & 0x80:
            most = ((entry >> 8) + 1 << (32 - length)) - 1
        else:
            while length < 32 and code < self._least[length]:
                length += 1
            most = self._most[length]
        return length, most - code >> (32 - length)

    def _phrase(self, index: int, depth: int) -> bytes:
        if not 0 <= index < len(self._phrases):
            raise _damaged()
        phrase, is_literal = self._phrases[index]
        if not is_literal:
            phrase = self._text(phrase, depth + 1)
            self._kept += len(phrase)
            if self._kept > _MAX_KEPT:
                raise RefusedError("its phrases unpack to more than they may")
            self._phrases[index] = (phrase, True)
        return phrase
