"""A title and a name among lines of a head that no rule has read: by what they look like and stand beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from remnant.model import BlockKind, Confidence, Field, Role
from remnant.understand.bylines import is_full_name, is_pen_name
from remnant.understand.fact_items import is_facts
from remnant.understand.fandoms import world_called
from remnant.understand.header import entries_of
from remnant.understand.headings import is_capitalised
from remnant.understand.labels import LABELS
from remnant.understand.one_line import remark
from remnant.understand.register import Voice, says_i_or_you, voice_of
from remnant.understand.scales import is_level
from remnant.understand.sheet import Remark, Sheet
from remnant.understand.titles import ENDS_AS_A_SENTENCE, bounds_of, is_title_text, is_under_a_title, says_when

_READ = frozenset({Role.BYLINE, Role.HEADER, Role.SUMMARY, Role.CHAPTER_HEADING, Role.WARNING, Role.SPOILER})


def title_and_name(sheet: Sheet, first: int) -> Iterator[Remark]:
    """A title, and the name right below it, among the unread lines above line `first`; both are guesses."""
    unread = [index for index in range(first) if _is_unread(sheet, index)]
    titles = [index for index in unread if _may_be_title(sheet, index)]
    title = next((index for index in titles if _is_set(sheet, index)), None)
    if title is None:
        title = next((index for index in titles if _heads_more(sheet, index, first, unread)), None)
    if title is None or sheet.heard(Field.TITLE):
        return
    yield _told(sheet, Field.TITLE, title, bounds_of(sheet.texts[title]))
    below = next((index for index in range(title + 1, first) if sheet.texts[index]), None)
    if below in unread and not sheet.heard(Field.AUTHOR) and _may_be_name(sheet.texts[below]):
        yield _told(sheet, Field.AUTHOR, below, (0, len(sheet.texts[below])))


def _is_unread(sheet: Sheet, index: int) -> bool:
    """A single row that was made a field because of where it stands, and of which nothing was said."""
    text = sheet.texts[index]
    if sheet.roles[index] is not Role.HEADER or "\n" in text or entries_of(index, sheet.lines[index]):
        return False
    if sheet.lines[index].kind in (BlockKind.PICTURE, BlockKind.TABLE) or is_under_a_title(text):
        return False
    return bool(text) and not is_facts(text) and not any(told.remark.line == index for told in sheet.testimony)


def _may_be_title(sheet: Sheet, index: int) -> bool:
    text = sheet.texts[index]
    if (
        not is_title_text(text)
        or text.casefold() in LABELS
        or ENDS_AS_A_SENTENCE.search(text)
        or says_when(text)
        or is_level(text)
        or says_i_or_you(text)
    ):
        return False
    start, end = bounds_of(text)
    named = text[start:end]
    return is_capitalised(named) and world_called(named) is None and voice_of(text) is Voice.NONE


def _is_set(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    return line.kind is BlockKind.HEADING or (sheet.texts[index].isupper() and line.centred)


def _heads_more(sheet: Sheet, index: int, first: int, unread: list[int]) -> bool:
    """Whether what stands right below is what stands under titles: a field that was read, a name, a heading."""
    below = next((at for at in range(index + 1, first + 1) if at < len(sheet.texts) and sheet.texts[at]), None)
    if below is None or below == first:
        return False
    return (below not in unread and sheet.roles[below] in _READ) or (
        below in unread and _may_be_name(sheet.texts[below])
    )


def _may_be_name(text: str) -> bool:
    return is_full_name(text) or (is_pen_name(text) and " " not in text)


def _told(sheet: Sheet, field: Field, index: int, bounds: tuple[int, int]) -> Remark:
    line = sheet.lines[index]
    said = remark(field, index, line, line.text.index(sheet.texts[index]), bounds)
    return replace(said, confidence=Confidence.GUESSED)
