"""Archive of Our Own: downloads of every era, as HTML or as EPUB, and work pages saved from a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from remnant.model import BlockKind, Confidence, Field, PieceKind, Role
from remnant.understand.dialects import ao3_facts as facts
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import links_of, other, stated, together
from remnant.understand.draft import Line
from remnant.understand.findings import finding
from remnant.understand.headings import heading_of
from remnant.understand.places import whole
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect ao3")

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
    "other works inspired by this one": Role.CHROME,
    "actions": Role.CHROME,
    "work header": Role.CHROME,
    "series this work belongs to": Role.CHROME,
}
_FURNITURE = frozenset({"preface", "afterword", "work text", "chapter text", "actions", "work header"})
_TEXT = re.compile(r"^userstuff\d*$")
_POSTED = re.compile(r"^.*\bposted originally on the\s+archive of our own\b", re.IGNORECASE | re.DOTALL)


def knows(sheet: Sheet) -> bool:
    """A download says where it was posted within its first lines; a page has the work's skin around it.

    A book whose first page is lost is known by its publisher, and by the elements around its chapters.
    """
    head = range(min(len(sheet.lines), 12))
    return any(_POSTED.match(sheet.texts[index]) for index in head) or is_page(sheet) or _is_headless(sheet)


def _is_headless(sheet: Sheet) -> bool:
    published = any(f.name == "dc:publisher" and f.value == "Archive of Our Own" for f in sheet.draft.facts)
    return published and any(line.within("#chapters") for line in sheet.lines)


def is_page(sheet: Sheet) -> bool:
    return any(line.within("#workskin") for line in sheet.lines)


@dataclass(slots=True)
class _Reader:
    """One walk through the file: the label last met says what stands below it."""

    sheet: Sheet
    page: bool
    framed: bool
    bare: bool
    """Whether the text has no element of its own, as in works of one chapter until 2010."""
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
    page = is_page(sheet)
    bare = not (framed or page or any(map(_in_text, sheet.lines)))
    reader = _Reader(sheet, page, framed, bare)
    for index, line in enumerate(sheet.lines):
        role = _role(reader, index, line)
        if role is not None:
            reader.roles[index] = role
    remarks = [*reader.remarks, *together(Field.SUMMARY, sheet, reader.summary), *_addressed(reader)]
    remarks += facts.of_package(sheet.draft.facts, remarks)
    alone = _is_one_of_several(reader, remarks)
    remarks += _this_chapter(reader) if alone else ()
    found = (finding("R005"),) if alone else ()
    kind = PieceKind.CHAPTER if alone else None
    return Said(reader.roles, tuple(remarks), reader.headings, findings=found, kind=kind)


def _is_one_of_several(reader: _Reader, remarks: list[Remark]) -> bool:
    """A page may show one chapter of several."""
    stats = [remark.detail.get("number") for remark in remarks if remark.field is Field.CHAPTER]
    several = any(isinstance(number, int) and number > 1 for number in stats)
    return reader.page and several and len(reader.headings) == 1


def _role(reader: _Reader, index: int, line: Line) -> Role | None:
    text = reader.sheet.texts[index]
    if _is_outside(reader, line) or (not text and line.kind is not BlockKind.BREAK):
        return Role.CHROME
    if line.within("dt"):
        return _row_label(reader, index, line)
    if line.within("dd"):
        return _value(reader, index, line)
    if _in_text(line) or (reader.bare and line.within("#chapters")):
        return Role.CHROME if _named(text) in _FURNITURE and line.kind is BlockKind.HEADING else None
    return _framing(reader, index, line, text)


def _row_label(reader: _Reader, index: int, line: Line) -> Role:
    reader.label = _named(reader.sheet.texts[index])
    if reader.label == "completed":
        reader.remarks += facts.completed(index, line)
    return Role.CHROME if line.within("#afterword") or "inspired by" in reader.label else Role.HEADER


def _value(reader: _Reader, index: int, line: Line) -> Role:
    if "inspired by" in reader.label:
        reader.remarks += facts.related(index, line, reader.label.capitalize())
        return Role.HEADER
    if line.within("#afterword"):
        return Role.CHROME
    told = tuple(facts.row(reader.label, index, line))
    reader.remarks += told
    if not told:
        return Role.CHROME
    return Role.WARNING if facts.tag_field(reader.label) is Field.WARNING else Role.HEADER


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
        reader.remarks += facts.sources(index, line)
        return Role.CHROME
    if line.within("li") and not line.within("blockquote"):
        return _listed(reader, index, line)
    if name in _LABELS and not line.within("blockquote"):
        reader.mode = _LABELS[name]
        reader.label = name
        return Role.CHROME
    if line.within(".byline"):
        reader.remarks += facts.authors(index, line)
        return Role.BYLINE
    if line.kind is BlockKind.HEADING and not line.within("blockquote"):
        return _heading(reader, index, line, text)
    if line.within("#afterword") and not line.within("blockquote"):
        return Role.CHROME
    if reader.label == "summary" and line.within("blockquote") and not line.within("#chapters"):
        reader.summary.append(index)
    return reader.mode if line.within("blockquote") else Role.NOTE


def _listed(reader: _Reader, index: int, line: Line) -> Role:
    """An entry of a list around the text: whom it is for, what it comes from; its series are in the head already."""
    if line.within("#series"):
        return Role.CHROME
    reader.remarks += facts.related(index, line, reader.label.capitalize() or "Related")
    return Role.HEADER


_LOCKS = re.compile(r"^\s*\((?P<why>Restricted|Hidden by Admin)\)\s*")


def _heading(reader: _Reader, index: int, line: Line, text: str) -> Role:
    if not reader.titled and (line.level == 1 or line.within(".title") or _is_title(line)):
        lock = _LOCKS.match(line.text)
        reader.titled = line.text[lock.end() :].strip() if lock else text
        if lock:
            reader.remarks += other("Access", index, line, lock.span("why"))
        reader.remarks += stated(Field.TITLE, index, line, (lock.end() if lock else 0, len(line.text)))
        return Role.TITLE
    if text == reader.titled and line.within(".toc-heading"):
        return Role.TITLE
    reader.headings[index] = heading_of(text) or Heading(None, " ".join(text.split()))
    return Role.CHAPTER_HEADING


def _this_chapter(reader: _Reader) -> Iterator[Remark]:
    """Of a page that shows one chapter: which it is, and the names of all, from the list to choose from."""
    for index, heading in reader.headings.items():
        detail = {"number": heading.number, "title": heading.title}
        number = None if heading.number is None else str(heading.number)
        text, line = " ".join(reader.sheet.texts[index].split()), reader.sheet.lines[index]
        yield Remark(Field.CHAPTER, text, Confidence.STATED, whole(line), index, number, detail)
    for index, line in enumerate(reader.sheet.lines):
        if line.within("#selected_id"):
            yield from other("Chapter", index, line, (0, len(line.text)))


def _is_title(line: Line) -> bool:
    return any(element.tag == "h1" or "title" in element.classes for element in line.inside)


def _addressed(reader: _Reader) -> Iterator[Remark]:
    """A saved page bears its work's address only in its own links: those of chapter headings."""
    if any(remark.field is Field.SOURCE_URL for remark in reader.remarks) or not reader.page:
        return
    for index in (*reader.headings, *reader.roles):
        line = reader.sheet.lines[index]
        for href, stretch in links_of(line):
            if facts.full(href) and not line.within_any(_ELSEWHERE):
                yield facts.address(index, line, href, stretch)
                return


_ELSEWHERE = frozenset({".associations", "#children", "#series", ".userstuff", "dl"})
"""Where links lead to other works."""


DIALECT = Dialect("ao3", RULE, knows, say, notes_apart=True)
