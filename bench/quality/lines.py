"""The lines that labels speak of: of a text its own, of a page one for each stretch that a browser breaks.

Made with the standard library's parser on purpose: a ruler should share no code with what it measures.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_STRETCHES = frozenset({"address", "article", "blockquote", "body", "center", "div", "html", "p", "pre"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PLACES = frozenset({"aside", "details", "figure", "footer", "header", "main", "nav", "section"})
_LISTS = frozenset({"dd", "dl", "dt", "fieldset", "form", "legend", "li", "ol", "option", "select", "ul"})
_TABLES = frozenset({"table", "tbody", "td", "th", "thead", "tr"})
BREAKING = _STRETCHES | _HEADINGS | _PLACES | _LISTS | _TABLES
UNSHOWN = frozenset({"head", "noscript", "script", "style", "template", "title"})


@dataclass(frozen=True)
class Line:
    """A line with text: its number, and the characters of the decoded file from its first to its last."""

    number: int
    text: str
    start: int
    end: int


def lines_of(source: str, html: bool) -> list[Line]:
    return _of_page(source) if html else _of_text(source)


def _of_text(source: str) -> list[Line]:
    lines, start = [], 0
    for number, raw in enumerate(source.split("\n")):
        if raw.strip():
            lines.append(Line(number, raw.strip(), start, start + len(raw)))
        start += len(raw) + 1
    return lines


def _of_page(source: str) -> list[Line]:
    page = _Page(source)
    page.feed(source)
    page.close()
    page.end_line()
    return page.lines


class _Page(HTMLParser):
    """Every opening or closing of a block ends the line; two ends in a row leave one blank line, never more."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines: list[Line] = []
        self._starts = [0]
        for at, letter in enumerate(source):
            if letter == "\n":
                self._starts.append(at + 1)
        self._number = 0
        self._ends = 0
        self._pieces: list[tuple[str, int, int]] = []
        self._unshown = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSHOWN:
            self._unshown += 1
        elif tag == "hr":
            self.end_line()
            at = self._at()
            self._pieces.append(("---", at, at + len(self.get_starttag_text() or "")))
            self.end_line()
        elif tag == "br" or tag in BREAKING:
            self.end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSHOWN:
            self._unshown = max(0, self._unshown - 1)
        elif tag in BREAKING:
            self.end_line()

    def handle_data(self, data: str) -> None:
        self._text(data, len(data))

    def handle_entityref(self, name: str) -> None:
        self._text(unescape(f"&{name};"), len(name) + 2)

    def handle_charref(self, name: str) -> None:
        self._text(unescape(f"&#{name};"), len(name) + 3)

    def end_line(self) -> None:
        text = " ".join("".join(text for text, _, _ in self._pieces).split())
        if text:
            full = [piece for piece in self._pieces if piece[0].strip()]
            start = full[0][1] + len(full[0][0]) - len(full[0][0].lstrip())
            self.lines.append(Line(self._number, text, start, full[-1][2]))
            self._ends = 0
        self._pieces = []
        if self.lines and self._ends < 2:
            self._ends += 1
            self._number += 1

    def _text(self, text: str, length: int) -> None:
        if not self._unshown:
            at = self._at()
            self._pieces.append((text, at, at + length))

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column


def number_at(lines: list[Line], place: int) -> int | None:
    """The number of the line that a character stands in, or None."""
    index = bisect_right([line.start for line in lines], place) - 1
    return lines[index].number if index >= 0 and place < lines[index].end else None
