"""Paragraphs and runs of a Word document: their properties as they are read, and where text in them stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from remnant.model import BlockKind, Mark
from remnant.understand.draft import Element
from remnant.understand.formats.docx_fields import Field
from remnant.understand.formats.docx_styles import OFF, Styles, mark_of
from remnant.understand.formats.looks import PLAIN, Style
from remnant.understand.formats.source import Source
from remnant.understand.formats.surroundings import Place
from remnant.understand.formats.walk import Paragraph, Walk, local
from remnant.unpack import shape
from remnant.unpack.markup import Token

_LONE = Paragraph()
_FREE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@dataclass(slots=True)
class _Paragraph:
    """A paragraph whose properties are still being read; `settled` once its first text is met."""

    style: Style
    cell: shape.Element | None
    level: int | None = None
    centred: bool | None = None
    listed: int | None = None
    ruled: bool = False
    said: bool = False
    settled: Paragraph | None = None


@dataclass(slots=True)
class _Run:
    """Text of one look."""

    style: Style = PLAIN
    given: set[Mark] = field(default_factory=set)
    taken: set[Mark] = field(default_factory=set)
    hidden: bool = False


class Paragraphs(Walk):
    """A part of the document as paragraphs of runs. What stands in them, `docx_text` reads."""

    def __init__(self, source: Source, page: int, styles: Styles, inside: tuple[Element, ...]) -> None:
        super().__init__(source, page)
        self.styles = styles
        self.inside = inside
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[_Run] = []
        self._links: list[str | None] = []
        self._fields: list[Field] = []

    @property
    def _deleted(self) -> bool:
        return self.within("del") or self.within("movefrom")

    @property
    def _unseen(self) -> bool:
        """Whether whatever stands here is not shown: deleted, hidden, or said twice for older programs."""
        return self._deleted or self.within("fallback") or bool(self._runs and self._runs[-1].hidden)

    def _speak(self) -> None:
        """The paragraph that is open holds something that shows."""
        if self._paragraphs:
            self._paragraphs[-1].said = True

    def _place(self, *more: Mark, href: str | None = None) -> Place:
        if not self._paragraphs:
            return _LONE.place()
        paragraph = self._paragraphs[-1]
        settled = paragraph.settled or self._settled(paragraph)
        marks = frozenset[Mark]() if settled.kind is BlockKind.HEADING else paragraph.style.marks(frozenset())
        if self._runs:
            run = self._runs[-1]
            marks = (run.style.marks(marks) - run.taken) | run.given
        return settled.place(marks.union(more), href or self._link())

    def _settled(self, paragraph: _Paragraph) -> Paragraph:
        style = paragraph.style
        kind, level = style.kind, style.level or 1
        if paragraph.level is not None:
            kind, level = (BlockKind.HEADING, paragraph.level) if paragraph.level else (BlockKind.PARAGRAPH, 0)
        elif kind in _FREE and paragraph.listed is not None:
            kind, level = (BlockKind.LIST_ITEM, paragraph.listed) if paragraph.listed else (BlockKind.PARAGRAPH, 0)
        if kind is BlockKind.PARAGRAPH:
            kind, level = (BlockKind.PARAGRAPH if paragraph.cell is None else BlockKind.TABLE), 0
        centred = style.centred if paragraph.centred is None else paragraph.centred
        place = "nav" if any(filled.contents for filled in self._fields) else style.place
        inside = (*self.inside, Element(place)) if place else self.inside
        paragraph.settled = Paragraph(kind, min(level, 6), bool(centred), inside, paragraph.cell)
        return paragraph.settled

    def _link(self) -> str | None:
        links = (*(filled.link for filled in self._fields if filled.shown), *self._links)
        return next((link for link in reversed(links) if link is not None), None)

    def _end_paragraph(self, paragraph: _Paragraph) -> None:
        self.lines.end_block()
        ruled = paragraph.ruled or paragraph.style.is_rule
        if not paragraph.said and not (ruled and self.rule((paragraph.settled or self._settled(paragraph)).place())):
            self.lines.blank_line()

    def _property(self, name: str, token: Token) -> None:
        """A property of the run that is open."""
        run, said = self._runs[-1], self.attribute(token, "val")
        if name == "rstyle":
            run.style = self.styles.character(said or "")
        elif name in {"vanish", "webhidden"}:
            run.hidden = name == "vanish" and said not in OFF
        elif marked := mark_of(name, said):
            (run.given if marked[1] else run.taken).add(marked[0])

    def start_paragraph(self, token: Token) -> bool:
        self._paragraphs.append(_Paragraph(self.styles.paragraph(None), self.cell))
        return False

    def start_run(self, token: Token) -> bool:
        self._runs.append(_Run())
        return False

    def _of_paragraph(self) -> _Paragraph | None:
        """The paragraph whose own property the element being read is."""
        is_own = self.open[-1:] == ["ppr"] and self.open[-2:-1] == ["p"]
        return self._paragraphs[-1] if is_own and self._paragraphs else None

    def paragraph_property(self, token: Token) -> bool:
        paragraph = self._of_paragraph()
        said = self.attribute(token, "val") if paragraph else None
        name = local(token.name)
        if paragraph is None:
            return False
        if name == "pstyle":
            paragraph.style = self.styles.paragraph(said)
        elif name == "jc":
            paragraph.centred = said == "center"
        elif name == "outlinelvl":
            paragraph.level = int(said) + 1 if said and said in "012345" else 0
        elif name == "numpr":
            paragraph.listed = 1
        elif name == "pagebreakbefore" and said not in OFF:
            self.lines.blank_line()
        return False

    def list_property(self, token: Token) -> bool:
        paragraph = self._paragraphs[-1] if self._paragraphs and self.open[-1:] == ["numpr"] else None
        said = self.attribute(token, "val") if paragraph else None
        if paragraph is not None and said is not None and said.isdecimal() and len(said) < 3:
            if token.name.endswith("ilvl"):
                paragraph.listed = int(said) + 1
            elif int(said) == 0:
                paragraph.listed = 0
        return False

    def border(self, token: Token) -> bool:
        """A line drawn under or over a paragraph. If that holds no words, it is a break."""
        if self.open[-3:] == ["p", "ppr", "pbdr"] and self._paragraphs and not self._paragraphs[-1].ruled:
            paragraph = self._paragraphs[-1]
            paragraph.ruled = self.attribute(token, "val") not in {"nil", "none"}
        return False
