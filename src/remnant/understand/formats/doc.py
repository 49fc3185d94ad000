"""Word documents of 1997 to 2003 (DOC), and of Word 6 and 95: their text in order, with italics, notes and fields.

The text is that of the document's pieces, so a region says nothing about bytes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from remnant.model import BlockKind, Finding, How, Mark, Original, Part, Skip, SkipClass, Span
from remnant.understand.draft import Draft, Element, Fact, Line
from remnant.understand.findings import finding
from remnant.understand.formats.limits import MAX_LINES
from remnant.understand.formats.source import Source
from remnant.unpack import ole
from remnant.unpack.word97 import Look, Word, is_locked, is_word, word

FORMAT = "application/msword"
TEXT, PIECES = "WordDocument", "word-pieces-1"

_SUMMARY = "\x05SummaryInformation"
_SAID = {2: "core:title", 4: "core:creator", 12: "core:created"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_ENDS = frozenset("\r\x07\x0c")
_MEANT = {"\x0b": "\n", "\x1e": "-"}
_MARKS = {Look.BOLD: Mark.STRONG, Look.ITALIC: Mark.EMPHASIS, Look.STRUCK: Mark.STRIKE, Look.UNDERLINED: Mark.UNDERLINE}
_NOTE = (Element("style:footnote"),)
_LINK = re.compile(r'HYPERLINK\s+"([^"]{1,2000})"')
_WINDOWS = datetime(1601, 1, 1, tzinfo=UTC)


def is_doc(data: bytes) -> bool:
    """Whether it is such a document, and no other file of the programs of its day."""
    return ole.is_ole(data) and is_word(ole.streams(data))


def draft(original: Original, data: bytes) -> Draft:
    """Read a document, or as much of it as is there."""
    streams = ole.streams(data)
    facts = _Facts(original)
    facts.read(streams)
    if is_locked(streams):
        return Draft(FORMAT, tuple(facts.parts), (), tuple(facts.facts), tuple(facts.skips), (finding("D008"),))
    read = word(streams)
    source = Source(original.digest, TEXT, PIECES, read.text)
    text = _Text(source, read)
    text.read(0, read.story, ())
    text.read(read.story, read.notes, _NOTE)
    text.skip(read.notes, len(read.text), SkipClass.HIDDEN)
    return Draft(
        FORMAT,
        (source.part, *facts.parts),
        tuple(text.lines),
        tuple(facts.facts),
        (*text.skips, *facts.skips),
        tuple(_findings(source, read, text)),
    )


def _findings(source: Source, read: Word, text: _Text) -> Iterator[Finding]:
    if read.cut:
        yield finding("D009")
    for code, count in (("D005", text.deleted), ("D006", text.hidden)):
        if count:
            yield finding(code, count=count)
    if len(text.lines) >= MAX_LINES:
        yield finding("T005", source.region(0, 0), limit=MAX_LINES)


@dataclass(slots=True)
class _Text:
    """Paragraphs as they come to be."""

    source: Source
    word: Word
    lines: list[Line] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    hidden: int = 0
    deleted: int = 0
    _spans: list[Span] = field(default_factory=list)
    _gap: int = 0
    _fields: list[int] = field(default_factory=list)
    _link: str | None = None

    def read(self, start: int, end: int, inside: tuple[Element, ...]) -> None:
        self._fields, self._link = [], None
        for first, last, look in self._stretches(start, end):
            said = self.source.text[first:last]
            if len(said) == 1 and _CONTROL.match(said):
                self._sign(said, first, inside)
            elif self._in_instruction or look & (Look.HIDDEN | Look.DELETED):
                self._unshown(first, last, look)
            else:
                marks = frozenset(mark for one, mark in _MARKS.items() if one in look)
                region = self.source.region(first, last)
                self._spans.append(Span(said, region, marks, href=self._link))
        self._end(inside)

    def skip(self, start: int, end: int, kind: SkipClass) -> None:
        if end > start:
            self.skips.append(self.source.skip(start, end, kind))

    @property
    def _in_instruction(self) -> bool:
        """Inside of what tells the program to work something out; what it worked out is shown."""
        return bool(self._fields) and self._fields[-1] >= 0

    def _stretches(self, start: int, end: int) -> Iterator[tuple[int, int, Look]]:
        """Signs one by one, and letters between them as far as they are set alike."""
        signs = [found.start() for found in _CONTROL.finditer(self.source.text, start, end)]
        cuts = {start, end, *signs, *(at + 1 for at in signs)}
        cuts |= {at for first, last, _ in self.word.looks for at in (first, last) if start < at < end}
        looks = iter(self.word.looks)
        look = next(looks, None)
        for first, last in pairwise(sorted(cuts)):
            while look is not None and look[1] <= first:
                look = next(looks, None)
            yield first, last, look[2] if look is not None and look[0] <= first else Look.PLAIN

    def _sign(self, sign: str, at: int, inside: tuple[Element, ...]) -> None:
        if sign in _MEANT and not self._in_instruction:
            if self._spans:
                region = self.source.region(at, at + 1)
                self._spans.append(Span(_MEANT[sign], region, how=How.DECODED))
                return
        elif sign == "\x13":
            self._fields.append(at + 1)
        elif sign == "\x14" and self._fields:
            told = _LINK.search(self.source.text, max(self._fields[-1], 0), at)
            self._link = told[1] if told else self._link
            self._fields[-1] = -1
        elif sign == "\x15" and self._fields:
            self._fields.pop()
            self._link = self._link if self._fields else None
        elif sign in _ENDS:
            self._end(inside)
        self.skip(at, at + 1, SkipClass.TAG)

    def _unshown(self, first: int, last: int, look: Look) -> None:
        self.skip(first, last, SkipClass.TAG if self._in_instruction else SkipClass.HIDDEN)
        words = 0 if self._in_instruction else len(self.source.text[first:last].split())
        self.deleted += words if Look.DELETED in look else 0
        self.hidden += words if Look.DELETED not in look else 0

    def _end(self, inside: tuple[Element, ...]) -> None:
        """The end of a paragraph; one without words is room between two."""
        if not any(span.text.strip() for span in self._spans):
            for span in self._spans:
                self.skip(span.source.start, span.source.end, SkipClass.SPACE)
            self._gap += 1
        else:
            self.lines.append(Line(BlockKind.PARAGRAPH, tuple(self._spans), inside, gap=self._gap))
            self._gap = 0
        self._spans = []


@dataclass(slots=True)
class _Facts:
    """What the document's properties say, each a part of its own."""

    original: Original
    parts: list[Part] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)

    def read(self, streams: Mapping[str, bytes]) -> None:
        for name, value in _properties(streams.get(_SUMMARY, b"")):
            source = Source(self.original.digest, f"SummaryInformation/{name.rpartition(':')[2]}", PIECES, value)
            self.parts.append(source.part)
            self.skips += source.passed_over(SkipClass.PACKAGE)
            self.facts.append(Fact(name, value, source.region(0, len(value))))


def _properties(data: bytes) -> Iterator[tuple[str, str]]:
    """The first set of properties: titles and names as text, moments as the day they name."""
    try:
        base = struct.unpack_from("<I", data, 44)[0]
        count = min(struct.unpack_from("<I", data, base + 4)[0], 100)
        for number in range(count):
            name, at = struct.unpack_from("<II", data, base + 8 + 8 * number)
            value = _value(data, base + at) if name in _SAID else ""
            if value:
                yield _SAID[name], value
    except struct.error:
        return


def _value(data: bytes, at: int) -> str:
    kind, count = struct.unpack_from("<II", data, at)
    if kind == 0x1E:
        return data[at + 8 : at + 8 + min(count, 2000)].split(b"\0")[0].decode("cp1252", "replace").strip()
    if kind == 0x1F:
        return data[at + 8 : at + 8 + 2 * min(count, 2000)].decode("utf-16-le", "replace").split("\0")[0].strip()
    ticks = struct.unpack_from("<Q", data, at + 4)[0] if kind == 0x40 else 0
    return (_WINDOWS + timedelta(microseconds=ticks // 10)).date().isoformat() if 0 < ticks < 1 << 58 else ""
