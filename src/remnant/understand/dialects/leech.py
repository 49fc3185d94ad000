"""Leech: books of serials and fan fiction, with a page of front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import BlockKind, Field, Role
from remnant.understand.dialects import title_page
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.packages import beside
from remnant.understand.dialects.places import heading, stated
from remnant.understand.dialects.title_page import Entry
from remnant.understand.field_values import Stretch
from remnant.understand.places import rows_of
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect leech")

FIELDS = {
    "source": Field.SOURCE_URL,
    "started": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "summary": Field.SUMMARY,
    "tags": Field.TAG,
    "downloaded on": Field.OTHER,
}


def knows(sheet: Sheet) -> bool:
    """Its package file names it; so does when it downloaded."""
    if any(fact.name == "meta:generator" and fact.value.strip().lower() == "leech" for fact in sheet.draft.facts):
        return True
    rows = (index for index, line in enumerate(sheet.lines[:40]) if line.within("dt"))
    return "Downloaded on" in {sheet.texts[index] for index in rows}


def say(sheet: Sheet) -> Said:
    """Front matter, a heading for each page, footnotes; the chapters' text is left to the rules."""
    front = [index for index, line in enumerate(sheet.lines) if line.within(".cover")]
    roles = dict.fromkeys(front, Role.HEADER)
    remarks = [remark for index in front if sheet.lines[index].within("h1") for remark in _named(sheet, index)]
    entries = list(_entries(sheet, front))
    roles |= title_page.roles(entries, FIELDS)
    roles |= {index: Role.CHROME for index in front if sheet.lines[index].within("dt")}
    roles |= {index: Role.TITLE for index in front if sheet.lines[index].within("h1")}
    remarks += title_page.remarks(sheet, entries, FIELDS)
    remarks += beside(sheet.draft.facts, remarks, _PACKAGE, _BESIDE)
    headings = _headings(sheet, set(front))
    notes = _footnotes(sheet, headings)
    roles |= dict.fromkeys(headings, Role.CHAPTER_HEADING) | notes
    told = {index: heading for index, heading in headings.items() if index not in notes}
    return Said(roles, tuple(remarks), told)


_PACKAGE = {"dc:title": Field.TITLE, "dc:creator": Field.AUTHOR}
_BESIDE = {"dc:identifier": "Identifier"}
_BY = re.compile(r"By\s+")


def _named(sheet: Sheet, index: int) -> Iterator[Remark]:
    """The title, and under it "By AUTHOR": the last row that begins so, for a title may have rows too."""
    line = sheet.lines[index]
    rows = list(rows_of(line))
    by = next((row for row in reversed(rows[1:]) if _BY.match(row.text)), None)
    end = by.start if by else len(line.text)
    yield from stated(Field.TITLE, index, line, (0, end))
    if by and (found := _BY.match(by.text)):
        yield from stated(Field.AUTHOR, index, line, (by.start + found.end(), by.start + len(by.text)))


def _entries(sheet: Sheet, front: list[int]) -> Iterator[Entry]:
    """Terms and what is said of each."""
    label: tuple[str, int] | None = None
    value: list[Stretch] = []
    for index in front:
        line = sheet.lines[index]
        if line.within("dt"):
            if label:
                yield Entry(*label, tuple(value))
            label, value = (sheet.texts[index], index), []
        elif line.within("dd"):
            value += (Stretch(index, row.start, row.start + len(row.text)) for row in rows_of(line))
    if label:
        yield Entry(*label, tuple(value))


_UNNAMED = re.compile(r"#(?P<from_nought>\d{1,4})")


def _headings(sheet: Sheet, front: set[int]) -> dict[int, Heading]:
    """The first line of each page. One without a title is named by its number, counted from nought."""
    found: dict[int, Heading] = {}
    pages: set[int] = {sheet.lines[index].page for index in front}
    for index, line in enumerate(sheet.lines):
        if line.page not in pages and sheet.texts[index]:
            pages.add(line.page)
            if line.kind is BlockKind.HEADING:
                found[index] = _heading(sheet.texts[index])
    return found


def _heading(text: str) -> Heading:
    if unnamed := _UNNAMED.fullmatch(text):
        return Heading(int(unnamed["from_nought"]) + 1, None)
    return heading(text)


def _footnotes(sheet: Sheet, headings: dict[int, Heading]) -> dict[int, Role]:
    """The last page may hold the story's footnotes."""
    last = max(headings, default=None)
    if last is None or sheet.texts[last] != "Footnotes" or len(headings) < 2:
        return {}
    return {last: Role.CHROME} | dict.fromkeys(range(last + 1, len(sheet.lines)), Role.NOTE)


DIALECT = Dialect("leech", RULE, knows, say)
