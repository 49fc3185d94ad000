"""The box of fields on pages of eFiction archives: labels one after another, several on a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from remnant.model import Confidence, Field, Region, Role
from remnant.understand.dialects.places import Stretch, links_of, other, stated
from remnant.understand.draft import Line
from remnant.understand.labels import LABELS
from remnant.understand.places import joined, places, trimmed
from remnant.understand.sheet import Remark, Sheet

_OWN = {
    "summary": Field.SUMMARY,
    "rated": Field.RATING,
    "rating": Field.RATING,
    "category": Field.CATEGORY,
    "categories": Field.CATEGORY,
    "character": Field.CHARACTER,
    "characters": Field.CHARACTER,
    "challenge": Field.CHALLENGE,
    "challenges": Field.CHALLENGE,
    "series": Field.SERIES,
    "parent series": Field.SERIES,
    "chapters": Field.CHAPTER,
    "completed": Field.STATUS,
    "word count": Field.WORDCOUNT,
    "published": Field.PUBLISHED,
    "updated": Field.UPDATED,
    "read": None,
    "read count": None,
}
"""What the templates themselves write; classes that an archive made (genres, warnings ...) have names of its own."""

_LISTS = frozenset(
    {Field.CATEGORY, Field.CHARACTER, Field.CHALLENGE, Field.SERIES, Field.GENRE, Field.WARNING, Field.RELATIONSHIP}
    | {Field.TAG, Field.FANDOM}
)
_KNOWN = "|".join(sorted(map(re.escape, _OWN), key=len, reverse=True))
_AT_ROW = re.compile(r"(?:^|\n)[ \t]*(?P<label>[^\W\d_][\w'’/() -]{1,38}?)[ \t]*:(?=\s|$)")
_IN_ROW = re.compile(rf"(?:(?<![\w'’-])|(?<=[a-z])(?=[A-Z]))(?P<label>(?i:{_KNOWN}))[ \t]*:(?=\s|$)")
"""A label may stand glued to the words of the picture that marks a featured story."""
_NOTHING = frozenset({"none", "orphan", "-", "0"})
"""What stands where nobody said anything. So "Warnings: None" does not say that none apply."""


@dataclass(frozen=True, slots=True)
class _Entry:
    label: str
    line: int
    stretch: Stretch


def remarks_of(sheet: Sheet, box: list[int]) -> Iterator[Remark]:
    """What the labels of the box say."""
    summary: list[_Entry] = []
    for entry in _entries(sheet, box):
        if _field_of(entry.label) is Field.SUMMARY:
            summary.append(entry)
        else:
            yield from _said(entry, sheet.lines[entry.line])
    yield from _summed_up(sheet, summary)


def roles_of(sheet: Sheet, box: list[int]) -> dict[int, Role]:
    """A line that says nothing but the summary is one; all others of the box are its header."""
    told: dict[int, set[Field | None]] = {}
    for entry in _entries(sheet, box):
        told.setdefault(entry.line, set()).add(_field_of(entry.label))
    return {index: Role.SUMMARY for index, named in told.items() if named == {Field.SUMMARY}}


def is_labelled(text: str) -> bool:
    """Whether a row opens with a label that such pages have, whatever box a skin sets it in."""
    return any(_is_known(found["label"]) for found in _AT_ROW.finditer(text[:2000]))


def _is_known(label: str) -> bool:
    name = label.lower()
    return name in _OWN or (name in LABELS and LABELS[name].strong and LABELS[name].role is not Role.NOTE)


def _field_of(label: str) -> Field | None:
    name = label.lower()
    if name in _OWN:
        return _OWN[name]
    return LABELS[name].field if name in LABELS else None


def _entries(sheet: Sheet, box: list[int]) -> Iterator[_Entry]:
    """Each label and the stretch behind it; a line without labels goes on with the last one."""
    label = ""
    for index in box:
        text, at = sheet.lines[index].text, 0
        for found in _labels(text, label):
            if label and text[at : found.start("label")].strip():
                yield _Entry(label, index, (at, found.start("label")))
            label, at = " ".join(found["label"].split()), found.end()
        if label and text[at:].strip():
            yield _Entry(label, index, (at, len(text)))


def _labels(text: str, label: str) -> Iterator[re.Match[str]]:
    """Labels in order. In a summary people write what they like: only a row that opens with our own label ends it."""
    at = 0
    for found in _matches(text):
        if found.start("label") < at:
            continue
        at = found.end()
        name = found["label"].lower()
        if _field_of(label) is Field.SUMMARY and not (_is_known(name) and _opens_a_row(text, found.start("label"))):
            continue
        label = name
        yield found


def _matches(text: str) -> list[re.Match[str]]:
    """What may be a label, by its end; of two that end alike the shorter, to which no picture's words are glued."""
    found = [match for pattern in (_AT_ROW, _IN_ROW) for match in pattern.finditer(text)]
    return sorted(found, key=lambda match: (match.end(), -match.start("label")))


def _opens_a_row(text: str, start: int) -> bool:
    return not text[max(start - _NEAR, 0) : start].rpartition("\n")[2].strip()


_NEAR = 200
"""Characters before a label that are looked at for the end of the row before."""


def _said(entry: _Entry, line: Line) -> Iterator[Remark]:
    start, end = trimmed(line.text, *entry.stretch)
    value, name = line.text[start:end], entry.label.lower()
    if value.lower() in _NOTHING and not (name.startswith("read") and value == "0"):
        return
    known = _field_of(entry.label)
    if known is None:
        yield from other(entry.label, entry.line, line, (start, end))
    elif known in _LISTS:
        for stretch in _items(line, start, end):
            yield from stated(known, entry.line, line, stretch)
    elif known is Field.CHAPTER and value.isdecimal():
        for remark in stated(known, entry.line, line, (start, end)):
            yield replace(remark, detail={"count": int(value[:6])})
    else:
        yield from stated(known, entry.line, line, (start, end))


_COMMA = re.compile(r",\s+")


def _items(line: Line, start: int, end: int) -> Iterator[Stretch]:
    """Names are links, and may hold commas; without links they are cut at commas."""
    linked = [stretch for _, stretch in links_of(line) if start <= stretch[0] < end]
    if linked:
        yield from linked
        return
    at = start
    for cut in _COMMA.finditer(line.text, start, end):
        yield at, cut.start()
        at = cut.end()
    yield at, end


def _summed_up(sheet: Sheet, entries: list[_Entry]) -> Iterator[Remark]:
    texts: list[str] = []
    regions: list[Region] = []
    for entry in entries:
        line = sheet.lines[entry.line]
        stretch = trimmed(line.text, *entry.stretch)
        texts.append(" ".join(line.text[slice(*stretch)].split()))
        regions += places(line, *stretch)
    if texts:
        yield Remark(Field.SUMMARY, "\n".join(texts), Confidence.STATED, joined(regions), entries[0].line)
