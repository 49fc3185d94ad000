"""RTF: groups and control words, read within the file's own bytes.

What a group changes ends with it. Text that a destination keeps for other ends (fonts, pictures, a style sheet) is
skipped; a footnote, and what stands over every page, is read aside and stands after the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from remnant.model import Finding, Original, SkipClass
from remnant.understand.draft import Draft
from remnant.understand.findings import finding
from remnant.understand.formats.blocks import Piece, PieceOf
from remnant.understand.formats.limits import MAX_LINES, MAX_MARKS
from remnant.understand.formats.rtf_letters import Letter
from remnant.understand.formats.rtf_page import Page
from remnant.understand.formats.rtf_state import Setting
from remnant.understand.formats.rtf_words import (
    CHARACTERS,
    HIDDEN_IN,
    MARKS,
    PASSED_OVER,
    RAISED,
    READ_THOUGH_STARRED,
    RUNNING,
    Token,
    What,
    of_page,
    tokens,
)
from remnant.understand.formats.source import MAX_WHERE, Source
from remnant.unpack import shape

FORMAT = "application/rtf"
ENCODING = "latin-1"
"""Every byte is one character; what a byte means is told by the file, and stands in decoded spans."""


def draft(original: Original, data: bytes) -> Draft:
    """Read a document, or as much of it as its bytes still hold."""
    source = Source(original.digest, "", ENCODING, data.decode(ENCODING))
    reader = _Reader(source)
    reader.read()
    lines = reader.main.finish() + reader.beside.finish()
    reader.main.skips += reader.beside.skips
    facts = tuple(reader.sayings.facts)
    return Draft(FORMAT, (source.part,), lines, facts, reader.main.joined_skips(), tuple(reader.findings()))


class _Reader(Page):
    """One pass over the tokens of a file."""

    def read(self) -> None:
        end = 0
        for token in islice(tokens(self.source.text), MAX_MARKS):
            self._token(token)
            end = token.end
        self._letters(self.letters.end())
        self.unended = bool(self.groups)
        while self.groups:
            self._leave()
        if end < len(self.source.text):
            self.unread = end
            self.main.add_rest(end)

    def findings(self) -> Iterator[Finding]:
        length = len(self.source.text)
        if self.unread >= 0:
            yield finding("H007", self.source.region(self.unread, length), limit=MAX_MARKS)
        if self.unended:
            yield finding("D009")
        too_many = max(self.main.too_many, self.beside.too_many)
        if too_many >= 0:
            yield finding("T005", self.source.region(too_many, length), limit=MAX_LINES)
        lost = self.letters.lost
        if lost:
            where = (self.source.region(*place) for place in lost[:MAX_WHERE])
            yield finding("T001", *where, count=len(lost), encoding=self.page)
        for code, places in self.unseen.items():
            if places:
                yield finding(code, *(self.source.region(*place) for place in places[:MAX_WHERE]), count=len(places))

    def _token(self, token: Token) -> None:
        what = token.what
        if what is What.TEXT:
            self._letters(self.letters.text(self.source.text, token.start, token.end, self._encoding()))
            self.state = self.state if not self.state.begins else replace(self.state, begins=False)
        elif what is What.BYTE:
            self._letters(self.letters.byte(token.number or 0, token.start, token.end, self._encoding()))
        elif what is What.WORD:
            if not self._word(token):
                self.lines.skip(token.start, token.end, SkipClass.TAG)
        elif what is What.NEWLINE:
            self.lines.skip(token.start, token.end, SkipClass.SPACE)
        elif what is What.BINARY:
            self.lines.skip(token.start, token.end, SkipClass.PACKAGE)
        else:
            self._letters(self.letters.end())
            if what is What.OPEN:
                self.groups.append(self.state)
                self.state = replace(self.state, begins=True, starred=False)
            elif self.groups:
                self._leave()
            self.lines.skip(token.start, token.end, SkipClass.TAG)

    def _word(self, token: Token) -> bool:
        """What a control word does; whether it has been put into a span or skip already."""
        name, state = token.name, self.state
        if state.begins:
            if name == "*":
                self.state = replace(state, starred=True)
                return False
            self.state = state = replace(state, begins=False)
            if self._enters(token):
                return False
        if state.skipping is not None:
            return False
        if state.gathering and name not in {"u", "uc"} and name not in CHARACTERS:
            self.sayings.word(state.gathering, token)
            return False
        if name in CHARACTERS:
            self._letter(Letter(token.start, token.end, CHARACTERS[name]))
            return True
        if name in MARKS:
            self._mark(token)
            return False
        acts = _ACTS.get(name)
        return acts(self, token) if acts is not None else False

    def _mark(self, token: Token) -> None:
        mark = MARKS[token.name]
        marks = self.state.marks - RAISED if mark in RAISED else self.state.marks
        self.state = replace(self.state, marks=marks - {mark} if token.number == 0 else marks | {mark})

    def _enters(self, token: Token) -> bool:
        """Whether the first word of a group makes it one whose text is for another end."""
        name, state = token.name, self.state
        if state.skipping is not None:
            return False
        if name in HIDDEN_IN:
            self.unseen["D004"].extend([(token.start, token.end)] if name == "annotation" else [])
            self.state = replace(state, skipping=SkipClass.HIDDEN)
        elif gathering := self.sayings.gathers(name, state.gathering):
            self.state = replace(state, gathering=gathering)
        elif name in RUNNING or name == "footnote":
            self._step_aside(token)
        elif name in PASSED_OVER or (state.starred and name not in READ_THOUGH_STARRED):
            self.state = replace(state, skipping=SkipClass.PACKAGE)
        else:
            return False
        return True

    def end_paragraph(self, token: Token) -> bool:
        return self._end_paragraph(token)

    def end_cell(self, token: Token) -> bool:
        self.lines.end_block()
        self.paragraph, self.said = None, False
        self.cell = shape.Element("td", -1, None)
        return False

    def end_line(self, token: Token) -> bool:
        self.lines.add(Piece(PieceOf.LINE_END, token.start, token.end, self._place(), "\n"))
        return True

    def new_page(self, token: Token) -> bool:
        self.lines.blank_line()
        return False

    def plain_paragraph(self, token: Token) -> bool:
        self.setting = Setting()
        return False

    def set_paragraph(self, token: Token) -> bool:
        """A property of the paragraphs that follow."""
        name, number, setting = token.name, token.number, self.setting
        if name == "s":
            setting.style = self.sayings.styles.get(number or 0, setting.style)
        elif name == "outlinelevel":
            setting.level = number + 1 if number is not None and 0 <= number < 6 else None
        elif name in {"qc", "ql", "qr", "qj"}:
            setting.centred = name == "qc"
        elif name in {"brdrb", "brdrt"}:
            setting.ruled = True
        elif name == "intbl":
            setting.cell = True
        elif name in {"ls", "ilvl"}:
            setting.listed = max(setting.listed, 1 + (number or 0) if name == "ilvl" else int(bool(number)))
        return False

    def plain_text(self, token: Token) -> bool:
        self.state = replace(self.state, marks=frozenset(), struck=False, hidden=False, font=-1)
        return False

    def set_text(self, token: Token) -> bool:
        """A property of the text that follows in this group."""
        name, number = token.name, token.number
        if name == "f":
            self.state = replace(self.state, font=number or 0)
        elif name == "uc":
            self.state = replace(self.state, fallback=1 if number is None else number)
        elif name == "v":
            self.state = replace(self.state, hidden=number != 0)
        elif name == "deleted":
            self.state = replace(self.state, struck=number != 0)
        elif name == "ulnone":
            self.state = replace(self.state, marks=self.state.marks - {MARKS["ul"]})
        elif name == "nosupersub":
            self.state = replace(self.state, marks=self.state.marks - RAISED)
        return False

    def set_page(self, token: Token) -> bool:
        pages = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
        self.page = pages.get(token.name) or of_page(token.number)
        return False

    def unicode(self, token: Token) -> bool:
        self._letters(self.letters.unicode(token.number or 0, token.start, token.end, self.state.fallback))
        return True

    def cite(self, token: Token) -> bool:
        """The sign of a note, which the program counts: in the text a link to it, in the note its number."""
        state = self.state
        if state.struck or state.hidden:
            return False
        inside = state.aside is not None
        self.notes += not inside
        marks = self._place().around.marks | {MARKS["super"]}
        assert self.paragraph is not None
        place = self.paragraph.place(marks, None if inside else f"#footnote-{self.notes}")
        self.said = True
        self.lines.add(Piece(PieceOf.MEANT, token.start, token.end, place, str(self.notes)))
        return True


_ACTS: dict[str, Callable[[_Reader, Token], bool]] = {
    **dict.fromkeys(("par", "\n", "\r"), _Reader.end_paragraph),
    **dict.fromkeys(("cell", "nestcell", "row", "nestrow"), _Reader.end_cell),
    "line": _Reader.end_line,
    **dict.fromkeys(("page", "sect", "column"), _Reader.new_page),
    "pard": _Reader.plain_paragraph,
    **dict.fromkeys(
        ("s", "outlinelevel", "qc", "ql", "qr", "qj", "brdrb", "brdrt", "intbl", "ls", "ilvl"), _Reader.set_paragraph
    ),
    "plain": _Reader.plain_text,
    **dict.fromkeys(("f", "uc", "v", "deleted", "ulnone", "nosupersub"), _Reader.set_text),
    **dict.fromkeys(("ansicpg", "mac", "pc", "pca"), _Reader.set_page),
    "u": _Reader.unicode,
    "chftn": _Reader.cite,
}
