"""Styles of office documents: what a named look adds to text, and what a paragraph of it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from remnant.model import BlockKind, Mark
from remnant.understand.formats.package import Node

_QUOTES = frozenset({"quote", "intense quote", "block text", "block quote", "blockquote", "quotations"})
_PLACES = frozenset({"title", "subtitle", "author", "date"})
_CONTENTS = re.compile(r"(?:toc|contents) (?:heading|\d)|contents heading|table of contents")
_HEADING = re.compile(r"heading ([1-6])")
_RULE = "horizontal line"
_MAX_BASES = 32


@dataclass(frozen=True, slots=True)
class Style:
    """What a style adds to text and takes from it; `name` is the one every program knows, in lower case."""

    name: str = ""
    based_on: str | None = None
    given: frozenset[Mark] = frozenset()
    taken: frozenset[Mark] = frozenset()
    level: int = 0
    centred: bool | None = None
    listed: bool = False
    ruled: bool = False
    hidden: bool = False
    new_page: bool = False

    def marks(self, marks: frozenset[Mark]) -> frozenset[Mark]:
        """Marks of a text to which this style is applied."""
        return (marks - self.taken) | self.given

    @property
    def kind(self) -> BlockKind:
        """What a paragraph of this style is."""
        if self.level or self.name == "title":
            return BlockKind.HEADING
        if self.name in _QUOTES:
            return BlockKind.QUOTE
        return BlockKind.LIST_ITEM if self.listed else BlockKind.PARAGRAPH

    @property
    def place(self) -> str | None:
        """The element that a paragraph of this style stands in, for rules that know such places."""
        if self.name in _PLACES:
            return f"style:{self.name}"
        return "nav" if _CONTENTS.fullmatch(self.name) else None

    @property
    def is_rule(self) -> bool:
        """Whether a paragraph of this style without words is a line across the page."""
        return self.ruled or self.name == _RULE


PLAIN = Style()


def named(name: str) -> Style:
    """What a style is by its name alone, in lower case."""
    heading = _HEADING.fullmatch(name)
    return Style(name, level=int(heading[1]) if heading else 0)


def styles_in(found: Iterable[Node]) -> Iterator[tuple[Node, list[Node]]]:
    """The styles among the elements of a part, each with those that follow before the next."""
    style: Node | None = None
    inner: list[Node] = []
    for node in found:
        if node.local == "style":
            if style is not None:
                yield style, inner
            style, inner = node, []
        else:
            inner.append(node)
    if style is not None:
        yield style, inner


def marked(style: Style, mark: Mark, given: bool) -> Style:
    """The style with a mark more, or with one that it takes away."""
    if given:
        return replace(style, given=style.given | {mark}, taken=style.taken - {mark})
    return replace(style, taken=style.taken | {mark}, given=style.given - {mark})


def whole(own: Mapping[str, Style], name: str, *, named: bool = True) -> Style:
    """A style with all that it is based on; one that is not `named` goes by the name of what it is based on."""
    style = own[name]
    base, steps = style.based_on, 0
    while base is not None and base in own and steps < _MAX_BASES:
        below = own[base]
        style = replace(
            style,
            name=style.name if named else below.name,
            given=style.given | (below.given - style.taken),
            taken=style.taken | (below.taken - style.given),
            level=style.level or below.level,
            centred=below.centred if style.centred is None else style.centred,
            listed=style.listed or below.listed,
            ruled=style.ruled or below.ruled,
        )
        base, steps = below.based_on, steps + 1
    return style
