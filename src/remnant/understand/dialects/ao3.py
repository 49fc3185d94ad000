"""Archive of Our Own: downloads of every era, as HTML or as EPUB, and work pages saved from a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from remnant.model import BlockKind, Confidence, Field, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import linked, links_of, stated, together
from remnant.understand.draft import Line
from remnant.understand.places import places
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.structure import heading_of
from remnant.understand.versions import rule_named

RULE = rule_named("dialect ao3")

_FIELDS = {
    "rating": Field.RATING,
    "ratings": Field.RATING,
    "archive warning": Field.WARNING,
    "archive warnings": Field.WARNING,
    "warning": Field.WARNING,
    "warnings": Field.WARNING,
    "category": Field.CATEGORY,
    "categories": Field.CATEGORY,
    "fandom": Field.FANDOM,
    "fandoms": Field.FANDOM,
    "relationship": Field.RELATIONSHIP,
    "relationships": Field.RELATIONSHIP,
    "pairing": Field.RELATIONSHIP,
    "pairings": Field.RELATIONSHIP,
    "character": Field.CHARACTER,
    "characters": Field.CHARACTER,
    "additional tag": Field.TAG,
    "additional tags": Field.TAG,
    "language": Field.LANGUAGE,
    "published": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "completed": Field.UPDATED,
    "words": Field.WORDCOUNT,
    "chapters": Field.CHAPTER,
}
_PLAIN = frozenset({Field.LANGUAGE, Field.PUBLISHED, Field.UPDATED, Field.WORDCOUNT, Field.CHAPTER})

_LABELS = {
    "summary": Role.SUMMARY,
    "notes": Role.NOTE,
    "note": Role.NOTE,
    "chapter summary": Role.SUMMARY,
    "chapter notes": Role.NOTE,
    "chapter end notes": Role.NOTE,
    "end notes": Role.NOTE,
    "work text": Role.CHROME,
    "chapter text": Role.CHROME,
    "preface": Role.CHROME,
    "afterword": Role.CHROME,
    "works inspired by this one": Role.CHROME,
    "actions": Role.CHROME,
    "work header": Role.CHROME,
}
_FURNITURE = frozenset({"preface", "afterword", "work text", "chapter text", "actions", "work header"})
_TEXT = re.compile(r"^userstuff\d*$")
_POSTED = re.compile(r"^.*\bposted originally on the\s+archive of our own\b", re.IGNORECASE | re.DOTALL)
_WORK = re.compile(r"^(?:https?://(?:www\.|download\.|insecure\.)?archiveofourown\.(?:org|com|net))?/works/(?P<id>\d+)")


def knows(sheet: Sheet) -> bool:
    """A download says where it was posted within its first lines; a page has the work's skin around it."""
    head = range(min(len(sheet.lines), 12))
    return any(_POSTED.match(sheet.texts[index]) for index in head) or is_page(sheet)


def is_page(sheet: Sheet) -> bool:
    return any(line.within("#workskin") for line in sheet.lines)


@dataclass(slots=True)
class _Reader:
    """One walk through the file: the label last met says what stands below it."""

    sheet: Sheet
    page: bool
    framed: bool
    label: str = ""
    mode: Role = Role.NOTE
    titled: str = ""
    roles: dict[int, Role] = field(default_factory=dict)
    headings: dict[int, Heading] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    summary: list[int] = field(default_factory=list)


def say(sheet: Sheet) -> Said:
    """Give every line outside the chapters' text its role, and claim what the form states."""
    framed = any(line.within("#preface") for line in sheet.lines)
    reader = _Reader(sheet, is_page(sheet), framed)
    for index, line in enumerate(sheet.lines):
        role = _role(reader, index, line)
        if role is not None:
            reader.roles[index] = role
    remarks = [*reader.remarks, *together(Field.SUMMARY, sheet, reader.summary), *_addressed(reader)]
    return Said(reader.roles, tuple(remarks), reader.headings)


def _role(reader: _Reader, index: int, line: Line) -> Role | None:
    text = reader.sheet.texts[index]
    if _is_outside(reader, line) or (not text and line.kind is not BlockKind.BREAK):
        return Role.CHROME
    if line.within("dt"):
        reader.label = _named(text)
        if reader.label == "completed":
            reader.remarks += _completed(index, line)
        return Role.CHROME if line.within("#afterword") else Role.HEADER
    if line.within("dd"):
        return _value(reader, index, line)
    if _in_text(line):
        return Role.CHROME if _named(text) in _FURNITURE and line.kind is BlockKind.HEADING else None
    return _framing(reader, index, line, text)


def _is_outside(reader: _Reader, line: Line) -> bool:
    if reader.page:
        inside = line.within("#workskin") or (line.within("dl") and line.within(".meta"))
        return not inside or line.within(".landmark") or line.within("form") or line.within("#share")
    return reader.framed and not any(line.within(place) for place in ("#preface", "#chapters", "#afterword"))


def _in_text(line: Line) -> bool:
    """Inside the chapter's own text, and not in a summary or note, which stand in quotes of the same class."""
    for element in line.inside:
        if element.tag == "blockquote" and any(map(_TEXT.match, element.classes)):
            return False
        if element.tag == "div" and element.id != "chapters" and any(map(_TEXT.match, element.classes)):
            return True
    return False


def _named(text: str) -> str:
    return " ".join(text.strip(" :\n").lower().split())


def _framing(reader: _Reader, index: int, line: Line, text: str) -> Role:
    """Titles, bylines, labels and what stands under them."""
    name = _named(text)
    if _POSTED.match(text) or line.within(".message"):
        reader.remarks += _source(index, line)
        return Role.CHROME
    if name in _LABELS and not line.within("blockquote"):
        reader.mode = _LABELS[name]
        reader.label = name
        return Role.CHROME
    if line.within(".byline"):
        reader.remarks += _authors(index, line)
        return Role.BYLINE
    if line.kind is BlockKind.HEADING and not line.within("blockquote"):
        return _heading(reader, index, line, text)
    if line.within("#afterword") and not line.within("blockquote"):
        return Role.CHROME
    if reader.label == "summary" and line.within("blockquote"):
        reader.summary.append(index)
    return reader.mode if line.within("blockquote") else Role.NOTE


def _heading(reader: _Reader, index: int, line: Line, text: str) -> Role:
    if not reader.titled and (line.level == 1 or line.within(".title") or _is_title(line)):
        reader.titled = text
        reader.remarks += stated(Field.TITLE, index, line, (0, len(line.text)))
        return Role.TITLE
    if text == reader.titled and line.within(".toc-heading"):
        return Role.TITLE
    reader.headings[index] = heading_of(text) or Heading(None, " ".join(text.split()))
    return Role.CHAPTER_HEADING


def _is_title(line: Line) -> bool:
    return any(element.tag == "h1" or "title" in element.classes for element in line.inside)


_ARCHIVED = re.compile(r"\s*\[archived by [^\]]*\]\s*$")
_BY = re.compile(r"^\s*(?:chapter\s+)?by\s+", re.IGNORECASE)


def _authors(index: int, line: Line) -> Iterator[Remark]:
    """The linked names of a byline; what an archivist kept for somebody is that somebody's."""
    found = [stretch for _, stretch in links_of(line)]
    by = _BY.match(line.text)
    for start, end in found or [(by.end() if by else 0, len(line.text))]:
        archived = _ARCHIVED.search(line.text, start, end)
        yield from stated(Field.AUTHOR, index, line, (start, archived.start() if archived else end))


def _source(index: int, line: Line) -> Iterator[Remark]:
    """The last link of the message is the work's own."""
    works = [(href, stretch) for href, stretch in links_of(line) if (_WORK.match(href) and "comments" not in href)]
    for href, (start, end) in works[-1:]:
        yield _address(index, line, href, start, end)


def _address(index: int, line: Line, href: str, start: int, end: int) -> Remark:
    found = _WORK.match(href)
    ready = f"https://archiveofourown.org/works/{found['id']}" if found else None
    shown = line.text[start:end].strip()
    evidence = places(line, start, end)
    return Remark(Field.SOURCE_URL, shown if _WORK.match(shown) else href, Confidence.STATED, evidence, index, ready)


def _addressed(reader: _Reader) -> Iterator[Remark]:
    """A saved page bears its work's address only in its own links: those of chapter headings."""
    if any(remark.field is Field.SOURCE_URL for remark in reader.remarks) or not reader.page:
        return
    for index in (*reader.headings, *reader.roles):
        line = reader.sheet.lines[index]
        for href, (start, end) in links_of(line):
            if _WORK.match(href):
                yield _address(index, line, href, start, end)
                return


def _value(reader: _Reader, index: int, line: Line) -> Role:
    if line.within("#afterword"):
        return Role.CHROME
    if reader.label == "stats":
        reader.remarks += _stats(index, line)
    elif reader.label == "series":
        reader.remarks += _series(index, line)
    elif known := _FIELDS.get(reader.label):
        if known in _PLAIN:
            reader.remarks += _stat(index, line, reader.label, 0, len(line.text))
        else:
            reader.remarks += linked(known, index, line)
        return Role.WARNING if known is Field.WARNING else Role.HEADER
    return Role.HEADER


_STAT = re.compile(r"(?P<name>Published|Updated|Completed|Words|Chapters|Language)\s*:\s*(?P<value>\S+)")


def _stats(index: int, line: Line) -> Iterator[Remark]:
    for found in _STAT.finditer(line.text):
        yield from _stat(index, line, found["name"].lower(), *found.span("value"))
        if found["name"] == "Completed":
            yield from _completed(index, line)


def _completed(index: int, line: Line) -> Iterator[Remark]:
    """A finished work's last date is labelled "Completed"; the label is the only place that says so."""
    if found := re.search(r"\bCompleted\b", line.text, re.IGNORECASE):
        yield Remark(Field.STATUS, found[0], Confidence.STATED, places(line, *found.span()), index, "complete")


def _stat(index: int, line: Line, name: str, start: int, end: int) -> Iterator[Remark]:
    yield from stated(_FIELDS[name], index, line, (start, end))
    value = line.text[start:end].strip()
    if name == "chapters" and (found := re.match(r"([\d,]+)/([\d,]+|\?)$", value)):
        done = "complete" if found[1] == found[2] else "in progress"
        yield Remark(Field.STATUS, value, Confidence.STATED, places(line, start, end), index, done)


_PART = re.compile(r"\bPart\s+(?P<number>\d+)\s+of\s*$", re.IGNORECASE)


def _series(index: int, line: Line) -> Iterator[Remark]:
    at = 0
    for _, (start, end) in links_of(line):
        part = _PART.search(line.text, at, start)
        name = " ".join(line.text[start:end].split())
        detail = {"name": name, "position": int(part["number"]) if part else None}
        if re.search(r"\w", name) and name not in ("←", "→") and "previous work" not in name.lower():
            yield Remark(Field.SERIES, name, Confidence.STATED, places(line, start, end), index, name, detail)
        at = end


DIALECT = Dialect("ao3", RULE, knows, say, notes_apart=True)
