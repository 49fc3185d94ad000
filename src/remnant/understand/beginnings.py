"""Lines at which the other rules begin the story, and above which it surely begins only later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from remnant.model import Confidence, Field, PieceKind, Role
from remnant.understand.bylines import drawn_name_in, is_byline, name_in
from remnant.understand.first_line import moved
from remnant.understand.headings import is_capitalised
from remnant.understand.line_score import Kind
from remnant.understand.one_line import remark
from remnant.understand.places import Row, rows_of
from remnant.understand.register import Voice, says_i_or_you, voice_of
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.titles import ENDS_AS_A_SENTENCE, bounds_of, is_title_text
from remnant.understand.versions import rule_named
from remnant.understand.worlds import worlds_in

RULE = rule_named("beginnings")


def say(sheet: Sheet) -> Said:
    """Give what stands above the story a role of its head, and hear a title, a writer and a world in it."""
    if sheet.kind is PieceKind.OTHER:
        return Said()
    roles: dict[int, Role] = {}
    remarks: list[Remark] = []
    for index, guessed in moved(sheet, sheet.roles):
        first = all(role is Role.CHROME for role in roles.values()) and guessed.kind is Kind.FIELD
        heard = list(_heard(sheet, index, first=first))
        of_the_page = not heard and guessed.kind is Kind.PAGE and guessed.page > _SURELY
        roles[index] = Role.CHROME if of_the_page else _role(sheet, index, heard)
        remarks += heard
    return Said(roles=roles, remarks=tuple(remarks))


_SURELY = 1.5
"""How much more a line must weigh as a page's own than as a story's."""


def _role(sheet: Sheet, index: int, heard: list[Remark]) -> Role:
    """A few words that are no sentence are a field; whatever else stands there is said by the author."""
    text = sheet.texts[index]
    if any(one.field is Field.TITLE for one in heard):
        return Role.TITLE
    if heard:
        return Role.BYLINE if heard[0].field is Field.AUTHOR else Role.HEADER
    said = voice_of(text) is not Voice.NONE or says_i_or_you(text) or ENDS_AS_A_SENTENCE.search(text)
    return Role.NOTE if said or len(text) > _FEW else Role.HEADER


_FEW = 90
"""Characters of a field."""


def _heard(sheet: Sheet, index: int, *, first: bool) -> Iterator[Remark]:
    """What the rows of a line say without a label, each by its own shape; of a title at most a guess."""
    line = sheet.lines[index]
    rows = list(rows_of(line))[:_ROWS]
    yield from worlds_in(index, line, rows)
    named = [row for row in rows if is_byline(row.text) or drawn_name_in(row.text)]
    if not sheet.heard(Field.AUTHOR) and named:
        yield from _author(sheet, index, named[0])
    title = remark(Field.TITLE, index, line, rows[0].start, bounds_of(rows[0].text))
    if any(told.remark.field is Field.TITLE and told.remark.value == title.value for told in sheet.testimony):
        yield title
    elif first and _may_be_named(sheet, index, rows):
        yield replace(title, confidence=Confidence.GUESSED)


_ROWS = 6


def _author(sheet: Sheet, index: int, row: Row) -> Iterator[Remark]:
    line = sheet.lines[index]
    if found := name_in(row.text) or drawn_name_in(row.text):
        yield remark(Field.AUTHOR, index, line, row.start, found)


def _may_be_named(sheet: Sheet, index: int, rows: list[Row]) -> bool:
    """Whether the first row may be the title: nothing but furniture above it, and nobody has named one."""
    if sheet.heard(Field.TITLE) or any(role not in (Role.CHROME, Role.SCENE_BREAK) for role in sheet.roles[:index]):
        return False
    text = rows[0].text
    shaped = is_title_text(text) and is_capitalised(text) and not ENDS_AS_A_SENTENCE.search(text)
    return shaped and voice_of(text) is not Voice.SURE
