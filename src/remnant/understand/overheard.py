"""What a head says in passing, and no label, title or line of facts: a world, a couple, a rating, how long it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Field, PieceKind, Role
from remnant.understand.cast import Cast, cast_of
from remnant.understand.in_passing import Told, told_in
from remnant.understand.normal import normal
from remnant.understand.places import places
from remnant.understand.posters import poster_in
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("overheard")

_SAID_BY_AUTHORS = frozenset({Role.NOTE, Role.HEADER, Role.SUMMARY, Role.WARNING, Role.SPOILER, Role.BYLINE})
_NO_STORY = frozenset({Role.SCENE_BREAK, Role.CHROME, Role.CHAPTER_HEADING, Role.TITLE}) | _SAID_BY_AUTHORS
_ONE = frozenset({Field.RATING, Field.WORDCOUNT, Field.FANDOM})


def say(sheet: Sheet) -> Said:
    """Hear the author's own lines once more for what nobody has said; a person of the story is no world."""
    if sheet.kind is PieceKind.OTHER:
        return Said()
    open_fields = {field for field in (*_ONE, Field.RELATIONSHIP, Field.AUTHOR) if not sheet.heard(field)}
    told = [index for index, role in enumerate(sheet.roles) if role not in _NO_STORY and sheet.texts[index]]
    if not told or not open_fields:
        return Said()
    remarks = list(_remarks(sheet, told, open_fields, cast_of(sheet.texts[index] for index in told)))
    if Field.AUTHOR in open_fields and (poster := poster_in(sheet, told[0], told[-1])) is not None:
        remarks.append(poster)
    return Said(remarks=tuple(remarks))


def _remarks(sheet: Sheet, told: list[int], fields: set[Field], cast: Cast) -> Iterator[Remark]:
    said: set[Field] = set()
    above = [index for index in range(told[0]) if sheet.roles[index] in _SAID_BY_AUTHORS]
    below = [index for index in range(told[-1] + 1, len(sheet.lines)) if sheet.roles[index] is Role.NOTE]
    for index in (*above, *below):
        for one in told_in(sheet.lines[index].text):
            if one.field not in fields or one.field in said or not _holds(sheet, index, one, cast):
                continue
            if one.field in _ONE:
                said.add(one.field)
            yield _remark(sheet, index, one)


def _holds(sheet: Sheet, index: int, one: Told, cast: Cast) -> bool:
    """Whether what was heard is what it seems: a couple is of the story's people, and a world is none of them."""
    text = sheet.lines[index].text[one.start : one.end]
    if one.field is Field.RELATIONSHIP:
        return all(cast.has(name) for name in _COUPLED.split(text))
    if one.field is Field.FANDOM:
        return not (len(text.split()) == 1 and cast.has(text))
    return True


_COUPLED = re.compile(r"\s?/\s?| [xX&+] ")


def _remark(sheet: Sheet, index: int, one: Told) -> Remark:
    line = sheet.lines[index]
    value = line.text[one.start : one.end]
    confidence = Confidence.GUESSED if one.field is Field.FANDOM else Confidence.LIKELY
    ready, detail = normal(one.field, value)
    return Remark(one.field, value, confidence, places(line, one.start, one.end), index, ready, detail)
