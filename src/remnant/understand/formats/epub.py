"""EPUB: its pages in the order of its spine, what its package says of it, and all its other text as skips."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from remnant.model import Original, Skip
from remnant.understand.draft import Draft, Element, Fact, Line
from remnant.understand.findings import finding
from remnant.understand.formats import html, package
from remnant.understand.formats.box import Box, Faults
from remnant.understand.formats.source import Source

FORMAT = "application/epub+zip"

_FAULTS = Faults(member="E001", listing="E005")
_PAGES = (".xhtml", ".html", ".htm", ".xht")
_TEXTS = (*_PAGES, ".opf", ".ncx", ".xml", ".css", ".txt")
_PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
_CONTENTS = Element("nav")


def draft(original: Original, data: bytes) -> Draft:
    """Read a book, or as much of it as its bytes still hold."""
    book = Box.opened(original, data, _FAULTS)
    opf = _package_of(book)
    listing = package.read_package(opf) if opf else package.Package((), {}, ())
    pages = _pages(book, opf, listing)
    locked = _locked(book)
    if locked & set(pages):
        book.findings.append(finding("E004"))
    read = _read_pages(book, [path for path in pages if path not in locked], listing.contents_pages)
    facts = [*listing.facts, *_labels(book, listing), *(fact for page in read.values() for fact in page.facts)]
    return _bound(book, read, facts, locked)


def _package_of(book: Box) -> Source | None:
    """The package file: the one the container names, else the first there is."""
    container = book.text(package.CONTAINER)
    named = package.package_path(container) if container else None
    others = sorted(path for path in book.members if path.lower().endswith(".opf"))
    for path in [named, *others]:
        if path and path in book.members:
            return book.text(path)
    book.findings.append(finding("E002"))
    return None


def _pages(book: Box, opf: Source | None, listing: package.Package) -> list[str]:
    """The pages in order: as the spine says, else by name."""
    for path in listing.spine:
        if path not in book.members:
            book.findings.append(finding("E003", member=path))
    pages = [path for path in listing.spine if path in book.members and _is_page(path, listing)]
    if pages:
        return pages
    if opf is not None:
        book.findings.append(finding("E007"))
    return sorted(path for path in book.members if path.lower().endswith(_PAGES))


def _is_page(path: str, listing: package.Package) -> bool:
    typed = any(item.path == path and item.media_type in _PAGE_TYPES for item in listing.items.values())
    return typed or path.lower().endswith(_PAGES)


def _locked(book: Box) -> frozenset[str]:
    encryption = book.text(package.ENCRYPTION)
    return package.locked_paths(encryption) if encryption else frozenset()


def _read_pages(book: Box, pages: Iterable[str], contents: frozenset[str]) -> dict[str, html.Page]:
    read: dict[str, html.Page] = {}
    sheets = _sheets(book)
    for number, path in enumerate(pages):
        source = book.text(path)
        if source is not None:
            page = html.read(source, book.bom(path), xml=True, page=number, sheets=sheets)
            read[path] = _as_contents(page) if path in contents else page
    if not any(page.lines for page in read.values()):
        book.findings.append(finding("E006"))
    return read


def _sheets(book: Box) -> tuple[str, ...]:
    paths = sorted(path for path in book.members if path.lower().endswith(".css"))
    return tuple(source.text for path in paths if (source := book.text(path)) is not None)


def _as_contents(page: html.Page) -> html.Page:
    """A table of contents is no story, wherever on its page it stands."""
    return replace(page, lines=tuple(replace(line, inside=(_CONTENTS, *line.inside)) for line in page.lines))


def _labels(book: Box, listing: package.Package) -> list[Fact]:
    found: list[Fact] = []
    for path in sorted(listing.contents_pages):
        source = book.text(path)
        found.extend(package.nav_labels(source) if source else ())
    ncx = [item.path for item in listing.items.values() if item.media_type == "application/x-dtbncx+xml"]
    for path in dict.fromkeys(ncx or sorted(path for path in book.members if path.lower().endswith(".ncx"))):
        source = book.text(path)
        found.extend(package.ncx_labels(source) if source else ())
    return found


def _bound(book: Box, read: dict[str, html.Page], facts: list[Fact], locked: frozenset[str]) -> Draft:
    """All parts in a settled order: pages as they are read, then the rest by name."""
    for path in sorted(book.members):
        if path.lower().endswith(_TEXTS) and path not in locked:
            book.text(path)
    rest = sorted(path for path in book.texts if path not in read)
    parts = book.parts((*read, *rest))
    lines: list[Line] = [line for page in read.values() for line in page.lines]
    skips: list[Skip] = [skip for page in read.values() for skip in page.skips]
    skips.extend(book.passed_over(rest))
    findings = (*book.findings, *(found for page in read.values() for found in page.findings))
    return Draft(FORMAT, parts, tuple(lines), tuple(facts), tuple(skips), findings)
