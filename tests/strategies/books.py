"""What is given back, read again with nothing of ours: the words of a page and of a book."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

INLINE = frozenset({"a", "em", "strong", "u", "s", "sup", "sub", "code", "span", "bdi", "small"})
_OPF = "{http://www.idpf.org/2007/opf}"


def text_of_page(markup: str) -> str:
    """All text of the body; elements that stand apart part words, those in a line do not."""
    reader = _Text()
    reader.feed(markup)
    reader.close()
    return "".join(reader.pieces)


def text_of_book(data: bytes) -> str:
    """The text of every page of the spine, in order; ParseError if one is not well-formed."""
    return " ".join(_text(page.find("{http://www.w3.org/1999/xhtml}body")) for page in pages_of_book(data).values())


def pages_of_book(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(BytesIO(data)) as book:
        package = ElementTree.fromstring(book.read("package.opf"))
        names = {item.attrib["id"]: item.attrib["href"] for item in package.iter(f"{_OPF}item")}
        order = [names[item.attrib["idref"]] for item in package.iter(f"{_OPF}itemref")]
        return {name: ElementTree.fromstring(book.read(name)) for name in order}


def _text(element: ElementTree.Element | None) -> str:
    return "" if element is None else "".join(_pieces(element))


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    apart = "" if element.tag.rpartition("}")[2] in INLINE else " "
    yield apart + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield apart


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._inside_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside_style = tag in {"style", "title"}
        self._apart(tag)

    def handle_endtag(self, tag: str) -> None:
        self._inside_style = False
        self._apart(tag)

    def handle_data(self, data: str) -> None:
        if not self._inside_style:
            self.pieces.append(data)

    def _apart(self, tag: str) -> None:
        if tag not in INLINE:
            self.pieces.append(" ")
