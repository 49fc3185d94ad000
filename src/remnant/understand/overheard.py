"""What a head says in passing, and no label, title or line of facts: a world, a couple, a rating, how long it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Field, PieceKind, Role
from remnant.understand.cast import Cast, cast_of
from remnant.understand.fandoms import is_of_ones_own, is_surely_a_world, worlds_named
from remnant.understand.in_passing import Told, told_in
from remnant.understand.left_over import title_and_name
from remnant.understand.loose_facts import facts_among, facts_behind
from remnant.understand.places import rows_of
from remnant.understand.posters import poster_in
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.unlabelled import remark_at
from remnant.understand.versions import rule_named

RULE = rule_named("overheard")

_SAID_BY_AUTHORS = frozenset({Role.NOTE, Role.HEADER, Role.SUMMARY, Role.WARNING, Role.SPOILER, Role.BYLINE})
_NO_STORY = frozenset({Role.SCENE_BREAK, Role.CHROME, Role.CHAPTER_HEADING, Role.TITLE}) | _SAID_BY_AUTHORS
_IN_SENTENCES = frozenset({Role.NOTE, Role.SUMMARY})
_SURE = frozenset({Field.RATING, Field.WORDCOUNT, Field.FANDOM, Field.RELATIONSHIP})
_ONE = frozenset({Field.RATING, Field.WORDCOUNT, Field.AUTHOR})
_FIELDS = (*_ONE, Field.FANDOM, Field.RELATIONSHIP, Field.CHARACTER)


def say(sheet: Sheet) -> Said:
    """Hear the author's own lines once more for what nobody has said; a person of the story is no world."""
    if sheet.kind is PieceKind.OTHER:
        return Said()
    open_fields = {field for field in _FIELDS if not sheet.heard(field)}
    told = [index for index, role in enumerate(sheet.roles) if role not in _NO_STORY and sheet.texts[index]]
    if not told:
        return Said()
    remarks = list(title_and_name(sheet, told[0]))
    open_fields -= {remark.field for remark in remarks}
    remarks += list(_remarks(sheet, told, open_fields, cast_of(sheet.texts[index] for index in told)))
    named = any(remark.field is Field.AUTHOR for remark in remarks)
    if Field.AUTHOR in open_fields and not named and (poster := poster_in(sheet, told[0], told[-1])) is not None:
        remarks.append(poster)
    return Said(remarks=tuple(remarks))


def _remarks(sheet: Sheet, told: list[int], fields: set[Field], cast: Cast) -> Iterator[Remark]:
    said: set[Field] = set()
    where: dict[Field, tuple[int, int]] = {}
    for index, one in _heard(sheet, told, cast):
        if one.field not in fields or one.field in said or not _holds(sheet, index, one, cast):
            continue
        if one.field in _ONE:
            said.add(one.field)
        elif where.setdefault(one.field, (index, -1)) != (index, -1) and not _is_next(where[one.field], index, one):
            continue
        where[one.field] = index, one.end
        yield _remark(sheet, index, one)


def _is_next(last: tuple[int, int], index: int, one: Told) -> bool:
    """Whether a value stands behind the last of its field, in the same line: of others only the first line counts."""
    return last[0] == index and one.start >= last[1]


def _heard(sheet: Sheet, told: list[int], cast: Cast) -> Iterator[tuple[int, Told]]:
    """What is told row by row above the story and below it; of furniture only what stands in brackets behind."""
    above = [index for index in range(told[0]) if sheet.texts[index]]
    below = [index for index in range(told[-1] + 1, len(sheet.lines)) if sheet.roles[index] in _SAID_BY_AUTHORS]
    for index in (*above[:_LINES], *below[-_LINES:]):
        for row in rows_of(sheet.lines[index]):
            for one in facts_behind(row.text, cast):
                yield index, one._replace(start=one.start + row.start, end=one.end + row.start)
            if sheet.roles[index] in _SAID_BY_AUTHORS:
                plain = sheet.roles[index] not in _IN_SENTENCES
                for one in (one for one in facts_among(row.text, cast) if plain or one.field in _SURE):
                    yield index, one._replace(start=one.start + row.start, end=one.end + row.start)
        if sheet.roles[index] in _SAID_BY_AUTHORS:
            yield from ((index, one) for one in told_in(sheet.lines[index].text))
    for index in (*above[:_LINES], *below[-_LINES:]):
        text = sheet.lines[index].text
        if sheet.roles[index] is Role.CHROME and _CRUMBS.search(text) and len(named := list(worlds_named(text))) == 1:
            yield index, Told(Field.FANDOM, *named[0])
        if sheet.roles[index] is Role.HEADER or (sheet.roles[index] in _SAID_BY_AUTHORS and is_of_ones_own(text)):
            yield from ((index, Told(Field.FANDOM, *place)) for place in worlds_named(text))


_CRUMBS = re.compile(r"\s(?:[>»›/]|->|::)\s")
"""Between the places that lead to a page: "Board index > Television > Quantum Leap"."""
_LINES = 60
"""Lines above the story, and below it, that are listened to."""


def _holds(sheet: Sheet, index: int, one: Told, cast: Cast) -> bool:
    """Whether what was heard is what it seems: a couple is of the story's people, and a world is none of them."""
    text = sheet.lines[index].text[one.start : one.end]
    if any(told.remark.line == index and told.remark.value == text for told in sheet.testimony):
        return False
    if one.field is Field.RELATIONSHIP:
        return all(cast.has(name) for name in _COUPLED.split(text))
    if one.field is Field.FANDOM:
        return is_surely_a_world(text) or not (len(text.split()) == 1 and cast.has(text))
    return True


_COUPLED = re.compile(r"\s?/\s?| [xX&+] ")


def _remark(sheet: Sheet, index: int, one: Told) -> Remark:
    confidence = Confidence.GUESSED if one.field in (Field.FANDOM, Field.AUTHOR) else Confidence.LIKELY
    return remark_at(one.field, index, sheet.lines[index], one.start, one.end, confidence)
