"""One pass over an XML part of a document: which elements are open, and pieces of text on their way to lines.

Names are taken without their prefix and in lower case. An end tag closes the nearest element of its name among the
innermost few, so that a stray one ends nothing; there is no recursion, so depth costs nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from remnant.model import BlockKind, Finding, Mark, Skip, SkipClass
from remnant.understand.draft import Element, Line
from remnant.understand.findings import finding
from remnant.understand.formats.blocks import Lines, Piece, PieceOf
from remnant.understand.formats.flaws import Flaws
from remnant.understand.formats.limits import MAX_LINES, MAX_MARKS
from remnant.understand.formats.source import MAX_WHERE, Source
from remnant.understand.formats.surroundings import Place, Surroundings
from remnant.unpack import shape
from remnant.unpack.markup import CDATA, Attribute, Flaw, Token, TokenKind, attributes, tokens

_REACH = 8
"""Innermost open elements among which an end tag finds its own."""
_NO_MARKS: frozenset[Mark] = frozenset()


@dataclass(slots=True)
class Paragraph:
    """What holds for a whole paragraph, and the places of text in it, those alike being one."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    centred: bool = False
    inside: tuple[Element, ...] = ()
    cell: shape.Element | None = None
    block: shape.Element = field(default_factory=lambda: shape.Element("p", -1, None))
    _places: dict[tuple[frozenset[Mark], str | None], Place] = field(default_factory=dict)

    def place(self, marks: frozenset[Mark] = _NO_MARKS, href: str | None = None) -> Place:
        """Where text of these marks stands. What was asked for before the paragraph is settled stays as it was."""
        known = self._places.get((marks, href))
        if known is None:
            around = Surroundings(
                inside=self.inside, kind=self.kind, level=self.level, centred=self.centred, marks=marks, href=href
            )
            known = self._places[marks, href] = Place(around, self.block, self.cell)
        return known


class Walk:
    """What every XML format does alike. A format says what its elements mean in `started`, `ended` and `said`."""

    def __init__(self, source: Source, page: int = 0) -> None:
        self.source = source
        self.lines = self._main = Lines(source, page)
        self._aside = Lines(source, page)
        self.flaws = Flaws(source)
        self.open: list[str] = []
        self._cells: list[shape.Element] = []
        self._tag: Token | None = None
        self._many: Counter[str] = Counter()

    def started(self, name: str, token: Token) -> bool:
        """An element begins; whether its tag has been put into a span or skip already.

        One that closes itself begins and is over at once: `ended` follows for it as for any other.
        """
        raise NotImplementedError

    def ended(self, name: str) -> None:
        """An element is over, by its own end tag, an outer one's, or the end of the file."""
        raise NotImplementedError

    def said(self, token: Token) -> None:
        """Text, or a reference to some: the format shows or skips it."""
        raise NotImplementedError

    def read(self, bom: int = 0) -> tuple[Line, ...]:
        """Read the part and give its lines."""
        self.lines.skip(0, bom, SkipClass.BOM)
        end = bom
        for token in islice(tokens(self.source.text, xml=True, raw=False), MAX_MARKS):
            if token.flaw is not None:
                self.flaws.note(token)
            if token.end > bom:
                self._token(token if token.start >= bom else token._replace(start=bom))
            end = token.end
        if self.open:
            self.flaws.add("D009")
        self._close(len(self.open))
        self.aside(False)
        if end < len(self.source.text):
            self.flaws.add("H007", end, len(self.source.text), limit=MAX_MARKS)
            self.lines.add_rest(end)
        return self._main.finish() + self._aside.finish()

    def aside(self, begun: bool) -> None:
        """What follows is, or no longer is, a note written into the text: its lines stand after all others."""
        self.lines = self._aside if begun else self._main

    def skips(self) -> tuple[Skip, ...]:
        self._main.skips += self._aside.skips
        self._aside.skips = []
        return self._main.joined_skips()

    def findings(self) -> tuple[Finding, ...]:
        for lines in (self._main, self._aside):
            if lines.too_many >= 0:
                self.flaws.add("T005", lines.too_many, len(self.source.text), limit=MAX_LINES)
        return self.flaws.findings()

    @property
    def cell(self) -> shape.Element | None:
        """The cell of a table that is open, the innermost."""
        return self._cells[-1] if self._cells else None

    def start_cell(self, token: Token) -> bool:
        self.lines.end_block()
        self._cells.append(shape.Element("td", -1, None))
        return False

    def end_cell(self) -> None:
        self.lines.end_block()
        self._cells.pop()

    def attributes(self, token: Token) -> dict[str, Attribute]:
        """The attributes of a start tag by name without prefix; where a name comes twice, the first."""
        found: dict[str, Attribute] = {}
        for attribute in attributes(self.source.text, token):
            found.setdefault(local(attribute.name), attribute)
        return found

    def attribute(self, token: Token, name: str) -> str | None:
        """The value of one attribute."""
        found = self.attributes(token).get(name)
        return None if found is None else found.value.strip()

    def mean(self, token: Token, place: Place, meaning: str) -> bool:
        """A tag that stands for characters. Always True, for `started` to hand on."""
        if meaning == "\n":
            self.lines.add(Piece(PieceOf.LINE_END, token.start, token.end, place, meaning))
        elif meaning.isspace():
            self.lines.add_blank(Piece(PieceOf.MEANT, token.start, token.end, place, meaning))
        else:
            self.lines.add(Piece(PieceOf.MEANT, token.start, token.end, place, meaning))
        return True

    def picture(self, token: Token, place: Place, words: Attribute | None) -> bool:
        """A tag that stands for a picture, with the attribute that says in words what it shows."""
        said = words if words is not None and words.value.strip() else Attribute("", "", token.start, token.start)
        tag = (token.start, token.end)
        self.lines.add(Piece(PieceOf.PICTURE, said.start, said.end, place, said.value, tag))
        return True

    def rule(self, place: Place) -> bool:
        """A line across the page, where the tag stands that ends an element; whether there was one to stand for it."""
        tag, self._tag = self._tag, None
        if tag is not None:
            self.lines.add_rule(tag.start, tag.end, place)
        return tag is not None

    def hide(self, token: Token, kind: SkipClass = SkipClass.HIDDEN) -> None:
        """Text that is not shown; white space between elements is only that."""
        self.lines.skip(token.start, token.end, SkipClass.SPACE if self.is_space(token) else kind)

    def is_space(self, token: Token) -> bool:
        """Whether it is nothing but white space, written as itself."""
        return token.kind is TokenKind.TEXT and self.source.text[token.start : token.end].isspace()

    def within(self, name: str) -> bool:
        """Whether an element of this name is open, at any depth."""
        return self._many[name] > 0

    def _token(self, token: Token) -> None:
        kind = token.kind
        if kind is TokenKind.TEXT or kind is TokenKind.REFERENCE:
            self.said(token)
        elif kind is TokenKind.START:
            self._start(token)
        elif kind is TokenKind.END:
            self._tag = token
            self._end(local(token.name))
            self._skip_tag()
        elif kind is TokenKind.COMMENT and token.name is not CDATA and token.flaw is not Flaw.CUT:
            is_tag = self.source.text.startswith("<?", token.start)
            self.lines.skip(token.start, token.end, SkipClass.TAG if is_tag else SkipClass.COMMENT)
        else:
            self.lines.skip(token.start, token.end, SkipClass.SCRIPT if kind is TokenKind.RAW else SkipClass.TAG)

    def _start(self, token: Token) -> None:
        name = local(token.name)
        self._tag = None if self.started(name, token) else token
        if token.closed:
            self.ended(name)
        else:
            self.open.append(name)
            self._many[name] += 1
        self._skip_tag()

    def _skip_tag(self) -> None:
        if self._tag is not None:
            self.lines.skip(self._tag.start, self._tag.end, SkipClass.TAG)
            self._tag = None

    def _end(self, name: str) -> None:
        for depth in range(1, min(len(self.open), _REACH) + 1):
            if self.open[-depth] == name:
                self._close(depth)
                return

    def _close(self, depth: int) -> None:
        for _ in range(depth):
            name = self.open.pop()
            self._many[name] -= 1
            self.ended(name)


def unshown(code: str, texts: Iterable[tuple[Source, list[Token]]]) -> Iterator[Finding]:
    """One finding for what stands in these parts and is not shown, if there is any, with the places of the first."""
    found = [(source, token) for source, tokens in texts for token in tokens]
    if found:
        where = (source.region(token.start, token.end) for source, token in found[:MAX_WHERE])
        yield finding(code, *where, count=len(found))


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]
