"""What the elements around a piece of text mean for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from remnant.model import BlockKind, Mark
from remnant.understand.draft import Element
from remnant.understand.formats.styles import Styles
from remnant.unpack import shape
from remnant.unpack.markup import MAX_TAG, Attribute, Token, attributes

MAX_INSIDE = 64
"""Elements around a line that are told, the innermost."""

_MARKS = {
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), Mark.EMPHASIS),
    **dict.fromkeys(("b", "strong"), Mark.STRONG),
    **dict.fromkeys(("u", "ins"), Mark.UNDERLINE),
    **dict.fromkeys(("s", "strike", "del"), Mark.STRIKE),
    **dict.fromkeys(("tt", "code", "kbd", "samp"), Mark.CODE),
    "sup": Mark.SUPERSCRIPT,
    "sub": Mark.SUBSCRIPT,
}
_STYLED = (
    (re.compile(r"(?<![a-z-])font-style\s*:\s*(?:italic|oblique)"), Mark.EMPHASIS, True),
    (re.compile(r"(?<![a-z-])font-style\s*:\s*normal"), Mark.EMPHASIS, False),
    (re.compile(r"(?<![a-z-])font-weight\s*:\s*(?:bold|[6-9]00)"), Mark.STRONG, True),
    (re.compile(r"(?<![a-z-])font-weight\s*:\s*(?:normal|400)"), Mark.STRONG, False),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*underline"), Mark.UNDERLINE, True),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through"), Mark.STRIKE, True),
    (re.compile(r"vertical-align\s*:\s*super"), Mark.SUPERSCRIPT, True),
    (re.compile(r"vertical-align\s*:\s*sub\b"), Mark.SUBSCRIPT, True),
)
_ALIGNED = re.compile(r"text-align\s*:\s*([a-z]+)")
_NOTES = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
"""What a book calls an element that is a note to some place in the text."""
_PREFORMATTED = frozenset({"pre", "textarea", "xmp", "listing", "plaintext"})
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|[^:]*(?:[/?#]|\Z))", re.IGNORECASE)
"""To the web, or to a neighbouring page: a link without a scheme tells what is navigation."""


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """Everything that holds for text directly inside an element. Elements alike in alike places share one."""

    inside: tuple[Element, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    lists: int = 0
    quotes: int = 0
    centred: bool = False
    preformatted: bool = False
    marks: frozenset[Mark] = frozenset()
    href: str | None = None
    title: bool = False
    hidden: bool = False


class Place(NamedTuple):
    """What holds for a piece of text, and the very block and cell it stands in."""

    around: Surroundings
    block: shape.Element | None = None
    cell: shape.Element | None = None


NOWHERE = Place(Surroundings())
_MAX_STYLE = 8_000
_MAX_SHARED = 500
"""Characters of a tag beyond which it is not worth remembering for the next one like it."""


class Elements:
    """Where each element of one page puts the text inside it, worked out once each."""

    def __init__(self, text: str, tokens: list[Token], styles: Styles) -> None:
        self.text = text
        self.tokens = tokens
        self.styles = styles
        self._places: dict[shape.Element, Place] = {}
        self._alike: dict[tuple[Surroundings, str, str], Surroundings] = {}
        self._attributes: dict[str, dict[str, Attribute]] = {}

    def inside(self, element: shape.Element | None) -> Place:
        """What holds inside this element, or outside any."""
        known = None if element is None else self._places.get(element)
        if known is not None:
            return known
        unknown = []
        while element is not None and element not in self._places:
            unknown.append(element)
            element = element.parent
        place = NOWHERE if element is None else self._places[element]
        for element in reversed(unknown):
            place = self._places[element] = self._within(place, element)
        return place

    def attributes(self, token: Token) -> dict[str, Attribute]:
        """The attributes of a start tag by name. Where they stand is counted from the start of the tag."""
        if token.end - token.start == len(token.name) + 2:
            return {}
        source = self.text[token.start : token.end]
        known = self._attributes.get(source)
        if known is None:
            whole = Token(token.kind, 0, len(source), token.name)
            known = {attribute.name: attribute for attribute in attributes(source, whole)}
            if len(source) <= _MAX_SHARED:
                self._attributes[source] = known
        return known

    def _within(self, outer: Place, element: shape.Element) -> Place:
        source = ""
        if element.token >= 0:
            token = self.tokens[element.token]
            source = self.text[token.start : min(token.end, token.start + MAX_TAG)]
        key = (outer.around, element.tag, source)
        around = self._alike.get(key)
        if around is None:
            found = self.attributes(self.tokens[element.token]) if source else {}
            values = {name: attribute.value for name, attribute in found.items()}
            style = f"{self.styles.of(element.tag, values.get('class', '').split())}{values.get('style', '')}"
            around = self._alike[key] = _within(outer.around, element, values, style.lower()[:_MAX_STYLE])
        block = element if element.tag in shape.BLOCKS else outer.block
        return Place(around, block, element if element.tag in {"td", "th"} else outer.cell)


def _within(outer: Surroundings, element: shape.Element, attributes: dict[str, str], style: str) -> Surroundings:
    tag = element.tag
    kind, level = _kind(outer, tag)
    return Surroundings(
        inside=_inside(outer, element, attributes),
        kind=kind,
        level=level,
        lists=outer.lists + (tag in {"ul", "ol"}),
        quotes=outer.quotes + (tag == "blockquote"),
        centred=_centred(outer, tag, attributes, style),
        preformatted=outer.preformatted or tag in _PREFORMATTED,
        marks=outer.marks if kind is BlockKind.HEADING and tag in shape.BLOCKS else _marks(outer.marks, tag, style),
        href=safe_link(attributes["href"]) if tag == "a" and "href" in attributes else outer.href,
        title=outer.title or tag == "title",
        hidden=outer.hidden or tag == "template" or attributes.get("hidden", "until-found") != "until-found",
    )


def _inside(outer: Surroundings, element: shape.Element, attributes: dict[str, str]) -> tuple[Element, ...]:
    if element.token < 0:
        return outer.inside
    told = Element(element.tag, attributes.get("id") or None, tuple(attributes.get("class", "").split()))
    types = {*attributes.get("epub:type", "").split(), *attributes.get("role", "").split()}
    note = () if types.isdisjoint(_NOTES) else (Element("style:footnote", told.id),)
    return (*outer.inside, told, *note)[-MAX_INSIDE:]


def _kind(outer: Surroundings, tag: str) -> tuple[BlockKind, int]:
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return BlockKind.HEADING, int(tag[1])
    if tag == "li":
        return BlockKind.LIST_ITEM, max(1, outer.lists)
    if tag == "blockquote":
        return BlockKind.QUOTE, outer.quotes + 1
    if tag in _PREFORMATTED:
        return BlockKind.PREFORMATTED, 0
    if tag in {"td", "th"}:
        return BlockKind.TABLE, 0
    return (BlockKind.PARAGRAPH, 0) if tag == "table" else (outer.kind, outer.level)


def _centred(outer: Surroundings, tag: str, attributes: dict[str, str], style: str) -> bool:
    aligned = _ALIGNED.search(style)
    said = aligned[1] if aligned else attributes.get("align", "").lower()
    if tag == "center" or said in {"center", "middle"}:
        return True
    return outer.centred and (said == "" or tag not in shape.BLOCKS)


def _marks(marks: frozenset[Mark], tag: str, style: str) -> frozenset[Mark]:
    if tag in _MARKS:
        marks |= {_MARKS[tag]}
    if not style:
        return marks
    for pattern, mark, given in _STYLED:
        if pattern.search(style):
            marks = marks | {mark} if given else marks - {mark}
    return marks


def safe_link(href: str) -> str | None:
    """An address that a link keeps: of the web, of mail, or within the file and beside it."""
    href = href.strip()
    return href if _SAFE_LINK.match(href) else None
