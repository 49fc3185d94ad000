"""Letters of an RTF file: bytes of many encodings, Unicode with a fallback behind it, and text as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from remnant.understand.formats.rtf_words import is_lead

_LOST = "\ufffd"
_RUN = re.compile(r"[\x00-\x7f]++|[\x80-\xff]")


class Letter(NamedTuple):
    """Characters `start` to `end` of the file: `meaning`, or text as it stands if `verbatim`, or nothing."""

    start: int
    end: int
    meaning: str = ""
    verbatim: bool = False


class Letters:
    """What letters so far leave open: the first byte of two, half of a pair, a fallback that is not to be read."""

    def __init__(self) -> None:
        self.lost: list[tuple[int, int]] = []
        self._fallback = 0
        self._lead: tuple[int, int, int] | None = None
        self._high = 0

    def end(self) -> Iterator[Letter]:
        """A group begins or ends: nothing that was left open goes on past it."""
        self._fallback, self._high = 0, 0
        if self._lead is not None:
            start, end, _ = self._lead
            self._lead = None
            yield self._lose(start, end)

    def text(self, text: str, start: int, end: int, encoding: str) -> Iterator[Letter]:
        """Text as it stands, its high bytes decoded."""
        dropped = min(self._fallback, end - start)
        if dropped:
            self._fallback -= dropped
            yield Letter(start, start + dropped)
            start += dropped
        if self._lead is not None and start < end:
            yield from self.byte(ord(text[start]), start, start + 1, encoding)
            start += 1
        for run in _RUN.finditer(text, start, end):
            if run[0].isascii() and self._lead is None:
                yield Letter(run.start(), run.end(), run[0], True)
            elif run[0].isascii():
                yield from self.byte(ord(run[0][0]), run.start(), run.start() + 1, encoding)
                yield from self._rest(run[0], run.start() + 1, run.end())
            else:
                yield from self.byte(ord(run[0]), run.start(), run.end(), encoding)

    def _rest(self, run: str, start: int, end: int) -> Iterator[Letter]:
        if start < end:
            yield Letter(start, end, run[1:], True)

    def byte(self, byte: int, start: int, end: int, encoding: str) -> Iterator[Letter]:
        """One byte of text, written as an escape or as itself."""
        if self._fallback:
            self._fallback -= 1
            yield Letter(start, end)
        elif self._lead is not None:
            first, self._lead = self._lead, None
            yield from self._pair(first, byte, start, end, encoding)
        elif is_lead(byte, encoding):
            self._lead = (start, end, byte)
        else:
            yield self._decoded(bytes([byte]), start, end, encoding)

    def unicode(self, number: int, start: int, end: int, fallback: int) -> Iterator[Letter]:
        """A character by its number, and how many that stand for it follow. Half a pair waits for its other half."""
        self._fallback = max(0, min(fallback, 100))
        value = number % 0x10000 if -0x8000 <= number < 0 else number
        high, self._high = self._high, 0
        if 0xD800 <= value <= 0xDBFF:
            self._high = value
            yield Letter(start, end)
        elif 0xDC00 <= value <= 0xDFFF and high:
            yield Letter(start, end, chr(0x10000 + ((high - 0xD800) << 10) + value - 0xDC00))
        elif 0 < value <= 0x10FFFF and not 0xD800 <= value <= 0xDFFF:
            yield Letter(start, end, chr(value))
        else:
            yield self._lose(start, end)

    def _pair(self, first: tuple[int, int, int], byte: int, start: int, end: int, encoding: str) -> Iterator[Letter]:
        begun, until, lead = first
        if until != start:
            yield Letter(begun, until)
            begun = start
        yield self._decoded(bytes([lead, byte]), begun, end, encoding)

    def _decoded(self, data: bytes, start: int, end: int, encoding: str) -> Letter:
        meaning = data.decode(encoding, "replace")
        return self._lose(start, end) if _LOST in meaning else Letter(start, end, meaning)

    def _lose(self, start: int, end: int) -> Letter:
        self.lost.append((start, end))
        return Letter(start, end, _LOST)
