"""A story's own page on Wattpad: what the site says of it, to readers and to machines, and no story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import BlockKind, Confidence, Field, PieceKind, Role
from remnant.understand.dialects.places import links_of, other, other_fact, stated, together
from remnant.understand.draft import Fact, Line
from remnant.understand.facts import remark_of
from remnant.understand.findings import finding
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet

STORY_PAGE = frozenset({".story-info__title", ".story-info", ".story-header", ".description-text", ".story-parts"})
_LD = {
    "ld:headline": Field.TITLE,
    "ld:author.name": Field.AUTHOR,
    "ld:datepublished": Field.PUBLISHED,
    "ld:datemodified": Field.UPDATED,
    "ld:about": Field.CATEGORY,
    "ld:inlanguage": Field.LANGUAGE,
    "ld:description": Field.SUMMARY,
}
_OTHERS = frozenset({".similar", "#similar-stories", "nav", "footer", ".story-parts"})
_TAG = re.compile(r"^(?:https?://(?:www\.)?wattpad\.com)?/stories/[^/?#]+$", re.IGNORECASE)
_USER = re.compile(r"^(?:https?://(?:www\.)?wattpad\.com)?/user/[^/]+/?$", re.IGNORECASE)
_STAT = re.compile(r"\s*(?P<label>Reads|Votes|Parts|Time)\s*(?P<said>\d[\d.,]*+\s?\w{0,3}(?:\s\d{1,2}\w)?)\s*$")
_BADGES = {"complete": Field.STATUS, "completed": Field.STATUS, "ongoing": Field.STATUS, "mature": Field.RATING}


def described(sheet: Sheet) -> Said:
    """Claims from the page and from what it states for machines; where both speak, both are heard."""
    roles = dict.fromkeys(range(len(sheet.lines)), Role.CHROME)
    remarks: list[Remark] = []
    summary: list[int] = []
    for index, line in enumerate(sheet.lines):
        if sheet.texts[index] and not line.within_any(_OTHERS):
            role, found = _said(index, line, sheet.texts[index])
            roles[index] = role
            remarks += found
            summary += [index] if role is Role.SUMMARY else []
    remarks += [*together(Field.SUMMARY, sheet, summary), *_parts(sheet)]
    heard = {remark.field for remark in remarks}
    remarks += _for_machines(sheet.draft.facts, heard)
    told = finding("R003", why="this is a story's page of contents")
    return Said(roles, tuple(remarks), findings=(told,), kind=PieceKind.OTHER)


def _said(index: int, line: Line, text: str) -> tuple[Role, list[Remark]]:
    everything = (0, len(line.text))
    if line.kind is BlockKind.HEADING and line.level == 1:
        return Role.TITLE, list(stated(Field.TITLE, index, line, everything))
    if line.within(".description-text"):
        return Role.SUMMARY, []
    if found := _STAT.match(line.text):
        return Role.HEADER, list(_counted(index, line, found))
    if text.lower() in _BADGES:
        return Role.HEADER, list(stated(_BADGES[text.lower()], index, line, everything))
    return _linked(index, line)


def _linked(index: int, line: Line) -> tuple[Role, list[Remark]]:
    role = Role.CHROME
    found: list[Remark] = []
    for href, stretch in links_of(line):
        if _USER.match(href):
            role = Role.BYLINE
            found += stated(Field.AUTHOR, index, line, stretch)
        elif _TAG.match(href):
            role = Role.HEADER
            found += stated(Field.TAG, index, line, stretch)
    return role, found


def _counted(index: int, line: Line, found: re.Match[str]) -> Iterator[Remark]:
    if found["label"] == "Parts" and found["said"].isdecimal():
        for remark in stated(Field.CHAPTER, index, line, found.span("said")):
            yield replace(remark, detail={"count": int(found["said"][:6])})
    else:
        yield from other(found["label"], index, line, found.span("said"))


_DATED = re.compile(r"\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}$")


def _parts(sheet: Sheet) -> Iterator[Remark]:
    """A claim for each part in the list, with the day it came."""
    rows: list[tuple[int, str | None]] = []
    for index, line in enumerate(sheet.lines):
        text = sheet.texts[index]
        if not text or not line.within(".story-parts") or not links_of(line):
            continue
        if rows and _DATED.search(text):
            rows[-1] = (rows[-1][0], text)
        else:
            rows.append((index, None))
    for index, day in rows:
        line, detail = sheet.lines[index], {"title": sheet.texts[index], "date": day}
        where = places(line, 0, len(line.text))
        yield Remark(Field.CHAPTER, sheet.texts[index], Confidence.STATED, where, index, None, detail)


def _for_machines(facts: tuple[Fact, ...], heard: set[Field]) -> Iterator[Remark]:
    """Dates, category and language stand nowhere else; the rest only where the page itself says nothing."""
    for fact in facts:
        named = _LD.get(fact.name)
        if fact.name == "link:canonical":
            yield from remark_of(fact, Field.SOURCE_URL, Confidence.STATED)
        elif named is not None and named not in heard:
            yield from remark_of(fact, named, Confidence.STATED)
        elif fact.name == "ld:isfamilyfriendly":
            yield from other_fact("Family friendly", fact)
