"""The text of an OpenDocument file: paragraphs, spans, notes written where they are cited, tracked changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remnant.model import BlockKind, Mark, SkipClass
from remnant.understand.draft import Element
from remnant.understand.formats.blocks import Piece, PieceOf
from remnant.understand.formats.looks import Style
from remnant.understand.formats.odt_styles import Styles
from remnant.understand.formats.source import Source
from remnant.understand.formats.surroundings import Place, safe_link
from remnant.understand.formats.walk import Paragraph, Walk, local
from remnant.unpack.markup import Token, TokenKind

_NOTE = (Element("style:footnote"),)
_NAV = (Element("nav"),)
_INDEXES = ("table-of-content", "alphabetical-index", "bibliography", "user-index", "illustration-index")
_MAX_BLANKS = 1_000


@dataclass(slots=True)
class _Open:
    """A paragraph that is open, and whether it has shown anything."""

    style: Style
    settled: Paragraph
    said: bool = False


class Text(Walk):
    """One part of the document."""

    def __init__(self, source: Source, page: int, styles: Styles, inside: tuple[Element, ...] = ()) -> None:
        super().__init__(source, page)
        self.styles = styles
        self.inside = inside
        self.changed: list[Token] = []
        self.hidden: list[Token] = []
        self.remarks: list[Token] = []
        self._paragraphs: list[_Open] = []
        self._spans: list[Style] = []
        self._links: list[str | None] = []
        self._lists = 0
        self._asides: list[str] = []
        self._note = ""

    def started(self, name: str, token: Token) -> bool:
        starts = _STARTS.get(name)
        return starts(self, token) if starts is not None else False

    def ended(self, name: str) -> None:
        if name in {"p", "h"} and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif name == "span" and self._spans:
            self._spans.pop()
        elif name == "a" and self._links:
            self._links.pop()
        elif name == "list":
            self._lists = max(0, self._lists - 1)
        elif name == "table-cell" and self.cell is not None:
            self.end_cell()
        elif name == "note-body" and self._asides and not self._unseen_around:
            self._asides.pop()
            self.lines.end_block()
            self.aside(bool(self._asides))

    def said(self, token: Token) -> None:
        if self.within("tracked-changes"):
            self._hide(token, self.changed)
        elif self.within("annotation"):
            self._hide(token, self.remarks)
        elif self.open[-1:] == ["desc"] and self._paragraphs:
            self._describe(token)
        elif not self._paragraphs or not (self.within("p") or self.within("h")) or self.within("title"):
            self.hide(token, SkipClass.PACKAGE)
        elif self._is_hidden:
            self._hide(token, self.hidden)
        else:
            self._say(token)

    @property
    def _unseen(self) -> bool:
        return self._unseen_around or not self._paragraphs or self._is_hidden

    @property
    def _is_hidden(self) -> bool:
        return (
            self.within("hidden-text")
            or any(style.hidden for style in self._spans[-4:])
            or (bool(self._paragraphs) and self._paragraphs[-1].style.hidden)
        )

    def _hide(self, token: Token, among: list[Token]) -> None:
        if not self.is_space(token):
            among.append(token)
        self.hide(token)

    def _say(self, token: Token) -> None:
        if not self.is_space(token):
            self._paragraphs[-1].said = True
        cited = self.open[-1:] == ["note-citation"]
        self.lines.show(token, self._place(Mark.SUPERSCRIPT, href=f"#{self._note}") if cited else self._place())

    def _place(self, *more: Mark, href: str | None = None) -> Place:
        paragraph = self._paragraphs[-1]
        heading = paragraph.settled.kind is BlockKind.HEADING
        marks = frozenset[Mark]() if heading else paragraph.style.marks(frozenset())
        for style in self._spans[-_MAX_SPANS:]:
            marks = style.marks(marks)
        link = next((link for link in reversed(self._links[-_MAX_SPANS:]) if link is not None), None)
        return paragraph.settled.place(marks.union(more), href or link)

    def _describe(self, token: Token) -> None:
        """The words that stand for a picture."""
        text = self.source.text[token.start : token.end]
        if token.kind is TokenKind.REFERENCE or text.isspace():
            self.hide(token, SkipClass.PACKAGE)
            return
        self._paragraphs[-1].said = True
        at = (token.start, token.end)
        self.lines.add(Piece(PieceOf.PICTURE, *at, self._place(), text, at))

    def _end_paragraph(self, paragraph: _Open) -> None:
        if self._unseen_around:
            return
        self.lines.end_block()
        if not paragraph.said and not (paragraph.style.is_rule and self.rule(paragraph.settled.place())):
            self.lines.blank_line()

    @property
    def _unseen_around(self) -> bool:
        return self.within("tracked-changes") or self.within("annotation")

    def start_paragraph(self, token: Token) -> bool:
        style = self.styles.of(self.attribute(token, "style-name"))
        level = self.attribute(token, "outline-level") if token.name.endswith(":h") else None
        self._paragraphs.append(_Open(style, self._settled(style, level)))
        if style.new_page and not self._unseen_around:
            self.lines.blank_line()
        return False

    def _settled(self, style: Style, level: str | None) -> Paragraph:
        kind, depth = style.kind, style.level or 1
        if level is not None:
            kind, depth = BlockKind.HEADING, int(level) if level in {"1", "2", "3", "4", "5", "6"} else 1
        elif kind is not BlockKind.QUOTE and self._lists:
            kind, depth = BlockKind.LIST_ITEM, self._lists
        if kind is BlockKind.PARAGRAPH:
            kind, depth = (kind if self.cell is None else BlockKind.TABLE), 0
        place = (Element(style.place),) if style.place else ()
        contents = _NAV if any(map(self.within, _INDEXES)) else ()
        note = (Element("style:footnote", self._asides[-1]),) if self._asides else ()
        return Paragraph(kind, depth, bool(style.centred), (*self.inside, *note, *contents, *place), self.cell)

    def start_span(self, token: Token) -> bool:
        self._spans.append(self.styles.of(self.attribute(token, "style-name")))
        return False

    def start_link(self, token: Token) -> bool:
        href = self.attribute(token, "href")
        self._links.append(safe_link(href) if href else None)
        return False

    def start_list(self, token: Token) -> bool:
        self._lists += 1
        return False

    def start_note(self, token: Token) -> bool:
        self._note = self.attribute(token, "id") or f"note-{token.start}"
        return False

    def start_note_body(self, token: Token) -> bool:
        """The text of a note stands inside that of the paragraph that cites it; it is read after all paragraphs."""
        if not self._unseen_around:
            self._asides.append(self._note)
            self.aside(True)
            self.lines.anchor(token.start, self._note)
        return False

    def bookmark(self, token: Token) -> bool:
        name = self.attribute(token, "name")
        if name and not self._unseen_around:
            self.lines.anchor(token.start, name)
        return False

    def character(self, token: Token) -> bool:
        """A tag that stands for a character, or for several blanks."""
        if self._unseen:
            return False
        name = local(token.name)
        count = self.attribute(token, "c") if name == "s" else None
        blanks = int(count) if count and count.isdecimal() and len(count) < 5 else 1
        meaning = {"tab": "\t", "line-break": "\n", "s": " " * min(blanks, _MAX_BLANKS)}[name]
        return self.mean(token, self._place(), meaning)

    def start_image(self, token: Token) -> bool:
        if self._unseen:
            return False
        self._paragraphs[-1].said = True
        return self.picture(token, self._place(), None)


_MAX_SPANS = 64
_STARTS: dict[str, Callable[[Text, Token], bool]] = {
    **dict.fromkeys(("p", "h"), Text.start_paragraph),
    "span": Text.start_span,
    "a": Text.start_link,
    "list": Text.start_list,
    "table-cell": Text.start_cell,
    "note": Text.start_note,
    "note-body": Text.start_note_body,
    **dict.fromkeys(("bookmark", "bookmark-start", "reference-mark-start"), Text.bookmark),
    **dict.fromkeys(("tab", "line-break", "s"), Text.character),
    "image": Text.start_image,
}
