"""The list of a thread's threadmarks: what the board says of the story, chapter by chapter, and no story."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import Confidence, Field, PieceKind, Role
from remnant.understand.dialects.places import links_of, other, stated, together
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet

ITEM = ".structItem--threadmark"
_HEAD = ".threadmarkListingHeader"
_STATS = {
    "status": Field.STATUS,
    "index progress": Field.STATUS,
    "created": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "last updated": Field.UPDATED,
    "words": Field.WORDCOUNT,
    "word count": Field.WORDCOUNT,
    "threadmarks": Field.CHAPTER,
}


def listed(sheet: Sheet) -> Said:
    """Claims from the head of the list and from each of its rows; its description is a summary."""
    roles = dict.fromkeys(range(len(sheet.lines)), Role.CHROME)
    remarks: list[Remark] = []
    summary: list[int] = []
    label = ""
    for index, line in enumerate(sheet.lines):
        if line.within("dt") and line.within(_HEAD):
            label = sheet.texts[index].strip(" :").lower()
        elif line.within(_HEAD) and sheet.texts[index]:
            roles[index], found = _headed(index, line, label)
            remarks += found
            summary += [index] if roles[index] is Role.SUMMARY else []
    remarks += [*_rows(sheet), *together(Field.SUMMARY, sheet, summary)]
    remarks += addressed(sheet)
    told = finding("R003", why="this is a list of threadmarks")
    return Said(roles, tuple(remarks), findings=(told,), kind=PieceKind.OTHER)


def _headed(index: int, line: Line, label: str) -> tuple[Role, list[Remark]]:
    everything = (0, len(line.text))
    if line.within(".threadmarkListingHeader-name"):
        return Role.TITLE, list(stated(Field.TITLE, index, line, everything))
    if line.within("dd"):
        known = _STATS.get(label)
        if known is None:
            return Role.HEADER, list(other(label.capitalize(), index, line, everything))
        counted = ({"count": int(line.text)} if known is Field.CHAPTER and line.text.isdecimal() else None,)
        told = stated(known, index, line, everything)
        return Role.HEADER, [replace(one, detail=counted[0]) if counted[0] else one for one in told]
    if line.within(".threadmarkListingHeader-extraInfo"):
        return Role.SUMMARY, []
    return _linked(index, line)


def _linked(index: int, line: Line) -> tuple[Role, list[Remark]]:
    """Authors link to members, tags to lists of threads."""
    found: list[Remark] = []
    for href, stretch in links_of(line):
        if "/members/" in href:
            found += stated(Field.AUTHOR, index, line, stretch)
        elif "/tags/" in href:
            found += stated(Field.TAG, index, line, stretch)
    byline = any(one.field is Field.AUTHOR for one in found)
    return (Role.BYLINE if byline else Role.HEADER if found else Role.CHROME), found


_COUNTED = re.compile(r"[\d.,]+ ?[km]?(?: words)?", re.IGNORECASE)


def _rows(sheet: Sheet) -> Iterator[Remark]:
    """A claim for each threadmark; how long it is and when it came stand in the lines after its title."""
    rows: list[tuple[int, dict[str, str | None]]] = []
    for index, line in enumerate(sheet.lines):
        text = sheet.texts[index]
        if not line.within(ITEM) or not text:
            continue
        if line.within(".structItem-title"):
            rows.append((index, {"title": text, "words": None, "date": None}))
        elif rows and _COUNTED.fullmatch(text):
            rows[-1][1]["words"] = text
        elif rows and line.within(".structItem-cell--latest"):
            rows[-1][1]["date"] = text
    for index, detail in rows:
        line = sheet.lines[index]
        value = " ".join(sheet.texts[index].split())
        yield Remark(Field.CHAPTER, value, Confidence.STATED, places(line, 0, len(line.text)), index, None, detail)


_THREAD = re.compile(r"https?://[^\s/?#]+/(?:[^\s/?#]+/)*?threads/[^\s/?#]+")


def addressed(sheet: Sheet) -> Iterator[Remark]:
    """The thread's address, whichever of its pages this is."""
    for fact in sheet.draft.facts:
        if fact.name in ("link:canonical", "meta:og:url") and (found := _THREAD.match(fact.value)):
            yield Remark(Field.SOURCE_URL, fact.value, Confidence.STATED, (fact.region,), 0, f"{found[0]}/")
            return
