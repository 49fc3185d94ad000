"""FictionBook: one XML file with the book, its notes, its pictures, and a description of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from remnant.model import BlockKind, Mark, Original, SkipClass
from remnant.understand.draft import Draft, Element, Fact
from remnant.understand.formats.package import Node, nodes
from remnant.understand.formats.source import Source, decoding_findings
from remnant.understand.formats.surroundings import Place, safe_link
from remnant.understand.formats.walk import Paragraph, Walk
from remnant.unpack.decode import Decoded
from remnant.unpack.markup import Token

FORMAT = "application/x-fictionbook+xml"

_MARKS = {
    "emphasis": Mark.EMPHASIS,
    "strong": Mark.STRONG,
    "strikethrough": Mark.STRIKE,
    "sub": Mark.SUBSCRIPT,
    "sup": Mark.SUPERSCRIPT,
    "code": Mark.CODE,
}
_QUOTED = ("cite", "epigraph", "annotation")
_CELLS = ("td", "th")
_BESIDE = frozenset({"notes", "comments", "footnotes"})
"""Names of bodies that hold what others cite."""
_STATED = {"book-title": "dc:title", "lang": "dc:language", "genre": "fb2:genre", "date": "dc:date"}
_NAMES = ("first-name", "middle-name", "last-name")


def draft(original: Original, decoded: Decoded) -> Draft:
    """Read a book."""
    source = Source.of(original.digest, "", decoded)
    book = _Book(source)
    lines = book.read(decoded.bom)
    findings = (*decoding_findings(source, decoded), *book.findings())
    return Draft(FORMAT, (source.part,), lines, tuple(_facts(source)), book.skips(), findings)


@dataclass(slots=True)
class _Body:
    """What holds for the body and the sections that are open."""

    notes: bool = False
    depth: int = 0
    has_title: bool = False


class _Book(Walk):
    """One pass over the book."""

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._body = _Body()
        self._paragraph: Paragraph | None = None
        self._stanza: Paragraph | None = None
        self._marks: list[Mark] = []
        self._links: list[tuple[str | None, bool]] = []

    def started(self, name: str, token: Token) -> bool:
        if name in _MARKS:
            self._marks.append(_MARKS[name])
            return False
        found = self.attributes(token) if self.within("body") and len(token.name) + 2 < token.end - token.start else {}
        if "id" in found:
            self.lines.anchor(token.start, found["id"].value.strip())
        starts = _STARTS.get(name)
        return starts(self, token) if starts is not None else False

    def ended(self, name: str) -> None:
        if name in _MARKS and self._marks:
            self._marks.pop()
        elif name in _PARAGRAPHS:
            self._paragraph = None
            self.lines.end_block()
        elif name == "stanza":
            self._stanza = None
            self.lines.end_block()
        elif name == "title" and self._body.depth == 0:
            self._body.has_title = self._body.has_title or not self._body.notes
        elif name == "section":
            self._body.depth = max(0, self._body.depth - 1)
        elif name == "body":
            self._body = _Body(has_title=self._body.has_title)
        elif name == "a" and self._links:
            self._links.pop()
        elif name in _CELLS and self.cell is not None:
            self._paragraph = None
            self.end_cell()

    def said(self, token: Token) -> None:
        if not self.within("body"):
            self.hide(token, SkipClass.STYLE if self.within("stylesheet") else SkipClass.PACKAGE)
        elif self._paragraph is None and self.source.text[token.start : token.end].isspace():
            self.hide(token, SkipClass.SPACE)
        else:
            self.lines.show(token, self._place())

    def _place(self) -> Place:
        paragraph = self._stanza or self._paragraph
        if paragraph is None:
            paragraph = self._paragraph = Paragraph(inside=self._inside())
        link, is_note = self._links[-1] if self._links else (None, False)
        marks = frozenset(self._marks[-64:])
        return paragraph.place(marks | {Mark.SUPERSCRIPT} if is_note else marks, link)

    def _inside(self, *more: Element) -> tuple[Element, ...]:
        notes = (Element("style:footnote"),) if self._body.notes else ()
        epigraph = (Element("style:epigraph"),) if self.within("epigraph") else ()
        return (*notes, *epigraph, *more)

    def start_body(self, token: Token) -> bool:
        name = (self.attribute(token, "name") or "").lower()
        self._body = replace(self._body, notes=name in _BESIDE, depth=0)
        return False

    def start_section(self, token: Token) -> bool:
        self._body.depth += 1
        return False

    def start_paragraph(self, token: Token) -> bool:
        self._paragraph = self._set()
        return False

    def _set(self) -> Paragraph:
        """A paragraph as the elements around it set it."""
        if self.within("title"):
            return self._heading()
        if self.within("stanza") or self.within("poem"):
            return Paragraph(BlockKind.VERSE, inside=self._inside())
        if self.cell is not None:
            return Paragraph(BlockKind.TABLE, inside=self._inside(), cell=self.cell)
        quotes = sum(map(self.within, _QUOTED))
        return Paragraph(BlockKind.QUOTE if quotes else BlockKind.PARAGRAPH, quotes, inside=self._inside())

    def _heading(self) -> Paragraph:
        """A title: of the book, if it is that of its first body and of no section."""
        of_book = self._body.depth == 0 and not self._body.notes and not self._body.has_title
        place = (Element("style:title"),) if of_book else ()
        return Paragraph(BlockKind.HEADING, min(6, self._body.depth + 1), True, self._inside(*place))

    def start_subtitle(self, token: Token) -> bool:
        level = min(6, self._body.depth + 2)
        self._paragraph = Paragraph(BlockKind.HEADING, level, True, self._inside())
        return False

    def start_stanza(self, token: Token) -> bool:
        self.lines.end_block()
        self._stanza = Paragraph(BlockKind.VERSE, inside=self._inside())
        return False

    def start_verse(self, token: Token) -> bool:
        """A line of a stanza: its tag means that the line before has ended."""
        if self._stanza is None:
            return self.start_paragraph(token)
        self.lines.add_line_end(token.start, token.end, self._stanza.place())
        return True

    def start_cell(self, token: Token) -> bool:
        super().start_cell(token)
        self._paragraph = self._set()
        return False

    def start_link(self, token: Token) -> bool:
        href = self.attribute(token, "href")
        is_note = self.attribute(token, "type") == "note"
        self._links.append((safe_link(href) if href else None, is_note))
        return False

    def start_image(self, token: Token) -> bool:
        if not self.within("body"):
            return False
        found = self.attributes(token)
        return self.picture(token, self._place(), found.get("alt") or found.get("title"))

    def empty_line(self, token: Token) -> bool:
        if self.within("body"):
            self.lines.blank_line()
        return False


_PARAGRAPHS = frozenset({"p", "subtitle", "text-author", "v", "date"})
_STARTS: dict[str, Callable[[_Book, Token], bool]] = {
    "body": _Book.start_body,
    "section": _Book.start_section,
    **dict.fromkeys(("p", "text-author", "date"), _Book.start_paragraph),
    "subtitle": _Book.start_subtitle,
    "stanza": _Book.start_stanza,
    "v": _Book.start_verse,
    **dict.fromkeys(_CELLS, _Book.start_cell),
    "a": _Book.start_link,
    "image": _Book.start_image,
    "empty-line": _Book.empty_line,
}


def _facts(source: Source) -> Iterator[Fact]:
    """What the description says of the book; of its file only where it came from."""
    author: Node | None = None
    names: dict[str, Node] = {}
    for node in nodes(source, until="body"):
        if author is not None and node.inside is not author:
            yield from _author(source, names)
            author, names = None, {}
        if node.local == "author" and node.within("title-info"):
            author = node
        elif author is not None and node.inside is author and node.text:
            names.setdefault(node.local, node)
        else:
            yield from _stated(source, node)
    yield from _author(source, names)


def _author(source: Source, names: dict[str, Node]) -> Iterator[Fact]:
    """One name of what a book gives in parts; a nickname is what the person goes by."""
    told = [names["nickname"]] if "nickname" in names else [names[name] for name in _NAMES if name in names]
    if told:
        region = source.region(min(node.start for node in told), max(node.end for node in told))
        yield Fact("dc:creator", " ".join(node.text for node in told), region)


def _stated(source: Source, node: Node) -> Iterator[Fact]:
    if node.within("title-info") and node.local in _STATED and node.text:
        yield Fact(_STATED[node.local], node.text, source.region(node.start, node.end))
    elif node.within("title-info") and node.local == "sequence" and "name" in node.attributes:
        name = node.attributes["name"]
        number = (("number", node.get("number") or ""),)
        yield Fact("fb2:sequence", name.value, source.region(name.start, name.end), number)
    elif node.within("title-info") and node.within("annotation") and node.local == "p" and node.text:
        yield Fact("fb2:annotation", node.text, source.region(node.start, node.end))
    elif node.within("document-info") and node.local == "src-url" and node.text:
        yield Fact("fb2:src-url", node.text, source.region(node.start, node.end))
