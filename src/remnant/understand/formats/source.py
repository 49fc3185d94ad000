"""One part of an original, and the regions of its text."""

from __future__ import annotations

from dataclasses import dataclass

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


MAX_WHERE = 100
"""Regions that one finding lists."""


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
    return found
