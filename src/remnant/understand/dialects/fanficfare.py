"""FanFicFare: EPUB, HTML and plain text, as its writers set them by default."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from remnant.model import BlockKind, Confidence, Field, Finding, Role
from remnant.understand.dialects import title_page
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.packages import beside
from remnant.understand.dialects.places import Stretch, author, heading, links_of, other, other_fact, stated
from remnant.understand.dialects.story_addresses import address_of
from remnant.understand.dialects.title_page import bold, known
from remnant.understand.draft import Fact, Line
from remnant.understand.facts import remark_of
from remnant.understand.field_values import Stretch as Place
from remnant.understand.findings import finding
from remnant.understand.places import places, rows_of
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect fanficfare")

HEAD = 150
"""Lines within which the title page ends."""

_MADE_BY = re.compile(r"^\s*fanficfare\b", re.IGNORECASE)
_PACKAGED = re.compile(r"^\W*Packaged:", re.MULTILINE)
_PUBLISHER = re.compile(r"^\W*(?:Publisher|Story URL):", re.MULTILINE)


def knows(sheet: Sheet) -> bool:
    """Its EPUB says who made it; its HTML and text list when the story was packaged, and who published it."""
    if any(fact.name == "dc:contributor" and _MADE_BY.match(fact.value) for fact in sheet.draft.facts):
        return True
    head = "\n".join(sheet.texts[:HEAD])
    return bool(_PACKAGED.search(head) and _PUBLISHER.search(head))


@dataclass(slots=True)
class _Head:
    """The title page, as far as it is read. `rows` are the lines below title and author."""

    roles: dict[int, Role] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    byline: list[Place] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


def say(sheet: Sheet) -> Said:
    """Title page, table of contents, chapter headings and notes; the chapters' text is left to the rules."""
    contents = _contents(sheet)
    headings = _headings(sheet, contents)
    first = min(headings, default=len(sheet.lines))
    head = _title_page(sheet, min(min(contents, default=first), first))
    entries = title_page.entries(sheet, head.rows, known(_OWN) if sheet.plain else bold)
    roles: dict[int, Role] = dict.fromkeys(contents, Role.CHROME)
    roles |= dict.fromkeys(head.rows, Role.HEADER) | title_page.roles(entries, FIELDS) | head.roles
    roles |= dict.fromkeys(headings, Role.CHAPTER_HEADING)
    roles |= _notes(sheet)
    roles |= _of_lost_chapters(sheet, headings)
    told = [*head.remarks, *title_page.remarks(sheet, entries, FIELDS, _whole(sheet))]
    told += _log(sheet)
    lost = tuple(_lost_chapters(sheet.draft.facts))
    return Said(roles, (*told, *_of_facts(sheet.draft.facts, told)), headings, findings=lost)


_CONTENTS = re.compile(r"^\W*table of contents\W*$", re.IGNORECASE)


def _contents(sheet: Sheet) -> list[int]:
    """The table of contents: what it lists comes again as headings, or is a link into the file."""
    top = next((index for index in range(min(len(sheet.lines), HEAD)) if _CONTENTS.match(sheet.texts[index])), None)
    if top is None:
        return []
    found = [top]
    listed: set[str] = set()
    for index in range(top + 1, len(sheet.lines)):
        text = _spaced(sheet.texts[index])
        if text in listed or (sheet.lines[index].kind is BlockKind.HEADING and not sheet.plain):
            break
        listed |= {_spaced(row) for row in sheet.texts[index].splitlines()} | {text}
        found.append(index)
    return found if len(found) < len(sheet.lines) - top else [top]


def _spaced(text: str) -> str:
    return " ".join(text.split())


_SECTION = re.compile(r"^section\d{4}$")


def _headings(sheet: Sheet, contents: list[int]) -> dict[int, Heading]:
    after = contents[-1] + 1 if contents else 0
    listed = {_spaced(row) for index in contents[1:] for row in sheet.texts[index].splitlines()}
    listed |= {_spaced(sheet.texts[index]) for index in contents[1:]}
    return {
        index: heading(sheet.texts[index])
        for index in range(after, len(sheet.lines))
        if sheet.texts[index] and _is_heading(sheet, index, listed)
    }


def _is_heading(sheet: Sheet, index: int, listed: set[str]) -> bool:
    line = sheet.lines[index]
    if sheet.plain:
        return line.gap >= 2 and line.indent > 0 and _spaced(sheet.texts[index]) in listed
    return line.within(".fff_chapter_title") or any(map(_SECTION.match, line.anchors))


def _title_page(sheet: Sheet, end: int) -> _Head:
    head = _Head()
    named = False
    for index in range(end):
        line = sheet.lines[index]
        if line.within(".fff_chapter"):
            break
        if not sheet.texts[index] or line.within(".fff_tocpage") or line.within(".fff_logpage"):
            head.roles[index] = Role.CHROME
        elif not named:
            named = _name(head, sheet, index)
        elif head.byline and not head.rows and line.gap == 0:
            head.roles[index] = Role.BYLINE
            head.byline += _below(index, line, 0)
        else:
            head.rows.append(index)
    for name in title_page.items(sheet, tuple(head.byline)):
        head.remarks += title_page.remark(sheet, Field.AUTHOR, name)
    return head


def _name(head: _Head, sheet: Sheet, index: int) -> bool:
    """ "TITLE by AUTHOR" with both linked, or two lines of plain text. True once the author is met."""
    line = sheet.lines[index]
    links = links_of(line)
    if links:
        head.roles[index] = Role.TITLE
        head.remarks += stated(Field.TITLE, index, line, links[0][1])
        head.remarks.append(_address(index, line, links[0]))
        for href, stretch in links[1:]:
            head.remarks += author(index, line, stretch, href)
        return True
    if found := re.match(r"\s*by\s+", line.text):
        head.roles[index] = Role.BYLINE
        head.byline += _below(index, line, found.end())
        return True
    if not any(role is Role.TITLE for role in head.roles.values()):
        head.remarks += stated(Field.TITLE, index, line, (0, len(line.text)))
    head.roles[index] = Role.TITLE
    return False


def _below(index: int, line: Line, start: int) -> Iterator[Place]:
    """The rows of a line from `start` on: many authors wrap."""
    for row in rows_of(line):
        if row.start + len(row.text) > start:
            yield Place(index, max(row.start, start), row.start + len(row.text))


def _address(index: int, line: Line, link: tuple[str, Stretch]) -> Remark:
    return Remark(Field.SOURCE_URL, link[0], Confidence.STATED, places(line, *link[1]), index, address_of(link[0]))


FIELDS: Mapping[str, Field] = {
    "category": Field.FANDOM,
    "categories": Field.FANDOM,
    "fandoms": Field.FANDOM,
    "freeform tags": Field.TAG,
    "ao3 categories": Field.CATEGORY,
    "genre": Field.GENRE,
    "language": Field.LANGUAGE,
    "characters": Field.CHARACTER,
    "relationships": Field.RELATIONSHIP,
    "series": Field.SERIES,
    "additional series": Field.SERIES,
    "status": Field.STATUS,
    "published": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "rating": Field.RATING,
    "warnings": Field.WARNING,
    "chapters": Field.CHAPTER,
    "chapters/total chapters": Field.CHAPTER,
    "words": Field.WORDCOUNT,
    "summary": Field.SUMMARY,
    "story url": Field.SOURCE_URL,
    "tags": Field.TAG,
    **dict.fromkeys(("comments", "collections", "series url", "author url", "byline", "publisher"), Field.OTHER),
}
"""Its labels, and what it means by them: its "category" is the fandom."""
_OWN = frozenset(FIELDS) | {
    *("packaged", "kudos", "hits", "bookmarks", "reviews", "favs", "follows", "likes", "awards", "dedication"),
    *("total chapters", "extra tags", "story id", "author id", "site abbrev", "erotica tags", "disclaimer"),
    *("downloader version", "file format", "file extension", "story notes", "translators", "beta readers"),
    *("author comment", "original story url", "restricted to registered users"),
}


def _whole(sheet: Sheet) -> frozenset[str]:
    """Its package file has each tag apart: there one sees which commas stand inside of one."""
    return frozenset(fact.value for fact in sheet.draft.facts if fact.name == "dc:subject" and "," in fact.value)


_CHAPTER_NOTES = ".fff_chapter_notes"
_FURNITURE = frozenset({".log_entry", ".fff_tocpage", ".fff_logpage"})


def _notes(sheet: Sheet) -> dict[int, Role]:
    """Notes and summaries of chapters stand under a label each."""
    roles: dict[int, Role] = {}
    role = Role.NOTE
    for index, line in enumerate(sheet.lines):
        if line.within(_CHAPTER_NOTES):
            label = sheet.texts[index].casefold()
            if label.endswith(":"):
                role = Role.SUMMARY if label.startswith("summary") else Role.NOTE
            roles[index] = role
        elif line.within_any(_FURNITURE):
            roles[index] = Role.CHROME
    return roles


def _log(sheet: Sheet) -> Iterator[Remark]:
    """What was told of earlier tellings each time the book was made anew."""
    for index, line in enumerate(sheet.lines):
        for row in rows_of(line) if line.within(".log_entry") else ():
            yield from other("Update log", index, line, (row.start, row.start + len(row.text)))


_LOST = "chapter url removed due to failure"


def _lost_chapters(facts: tuple[Fact, ...]) -> Iterator[Finding]:
    """Of a chapter that it could not fetch it keeps a page that says so, and takes the address off."""
    for fact, title in pairwise(facts):
        if fact.name == "meta:chapterurl" and fact.value == _LOST:
            yield finding("R007", fact.region, title=title.value[:80])


def _of_lost_chapters(sheet: Sheet, headings: Mapping[int, Heading]) -> dict[int, Role]:
    """Its apology for one is no story."""
    lost = {f.region.part for f in sheet.draft.facts if f.name == "meta:chapterurl" and f.value == _LOST}
    found = (index for index, line in enumerate(sheet.lines) if lost and line.spans[0].source.part in lost)
    return {index: Role.CHROME for index in found if index not in headings}


_PACKAGE = {"dc:title": Field.TITLE, "dc:creator": Field.AUTHOR, "dc:source": Field.SOURCE_URL}
_EVENTS = {"publication": Field.PUBLISHED, "modification": Field.UPDATED}
_BESIDE = {
    "dc:publisher": "Publisher",
    "dc:contributor": "Contributor",
    "dc:subject": "Subject",
    "meta:dcterms:modified": "Modified",
    "meta:chapterurl": "Chapter URL",
}


def _of_facts(facts: tuple[Fact, ...], told: list[Remark]) -> Iterator[Remark]:
    """What its package file says beside the title page. Its language is "en" where nobody told it any."""
    yield from beside(facts, told, _PACKAGE, _BESIDE)
    heard = {remark.field for remark in told}
    for fact in facts:
        event = _EVENTS.get(dict(fact.detail).get("opf:event", "")) if fact.name == "dc:date" else None
        if event is not None and event not in heard:
            yield from remark_of(fact, event, Confidence.STATED)
        elif fact.name == "dc:language" and Field.LANGUAGE not in heard:
            yield from remark_of(fact, Field.LANGUAGE, Confidence.GUESSED)
        elif fact.name == "dc:identifier" and fact.value.startswith("fanficfare-uid:"):
            yield from other_fact("Identifier", fact)


DIALECT = Dialect("fanficfare", RULE, knows, say)
