"""FF2EBOOK: books of stories from fanfiction.net and others, of the old site and of the new."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Field, Role
from remnant.understand.dialects import ffn, title_page
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.packages import beside
from remnant.understand.dialects.places import author, heading, links_of, other, stated
from remnant.understand.dialects.story_addresses import address_of
from remnant.understand.dialects.title_page import Entry
from remnant.understand.draft import Line
from remnant.understand.places import places
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect ff2ebook")

_TITLE = frozenset({".fic-title", "#fic-title"})
_AUTHOR = frozenset({".fic-author", "#fic-author"})
_HEADING = frozenset({".chap-title", "#chap-title"})
_TEXT = frozenset({".chap-text", "#chap-text"})

FIELDS = {
    "fandom": Field.FANDOM,
    "summary": Field.SUMMARY,
    "status": Field.STATUS,
    "published": Field.PUBLISHED,
    "publish date": Field.PUBLISHED,
    "published date": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "last updated": Field.UPDATED,
    "updated date": Field.UPDATED,
    "words count": Field.WORDCOUNT,
    "chapters count": Field.CHAPTER,
    "chapter count": Field.CHAPTER,
}
_KINDS = frozenset({"fic type", "fictype"})
_PEOPLE = frozenset({"pairings/main char.", "pairing/main char.", "pairing", "pairings"})
_LINES = frozenset({"additional infos", "additional info"})


def knows(sheet: Sheet) -> bool:
    """Its title page, and the publisher it names in the package file or below the page."""
    titled = any(line.within_any(_TITLE) for line in sheet.lines[:20])
    named = any(fact.name == "dc:publisher" and "ff2ebook" in fact.value.lower() for fact in sheet.draft.facts)
    return titled and (named or any("ff2ebook" in text.lower() for text in sheet.texts[:60]))


def say(sheet: Sheet) -> Said:
    """Title page and chapters' titles; the chapters' text is left to the rules."""
    roles: dict[int, Role] = {}
    remarks: list[Remark] = []
    headings: dict[int, Heading] = {}
    rows: list[int] = []
    for index, line in enumerate(sheet.lines):
        if line.within_any(_TEXT):
            continue
        if line.within_any(_HEADING):
            roles[index] = Role.CHAPTER_HEADING
            headings[index] = heading(sheet.texts[index])
        elif not headings:
            roles[index] = _title_page(sheet, index, rows, remarks)
    entries = title_page.entries(sheet, rows, title_page.known({*FIELDS, *_KINDS, *_PEOPLE, *_LINES}))
    roles |= title_page.roles(entries, FIELDS)
    for entry in entries:
        remarks += _entry(sheet, entry)
    # Its language is always "en", whatever the story's is.
    remarks += beside(sheet.draft.facts, remarks, _PACKAGE, _BESIDE)
    return Said(roles, tuple(remarks), headings)


_PACKAGE = {"dc:title": Field.TITLE, "dc:creator": Field.AUTHOR}
_BESIDE = {"dc:publisher": "Publisher", "dc:identifier": "Identifier"}
_BY = re.compile(r"\s*By:\s*", re.IGNORECASE)
_MADE = re.compile(r"\bDate:\s*(?P<day>\S.*\S)")


def _title_page(sheet: Sheet, index: int, rows: list[int], remarks: list[Remark]) -> Role:
    line = sheet.lines[index]
    if line.within_any(_TITLE):
        remarks += _title(index, line)
        return Role.TITLE
    if line.within_any(_AUTHOR):
        remarks += _author(index, line)
        return Role.BYLINE
    if line.within(".footer"):
        if made := _MADE.search(line.text):
            remarks += other("Converted", index, line, made.span("day"))
        return Role.CHROME
    rows.append(index)
    return Role.HEADER


def _title(index: int, line: Line) -> Iterator[Remark]:
    yield from stated(Field.TITLE, index, line, (0, len(line.text)))
    for href, stretch in links_of(line)[:1]:
        yield Remark(Field.SOURCE_URL, href, Confidence.STATED, places(line, *stretch), index, address_of(href))


def _author(index: int, line: Line) -> Iterator[Remark]:
    by = _BY.match(line.text)
    whole = [("", (by.end() if by else 0, len(line.text)))]
    for href, stretch in links_of(line) or whole:
        yield from author(index, line, stretch, href) if href else stated(Field.AUTHOR, index, line, stretch)


def _entry(sheet: Sheet, entry: Entry) -> Iterator[Remark]:
    """Kind and people are written as fanfiction.net writes them: "Books/World", "[A, B] C"."""
    for part in entry.value if entry.name in _KINDS | _PEOPLE | _LINES else ():
        line = sheet.lines[part.line]
        if entry.name in _PEOPLE:
            yield from ffn.characters(part.line, line, part.start, part.end)
        elif entry.name in _LINES:
            yield from ffn.info(sheet, part.line, part.start, part.end)
        elif (slash := line.text.find("/", part.start, part.end)) >= 0:
            yield from stated(Field.CATEGORY, part.line, line, (part.start, slash))
            yield from stated(Field.FANDOM, part.line, line, (slash + 1, part.end))
        else:
            yield from other(entry.label, part.line, line, (part.start, part.end))
    if entry.name in FIELDS:
        yield from title_page.remarks(sheet, [entry], FIELDS)


DIALECT = Dialect("ff2ebook", RULE, knows, say)
