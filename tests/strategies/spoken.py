"""What a screen reader says of our XHTML: a small reading of its accessibility tree, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = {"ul": "list", "ol": "list"}
_INLINE = frozenset({"em", "strong", "u", "s", "sup", "sub", "code", "span", "bdi", "small", "br"})
_NAMED = {"note": "note", "doc-notice": "notice", "doc-toc": "contents", "doc-chapter": "chapter", "group": "group"}
_SAID_APART = {"blockquote": "quote", "nav": "navigation"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing said. `anchor` is a place that nothing is said at; a link says where it leads."""

    kind: str
    text: str = ""
    leads_to: str | None = None
    anchor: str | None = None

    def __str__(self) -> str:
        return ", ".join(part for part in (self.kind, self.text) if part)


def spoken(page: Element) -> list[Heard]:
    """A page from first to last, as somebody hears it who only ever says "go on"."""
    body = next(element for element in page.iter() if _tag(element) == "body")
    return list(_heard(body))


def transcript(page: Element) -> list[str]:
    return [str(heard) for heard in spoken(page) if heard.kind != "anchor"]


def after(page: list[Heard], link: Heard) -> list[Heard]:
    """What is still to be heard once the link has been followed within the page."""
    anchor = (link.leads_to or "").rpartition("#")[2]
    place = next(index for index, heard in enumerate(page) if heard.anchor == anchor)
    return [heard for heard in page[place:] if heard.kind != "anchor"]


def _heard(element: Element) -> Iterator[Heard]:
    tag, role, label = _tag(element), element.get("role", ""), element.get("aria-label", "")
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return
    if anchor := element.get("id"):
        yield Heard("anchor", anchor=anchor)
    if tag in _HEADINGS:
        yield Heard(f"heading level {_HEADINGS[tag]}", _text(element))
    elif tag == "hr":
        yield Heard(label or "separator")
    elif tag == "a":
        yield Heard("link", label or _text(element), leads_to=element.get("href"))
    elif name := _name(tag, role, label, element):
        yield Heard(name, label)
        yield from _inside(element)
        yield Heard(f"end of {name.partition(',')[0]}")
    else:
        yield from _inside(element)


def _name(tag: str, role: str, label: str, element: Element) -> str:
    if tag in _LISTS:
        count = sum(_tag(child) == "li" for child in element)
        return f"list, {count} {'item' if count == 1 else 'items'}"
    if role in _NAMED and label:
        return _NAMED[role]
    return _SAID_APART.get(tag, "")


def _inside(element: Element) -> Iterator[Heard]:
    """Text in a line is said as one; whatever stands apart, and every link, is said by itself."""
    line = element.text or ""
    for child in element:
        if _tag(child) in _INLINE:
            if anchor := child.get("id"):
                yield Heard("anchor", anchor=anchor)
            line += " " if _tag(child) == "br" else "".join(child.itertext())
        else:
            yield from _line(line)
            yield from _heard(child)
            line = ""
        line += child.tail or ""
    yield from _line(line)


def _line(text: str) -> Iterator[Heard]:
    if said := " ".join(text.split()):
        yield Heard(said)


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
