"""What the elements around a piece of text mean for it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from remnant.model import BlockKind, Mark
from remnant.understand.draft import Element
from remnant.unpack import shape
from remnant.unpack.markup import Attribute, Token, attributes

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
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)"), Mark.EMPHASIS, True),
    (re.compile(r"font-style\s*:\s*normal"), Mark.EMPHASIS, False),
    (re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)"), Mark.STRONG, True),
    (re.compile(r"font-weight\s*:\s*(?:normal|400)"), Mark.STRONG, False),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*underline"), Mark.UNDERLINE, True),
    (re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through"), Mark.STRIKE, True),
    (re.compile(r"vertical-align\s*:\s*super"), Mark.SUPERSCRIPT, True),
    (re.compile(r"vertical-align\s*:\s*sub\b"), Mark.SUBSCRIPT, True),
)
_ALIGNED = re.compile(r"text-align\s*:\s*([a-z]+)")
_PREFORMATTED = frozenset({"pre", "textarea", "xmp", "listing", "plaintext"})
_SAFE_LINK = re.compile(r"(?:https?://|mailto:|[^:]*(?:[/?#]|\Z))", re.IGNORECASE)
"""To the web, or to a neighbouring page: a link without a scheme tells what is navigation."""


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """Everything that holds for text directly inside one element. `block` and `cell` are tokens, or -1."""

    inside: tuple[Element, ...] = ()
    block: shape.Element | None = None
    cell: shape.Element | None = None
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


class Elements:
    """The surroundings of every element of one page, worked out once each."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self._known: dict[shape.Element, Surroundings] = {}
        self._attributes: dict[str, dict[str, str]] = {}
        self._outermost = Surroundings()

    def around(self, element: shape.Element | None) -> Surroundings:
        """What holds inside this element; outside any, plain surroundings."""
        unknown = []
        while element is not None and element not in self._known:
            unknown.append(element)
            element = element.parent
        found = self._outermost if element is None else self._known[element]
        for element in reversed(unknown):
            found = self._known[element] = _within(found, element, self._attributes_of(element.token))
        return found

    def attributes(self, token: Token) -> dict[str, Attribute]:
        """The attributes of a start tag by name."""
        return {attribute.name: attribute for attribute in attributes(self.text, token)}

    def _attributes_of(self, index: int) -> dict[str, str]:
        if index < 0:
            return {}
        token = self.tokens[index]
        if token.end - token.start == len(token.name) + 2:
            return {}
        source = self.text[token.start : token.end]
        known = self._attributes.get(source)
        if known is None:
            known = {attribute.name: attribute.value for attribute in attributes(self.text, token)}
            self._attributes[source] = known
        return known


def _within(outer: Surroundings, element: shape.Element, attributes: dict[str, str]) -> Surroundings:
    tag, style = element.tag, attributes.get("style", "").lower()[:2000]
    kind, level = _kind(outer, tag)
    return replace(
        outer,
        inside=_inside(outer, element, attributes),
        block=element if tag in shape.BLOCKS else outer.block,
        cell=element if tag in {"td", "th"} else outer.cell,
        kind=kind,
        level=level,
        lists=outer.lists + (tag in {"ul", "ol"}),
        quotes=outer.quotes + (tag == "blockquote"),
        centred=_centred(outer, tag, attributes, style),
        preformatted=outer.preformatted or tag in _PREFORMATTED,
        marks=_marks(outer.marks, tag, style),
        href=_href(attributes) if tag == "a" and "href" in attributes else outer.href,
        title=outer.title or tag == "title",
        hidden=outer.hidden or tag == "template" or attributes.get("hidden", "until-found") != "until-found",
    )


def _inside(outer: Surroundings, element: shape.Element, attributes: dict[str, str]) -> tuple[Element, ...]:
    if element.token < 0:
        return outer.inside
    told = Element(element.tag, attributes.get("id") or None, tuple(attributes.get("class", "").split()))
    return (*outer.inside, told)[-MAX_INSIDE:]


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


def _href(attributes: dict[str, str]) -> str | None:
    href = attributes["href"].strip()
    return href if _SAFE_LINK.match(href) else None
