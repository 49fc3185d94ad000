"""PDF: pages of rows made paragraphs, and what the document says of itself.

A PDF keeps no text but marks on paper. Places are places in the text that the library gave for it, all pages in one
part with a form feed between them, and the library's version is its encoding: nothing is claimed about bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, zip_longest

from remnant.model import BlockKind, Digest, Finding, How, Mark, Original, Skip, SkipClass, Span
from remnant.understand.draft import Draft, Element, Fact, Line
from remnant.understand.findings import finding
from remnant.understand.formats.about import written
from remnant.understand.formats.pdf_layout import Paragraph, Placed, paragraphs, usual_look
from remnant.understand.formats.source import MAX_WHERE, Source
from remnant.unpack import pdf
from remnant.unpack.pdf import Fault, Look, Opened, Row

FORMAT = "application/pdf"

_TEXT = "text"
_RUNNING = (Element("footer"),)
_LOST = re.compile("\ufffd")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]+)-\Z")
_REST = re.compile(r"[^\W\d_]+")
_STATED = {"Title": "core:title", "Author": "core:creator", "Subject": "core:subject", "CreationDate": "core:created"}
_DATE = re.compile(r"\AD:(\d{4})(\d\d)?(\d\d)?.*\Z")


def draft(original: Original, data: bytes) -> Draft:
    """Read a document, or say why it cannot be read."""
    opened = pdf.opened(data)
    if isinstance(opened, Fault):
        return Draft(FORMAT, (), (), (), (), (finding("D008" if opened is Fault.LOCKED else "P002"),))
    paper = _Paper.of(original.digest, opened)
    made = paragraphs(opened.pages)
    lines = tuple(paper.line(paragraph) for paragraph in made)
    about, facts = _about(original.digest, opened.info)
    parts = (paper.source.part, about.part) if about.text else (paper.source.part,)
    skips = (*paper.skips(), *about.passed_over(SkipClass.PACKAGE))
    return Draft(FORMAT, parts, lines, facts, skips, tuple(_findings(opened, paper)))


@dataclass(slots=True)
class _Paper:
    """All that stands on the pages as one text, and where in it each row begins, by page and number."""

    source: Source
    starts: Mapping[tuple[int, int], int]
    words: frozenset[str]
    usual: Look
    covered: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, digest: Digest, opened: Opened) -> _Paper:
        text: list[str] = []
        starts: dict[tuple[int, int], int] = {}
        at = 0
        for number, page in enumerate(opened.pages):
            if number:
                text.append("\f")
                at += 1
            for place, row in enumerate(page.rows):
                starts[number, place] = at
                text.append(f"{row.text}\n")
                at += len(row.text) + 1
        whole = "".join(text)
        usual = usual_look(row for page in opened.pages for row in page.rows)
        words = frozenset(word.lower() for word in _WORDS.findall(whole))
        return cls(Source(digest, _TEXT, pdf.version(), whole), starts, words, usual)

    def line(self, paragraph: Paragraph) -> Line:
        rows = paragraph.rows
        spans = [
            span
            for placed, after in zip_longest(rows, rows[1:])
            for span in self._spans(placed, after, heading=paragraph.level > 0)
        ]
        self.covered.extend((span.source.start, span.source.end) for span in spans)
        kind = BlockKind.HEADING if paragraph.level else BlockKind.PARAGRAPH
        inside = _RUNNING if paragraph.running else ()
        page = rows[0].page
        return Line(kind, tuple(spans), inside, paragraph.gap, 0, paragraph.level, paragraph.centred, page)

    def skips(self) -> Iterator[Skip]:
        """White space that stands in no paragraph. To be asked for when all lines are made."""
        at = 0
        for start, end in (*sorted(self.covered), (len(self.source.text), len(self.source.text))):
            if start > at:
                yield self.source.skip(at, start, SkipClass.SPACE)
            at = max(at, end)

    def _spans(self, placed: Placed, after: Placed | None, *, heading: bool) -> Iterator[Span]:
        """The row in runs of one look, and what its end means if the paragraph goes on."""
        row, at = placed.row, self.starts[placed.page, placed.at]
        start, end = at, at + len(row.text.rstrip())
        cut = after is not None and self._is_cut(row, after.row)
        last = end - 1 if cut else end
        for length, look in row.runs:
            stop = min(at + length, last)
            if stop > at:
                span = self.source.verbatim(at, stop)
                yield Span(span.text, span.source, self._marks(look, heading))
            at += length
        if after is not None:
            until = start + len(row.text) + 1
            runs_on = cut or row.hyphened or _BROKEN.search(row.text.rstrip()) is not None
            at_end = self.source.region(last, until)
            yield Span("", at_end, how=How.DECODED) if runs_on else self.source.verbatim(last, until)

    def _is_cut(self, row: Row, after: Row) -> bool:
        """Whether the hyphen at the end of a row is only where a word was cut: the word stands whole elsewhere."""
        broken, rest = _BROKEN.search(row.text.rstrip()), _REST.match(after.text)
        if broken is None or rest is None or not rest[0][0].islower():
            return False
        if f"{broken[1]}{rest[0]}".lower() in self.words:
            return True
        return row.hyphened and f"{broken[1]}-{rest[0]}".lower() not in self.words

    def _marks(self, look: Look, heading: bool) -> frozenset[Mark]:
        """What a look means beside the usual one."""
        marks = {Mark.EMPHASIS} if look.italic and not self.usual.italic else set()
        return frozenset(marks | {Mark.STRONG} if look.bold and not self.usual.bold and not heading else marks)


def _about(digest: Digest, info: tuple[tuple[str, str], ...]) -> tuple[Source, tuple[Fact, ...]]:
    """What the document says of itself, as a text of a line for each thing said, and as facts."""
    rows = [(name, _DATE.sub(_day, " ".join(value.split()))) for name, value in info]
    return written(digest, pdf.version(), rows, _STATED)


def _day(found: re.Match[str]) -> str:
    return "-".join(part for part in found.groups()[:3] if part)


def _findings(opened: Opened, paper: _Paper) -> Iterator[Finding]:
    pages = opened.pages
    mute = sum(page.drawn and not page.rows for page in pages)
    if not any(page.rows for page in pages):
        yield finding("P003")
    elif mute:
        yield finding("P004", count=mute, all=len(pages))
    if opened.cut:
        yield finding("P006", limit=pdf.MAX_PAGES)
    text = paper.source.text
    lost = [found.start() for found in islice(_LOST.finditer(text), MAX_WHERE)]
    if lost:
        where = (paper.source.region(at, at + 1) for at in lost)
        yield finding("P005", *where, count=text.count("\ufffd"))
    if any(page.rows for page in pages):
        yield finding("P007")
