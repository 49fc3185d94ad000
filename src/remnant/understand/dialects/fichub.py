"""FicHub: its books and its single pages (which come in a zip), and makers that write the same page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import BlockKind, Field, Role
from remnant.understand.dialects import ffn, title_page
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.packages import beside
from remnant.understand.dialects.places import Stretch, heading, other, stated, together
from remnant.understand.draft import Line
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect fichub")

HEAD = 200
"""Lines within which the introduction ends."""

_EXPORTED = re.compile(r"\s*(?P<label>Exported with the assistance of)\s+(?P<who>\S.*)", re.DOTALL)
_MAKERS = re.compile(r"FicHub|Shelfsort", re.IGNORECASE)

FIELDS = {
    "status": Field.STATUS,
    "published": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "words": Field.WORDCOUNT,
    "chapters": Field.CHAPTER,
    "original source": Field.SOURCE_URL,
}


def knows(sheet: Sheet) -> bool:
    """The line that ends its introduction."""
    return _last_of_introduction(sheet) is not None


def _last_of_introduction(sheet: Sheet) -> int | None:
    for index, text in enumerate(sheet.texts[:HEAD]):
        if (found := _EXPORTED.match(text)) and _MAKERS.search(found["who"]):
            return index
    return None


def say(sheet: Sheet) -> Said:
    """Introduction, list of contents, chapters' titles; notes stand inside the text and are left to the rules."""
    last = _last_of_introduction(sheet) or 0
    roles, remarks = _introduction(sheet, last)
    headings = _headings(sheet, last)
    roles |= _furniture(sheet, last)
    roles |= dict.fromkeys(headings, Role.CHAPTER_HEADING)
    if by := _EXPORTED.match(sheet.lines[last].text):
        remarks += other(by["label"], last, sheet.lines[last], by.span("who"))
    # Its language is always "en", whatever the story's is.
    remarks += beside(sheet.draft.facts, remarks, _PACKAGE, _BESIDE)
    return Said(roles, tuple(remarks), headings)


_PACKAGE = {"dc:title": Field.TITLE, "dc:creator": Field.AUTHOR}
_BESIDE = {"dc:identifier": "Identifier", "meta:dcterms:modified": "Modified"}
_BY = re.compile(r"^\s*by:?\s+", re.IGNORECASE)


def _introduction(sheet: Sheet, last: int) -> tuple[dict[int, Role], list[Remark]]:
    roles: dict[int, Role] = {}
    remarks: list[Remark] = []
    summary: list[int] = []
    rows: list[int] = []
    label_of = title_page.known(FIELDS)
    begin = _first_row(sheet, last)
    for index in range(last):
        line = sheet.lines[index]
        by = _BY.match(line.text)
        if Role.TITLE not in roles.values():
            roles[index] = Role.TITLE
            remarks += stated(Field.TITLE, index, line, (0, len(line.text)))
        elif by and Role.BYLINE not in roles.values():
            roles[index] = Role.BYLINE
            remarks += stated(Field.AUTHOR, index, line, (by.end(), len(line.text)))
        elif index < begin:
            roles[index] = Role.SUMMARY
            summary.append(index)
        elif title_page.entries(sheet, [index], label_of):
            rows.append(index)
            roles[index] = Role.HEADER
        else:
            roles[index] = Role.HEADER
            remarks += _more(sheet, index)
    remarks += title_page.remarks(sheet, title_page.entries(sheet, rows, label_of), FIELDS)
    return roles, [*remarks, *together(Field.SUMMARY, sheet, summary)]


def _first_row(sheet: Sheet, last: int) -> int:
    """Where its own rows begin: a book's with the status, a page's with the source. A label above is the summary's."""
    for first in ("Status:", "Original source:"):
        found = [index for index in range(last) if sheet.texts[index].startswith(first)]
        if found:
            return found[-1]
    return last


_KEYED = re.compile(r"\s*(?P<key>id|[A-Z][\w ]{1,30}):\s*")
_KEYS = {
    "rated": Field.RATING,
    "rating": Field.RATING,
    "language": Field.LANGUAGE,
    "genre": Field.GENRE,
    "genres": Field.GENRE,
    "characters": Field.CHARACTER,
    "fandom": Field.FANDOM,
    "fandoms": Field.FANDOM,
    "words": Field.WORDCOUNT,
    "chapters": Field.CHAPTER,
    "published": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "status": Field.STATUS,
}
_DASH = re.compile(r"(?<!\s)\s++-\s+")
_SLASH = re.compile(r"/(?!Comfort)|,\s+")


def _more(sheet: Sheet, index: int) -> Iterator[Remark]:
    """One line of what else the site says: fanfiction.net's own, or parts that all have a key."""
    line = sheet.lines[index]
    parts = list(_parts(line.text))
    if all(_KEYED.match(line.text, *part) for part in parts):
        for part in parts:
            yield from _keyed(index, line, part)
    elif line.text.lstrip().startswith("Rated:"):
        yield from ffn.info(sheet, index)
    else:
        yield from other("More", index, line, (0, len(line.text)))


def _parts(text: str) -> Iterator[Stretch]:
    at = 0
    for cut in _DASH.finditer(text):
        yield at, cut.start()
        at = cut.end()
    yield at, len(text)


def _keyed(index: int, line: Line, part: Stretch) -> Iterator[Remark]:
    key = _KEYED.match(line.text, *part)
    if key is None:
        return
    field = _KEYS.get(key["key"].lower())
    if field is None:
        yield from other(key["key"], index, line, (key.end(), part[1]))
    elif field is Field.CHARACTER:
        yield from ffn.characters(index, line, key.end(), part[1])
    elif field is Field.GENRE:
        at = key.end()
        for cut in _SLASH.finditer(line.text, at, part[1]):
            yield from stated(field, index, line, (at, cut.start()))
            at = cut.end()
        yield from stated(field, index, line, (at, part[1]))
    else:
        yield from stated(field, index, line, (key.end(), part[1]))


def _headings(sheet: Sheet, last: int) -> dict[int, Heading]:
    """The first heading of every chapter, which stands in a file or in an element of its own."""
    found: dict[int, Heading] = {}
    met: set[tuple[int, str]] = set()
    for index in range(last + 1, len(sheet.lines)):
        line = sheet.lines[index]
        chapter = _chapter_of(line)
        if chapter is None or chapter in met or line.within(".chapter_nav"):
            continue
        met.add(chapter)
        if line.kind is BlockKind.HEADING:
            found[index] = heading(sheet.texts[index])
    return found


_CHAPTER = re.compile(r"chap_\d+")


def _chapter_of(line: Line) -> tuple[int, str] | None:
    """The chapter that a line belongs to; a list of contents belongs to none."""
    if line.within("nav"):
        return None
    named = (element.id for element in line.inside if element.id and _CHAPTER.fullmatch(element.id))
    name = next(named, None)
    return (line.page, name or "") if name or line.page else None


def _furniture(sheet: Sheet, last: int) -> dict[int, Role]:
    """The line that says who made it, and ways through the file."""
    roles = {last: Role.CHROME}
    for index in range(last + 1, len(sheet.lines)):
        line = sheet.lines[index]
        if line.within("nav") or line.within(".chapter_nav") or sheet.texts[index] == "(back to chapter list)":
            roles[index] = Role.CHROME
    return roles


DIALECT = Dialect("fichub", RULE, knows, say)
