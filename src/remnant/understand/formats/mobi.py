"""Mobipocket and Kindle books: their records unpacked into pages of HTML, and what they say of themselves.

The text is what the records unpack to, so its places are places in that text and not in the file's bytes: each part
has this reader's own name as its encoding. A Kindle book is put together from its skeletons and fragments.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from remnant.errors import RefusedError
from remnant.model import Digest, Finding, Original, SkipClass
from remnant.understand.draft import Draft, Element, Fact
from remnant.understand.findings import finding
from remnant.understand.formats import html, kindle, txt
from remnant.understand.formats.about import written
from remnant.understand.formats.source import Source, decoding_findings
from remnant.unpack.decode import Decoded, decode
from remnant.unpack.palm import MAX_TEXT, Records, index_at, number, records_of, unpacker, without_trailers

MOBI = "application/x-mobipocket-ebook"
KINDLE = "application/vnd.amazon.mobi8-ebook"
PALM = "application/vnd.palm"
ENCODING = "remnant-mobi-1"

_BOOK, _PALM_TEXT = b"BOOKMOBI", b"TEXtREAd"
_UTF8 = 65_001
_STATED = {
    100: "dc:creator",
    101: "dc:publisher",
    103: "dc:description",
    104: "dc:identifier",
    105: "dc:subject",
    106: "dc:date",
    108: "dc:contributor",
    109: "dc:rights",
    112: "dc:source",
    503: "dc:title",
    524: "dc:language",
}
_FACTS = {name: name for name in _STATED.values()}
_TITLE, _KINDLE_FROM = 503, 121
_MAX_STATED = 1_000
_NAV = Element("nav")
_GUIDE_WITHIN = 8_192
_GUIDED = re.compile(r"<reference\b[^<>]*\btype=[\"']?toc\b[^<>]*>", re.IGNORECASE)
_FILEPOS = re.compile(r"\bfilepos=[\"']?0*(\d{1,9})\b")


def is_mobi(data: bytes) -> bool:
    return data[60:68] in {_BOOK, _PALM_TEXT}


@dataclass(slots=True)
class _Book:
    """The headers of a book, and what was wrong with it. Records are counted from its own first one."""

    digest: Digest
    records: Records
    head: bytes
    first: int = 0
    findings: list[Finding] = field(default_factory=list)
    raw: bytes = b""

    @property
    def is_kindle(self) -> bool:
        return self.head[16:20] == b"MOBI" and number(self.head, 36) >= 8

    @property
    def charset(self) -> str:
        return "utf-8" if number(self.head, 28) == _UTF8 else "cp1252"

    def letters(self, place: int) -> int:
        """How many characters the first bytes of the unpacked text are, as that is usually written."""
        return len(self.raw[:place].decode(self.charset, "replace"))

    def named(self, at: int) -> int | None:
        """The record that the header names at this place, counted from the start of the file."""
        found = index_at(self.head, at) if at + 4 <= 16 + number(self.head, 20) else None
        return None if found is None else self.first + found


def draft(original: Original, data: bytes) -> Draft:
    """Read a book, or as much of it as its bytes still hold."""
    records = records_of(data)
    if data[60:68] == _PALM_TEXT:
        return _palm_text(original, _Book(original.digest, records, records[0]))
    book, stated = _newest(original, records)
    about, facts = _about(book, stated)
    kind = KINDLE if book.is_kindle else MOBI
    if number(book.head, 12, 2):
        return Draft(kind, (about.part,), (), facts, about.passed_over(SkipClass.PACKAGE), (finding("B002"),))
    texts, flows = _texts(book)
    pages = [
        html.read(source, decoded.bom, xml=book.is_kindle, page=at, sheets=tuple(flow.text for flow in flows))
        for at, (source, decoded) in enumerate(texts)
    ]
    if not book.is_kindle and pages:
        pages = [_as_contents(pages[0], *_contents(texts[0][0].text, book.letters))]
    beside = (*flows, about)
    decoding = [found for source, decoded in texts for found in decoding_findings(source, decoded)]
    return Draft(
        kind,
        (*(source.part for source, _ in texts), *(source.part for source in beside)),
        tuple(line for page in pages for line in page.lines),
        (*facts, *(fact for page in pages for fact in page.facts)),
        (
            *(skip for page in pages for skip in page.skips),
            *(skip for source in beside for skip in source.passed_over(SkipClass.PACKAGE)),
        ),
        (*book.findings, *decoding, *(found for page in pages for found in page.findings)),
    )


def _newest(original: Original, records: Records) -> tuple[_Book, Mapping[int, list[bytes]]]:
    """The book, in its newer form if the file holds two, and what is stated of it."""
    book = _Book(original.digest, records, records[0])
    stated = _exth(book.head)
    second = int.from_bytes(stated.get(_KINDLE_FROM, [b""])[0], "big")
    if not book.is_kindle and records[second][16:20] == b"MOBI" and second:
        book = _Book(original.digest, records, records[second], second)
        stated = _exth(book.head) or stated
    return book, stated


def _exth(head: bytes) -> dict[int, list[bytes]]:
    """What the header states, by the numbers that the format has for such things."""
    found: dict[int, list[bytes]] = {}
    at = 16 + number(head, 20)
    if head[at : at + 4] != b"EXTH":
        return found
    count, at = min(number(head, at + 8), _MAX_STATED), at + 12
    for _ in range(count):
        size = number(head, at + 4)
        if size < 8 or at + size > len(head):
            break
        found.setdefault(number(head, at), []).append(head[at + 8 : at + size])
        at += size
    return found


def _about(book: _Book, stated: Mapping[int, list[bytes]]) -> tuple[Source, tuple[Fact, ...]]:
    """What the book says of itself, as a text of a line for each thing said, and as facts."""
    said = [(name, value) for number, name in _STATED.items() for value in stated.get(number, ())]
    start, size = number(book.head, 84), number(book.head, 88)
    if _TITLE not in stated and 0 < size < 1_000:
        said.append((_STATED[_TITLE], book.head[start : start + size]))
    rows = [(name, " ".join(decode(value, book.charset).text.split())) for name, value in said]
    return written(book.digest, ENCODING, rows, _FACTS)


def _texts(book: _Book) -> tuple[list[tuple[Source, Decoded]], list[Source]]:
    """The pages of the book, and the style sheets beside them."""
    raw = book.raw = _unpacked(book)
    if not book.is_kindle:
        return [_source(book, "text", raw)], []
    pages, flows = kindle.pages(book.records, raw, book.named(192), book.named(252), book.named(248))
    if pages is None:
        book.findings.append(finding("B003"))
        pages = [raw]
    texts = [_source(book, f"page {at:04}", page) for at, page in enumerate(pages)]
    return texts, [_source(book, f"flow {at:04}", flow)[0] for at, flow in enumerate(flows, start=1)]


def _source(book: _Book, path: str, data: bytes) -> tuple[Source, Decoded]:
    decoded = decode(data, book.charset)
    return Source(book.digest, path, ENCODING, decoded.text), decoded


def _unpacked(book: _Book) -> bytes:
    """All text records, unpacked. What cannot be had of it is a finding."""
    count, wanted = number(book.head, 8, 2), number(book.head, 4)
    huff, tables = book.named(112), min(number(book.head, 116), len(book.records))
    packed_by = [] if huff is None else [book.records[huff + at] for at in range(tables)]
    is_mobi = book.head[16:20] == b"MOBI"
    flags = number(book.head, 242, 2) if is_mobi and number(book.head, 20) >= 228 else 0
    try:
        unpack = unpacker(number(book.head, 0, 2), packed_by)
    except RefusedError as refused:
        book.findings.append(finding("B001", why=str(refused)))
        return b""
    out = bytearray()
    for index in range(book.first + 1, book.first + 1 + count):
        try:
            out += unpack(without_trailers(book.records[index], flags))
        except RefusedError as refused:
            book.findings.append(finding("B001", why=str(refused)))
        if len(out) > MAX_TEXT:
            book.findings.append(finding("B005", limit=MAX_TEXT))
            break
    if len(out) < wanted and not any(found.code in {"B001", "B005"} for found in book.findings):
        book.findings.append(finding("B004", there=len(out), wanted=wanted))
    return bytes(out[:MAX_TEXT])


def _contents(text: str, letters: Callable[[int], int]) -> tuple[int, int]:
    """Where the table of contents stands that a book's guide names, by bytes: from there to the next page."""
    named = _GUIDED.search(text[:_GUIDE_WITHIN])
    place = _FILEPOS.search(named[0]) if named else None
    if place is None:
        return 0, 0
    start = text.find("<", letters(int(place[1])))
    end = text.find("<mbp:pagebreak", start)
    return start, end if end >= 0 else len(text)


def _as_contents(page: html.Page, start: int, end: int) -> html.Page:
    """A table of contents is no story: its lines stand in `nav`."""
    return replace(
        page,
        lines=tuple(
            replace(line, inside=(_NAV, *line.inside)) if start <= line.spans[0].source.start < end else line
            for line in page.lines
        ),
    )


def _palm_text(original: Original, book: _Book) -> Draft:
    decoded = decode(_unpacked(book))
    read = txt.draft(original, replace(decoded, encoding=ENCODING))
    return replace(read, format=PALM, findings=(*book.findings, *read.findings))
