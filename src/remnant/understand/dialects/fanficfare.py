"""FanFicFare: EPUB, HTML and plain text, as its writers set them by default."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from remnant.model import BlockKind, Confidence, Field, Role
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.dialects.places import Stretch, links_of, stated, together
from remnant.understand.draft import Fact, Line
from remnant.understand.facts import remark_of
from remnant.understand.header import Entry, continued, entries_of, remarks_of
from remnant.understand.header import Stretch as Place
from remnant.understand.labels import Label
from remnant.understand.places import places, rows_of
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.structure import heading_of
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
    """The title page, as far as it is read."""

    entries: list[Entry] = field(default_factory=list)
    roles: dict[int, Role] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)


def say(sheet: Sheet) -> Said:
    """Title page, table of contents, chapter headings and notes; the chapters' text is left to the rules."""
    contents = _contents(sheet)
    headings = _headings(sheet, contents)
    first = min(headings, default=len(sheet.lines))
    head = _title_page(sheet, min(min(contents, default=first), first))
    roles: dict[int, Role] = dict.fromkeys(contents, Role.CHROME)
    roles |= head.roles
    roles |= dict.fromkeys(headings, Role.CHAPTER_HEADING)
    roles |= _notes(sheet)
    remarks = [*head.remarks, *_of_entries(sheet, head.entries), *_of_facts(sheet.draft.facts)]
    return Said(roles, tuple(remarks), headings)


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
        index: _heading(sheet.texts[index])
        for index in range(after, len(sheet.lines))
        if sheet.texts[index] and _is_heading(sheet, index, listed)
    }


def _is_heading(sheet: Sheet, index: int, listed: set[str]) -> bool:
    line = sheet.lines[index]
    if sheet.plain:
        return line.gap >= 2 and line.indent > 0 and _spaced(sheet.texts[index]) in listed
    return line.within(".fff_chapter_title") or any(map(_SECTION.match, line.anchors))


def _heading(text: str) -> Heading:
    return heading_of(text) or Heading(None, _spaced(text))


def _title_page(sheet: Sheet, end: int) -> _Head:
    head = _Head()
    named = False
    label: Label | None = None
    for index in range(end):
        line = sheet.lines[index]
        if line.within(".fff_chapter"):
            break
        if not sheet.texts[index]:
            head.roles[index] = Role.CHROME
        elif not named:
            named = _name(head, sheet, index)
        else:
            label = _field(head, index, line, label)
    return head


def _name(head: _Head, sheet: Sheet, index: int) -> bool:
    """ "TITLE by AUTHOR" with both linked, or two lines of plain text. True once the author is met."""
    line = sheet.lines[index]
    links = links_of(line)
    if links:
        head.roles[index] = Role.TITLE
        head.remarks += stated(Field.TITLE, index, line, links[0][1])
        head.remarks.append(_address(index, line, links[0]))
        for _, stretch in links[1:]:
            head.remarks += stated(Field.AUTHOR, index, line, stretch)
        return True
    if found := re.match(r"\s*by\s+", line.text):
        head.roles[index] = Role.BYLINE
        head.remarks += _authors(index, line, found.end())
        return True
    if not any(role is Role.TITLE for role in head.roles.values()):
        head.remarks += stated(Field.TITLE, index, line, (0, len(line.text)))
    head.roles[index] = Role.TITLE
    return False


def _authors(index: int, line: Line, start: int) -> Iterator[Remark]:
    at = start
    for cut in re.finditer(r",\s+", line.text[start:]):
        yield from stated(Field.AUTHOR, index, line, (at, start + cut.start()))
        at = start + cut.end()
    yield from stated(Field.AUTHOR, index, line, (at, len(line.text)))


def _address(index: int, line: Line, link: tuple[str, Stretch]) -> Remark:
    return Remark(Field.SOURCE_URL, link[0], Confidence.STATED, places(line, *link[1]), index)


def _field(head: _Head, index: int, line: Line, label: Label | None) -> Label | None:
    """A row "Label: value", the label's cell alone, its value's cell alone, or a wrapped value's next line."""
    entries = entries_of(index, line)
    if entries:
        head.entries += entries
        head.roles[index] = _role(entries[0].label)
        alone = len(entries) == 1 and not line.text[entries[0].value[0].start :].strip()
        return entries[0].label if alone else None
    if head.entries:
        rows = list(rows_of(line))
        for row in rows:
            head.entries[-1] = continued(head.entries[-1], Place(index, row.start, row.start + len(row.text)))
    head.roles[index] = _role(head.entries[-1].label) if head.entries else Role.HEADER
    return label


def _role(label: Label) -> Role:
    return label.role if label.role in (Role.SUMMARY, Role.WARNING) else Role.HEADER


_MEANT = {"category": Field.FANDOM, "categories": Field.FANDOM, "story url": Field.SOURCE_URL}
_NOT_OURS = frozenset({"packaged", "publisher", "author url", "series url"})


def _of_entries(sheet: Sheet, entries: list[Entry]) -> Iterator[Remark]:
    for entry in entries:
        name = entry.label.name
        if name in _NOT_OURS:
            continue
        if name == "summary":
            yield from together(
                Field.SUMMARY, sheet, sorted({place.line for place in entry.value}), entry.value[0].start
            )
        else:
            label = Label(name, _MEANT.get(name, entry.label.field), entry.label.role)
            yield from remarks_of(Entry(label, entry.value), sheet.lines)


_CHAPTER_NOTES = ".fff_chapter_notes"
_NOTE_LABEL = re.compile(r"^\W*(?:author['’]?s note|(?:summary|notes) for the chapter)\W*$", re.IGNORECASE)


def _notes(sheet: Sheet) -> dict[int, Role]:
    roles: dict[int, Role] = {}
    for index, line in enumerate(sheet.lines):
        if line.within(_CHAPTER_NOTES):
            roles[index] = Role.NOTE
        elif line.within(".log_entry") or line.within(".fff_tocpage") or line.within(".fff_logpage"):
            roles[index] = Role.CHROME
    return roles


_CONTAINER = {
    "dc:title": Field.TITLE,
    "dc:creator": Field.AUTHOR,
    "dc:source": Field.SOURCE_URL,
    "dc:language": Field.LANGUAGE,
}
_EVENTS = {"publication": Field.PUBLISHED, "modification": Field.UPDATED}


def _of_facts(facts: tuple[Fact, ...]) -> Iterator[Remark]:
    """Its package file repeats the title page; of its subjects nobody can tell which is a fandom and which a ship."""
    for fact in facts:
        named = _CONTAINER.get(fact.name)
        if fact.name == "dc:date":
            named = _EVENTS.get(dict(fact.detail).get("opf:event", ""))
        if named is not None:
            yield from remark_of(fact, named, Confidence.STATED)


DIALECT = Dialect("fanficfare", RULE, knows, say)
