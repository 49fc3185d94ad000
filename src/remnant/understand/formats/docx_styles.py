"""What the styles of a Word document mean for text: marks, headings, quotes, the places of title and author."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from remnant.model import Mark
from remnant.understand.formats.looks import PLAIN, Style, marked, named, styles_in, whole
from remnant.understand.formats.package import Node, nodes
from remnant.understand.formats.source import Source
from remnant.unpack.markup import Attribute

OFF = frozenset({"0", "false", "off", "none"})
_MARKED_BY = {
    "i": Mark.EMPHASIS,
    "b": Mark.STRONG,
    "u": Mark.UNDERLINE,
    "strike": Mark.STRIKE,
    "dstrike": Mark.STRIKE,
}
_RAISED_BY = {"superscript": Mark.SUPERSCRIPT, "subscript": Mark.SUBSCRIPT}
_BEFORE_NUMBER = re.compile(r"(?<=[a-z])(?=[1-9]$)")
_CODE = frozenset({"verbatim char", "html code", "source code", "html preformatted", "preformatted text"})
_PLAIN = frozenset({"hyperlink", "internet link", "followedhyperlink", "footnote reference", "endnote reference"})
"""Character styles that say only that something is a link or a note, which is told otherwise."""


def mark_of(name: str, value: str | None) -> tuple[Mark, bool] | None:
    """The mark that a property of text gives, or takes away, if it is about one."""
    if name == "vertalign":
        return (_RAISED_BY[value], True) if value in _RAISED_BY else None
    mark = _MARKED_BY.get(name)
    return None if mark is None else (mark, value not in OFF)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id, each with what it is based on worked in."""

    by_id: Mapping[str, Style]
    usual: Style = PLAIN

    def paragraph(self, name: str | None) -> Style:
        """The style of this id, or that of all who name none; one nowhere described is known by its id alone."""
        if name is None:
            return self.usual
        return self.by_id.get(name) or named(_BEFORE_NUMBER.sub(" ", name.lower()))

    def character(self, name: str) -> Style:
        return self.by_id.get(name, PLAIN)


def read_styles(source: Source) -> Styles:
    """Read `styles.xml`, however broken."""
    own: dict[str, Style] = {}
    usual = None
    for style, inner in styles_in(nodes(source)):
        name = value(style.attributes, "styleid") or ""
        own[name] = _style(inner)
        if value(style.attributes, "default") in {"1", "true"} and value(style.attributes, "type") == "paragraph":
            usual = name
    full = {name: whole(own, name) for name in own}
    return Styles(full, full.get(usual, PLAIN) if usual is not None else PLAIN)


def value(attributes: Mapping[str, Attribute], wanted: str) -> str | None:
    """The value of an attribute, whatever the prefix of its name."""
    for name, found in attributes.items():
        if name.rpartition(":")[2] == wanted:
            return found.value.strip()
    return None


def _style(inner: list[Node]) -> Style:
    style = Style()
    for node in inner:
        style = _with(style, node, value(node.attributes, "val"))
    if style.name in _PLAIN:
        return Style(style.name)
    return replace(style, given=style.given | {Mark.CODE}) if style.name in _CODE else style


def _with(style: Style, node: Node, said: str | None) -> Style:
    name = node.local
    if name == "name":
        known = named((said or "").lower())
        return replace(style, name=known.name, level=known.level or style.level)
    if name == "basedon":
        return replace(style, based_on=said)
    if name == "outlinelvl" and said is not None and said in "012345":
        return replace(style, level=int(said or 0) + 1)
    if name == "jc":
        return replace(style, centred=said == "center")
    if name == "numpr":
        return replace(style, listed=True)
    found = mark_of(name, said) if node.inside is not None and node.inside.local == "rpr" else None
    return style if found is None else marked(style, *found)
