"""The papers of an EPUB: which file lists its pages, what that says of the book, and its tables of contents.

All are read from tokens, so no DTD and no entity of a stranger's is ever followed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from remnant.understand.draft import Fact
from remnant.understand.formats.limits import MAX_TOKENS
from remnant.understand.formats.source import Source
from remnant.unpack.markup import Attribute, TokenKind, attributes, tokens

CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"

_FONT_LOCKS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(slots=True)
class Node:
    """An element of a small XML file: `start` and `end` are its content, without white space at either side."""

    name: str
    attributes: dict[str, Attribute]
    inside: Node | None
    text: str = ""
    start: int = -1
    end: int = -1
    pieces: list[tuple[int, int, str]] = field(default_factory=list)

    @property
    def local(self) -> str:
        """Its name without a prefix."""
        return self.name.rpartition(":")[2]

    def get(self, name: str) -> str | None:
        found = self.attributes.get(name)
        return None if found is None else found.value.strip()

    def within(self, *names: str) -> bool:
        """Whether it stands, at any depth, inside an element of one of these local names."""
        node = self.inside
        while node is not None and node.local not in names:
            node = node.inside
        return node is not None


def nodes(source: Source, until: str = "") -> list[Node]:
    """The elements of an XML file in order, each with the text directly inside it; never raises.

    The first element of the local name `until`, and all that follows, is left out.
    """
    found: list[Node] = []
    stack: list[Node] = []
    for number, token in enumerate(tokens(source.text, xml=True)):
        if number >= MAX_TOKENS:
            break
        if token.kind is TokenKind.START:
            if until and token.name.rpartition(":")[2] == until:
                break
            here = {attribute.name: attribute for attribute in attributes(source.text, token)}
            found.append(Node(token.name, here, stack[-1] if stack else None))
            if not token.closed:
                stack.append(found[-1])
        elif token.kind is TokenKind.END:
            _close(stack, token.name)
        elif token.kind in {TokenKind.TEXT, TokenKind.REFERENCE} and stack:
            stack[-1].pieces.append((token.start, token.end, token.value))
    for node in found:
        _set_text(source, node)
    return found


def _close(stack: list[Node], name: str) -> None:
    """End the element of that name if it is one of the innermost few; a stray end tag ends nothing."""
    for depth in range(1, min(len(stack), 8) + 1):
        if stack[-depth].name == name:
            del stack[-depth:]
            return


def _set_text(source: Source, node: Node) -> None:
    text = "".join(meant or source.text[start:end] for start, end, meant in node.pieces)
    node.text = text.strip()
    if node.text:
        first, last = node.pieces[0], node.pieces[-1]
        node.start = first[0] if first[2] else first[0] + _leading(source.text[first[0] : first[1]])
        node.end = last[1] if last[2] else last[0] + len(source.text[last[0] : last[1]].rstrip())
        node.end = max(node.end, node.start)


def _leading(text: str) -> int:
    return len(text) - len(text.lstrip())


def package_path(container: Source) -> str | None:
    """The package file that a container names first."""
    for node in nodes(container):
        path = node.get("full-path")
        if node.local == "rootfile" and path:
            return path
    return None


def locked_paths(encryption: Source) -> frozenset[str]:
    """Members that cannot be read without a key. Scrambled fonts are no lock on the story."""
    locked, algorithm = set(), ""
    for node in nodes(encryption):
        if node.local == "encryptionmethod":
            algorithm = node.get("algorithm") or ""
        elif node.local == "cipherreference" and not algorithm.startswith(_FONT_LOCKS):
            locked.add(unquote(node.get("uri") or ""))
    return frozenset(locked)


@dataclass(frozen=True, slots=True)
class Item:
    """A file of the book as its package lists it."""

    path: str
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """What the package file says: facts on the book, its files by id, and the paths of its pages in order."""

    facts: tuple[Fact, ...]
    items: Mapping[str, Item]
    spine: tuple[str, ...]

    @property
    def contents_pages(self) -> frozenset[str]:
        """Paths of pages that are a table of contents."""
        return frozenset(item.path for item in self.items.values() if "nav" in item.properties)


def read_package(source: Source) -> Package:
    """Read an OPF file, however broken."""
    found = nodes(source)
    items: dict[str, Item] = {}
    for node in found:
        href, name = node.get("href"), node.get("id")
        if node.local == "item" and href and name:
            properties = (node.get("properties") or "").split()
            items.setdefault(
                name, Item(resolved(source.path, href)[0], node.get("media-type") or "", tuple(properties))
            )
    refs = (node.get("idref") for node in found if node.local == "itemref")
    spine = dict.fromkeys(items[ref].path for ref in refs if ref in items)
    facts = (fact for node in found if node.within("metadata") for fact in _stated(source, node))
    return Package(tuple(facts), items, tuple(spine))


def resolved(base: str, href: str) -> tuple[str, str]:
    """The member that a link in `base` leads to, and the place in it."""
    path, _, fragment = href.partition("#")
    if not path or _SCHEME.match(path):
        return path or base, fragment
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(path)))
    return joined.lstrip("/"), fragment


def _stated(source: Source, node: Node) -> Iterator[Fact]:
    if node.local == "meta":
        yield from _meta(source, node)
    elif node.text:
        prefix, _, local = node.name.rpartition(":")
        region = source.region(node.start, node.end)
        yield Fact(f"{prefix or 'opf'}:{local}", node.text, region, _detail(node))


def _meta(source: Source, node: Node) -> Iterator[Fact]:
    named, content = node.get("name"), node.attributes.get("content")
    stated = node.get("property")
    if named and content is not None:
        region = source.region(content.start, content.end)
        yield Fact(f"meta:{named.lower()}", content.value, region, _detail(node, "name", "content"))
    elif stated and node.text:
        region = source.region(node.start, node.end)
        yield Fact(f"meta:{stated.lower()}", node.text, region, _detail(node, "property"))


def _detail(node: Node, *known: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, found.value) for name, found in node.attributes.items() if name not in known)


def ncx_labels(source: Source) -> Iterator[Fact]:
    """The entries of an EPUB 2 table of contents, each with the page it leads to."""
    label: Node | None = None
    for node in nodes(source):
        if node.local == "text" and node.within("navpoint") and node.text:
            label = node
        elif node.local == "content" and node.within("navpoint") and label is not None:
            yield _label(source, label.text, label.start, label.end, node.get("src") or "")
            label = None


def nav_labels(source: Source) -> Iterator[Fact]:
    """The entries of an EPUB 3 table of contents."""
    link: Node | None = None
    pieces: list[tuple[int, int, str]] = []
    for node in nodes(source):
        inside = node if node.local == "a" else _link_around(node)
        if inside is None or not node.within("nav"):
            continue
        if inside is not link:
            yield from _nav_label(source, link, pieces)
            link, pieces = inside, []
        pieces.extend(node.pieces)
    yield from _nav_label(source, link, pieces)


def _link_around(node: Node) -> Node | None:
    found = node.inside
    while found is not None and found.local != "a":
        found = found.inside
    return found


def _nav_label(source: Source, link: Node | None, pieces: list[tuple[int, int, str]]) -> Iterator[Fact]:
    pieces = sorted(pieces)
    text = "".join(meant or source.text[start:end] for start, end, meant in pieces).strip()
    if link is not None and text:
        yield _label(source, text, pieces[0][0], pieces[-1][1], link.get("href") or "")


def _label(source: Source, text: str, start: int, end: int, href: str) -> Fact:
    path, fragment = resolved(source.path, href)
    return Fact("toc:label", text, source.region(start, end), (("target", f"{path}#{fragment}" if fragment else path),))
