"""Pieces of a page in order, made into lines: where a paragraph ends, and which white space is shown.

A browser's block may hold several paragraphs (`<br><br>`), and what looks like a paragraph may be empty. White
space that no browser shows, and blank lines, are skips; all else is in a span.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import groupby, pairwise
from typing import NamedTuple

from remnant.model import BlockKind, How, Skip, SkipClass, Span
from remnant.understand.draft import Element, Line
from remnant.understand.formats.limits import MAX_LINES
from remnant.understand.formats.source import Source
from remnant.understand.formats.surroundings import Place, Surroundings
from remnant.unpack import shape
from remnant.unpack.markup import Token, TokenKind


class PieceOf(Enum):
    TEXT = auto()
    MEANT = auto()
    LINE_END = auto()
    PICTURE = auto()


class Piece(NamedTuple):
    """Characters of the page that are shown: as they are, or as what they mean.

    A picture's words stand inside its tag, which is `tag`.
    """

    what: PieceOf
    start: int
    end: int
    place: Place
    meaning: str = ""
    tag: tuple[int, int] = (0, 0)


_TEXT, _LINE_END = PieceOf.TEXT, PieceOf.LINE_END
_piece = tuple.__new__
"""What a NamedTuple is made of; by its own name it takes twice as long, and a page has tens of thousands."""


@dataclass(slots=True)
class _Row:
    """What stands on one line of the screen, and the line end behind it, if it is not the block's last."""

    pieces: list[Piece] = field(default_factory=list)
    line_end: Piece | None = None


_NEWLINE = re.compile(r"\r\n|\r|\n")
_COLLAPSING = "\t\n\f\r "
_SPACES = _COLLAPSING + "&"
"""What white space begins with where it is written as itself or as a reference, and not as a tag."""


class Lines:
    """The lines of a page as they come to be. Pieces are added in order; `end_block` says where a block ends."""

    def __init__(self, source: Source, page: int = 0) -> None:
        self.source = source
        self.page = page
        self.lines: list[Line] = []
        self.skips: list[tuple[int, int, SkipClass]] = []
        self.too_many = -1
        self._anchors: deque[tuple[int, str]] = deque()
        self._pieces: list[Piece] = []
        self._block: shape.Element | None = None
        self._gap = 0
        self._cells: list[tuple[int, shape.Element]] = []
        self._newlines = 0

    def skip(self, start: int, end: int, kind: SkipClass) -> None:
        if end > start:
            self.skips.append((start, end, kind))

    def anchor(self, at: int, name: str) -> None:
        """A place one can link to: it belongs to the first line that ends after it."""
        self._anchors.append((at, name))

    def blank_line(self) -> None:
        """Room on the page between two blocks: an empty paragraph, a page that begins."""
        self.end_block()
        self._gap += 1

    def add(self, piece: Piece) -> None:
        """A piece that is shown, in whatever block it stands in."""
        if piece.place.block is not self._block:
            self.end_block()
            self._block = piece.place.block
        self._pieces.append(piece)

    def show(self, token: Token, place: Place) -> None:
        """Text that is shown, as it stands or as what it means."""
        kind, start, end, _, value, _, _ = token
        text = self.source.text
        if kind is TokenKind.REFERENCE:
            self.add(Piece(PieceOf.MEANT, start, end, place, value))
        elif text[start].isspace() and text[start:end].isspace():
            self.add_blank(_piece(Piece, (_TEXT, start, end, place, "", (0, 0))))
        else:
            self.add(_piece(Piece, (_TEXT, start, end, place, "", (0, 0))))

    def add_blank(self, piece: Piece) -> None:
        """White space, which never begins a block of its own."""
        if self._pieces:
            self._pieces.append(piece)
        else:
            self._skip_white(piece)

    def add_line_end(self, start: int, end: int, place: Place) -> None:
        """The end of a line inside a block, if that has begun."""
        if self._pieces and place.block is self._block:
            self._pieces.append(Piece(PieceOf.LINE_END, start, end, place, "\n"))
        else:
            self.skip(start, end, SkipClass.TAG)

    def add_rule(self, start: int, end: int, place: Place) -> None:
        """A line drawn across the page. Its span says nothing, but where it stands."""
        self.end_block()
        span = Span("", self.source.region(start, end), how=How.DECODED)
        self._say(BlockKind.BREAK, (span,), place.around.inside, place)

    def add_rest(self, start: int) -> None:
        """What is left of the page, as it stands."""
        self.end_block()
        text = self.source.text
        rest = Piece(PieceOf.TEXT, start, len(text), Place(Surroundings(kind=BlockKind.PREFORMATTED)))
        if text[start:].isspace():
            self.skip(start, len(text), SkipClass.SPACE)
        elif start < len(text):
            self._say_paragraph([_Row([rest])])

    def end_block(self) -> None:
        """Make lines of the pieces so far, one for each run of rows that are not blank."""
        self._block = None
        if not self._pieces:
            return
        pieces, self._pieces = self._pieces, []
        if len(pieces) <= 2 and self._is_only_text(pieces[0]) and all(map(self._is_only_space, pieces[1:])):
            self._say_text(pieces[0])
            self._skip_row(pieces[1:])
            return
        for blank, rows in groupby(self._rows(pieces), key=self._is_blank):
            if blank:
                self._skip_rows(rows)
            else:
                self._say_paragraph(list(rows))

    def finish(self) -> tuple[Line, ...]:
        """The lines of the whole page. A cell that holds several was there for looks, and is no table."""
        self.end_block()
        held = Counter(cell for _, cell in self._cells)
        for position, cell in self._cells:
            if held[cell] > 1:
                self.lines[position] = replace(self.lines[position], kind=BlockKind.PARAGRAPH)
        return tuple(self.lines)

    def joined_skips(self) -> tuple[Skip, ...]:
        """All skips in order, those of one class joined where they touch."""
        joined: list[tuple[int, int, SkipClass]] = []
        for start, end, kind in sorted(self.skips):
            if joined and joined[-1][1] == start and joined[-1][2] is kind:
                joined[-1] = (joined[-1][0], end, kind)
            else:
                joined.append((start, end, kind))
        return tuple(self.source.skip(*skip) for skip in joined)

    def _rows(self, pieces: Iterable[Piece]) -> Iterator[_Row]:
        held: list[Piece] = []
        for piece in pieces:
            for part in self._at_newlines(piece) if piece.place.around.preformatted else (piece,):
                if part.what is not _LINE_END:
                    held.append(part)
                    continue
                yield _Row(held, part)
                held = []
        if held:
            yield _Row(held)

    def _at_newlines(self, piece: Piece) -> Iterator[Piece]:
        """A piece cut at its line ends, where those are meant."""
        if piece.what is not PieceOf.TEXT:
            yield piece
            return
        at = piece.start
        for newline in _NEWLINE.finditer(self.source.text, piece.start, piece.end):
            if self._newlines >= MAX_LINES:
                self.too_many = at
                break
            self._newlines += 1
            if newline.start() > at:
                yield piece._replace(start=at, end=newline.start())
            yield piece._replace(what=PieceOf.LINE_END, start=newline.start(), end=newline.end(), meaning="\n")
            at = newline.end()
        if at < piece.end:
            yield piece._replace(start=at)

    def _text(self, piece: Piece) -> str:
        return self.source.text[piece.start : piece.end] if piece.what is PieceOf.TEXT else piece.meaning

    def _is_white(self, piece: Piece) -> bool:
        what, start, end, _, meaning, _ = piece
        if what is _TEXT:
            text = self.source.text
            return text[start].isspace() and text[start:end].isspace()
        return what is not PieceOf.PICTURE and meaning.isspace()

    def _is_blank(self, row: _Row) -> bool:
        return all(map(self._is_white, row.pieces))

    def _is_only_space(self, piece: Piece) -> bool:
        """What stands between two tags of most pages."""
        return piece.what is _TEXT and not piece.place.around.preformatted and self._is_white(piece)

    def _is_only_text(self, piece: Piece) -> bool:
        """Whether a piece, alone on its row, is what most paragraphs are: text that wraps, and is not blank."""
        return piece.what is _TEXT and not piece.place.around.preformatted and not self._is_white(piece)

    def _skip_rows(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            held_open = any(self._text(piece).strip(_COLLAPSING) for piece in row.pieces)
            self._gap += held_open or row.line_end is not None
            self._skip_row(row.pieces)
            self._skip_line_end(row.line_end)

    def _skip_row(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            self._skip_white(piece)

    def _skip_line_end(self, piece: Piece | None) -> None:
        if piece is not None:
            self._skip_white(piece)

    def _skip_white(self, piece: Piece) -> None:
        """White space is a skip, and a tag or word of control that only means some is one too."""
        is_space = piece.what is PieceOf.TEXT or self.source.text[piece.start] in _SPACES
        self.skip(piece.start, piece.end, SkipClass.SPACE if is_space else SkipClass.TAG)

    def _say_text(self, piece: Piece) -> None:
        """A paragraph that is one piece of text: what `_say_paragraph` would make of it, without its questions."""
        _, start, end, place, _, _ = piece
        around = place.around
        text = self.source.text[start:end]
        shown = text.lstrip()
        left = end - len(shown)
        indent = 0
        if left > start:
            self.skips.append((start, left, SkipClass.SPACE))
            indent = self._indent(start, left, around)
        shown = shown.rstrip()
        right = left + len(shown)
        if right < end:
            self.skips.append((right, end, SkipClass.SPACE))
        span = Span(shown, self.source.region(left, right), around.marks, How.VERBATIM, around.href)
        self._say(around.kind, (span,), around.inside, place, indent)

    def _say_paragraph(self, rows: list[_Row]) -> None:
        if len(rows) == 1 and len(rows[0].pieces) == 1 and self._is_only_text(rows[0].pieces[0]):
            self._say_text(rows[0].pieces[0])
            self._skip_line_end(rows[0].line_end)
            return
        place = next(piece.place for piece in rows[0].pieces if not self._is_white(piece))
        around = place.around
        before = len(self.skips)
        shown = self._trimmed(rows[0].pieces, left=True)
        indent = sum(self._indent(start, end, around) for start, end, _ in self.skips[before:] if end <= shown[0].start)
        for row, following in pairwise(rows):
            if row.line_end is not None:
                shown.append(row.line_end)
            shown.extend(self._trimmed(following.pieces, left=not around.preformatted))
        self._skip_line_end(rows[-1].line_end)
        self._say_pieces(shown, place, indent)

    def _indent(self, start: int, end: int, around: Surroundings) -> int:
        """Characters of white space that were shown before the text."""
        text = self.source.text[start:end]
        if around.preformatted:
            return len(text)
        return text.count("&nbsp") + (0 if text.isascii() else sum(not letter.isascii() for letter in text))

    def _trimmed(self, pieces: list[Piece], *, left: bool) -> list[Piece]:
        """The pieces of a row without the white space at its edges, which becomes skips."""
        first, last = 0, len(pieces)
        while left and self._is_white(pieces[first]):
            first += 1
        while self._is_white(pieces[last - 1]):
            last -= 1
        if last - first < len(pieces):
            self._skip_row((*pieces[:first], *pieces[last:]))
        shown = pieces[first:last]
        if left:
            shown[0] = self._without_edge(shown[0], left=True)
        shown[-1] = self._without_edge(shown[-1], left=False)
        return shown

    def _without_edge(self, piece: Piece, *, left: bool) -> Piece:
        if piece.what is not PieceOf.TEXT or not self.source.text[piece.start if left else piece.end - 1].isspace():
            return piece
        text = self._text(piece)
        if left:
            start = piece.end - len(text.lstrip())
            self.skip(piece.start, start, SkipClass.SPACE)
            return piece._replace(start=start)
        end = piece.start + len(text.rstrip())
        self.skip(end, piece.end, SkipClass.SPACE)
        return piece._replace(end=end)

    def _say_pieces(self, pieces: list[Piece], place: Place, indent: int) -> None:
        pictures = all(map(self._is_picture, pieces))
        kind = BlockKind.PICTURE if pictures else place.around.kind
        spans = tuple(self._spans(pieces, alone=pictures))
        self._say(kind, spans, self._around_all(pieces), place, indent)

    def _is_picture(self, piece: Piece) -> bool:
        """Whether a line of nothing but these is a line of pictures."""
        return piece.what is PieceOf.PICTURE or piece.what is PieceOf.LINE_END or self._is_white(piece)

    def _spans(self, pieces: list[Piece], *, alone: bool) -> Iterator[Span]:
        """Spans of the pieces; text that runs on unchanged, past a comment or not, is cut only where it must be."""
        start = end = -1
        around = pieces[0].place.around
        for piece in pieces:
            what, begin, stop, place, _, _ = piece
            if what is _TEXT and begin == end and _alike(place.around, around):
                end = stop
                continue
            if end > start:
                yield self._verbatim(start, end, around)
            start = end = -1
            if what is _TEXT:
                start, end, around = begin, stop, place.around
            elif what is PieceOf.PICTURE:
                yield from self._picture(piece, alone)
            else:
                yield self._meant(piece)
        if end > start:
            yield self._verbatim(start, end, around)

    def _verbatim(self, start: int, end: int, around: Surroundings) -> Span:
        return Span(
            self.source.text[start:end], self.source.region(start, end), around.marks, How.VERBATIM, around.href
        )

    def _meant(self, piece: Piece) -> Span:
        region = self.source.region(piece.start, piece.end)
        around = piece.place.around
        return Span(piece.meaning, region, around.marks, How.DECODED, around.href)

    def _picture(self, piece: Piece, alone: bool) -> Iterator[Span]:
        """A picture's words, in place of the picture; one that has none is told only if it stands alone."""
        start, end = piece.tag
        if piece.meaning:
            self.skip(start, piece.start, SkipClass.TAG)
            self.skip(piece.end, end, SkipClass.TAG)
            as_is = piece.meaning == self.source.text[piece.start : piece.end]
            yield self._verbatim(piece.start, piece.end, piece.place.around) if as_is else self._meant(piece)
        elif alone:
            yield self._meant(piece._replace(start=start, end=end))
        else:
            self.skip(start, end, SkipClass.TAG)

    def _around_all(self, pieces: list[Piece]) -> tuple[Element, ...]:
        """The elements that all of a line stands in."""
        common = None
        for piece in pieces:
            inside = piece.place.around.inside
            if inside is not common and not self._is_white(piece):
                common = inside if common is None else _common(common, inside)
        return common or ()

    def _say(
        self,
        kind: BlockKind,
        spans: tuple[Span, ...],
        inside: tuple[Element, ...],
        place: Place,
        indent: int = 0,
    ) -> None:
        around = place.around
        if kind is BlockKind.TABLE and place.cell is not None:
            self._cells.append((len(self.lines), place.cell))
        level = around.level if kind is around.kind else 0
        anchors = self._anchors_before(spans[-1].source.end) if self._anchors else ()
        gap, self._gap = self._gap, 0
        self.lines.append(Line(kind, spans, inside, gap, indent, level, around.centred, self.page, anchors))

    def _anchors_before(self, end: int) -> tuple[str, ...]:
        mine = []
        while self._anchors and self._anchors[0][0] < end:
            mine.append(self._anchors.popleft()[1])
        return tuple(mine)


def _alike(one: Surroundings, other: Surroundings) -> bool:
    return one is other or (one.marks == other.marks and one.href == other.href)


def _common(one: tuple[Element, ...], other: tuple[Element, ...]) -> tuple[Element, ...]:
    length = 0
    for mine, yours in zip(one, other, strict=False):
        if mine is not yours:
            break
        length += 1
    return one[:length]
