"""What the styles of an OpenDocument text mean for text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from remnant.model import Mark
from remnant.understand.formats.looks import PLAIN, Style, marked, named, styles_in, whole
from remnant.understand.formats.package import Node, nodes
from remnant.understand.formats.source import Source

_ESCAPED = re.compile(r"_([0-9a-f]{1,4})_")
_PLAIN = frozenset({"internet link", "visited internet link", "footnote symbol", "footnote anchor", "endnote anchor"})
"""Styles that say only that something is a link or a note, which is told otherwise."""
_CODE = frozenset({"source text", "teletype", "preformatted text"})
_NO_LINE = frozenset({"none", "0pt"})


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by name, each with what it is based on worked in."""

    by_name: Mapping[str, Style]

    def of(self, name: str | None) -> Style:
        """The style of this name; one that is used and nowhere described is known by its name alone."""
        if name is None:
            return PLAIN
        return self.by_name.get(name) or named(known_name(name))


def read_styles(*sources: Source) -> Styles:
    """Read the styles of several parts, those of the later ones the text's own; however broken."""
    own: dict[str, Style] = {}
    automatic: set[str] = set()
    for source in sources:
        for style, inner in styles_in(nodes(source, until="body")):
            name = _value(style, "name") or ""
            if style.within("automatic-styles"):
                automatic.add(name)
            own[name] = _style(style, inner)
    for base in [style.based_on for style in own.values()]:
        if base is not None and base not in own:
            own[base] = named(known_name(base))
    return Styles({name: whole(own, name, named=name not in automatic) for name in own})


def _value(node: Node, wanted: str) -> str | None:
    return next((said.value for name, said in node.attributes.items() if name.rpartition(":")[2] == wanted), None)


def known_name(name: str) -> str:
    """The name that people see: `Text_20_body` is "text body"."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), name.lower())


def _style(node: Node, inner: list[Node]) -> Style:
    name = known_name(_value(node, "name") or "")
    style = replace(named(name), based_on=_value(node, "parent-style-name"))
    level = _value(node, "default-outline-level")
    if level and level in "123456":
        style = replace(style, level=int(level))
    if name in _PLAIN:
        return Style(name)
    for properties in inner:
        if properties.local == "text-properties":
            style = _with_text(style, properties)
        elif properties.local == "paragraph-properties":
            style = _with_paragraph(style, properties)
    return marked(style, Mark.CODE, True) if name in _CODE else style


def _with_text(style: Style, node: Node) -> Style:
    for mark, said in _said_of_text(node):
        style = marked(style, mark, said)
    return replace(style, hidden=True) if _value(node, "display") == "none" else style


def _said_of_text(node: Node) -> Iterator[tuple[Mark, bool]]:
    slant, weight = _value(node, "font-style"), _value(node, "font-weight")
    under, through = _value(node, "text-underline-style"), _value(node, "text-line-through-style")
    if slant is not None:
        yield Mark.EMPHASIS, slant in {"italic", "oblique"}
    if weight is not None:
        yield Mark.STRONG, weight in {"bold", "600", "700", "800", "900"}
    if under is not None:
        yield Mark.UNDERLINE, under != "none"
    if through is not None:
        yield Mark.STRIKE, through != "none"
    raised = (_value(node, "text-position") or "").partition(" ")[0]
    if raised in {"super", "sub"}:
        yield (Mark.SUPERSCRIPT if raised == "super" else Mark.SUBSCRIPT), True


def _with_paragraph(style: Style, node: Node) -> Style:
    aligned, line = _value(node, "text-align"), _value(node, "border-bottom") or _value(node, "border-top")
    return replace(
        style,
        centred=style.centred if aligned is None else aligned == "center",
        ruled=style.ruled or (line is not None and line.partition(" ")[0] not in _NO_LINE),
        new_page=style.new_page or _value(node, "break-before") == "page",
    )
