"""HTML and XHTML: our tokens give text and order, a tree gives shape, and nothing that is shown is skipped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from remnant.model import Finding, Original, Skip, SkipClass
from remnant.understand.draft import Draft, Fact, Line
from remnant.understand.formats.blocks import Lines, Piece, PieceOf
from remnant.understand.formats.flaws import Flaws
from remnant.understand.formats.head import SPEAKING_TAGS, comment_fact, facts_of
from remnant.understand.formats.limits import MAX_FACTS, MAX_LINES, MAX_TOKENS
from remnant.understand.formats.source import Source, decoding_findings
from remnant.understand.formats.stated import TYPE, stated_in
from remnant.understand.formats.styles import Styles
from remnant.understand.formats.surroundings import Elements, Place
from remnant.unpack.decode import Decoded
from remnant.unpack.markup import CDATA, Attribute, Flaw, Token, TokenKind, tokens
from remnant.unpack.shape import BLOCKS, shape_of

FORMAT = "text/html"
XHTML = "application/xhtml+xml"

_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})|<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""",
    re.IGNORECASE,
)
_HEAD_TAGS = frozenset({"meta", "link", "base", "title"})
_RAW_SKIPS = {"script": SkipClass.SCRIPT, "style": SkipClass.STYLE}
_SPEAKING_STARTS = _HEAD_TAGS | {"br", "hr", "img", "image", "q"}
"""Of a bare tag of another name nothing is said; of these it matters where they stand."""
_SPEAKING_ENDS = frozenset({"title", "q"})
"""Of all other end tags the tree has told what they end."""
_TEXT, _REFERENCE, _END, _TAG = TokenKind.TEXT, TokenKind.REFERENCE, TokenKind.END, SkipClass.TAG
"""Looked up in an enumeration they would cost as much as what is done with them."""
_DOTS = frozenset({"0", "1"})
_QUOTES = (("“", "”"), ("‘", "’"))


@dataclass(frozen=True, slots=True)
class Page:
    """One page read: the same as a draft, without the parts."""

    lines: tuple[Line, ...]
    facts: tuple[Fact, ...]
    skips: tuple[Skip, ...]
    findings: tuple[Finding, ...]


def declared_charset(data: bytes) -> str | None:
    """The charset that a page names for itself near its top."""
    found = _DECLARED.search(data[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def draft(original: Original, decoded: Decoded, *, xml: bool = False) -> Draft:
    """Read a whole file as one page."""
    source = Source.of(original.digest, "", decoded)
    page = read(source, decoded.bom, xml=xml)
    findings = (*decoding_findings(source, decoded), *page.findings)
    return Draft(XHTML if xml else FORMAT, (source.part,), page.lines, page.facts, page.skips, findings)


def read(source: Source, bom: int = 0, *, xml: bool = False, page: int = 0, sheets: tuple[str, ...] = ()) -> Page:
    """Read a page; every character is in one span or one skip. `sheets` are style sheets beside its own."""
    found = list(islice(tokens(source.text, xml=xml), MAX_TOKENS))
    raw = (token for token in found if token.kind is TokenKind.RAW)
    own = (source.text[token.start : token.end] for token in raw if token.name == "style")
    reader = _Reader(source, found, page, xml, Styles((*sheets, *own)))
    reader.read(bom)
    return Page(reader.lines.finish(), tuple(reader.facts[:MAX_FACTS]), reader.skips(), reader.findings())


class _Reader:
    """One pass over the tokens of a page."""

    def __init__(self, source: Source, found: list[Token], page: int, xml: bool, styles: Styles) -> None:
        self.source = source
        self.tokens = found
        self.shape = shape_of(source.text, found, xml=xml)
        self.elements = Elements(source.text, found, styles)
        self.lines = Lines(source, page)
        self.facts: list[Fact] = []
        self.flaws = Flaws(source)
        self.title: list[tuple[int, int, str]] = []
        self.quotes: list[Place] = []
        self.states = False

    def read(self, bom: int) -> None:
        self.lines.skip(0, bom, SkipClass.BOM)
        for index, token in enumerate(self.tokens):
            kind, start, end, name, _, _, flaw = token
            if flaw is not None:
                self.flaws.note(token)
            if start < bom:
                if end > bom:
                    self._token(index, token._replace(start=bom))
            elif kind is _TEXT or kind is _REFERENCE:
                self._text(index, token)
            elif kind is _END and name not in _SPEAKING_ENDS:
                self.lines.skips.append((start, end, _TAG))
            else:
                self._token(index, token)
        self._end_title()
        end = self.tokens[-1].end if self.tokens else 0
        if end < len(self.source.text):
            self.flaws.add("H007", end, len(self.source.text), limit=MAX_TOKENS)
            self.lines.add_rest(end)

    def skips(self) -> tuple[Skip, ...]:
        return self.lines.joined_skips()

    def findings(self) -> tuple[Finding, ...]:
        if self.shape.refused:
            self.flaws.add("H006")
        if self.shape.lost:
            self.flaws.add("H008")
        if self.lines.too_many >= 0:
            self.flaws.add("T005", self.lines.too_many, len(self.source.text), limit=MAX_LINES)
        return self.flaws.findings()

    def _token(self, index: int, token: Token) -> None:
        kind = token.kind
        if kind is TokenKind.START:
            self._start(index, token)
        elif kind is TokenKind.END:
            self._end(token)
        elif kind is TokenKind.TEXT or kind is TokenKind.REFERENCE:
            self._text(index, token)
        elif kind is TokenKind.COMMENT:
            self._comment(token)
        elif kind is TokenKind.RAW:
            if self.states:
                self.facts.extend(stated_in(self.source, token.start, token.end))
                self.states = False
            self.lines.skip(token.start, token.end, _RAW_SKIPS.get(token.name, SkipClass.HIDDEN))
        else:
            self.lines.skip(token.start, token.end, SkipClass.TAG)

    def _text(self, index: int, token: Token) -> None:
        place = self.elements.inside(self.shape.places[index])
        around = place.around
        if around.title:
            self.title.append((token.start, token.end, token.value))
            self.lines.skip(token.start, token.end, SkipClass.HEAD)
        elif around.hidden:
            self.lines.skip(token.start, token.end, SkipClass.HIDDEN)
        else:
            self.lines.show(token, place)

    def _start(self, index: int, token: Token) -> None:
        name, element = token.name, self.shape.places[index]
        if name in BLOCKS and index in self.shape.in_tree:
            self.lines.end_block()
            self.quotes.clear()
        if token.end - token.start == len(name) + 2 and name not in _SPEAKING_STARTS:
            self.lines.skips.append((token.start, token.end, _TAG))
            return
        place = self.elements.inside(element.parent if element else None)
        attributes = self.elements.attributes(token)
        if attributes and ("id" in attributes or (name == "a" and "name" in attributes)):
            self.lines.anchor(token.start, attributes.get("id", attributes.get("name", _NO_ATTRIBUTE)).value)
        self.states = name == "script" and attributes.get("type", _NO_ATTRIBUTE).value.strip().lower() == TYPE
        if name in SPEAKING_TAGS:
            self.facts.extend(facts_of(self.source, token, attributes))
        if place.around.hidden or name in _HEAD_TAGS:
            self.lines.skip(token.start, token.end, SkipClass.HEAD if name in _HEAD_TAGS else SkipClass.TAG)
        else:
            self._shown_tag(token, place, attributes)

    def _shown_tag(self, token: Token, place: Place, attributes: dict[str, Attribute]) -> None:
        if token.name == "br":
            self.lines.add(Piece(PieceOf.LINE_END, token.start, token.end, place, "\n"))
        elif token.name == "hr":
            self.lines.add_rule(token.start, token.end, place)
        elif token.name in {"img", "image"} and not _is_dot(attributes):
            self._picture(token, place, attributes)
        elif token.name == "q" and not token.closed:
            self.lines.add(Piece(PieceOf.MEANT, token.start, token.end, place, _QUOTES[len(self.quotes) % 2][0]))
            self.quotes.append(place)
        else:
            self.lines.skip(token.start, token.end, SkipClass.TAG)

    def _picture(self, token: Token, place: Place, attributes: dict[str, Attribute]) -> None:
        alt = attributes.get("alt", _NO_ATTRIBUTE)
        words = alt.value if alt.value.strip() else ""
        tag = (token.start, token.end)
        self.lines.add(Piece(PieceOf.PICTURE, token.start + alt.start, token.start + alt.end, place, words, tag))

    def _end(self, token: Token) -> None:
        if token.name == "title":
            self._end_title()
        if token.name == "q" and self.quotes:
            place = self.quotes.pop()
            self.lines.add(Piece(PieceOf.MEANT, token.start, token.end, place, _QUOTES[len(self.quotes) % 2][1]))
            return
        self.lines.skip(token.start, token.end, SkipClass.HEAD if token.name == "title" else SkipClass.TAG)

    def _end_title(self) -> None:
        if self.title:
            value = "".join(meant or self.source.text[start:end] for start, end, meant in self.title)
            region = self.source.region(self.title[0][0], self.title[-1][1])
            self.facts.append(Fact("html:title", value.strip(), region))
        self.title = []

    def _comment(self, token: Token) -> None:
        is_tag = token.name is CDATA or token.flaw is Flaw.CUT or self.source.text.startswith("<?", token.start)
        self.lines.skip(token.start, token.end, SkipClass.TAG if is_tag else SkipClass.COMMENT)
        fact = None if is_tag else comment_fact(self.source, token)
        self.facts.extend([fact] if fact else [])


_NO_ATTRIBUTE = Attribute("", "", 0, 0)


def _is_dot(attributes: dict[str, Attribute]) -> bool:
    """A picture of one point, which counts visitors."""
    return any(attributes[side].value.strip() in _DOTS for side in ("width", "height") if side in attributes)
