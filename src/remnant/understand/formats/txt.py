"""Plain text: paragraphs by blank lines, by wrapped lines, or line by line, as the file itself shows.

A line end inside a paragraph that was only wrapped stays in its verbatim span, where it is white space. A line end
that the writer meant (verse, a signature) is a decoded span saying a newline, as `<br>` is in HTML.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from remnant.model import BlockKind, Finding, How, Original, Skip, SkipClass, Span
from remnant.understand.draft import Draft, Line
from remnant.understand.findings import finding
from remnant.understand.formats import typed
from remnant.understand.formats.limits import MAX_LINES
from remnant.understand.formats.source import Source, decoding_findings
from remnant.unpack.decode import Decoded

FORMAT = "text/plain"

_ROW = re.compile(r"([^\r\n]*+)(\r{0,2}\n|\r|\Z)")
_LABEL = re.compile(r"[^\W\d_][\w .'/&()-]{0,38}:(?:\s|$)")
_LONGEST_LABEL = 40
_WORD = re.compile(r"\S+")
_LETTER = re.compile(r"[^\W_]")
_WIDEST = 100
"""Characters in the widest line that somebody would wrap by hand or by mail program."""
_NARROWEST = 40
_FEW = 5
_PLAINLY_WRAPPED = 55
"""Characters: of fewer than a few lines together, narrower ones are a head's, or verse."""
_NEARLY = 0.8
"""How full a line must be, with the next word, for its end to be the wrapping's and not the writer's."""


class Row(NamedTuple):
    """A line of the file: where its text stands without white space on either side, and where its line end ends."""

    start: int
    left: int
    right: int
    end: int

    @property
    def indent(self) -> int:
        return self.left - self.start

    @property
    def width(self) -> int:
        return self.right - self.start


@dataclass(frozen=True, slots=True)
class Text:
    """One text read: the same as a draft, without the parts."""

    lines: tuple[Line, ...]
    skips: tuple[Skip, ...]
    findings: tuple[Finding, ...]


@dataclass
class _Page:
    """What has been made of the text so far."""

    source: Source
    lines: list[Line] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    at: int = 0

    def skip_to(self, end: int) -> None:
        if end > self.at:
            self.skips.append(self.source.skip(self.at, end, SkipClass.SPACE))
        self.at = end

    def say(self, rows: list[Row], kind: BlockKind, gap: int) -> None:
        """One block of these rows; the ends of lines are meant if it is verse."""
        start, left, _, _ = rows[0]
        self.skip_to(left)
        spans = self._verses(rows) if kind is BlockKind.VERSE else (self.source.verbatim(left, rows[-1].right),)
        self.at = rows[-1].right
        self.lines.append(Line(kind, tuple(spans), gap=gap, indent=left - start))

    def _verses(self, rows: list[Row]) -> Iterator[Span]:
        yield self.source.verbatim(rows[0].left, rows[0].right)
        for above, row in itertools.pairwise(rows):
            yield Span("\n", self.source.region(above.right, row.left), how=How.DECODED)
            yield self.source.verbatim(row.left, row.right)


def draft(original: Original, decoded: Decoded, *, signs: bool = True) -> Draft:
    """Read a whole file as one text; without `signs`, what was typed for emphasis stays as it is."""
    source = Source.of(original.digest, "", decoded)
    page = read(source, decoded.bom, signs=signs)
    findings = (*decoding_findings(source, decoded), *page.findings)
    return Draft(FORMAT, (source.part,), page.lines, (), page.skips, findings)


def read(source: Source, bom: int = 0, *, flowed: bool = False, signs: bool = True) -> Text:
    """Cut a text into blocks; every character is in one span, or is white space between them.

    `flowed` says that a line ends in a blank where it goes on in the next (RFC 3676), and nowhere else.
    """
    page, text = _Page(source), source.text
    if bom:
        page.skips.append(source.skip(0, bom, SkipClass.BOM))
        page.at = bom
    rows, rest = _rows(text, bom)
    if flowed:
        _fill_flowed(page, _paragraphs(rows))
    else:
        _fill(page, _paragraphs(rows), _width(text, rows))
    findings = _rest_as_one(page, rest)
    page.skip_to(len(text))
    lines, marked = typed.read(source, page.lines) if signs else (page.lines, [])
    skips = sorted((*page.skips, *marked), key=lambda skip: skip.region.start) if marked else page.skips
    return Text(tuple(lines), tuple(skips), tuple(findings))


def _rows(text: str, at: int) -> tuple[list[Row], int]:
    """The lines of the text, and where the last of them ends."""
    if text.count("\r") == text.count("\r\n"):
        return _plain_rows(text, at)
    rows: list[Row] = []
    while at < len(text) and len(rows) < MAX_LINES:
        match = _ROW.match(text, at)
        assert match is not None
        line, end = match[1], match.end()
        shown = line.lstrip()
        left = at + len(line) - len(shown)
        rows.append(Row(at, left, left + len(shown.rstrip()), end))
        at = end
    return rows, at


def _plain_rows(text: str, at: int) -> tuple[list[Row], int]:
    """The same where only a line feed ends a line, with one carriage return before it or none."""
    cut = text[at:].split("\n", MAX_LINES)
    unended = cut.pop()
    rows: list[Row] = []
    for line in cut:
        end = at + len(line) + 1
        shown = line.lstrip()
        left = end - 1 - len(shown) if shown else end - 1 - line.endswith("\r")
        rows.append(Row(at, left, left + len(shown.rstrip()), end))
        at = end
    if unended and len(rows) < MAX_LINES:
        shown = unended.lstrip()
        left = at + len(unended) - len(shown)
        rows.append(Row(at, left, left + len(shown.rstrip()), len(text)))
        at = len(text)
    return rows, at


def _rest_as_one(page: _Page, start: int) -> list[Finding]:
    text = page.source.text
    rest = text[start:]
    left, right = start + len(rest) - len(rest.lstrip()), start + len(rest.rstrip())
    if left >= right:
        return []
    page.say([Row(start, left, right, len(text))], BlockKind.PREFORMATTED, 0)
    return [finding("T005", page.source.region(left, right), limit=MAX_LINES)]


def _paragraphs(rows: list[Row]) -> list[tuple[int, list[Row]]]:
    """Runs of lines that are not blank, each with the number of blank ones before it."""
    runs: list[tuple[int, list[Row]]] = []
    blank, after_blank = 0, True
    for row in rows:
        if row.left == row.right:
            blank, after_blank = blank + 1, True
            continue
        if after_blank:
            runs.append((blank, []))
        runs[-1][1].append(row)
        blank, after_blank = 0, False
    return runs


def _width(text: str, rows: list[Row]) -> int:
    """How wide this text was wrapped; 0 if it was not.

    Wrapping breaks a line only where the next word would not fit, so among lines that were wrapped most end so.
    """
    inner = [(row, after) for row, after in itertools.pairwise(rows) if row.width > 0 and after.width > 0]
    widths = sorted(row.width for row, _ in inner)
    if not widths:
        return 0
    width = widths[min(len(widths) - 1, len(widths) * 19 // 20)]
    if not _NARROWEST <= width <= _WIDEST or (len(inner) < _FEW and width < _PLAINLY_WRAPPED):
        return 0
    wrapped = sum(_runs_on(text, row, after, width) for row, after in inner)
    return width if wrapped * 2 >= len(inner) else 0


def _runs_on(text: str, row: Row, after: Row, width: int) -> bool:
    """Whether the end of this row is only where the line was full."""
    full = width * _NEARLY
    if after.indent > row.indent + 1:
        return False
    if row.width + 1 <= full:
        word = _WORD.match(text, after.left, after.right)
        if row.width + 1 + (len(word[0]) if word else 0) <= full:
            return False
    return not _is_ornament(text, row) and not _is_ornament(text, after)


def _is_ornament(text: str, row: Row) -> bool:
    """A line without a letter or digit: stars, dashes, a row of tildes."""
    left, right = row.left, row.right
    return not (left < right and text[left].isalnum()) and _LETTER.search(text, left, min(right, left + 200)) is None


def _is_labelled(text: str, row: Row) -> bool:
    return (
        text.find(":", row.left, row.left + _LONGEST_LABEL) >= 0 and _LABEL.match(text, row.left, row.right) is not None
    )


def _fill(page: _Page, paragraphs: list[tuple[int, list[Row]]], width: int) -> None:
    text = page.source.text
    by_lines = _goes_by_lines(paragraphs, width)
    for gap, rows in paragraphs:
        if len(rows) == 1:
            page.say(rows, BlockKind.PARAGRAPH, gap)
            continue
        groups = _joined(text, rows, width)
        if not by_lines and _is_verse(text, groups):
            page.say(rows, BlockKind.VERSE, gap)
            continue
        for position, group in enumerate(groups):
            page.say(group, BlockKind.PARAGRAPH, 0 if position else gap)


def _fill_flowed(page: _Page, paragraphs: list[tuple[int, list[Row]]]) -> None:
    for gap, rows in paragraphs:
        groups = [[rows[0]]]
        for before, row in itertools.pairwise(rows):
            if _flows_on(page.source.text, before):
                groups[-1].append(row)
            else:
                groups.append([row])
        for position, group in enumerate(groups):
            page.say(group, BlockKind.PARAGRAPH, 0 if position else gap)


def _flows_on(text: str, row: Row) -> bool:
    """Two dashes and a blank are the line above a signature, and never flow."""
    return text[row.right : row.right + 1] == " " and text[row.left : row.right] != "--"


def _goes_by_lines(paragraphs: list[tuple[int, list[Row]]], width: int) -> bool:
    """Whether each line is a paragraph of its own, there being few blank lines and no wrapping."""
    lines = sum(len(rows) for _, rows in paragraphs)
    return width == 0 and len(paragraphs) * 2 <= lines


def _joined(text: str, rows: list[Row], width: int) -> list[list[Row]]:
    groups = [[rows[0]]]
    for before, row in itertools.pairwise(rows):
        labelled = width and _is_labelled(text, row) and _is_labelled(text, groups[-1][0])
        if width and not labelled and _runs_on(text, before, row, width):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _is_verse(text: str, groups: list[list[Row]]) -> bool:
    """Several short lines together whose ends are meant, and that are neither labelled fields nor ornaments."""
    return len(groups) > 1 and all(
        len(group) == 1
        and group[0].width <= 65
        and not _is_ornament(text, group[0])
        and not _is_labelled(text, group[0])
        for group in groups
    )
