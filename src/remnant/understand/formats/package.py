"""An EPUB's own papers: which file is the package, which pages it holds in what order, and what it says of itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from remnant.model import Digest, Part, Region
from remnant.understand.draft import Fact
from remnant.unpack.markup import Attribute, Token, TokenKind, attributes, tokens

CONTAINER = "META-INF/container.xml"
PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml"})
NCX_TYPE = "application/x-dtbncx+xml"
_FONT_LOCKS = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Ways of scrambling fonts that leave every word readable."""


@dataclass(frozen=True, slots=True)
class Package:
    """What the papers say: `pages` are member paths in reading order, `missing` those listed that are not there.

    `nav` is the EPUB 3 contents page, which is not story; `ncx` the EPUB 2 one. `facts` come from the package file.
    """

    path: str
    pages: tuple[str, ...]
    missing: tuple[str, ...]
    nav: str | None
    ncx: str | None
    facts: tuple[Fact, ...]
    ordered: bool
    """Whether the package states a reading order; else the pages stand in the order of its list."""


@dataclass(frozen=True, slots=True)
class Element:
    """An XML element of text content only: what the papers are made of."""

    name: str
    attributes: Mapping[str, Attribute]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Item:
    path: str
    media_type: str
    properties: frozenset[str]


def package_path(parts: Mapping[str, Part]) -> str | None:
    """The package file that the container names, else the only plausible one; None if there is none."""
    container = parts.get(CONTAINER)
    for element in elements(container) if container else ():
        named = element.attributes.get("full-path")
        if element.name == "rootfile" and named and named.value in parts:
            return named.value
    return min(
        (path for path in parts if path.lower().endswith(".opf")),
        key=lambda path: (path.count("/"), path),
        default=None,
    )


def read_package(original: Digest, parts: Mapping[str, Part], members: frozenset[str]) -> Package | None:
    """Read the papers, if there are any; `members` are all paths in the book."""
    path = package_path(parts)
    if path is None:
        return None
    found = list(elements(parts[path]))
    items = {element.attributes["id"].value: item for element, item in _manifest(path, found)}
    spine, missing = _spine(found, items, members)
    listed = tuple(item.path for item in items.values() if item.media_type in PAGE_TYPES and item.path in members)
    return Package(
        path=path,
        pages=spine or listed,
        missing=missing,
        nav=next((item.path for item in items.values() if "nav" in item.properties and item.path in members), None),
        ncx=next((item.path for item in items.values() if item.media_type == NCX_TYPE and item.path in members), None),
        facts=tuple(_facts(original, parts[path], found)),
        ordered=bool(spine),
    )


def is_locked(parts: Mapping[str, Part]) -> bool:
    """Whether pages, and not only fonts, are encrypted."""
    papers = parts.get("META-INF/encryption.xml")
    ways = [
        element.attributes["algorithm"].value
        for element in (elements(papers) if papers else ())
        if element.name == "encryptionmethod" and "algorithm" in element.attributes
    ]
    return any(way not in _FONT_LOCKS for way in ways)


def labels(original: Digest, part: Part) -> Iterator[Fact]:
    """The names of chapters as the EPUB 2 contents give them: `toc:label`, with the page each leads to."""
    waiting: Element | None = None
    for element in elements(part):
        if element.name == "text" and element.text.strip():
            waiting = element
        elif element.name == "content" and waiting and "src" in element.attributes:
            target = resolved(part.path, element.attributes["src"].value)
            region = Region(original, part.path, part.encoding, waiting.start, waiting.end)
            yield Fact("toc:label", " ".join(waiting.text.split()), region, (("target", target),))
            waiting = None


def resolved(base: str, href: str) -> str:
    """The member that a reference in another member leads to, with its fragment; it may not be there at all."""
    path, mark, fragment = href.partition("#")
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path))) if path else base
    return f"{whole}{mark}{fragment}"


def elements(part: Part) -> Iterator[Element]:
    """Every element of an XML part in the order of their ends, names without prefix but for `dc:` and `dcterms:`.

    An element that is never closed ends where the next one of its name begins or with its parent; nothing raises.
    """
    text = part.text
    open_elements: list[tuple[Token, str, list[str], int]] = []
    for token in tokens(text, xml=True):
        if token.kind is TokenKind.START:
            open_elements.append((token, _local(token.name), [], token.end))
            if token.closed:
                yield _closed(text, open_elements.pop(), token.end)
        elif token.kind is TokenKind.END:
            yield from _ended(text, open_elements, _local(token.name), token.start)
        elif open_elements and token.kind is TokenKind.TEXT:
            open_elements[-1][2].append(text[token.start : token.end])
        elif open_elements and token.kind is TokenKind.REFERENCE:
            open_elements[-1][2].append(token.value)


def _ended(text: str, open_elements: list[tuple[Token, str, list[str], int]], name: str, at: int) -> Iterator[Element]:
    if not any(entry[1] == name for entry in open_elements[-64:]):
        return
    while open_elements:
        entry = open_elements.pop()
        yield _closed(text, entry, at)
        if entry[1] == name:
            return


def _closed(text: str, entry: tuple[Token, str, list[str], int], end: int) -> Element:
    token, name, pieces, start = entry
    known = {attribute.name: attribute for attribute in attributes(text, token)}
    return Element(name, known, "".join(pieces), start, max(start, end))


def _local(name: str) -> str:
    prefix, colon, rest = name.partition(":")
    return rest if colon and prefix not in ("dc", "dcterms") else name


def _manifest(path: str, found: list[Element]) -> Iterator[tuple[Element, _Item]]:
    for element in found:
        known = element.attributes
        if element.name == "item" and "id" in known and "href" in known:
            kind = known["media-type"].value if "media-type" in known else ""
            properties = frozenset(known["properties"].value.split()) if "properties" in known else frozenset()
            yield element, _Item(resolved(path, known["href"].value).partition("#")[0], kind, properties)


def _spine(
    found: list[Element], items: Mapping[str, _Item], members: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Pages in reading order, each once; and those listed that the book does not hold."""
    listed: dict[str, None] = {}
    for element in found:
        item = items.get(element.attributes["idref"].value) if "idref" in element.attributes else None
        if element.name == "itemref" and item:
            listed[item.path] = None
    return tuple(path for path in listed if path in members), tuple(path for path in listed if path not in members)


def _facts(original: Digest, part: Part, found: list[Element]) -> Iterator[Fact]:
    for element in found:
        if element.name.startswith(("dc:", "dcterms:")):
            yield _of_text(original, part, element, element.name)
        elif element.name == "meta" and "property" in element.attributes:
            yield _of_text(original, part, element, f"meta:{element.attributes['property'].value.lower()}")
        elif element.name == "meta" and "name" in element.attributes and "content" in element.attributes:
            content = element.attributes["content"]
            region = Region(original, part.path, part.encoding, content.start, content.end)
            name = f"meta:{element.attributes['name'].value.lower()}"
            yield Fact(name, content.value, region, _detail(element, "name", "content"))


def _of_text(original: Digest, part: Part, element: Element, name: str) -> Fact:
    raw = part.text[element.start : element.end]
    start = element.start + len(raw) - len(raw.lstrip())
    region = Region(original, part.path, part.encoding, start, max(start, element.start + len(raw.rstrip())))
    return Fact(name, element.text.strip(), region, _detail(element, "property"))


def _detail(element: Element, *without: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, known.value) for name, known in element.attributes.items() if name not in without)
