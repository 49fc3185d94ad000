"""The page that an RTF file is read onto: letters into lines, each where the words before it say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from remnant.model import BlockKind, SkipClass
from remnant.understand.draft import Element
from remnant.understand.formats.blocks import Lines, Piece, PieceOf
from remnant.understand.formats.rtf_letters import Letter, Letters
from remnant.understand.formats.rtf_said import Sayings
from remnant.understand.formats.rtf_state import Setting, State
from remnant.understand.formats.rtf_words import MARKS, RAISED, RUNNING, Token
from remnant.understand.formats.source import Source
from remnant.understand.formats.surroundings import Place
from remnant.understand.formats.walk import Paragraph
from remnant.unpack import shape

_OF_LINKS = frozenset({MARKS["ul"]})


class Page:
    """What has been read so far. What control words do to it, `rtf` knows."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = self.main = Lines(source)
        self.beside = Lines(source)
        self.letters = Letters()
        self.sayings = Sayings(source)
        self.state = State()
        self.groups: list[State] = []
        self.page = "cp1252"
        self.setting = Setting()
        self.paragraph: Paragraph | None = None
        self.said = False
        self.waiting: list[tuple[Setting, Paragraph | None, bool]] = []
        self.cell: shape.Element | None = None
        self.notes = 0
        self.unread = -1
        self.unended = False
        self.unseen: dict[str, list[tuple[int, int]]] = {"D004": [], "D005": [], "D006": []}

    def _encoding(self) -> str:
        return self.sayings.fonts.get(self.state.font) or self.page

    def _leave(self) -> None:
        """The end of a group: what it gathered is said, and what stood aside of the text is over."""
        inner, self.state = self.state, self.groups.pop()
        if inner.gathering and inner.gathering != self.state.gathering:
            href = self.sayings.say(inner.gathering, self.lines)
            self.state = replace(self.state, href=href) if href else self.state
        if inner.aside is not self.state.aside:
            self._end_paragraph(None)
            self.setting, self.paragraph, self.said = self.waiting.pop()
            self.lines = self.beside if self.waiting else self.main

    def _letters(self, letters: Iterable[Letter]) -> None:
        for letter in letters:
            self._letter(letter)

    def _letter(self, letter: Letter) -> None:
        state, start, end = self.state, letter.start, letter.end
        if not letter.meaning:
            self.lines.skip(start, end, SkipClass.TAG)
        elif state.skipping is not None:
            self.lines.skip(start, end, state.skipping)
        elif state.gathering:
            self.sayings.gather(state.gathering, letter)
            self.lines.skip(start, end, SkipClass.PACKAGE)
        elif state.struck or state.hidden:
            self.unseen["D005" if state.struck else "D006"].append((start, end))
            self.lines.skip(start, end, SkipClass.HIDDEN)
        elif not self.groups and not letter.meaning.strip("\0 "):
            self.lines.skip(start, end, SkipClass.PACKAGE)
        else:
            self._show(letter)

    def _show(self, letter: Letter) -> None:
        what = PieceOf.TEXT if letter.verbatim else PieceOf.MEANT
        piece = Piece(what, letter.start, letter.end, self._place(), "" if letter.verbatim else letter.meaning)
        if letter.meaning.isspace() and letter.meaning != "\xa0":
            self.lines.add_blank(piece)
        else:
            self.said = True
            self.lines.add(piece)

    def _place(self, *, href: str | None = None) -> Place:
        if self.paragraph is None:
            self.paragraph = self._set()
        marks = self.state.marks
        if self.paragraph.kind is BlockKind.HEADING:
            marks = self.setting.style.marks(marks) - frozenset(set(MARKS.values()) - RAISED)
        href = href or self.state.href
        return self.paragraph.place(marks - _OF_LINKS if href else marks, href)

    def _set(self) -> Paragraph:
        """A paragraph as the words before it set it."""
        setting, style = self.setting, self.setting.style
        kind, level = style.kind, style.level or 1
        if setting.level is not None:
            kind, level = BlockKind.HEADING, setting.level
        elif kind is BlockKind.PARAGRAPH and setting.listed:
            kind, level = BlockKind.LIST_ITEM, setting.listed
        elif kind is BlockKind.PARAGRAPH:
            kind, level = (BlockKind.TABLE if setting.cell else kind), 0
        if kind is BlockKind.TABLE and self.cell is None:
            self.cell = shape.Element("td", -1, None)
        place = (Element(style.place),) if style.place else ()
        aside = (self.state.aside,) if self.state.aside is not None else ()
        return Paragraph(kind, level, setting.centred, (*aside, *place), self.cell if setting.cell else None)

    def _end_paragraph(self, token: Token | None) -> bool:
        """End the paragraph; whether the word that ends it stands for a line across the page."""
        self.lines.end_block()
        is_rule = not self.said and self.setting.ruled and token is not None
        if is_rule and token is not None:
            self.lines.add_rule(token.start, token.end, (self.paragraph or self._set()).place())
        elif not self.said and token is not None:
            self.lines.blank_line()
        self.paragraph, self.said = None, False
        return is_rule

    def _step_aside(self, token: Token) -> None:
        """What follows is a note to what was said, or stands over or under every page."""
        is_note = token.name == "footnote"
        name = f"footnote-{self.notes}" if self.notes else f"footnote-at-{token.start}"
        self.waiting.append((self.setting, self.paragraph, self.said))
        self.setting, self.paragraph, self.said = Setting(), None, False
        self.lines = self.beside
        aside = Element("style:footnote", name) if is_note else Element(RUNNING[token.name])
        self.state = State(aside=aside, fallback=self.state.fallback, font=self.state.font)
        if is_note:
            self.lines.anchor(token.start, name)
