"""One part of an original, and the regions of its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from remnant.model import Digest, Finding, Part, Region, Skip, SkipClass, Span
from remnant.understand.findings import finding
from remnant.unpack.decode import Decoded, Note


@dataclass(frozen=True, slots=True)
class Source:
    """Whose text it is: everything a region needs but its ends."""

    original: Digest
    path: str
    encoding: str
    text: str

    @classmethod
    def of(cls, original: Digest, path: str, decoded: Decoded) -> Source:
        return cls(original, path, decoded.encoding, decoded.text)

    @property
    def part(self) -> Part:
        return Part(self.path, self.encoding, self.text)

    def region(self, start: int, end: int) -> Region:
        return Region(self.original, self.path, self.encoding, start, end)

    def verbatim(self, start: int, end: int) -> Span:
        return Span(self.text[start:end], self.region(start, end))

    def skip(self, start: int, end: int, kind: SkipClass) -> Skip:
        return Skip(self.region(start, end), kind)

    def passed_over(self, kind: SkipClass) -> tuple[Skip, ...]:
        """All of it as one skip; none where there is nothing."""
        return (self.skip(0, len(self.text), kind),) if self.text else ()


MAX_WHERE = 100
"""Regions that one finding lists."""

_ONCE_READ = "windows-1252"
_MIDDLES = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
_FIRSTS = "ÂÃâ"
_READ_TWICE = re.compile(f"[ÂÃ][{re.escape(_MIDDLES)}]|â[{re.escape(_MIDDLES)}]{{2}}")
"""The commonest letters of UTF-8, each byte of them shown as a letter of its own."""
_TOO_MANY = 3
"""One or two may be what somebody typed: a capital letter before a closing quotation mark."""


def decoding_findings(source: Source, decoded: Decoded) -> list[Finding]:
    """What went wrong, or was guessed, in reading the bytes as text."""
    found = []
    if decoded.bad:
        where = [source.region(start, end) for start, end in decoded.bad[:MAX_WHERE]]
        count = sum(end - start for start, end in decoded.bad)
        found.append(finding("T001", *where, count=count, encoding=decoded.encoding))
    if Note.OVERRULED in decoded.notes:
        found.append(finding("T002", declared=decoded.declared, encoding=decoded.encoding))
    if Note.GUESSED in decoded.notes:
        found.append(finding("T003", encoding=decoded.encoding))
    twice = _read_twice(source)
    if len(twice) >= _TOO_MANY:
        found.append(finding("T004", *twice, encoding=_ONCE_READ))
    return found


def _read_twice(source: Source) -> list[Region]:
    # Most texts hold none of the letters that such a place begins with, and that is quickly seen.
    if not any(first in source.text for first in _FIRSTS):
        return []
    return [source.region(*match.span()) for match in islice(_READ_TWICE.finditer(source.text), MAX_WHERE)]
