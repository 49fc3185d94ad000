"""PDF pages as rows of text with their places, by PDFium: what stands on the paper, and where.

A PDF holds marks on paper, not a text. The order of rows and the blanks between words are the library's judgement;
what it cannot tell (a letter whose font does not say what it means) is U+FFFD. The library counts and bounds what it
unpacks by itself; a file that breaks it breaks the process, which is why strangers' files are read in workers.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from typing import Any, NamedTuple

MAX_PAGES = 10_000
MAX_LETTERS = 16_000_000
_ITALIC, _BOLD = 1 << 6, 1 << 18
_MAX_INFO = 4_000
_HYPHENS = frozenset({0x02, 0xFFFE})
"""What the library gives for a hyphen that cuts a word at the end of a row, in place of it and of the line end."""
_LOCKED = 4
_FAR = 3.0
"""Widths of a letter between two words of one row; columns stand farther apart."""


class Fault(Enum):
    """Why a file gives no pages."""

    BROKEN = auto()
    LOCKED = auto()


class Look(NamedTuple):
    """How letters look: the size in points, and whether their font is slanted or heavy."""

    size: float = 0.0
    italic: bool = False
    bold: bool = False


@dataclass(slots=True)
class Row:
    """A row of letters: where it begins and ends on the page (points, upwards), and runs of one look by length.

    `word` is where its first word ends, and `hyphened` that it ends in a hyphen that cuts a word.
    """

    text: str = ""
    left: float = 0.0
    word: float = 0.0
    right: float = 0.0
    base: float = 0.0
    runs: list[tuple[int, Look]] = field(default_factory=list)
    hyphened: bool = False
    letters: list[str] = field(default_factory=list)
    broken: bool = False

    def add(self, letters: str, look: Look) -> None:
        """More of the row. Its `text` is whole when it is `closed`."""
        self.letters.append(letters)
        self.broken = self.broken or letters == " "
        if self.runs and self.runs[-1][1] == look:
            self.runs[-1] = (self.runs[-1][0] + len(letters), look)
        else:
            self.runs.append((len(letters), look))

    def take(self, after: Row) -> None:
        """Go on with what stands beside it."""
        if self.letters[-1:] != [" "]:
            self.add(" ", self.runs[-1][1] if self.runs else Look())
        for letters, look in after.pieces():
            self.add(letters, look)
        self.right, self.hyphened = max(self.right, after.right), after.hyphened

    def pieces(self) -> Iterator[tuple[str, Look]]:
        text, at = "".join(self.letters), 0
        for length, look in self.runs:
            yield text[at : at + length], look
            at += length

    def closed(self) -> Row:
        self.text = "".join(self.letters)
        self.letters = []
        return self


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its rows in reading order, and whether it holds anything drawn."""

    rows: tuple[Row, ...]
    drawn: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that could be opened. `cut` says that it has more pages or letters than are read."""

    pages: tuple[Page, ...]
    info: tuple[tuple[str, str], ...]
    cut: bool


@cache
def version() -> str:
    """The library that reads, with its build: what the same bytes were read by."""
    import pypdfium2.version as versions

    return f"pdfium-{versions.PDFIUM_INFO.build}"


@cache
def _library() -> Any:
    import pypdfium2.raw as pdfium

    return pdfium


def opened(data: bytes) -> Opened | Fault:
    """All pages of a document, or why there are none."""
    pdfium = _library()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        return Fault.LOCKED if pdfium.FPDF_GetLastError() == _LOCKED else Fault.BROKEN
    try:
        return _read(pdfium, document)
    finally:
        pdfium.FPDF_CloseDocument(document)
        del buffer


def _read(pdfium: Any, document: Any) -> Opened:
    count = pdfium.FPDF_GetPageCount(document)
    pages: list[Page] = []
    letters = 0
    for number in range(min(count, MAX_PAGES)):
        page = _page(pdfium, document, number, MAX_LETTERS - letters)
        letters += sum(len(row.text) for row in page.rows)
        pages.append(page)
        if letters >= MAX_LETTERS:
            break
    names = ("Title", "Author", "Subject", "Keywords", "CreationDate", "Producer")
    said = ((name, _info(pdfium, document, name)) for name in names)
    return Opened(tuple(pages), tuple((name, value) for name, value in said if value), len(pages) < count)


def _info(pdfium: Any, document: Any, name: str) -> str:
    size = min(pdfium.FPDF_GetMetaText(document, name.encode(), None, 0), 2 * _MAX_INFO)
    buffer = ctypes.create_string_buffer(max(size, 2))
    pdfium.FPDF_GetMetaText(document, name.encode(), buffer, size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0").strip()


def _page(pdfium: Any, document: Any, number: int, most: int) -> Page:
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return Page((), False)
    try:
        text = pdfium.FPDFText_LoadPage(page)
        rows = tuple(_side_by_side(_rows(pdfium, text, most))) if text else ()
        if text:
            pdfium.FPDFText_ClosePage(text)
        return Page(rows, pdfium.FPDFPage_CountObjects(page) > 0)
    finally:
        pdfium.FPDF_ClosePage(page)


def _rows(pdfium: Any, text: Any, most: int) -> Iterator[Row]:
    """The rows of a page; a row ends where the library sets a line end."""
    row, looks, high = Row(), _Looks(pdfium, text), 0
    for index in range(min(pdfium.FPDFText_CountChars(text), most)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (10, 13):
            if row.letters:
                yield row
            row, high = Row(), 0
            continue
        if 0xD800 <= code <= 0xDBFF:
            high = code
            continue
        letter = "-" if code in _HYPHENS else _letter(code, high)
        high = 0
        if letter.isspace():
            letter = " "
            if row.letters[-1:] in ([], [" "]):
                continue
        else:
            looks.place(row, index)
        row.add(letter, looks.at(index))
        if code in _HYPHENS:
            row.hyphened = True
            yield row
            row = Row()
    if row.letters:
        yield row


def _side_by_side(rows: Iterator[Row]) -> Iterator[Row]:
    """Rows on one level, each a little to the right of the last, are one row whose words were put there singly."""
    current: Row | None = None
    for row in rows:
        if current is not None and not current.hyphened and _continues(current, row):
            current.take(row)
            continue
        if current is not None:
            yield current.closed()
        current = row
    if current is not None:
        yield current.closed()


def _continues(row: Row, after: Row) -> bool:
    size = (row.right - row.left) / max(sum(length for length, _ in row.runs), 1)
    room = after.left - row.right
    return abs(row.base - after.base) < 0.5 * size and -0.5 * size < room < _FAR * size


def _letter(code: int, high: int) -> str:
    if 0xDC00 <= code <= 0xDFFF:
        return chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00) if high else "\ufffd"
    if code < 32 and code != 9:
        return "\ufffd"
    return chr(code) if 0 < code <= 0x10FFFF else "\ufffd"


class _Looks:
    """Places and looks of the letters of one page. What shares an object of the page shares its font."""

    def __init__(self, pdfium: Any, text: Any) -> None:
        self.pdfium = pdfium
        self.text = text
        self._object: int | None = None
        self._look = Look()
        self._doubles = [ctypes.c_double() for _ in range(4)]
        self._name = ctypes.create_string_buffer(200)

    def at(self, index: int) -> Look:
        handle = self.pdfium.FPDFText_GetTextObject(self.text, index)
        address = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        if address is None or address == self._object:
            return self._look
        self._object = address
        flags = ctypes.c_int()
        size = self.pdfium.FPDFText_GetFontInfo(self.text, index, self._name, len(self._name), flags)
        name = self._name.raw[: max(0, min(size, len(self._name)) - 1)].decode("utf-8", "replace").lower()
        italic = bool(flags.value & _ITALIC) or "italic" in name or "oblique" in name
        points = round(self.pdfium.FPDFText_GetFontSize(self.text, index) * 2) / 2
        self._look = Look(points, italic, bool(flags.value & _BOLD) or "bold" in name)
        return self._look

    def place(self, row: Row, index: int) -> None:
        """The row reaches to this letter."""
        left, right, bottom, top = self._doubles
        if not self.pdfium.FPDFText_GetCharBox(self.text, index, left, right, bottom, top):
            return
        if not row.letters:
            row.left = left.value
            x, y = self._doubles[2], self._doubles[3]
            self.pdfium.FPDFText_GetCharOrigin(self.text, index, x, y)
            row.base = y.value
        row.right = max(row.right, right.value)
        if not row.broken:
            row.word = row.right
