"""Title pages that programs write: one label after another, each with what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from remnant.model import Confidence, Field, Mark, Region, Role
from remnant.understand.dialects.places import labelled
from remnant.understand.dialects.story_addresses import address_of
from remnant.understand.draft import Line
from remnant.understand.field_values import Stretch
from remnant.understand.labels import LABELS
from remnant.understand.normal import normal
from remnant.understand.places import joined, places, rows_of, trimmed
from remnant.understand.sheet import Remark, Sheet

LISTS = frozenset(
    {
        *(Field.AUTHOR, Field.FANDOM, Field.CHARACTER, Field.RELATIONSHIP, Field.WARNING, Field.TAG, Field.GENRE),
        *(Field.CATEGORY, Field.BETA),
    }
)
"""Fields of which programs write several values behind one label."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A label as it is written, without its colon, and where its value stands."""

    label: str
    line: int
    value: tuple[Stretch, ...] = ()

    @property
    def name(self) -> str:
        return " ".join(self.label.lower().split())


Ends = Callable[[Line], Mapping[int, int]]
"""How long the label of each written row of a line is, its colon included, by where the row starts."""


def bold(line: Line) -> Mapping[int, int]:
    """Labels in bold, whatever their words."""
    rows = {row.start: row.text for row in rows_of(line)}
    return {start: length for start, end in _strong(line) if (length := _label(rows.get(start, ""), end - start))}


def _strong(line: Line) -> Iterator[tuple[int, int]]:
    """The stretches in bold, without white space before them."""
    for strong, group in groupby(
        zip(line.spans, line.starts, strict=True), key=lambda pair: Mark.STRONG in pair[0].marks
    ):
        if strong:
            spans = list(group)
            words = "".join(span.text for span, _ in spans)
            yield spans[0][1] + len(words) - len(words.lstrip()), spans[0][1] + len(words)


def _label(row: str, length: int) -> int:
    """How much of a row whose first `length` characters are bold is a label."""
    words = row[:length].rstrip()
    if not 1 < len(words) <= LONGEST_LABEL:
        return 0
    return len(words) if words.endswith(":") else (len(words) + 1) * row.startswith(":", len(words))


LONGEST_LABEL = 60
_WRITTEN = re.compile(r"\w[^:\n]{0,58}(?=:(?:\s|$))")


def known(names: Collection[str]) -> Ends:
    """Labels of these names, in small letters."""

    def ends(line: Line) -> Mapping[int, int]:
        found = ((row.start, _WRITTEN.match(row.text)) for row in rows_of(line))
        return {start: label.end() + 1 for start, label in found if label and label[0].lower() in names}

    return ends


def entries(sheet: Sheet, lines: Iterable[int], ends: Ends) -> list[Entry]:
    """The labels of these lines in order; a row without one goes on with the value above."""
    found: list[tuple[str, int, list[Stretch]]] = []
    for index in lines:
        line = sheet.lines[index]
        labels = ends(line)
        for row in rows_of(line):
            end = labels.get(row.start, 0)
            if end:
                found.append((row.text[:end].rstrip(": ").strip(), index, []))
            if found and row.text[end:].strip():
                found[-1][2].append(Stretch(index, *trimmed(line.text, row.start + end, row.start + len(row.text))))
    return [Entry(label, index, tuple(value)) for label, index, value in found]


def roles(found: Iterable[Entry], fields: Mapping[str, Field]) -> dict[int, Role]:
    """Every line of a title page is a header, but where it holds nothing but a summary or a warning."""
    given: dict[int, Role] = {}
    for entry in found:
        role = _ROLES.get(field_of(entry, fields), Role.HEADER)
        for index in {entry.line, *(stretch.line for stretch in entry.value)}:
            given[index] = role if given.get(index, role) is role else Role.HEADER
    return given


_ROLES: Mapping[Field | None, Role] = {Field.SUMMARY: Role.SUMMARY, Field.WARNING: Role.WARNING}


def field_of(entry: Entry, fields: Mapping[str, Field]) -> Field | None:
    """What the maker means by a label; a label that a user chose may be one that everybody knows."""
    if entry.name in fields:
        return fields[entry.name]
    everybodys = LABELS.get(entry.name)
    return everybodys.field if everybodys else None


def remarks(
    sheet: Sheet, found: Iterable[Entry], fields: Mapping[str, Field], whole: Collection[str] = ()
) -> Iterator[Remark]:
    """What the entries say. `whole` are values known to be one, so that a comma in them parts nothing."""
    for entry in found:
        field = field_of(entry, fields)
        if not entry.value:
            continue
        if field is None or field is Field.OTHER:
            value = _said(sheet, entry.value)
            yield from labelled(entry.label, value, _places(sheet, entry.value), entry.value[0].line)
        elif field in LISTS:
            for item in items(sheet, entry.value, whole):
                yield from remark(sheet, field, item)
        else:
            yield from remark(sheet, field, entry.value)


def remark(sheet: Sheet, field: Field, value: tuple[Stretch, ...]) -> Iterator[Remark]:
    """One value, wherever its characters stand."""
    said = _said(sheet, value, paragraphs=field is Field.SUMMARY)
    ready, detail = normal(field, said)
    if field is Field.CHAPTER and said.isdecimal():
        ready, detail = None, {"count": int(said[:6])}
    elif field is Field.SOURCE_URL:
        ready = address_of(said)
    if said:
        yield Remark(field, said, Confidence.STATED, _places(sheet, value), value[0].line, ready, detail)


def _said(sheet: Sheet, value: tuple[Stretch, ...], *, paragraphs: bool = False) -> str:
    """The words of a value, wrapped rows joined; paragraphs stay apart where the value has any."""
    words = ""
    for index, parts in groupby(value, key=lambda part: part.line):
        line = sheet.lines[index]
        here = " ".join(" ".join(line.text[part.start : part.end] for part in parts).split())
        apart = paragraphs and (line.gap > 0 or not sheet.plain)
        words += (("\n" if apart else " ") if words and here else "") + here
    return words


def _places(sheet: Sheet, value: tuple[Stretch, ...]) -> tuple[Region, ...]:
    return joined(place for part in value for place in places(sheet.lines[part.line], part.start, part.end))


_COMMA = re.compile(r",(?:\s+|$)")


def items(sheet: Sheet, value: tuple[Stretch, ...], whole: Collection[str] = ()) -> list[tuple[Stretch, ...]]:
    """A list cut at its commas. An item may run over the end of a row; a row that ends in a comma ends an item."""
    found: list[tuple[Stretch, ...]] = []
    item: tuple[Stretch, ...] = ()
    for part in value:
        at = part.start
        text = sheet.lines[part.line].text
        for cut in _COMMA.finditer(text, part.start, part.end):
            found.append((*item, Stretch(part.line, at, cut.start())))
            item, at = (), cut.end()
        if at < part.end:
            item = (*item, Stretch(part.line, at, part.end))
    return _kept_whole(sheet, [*found, *([item] if item else [])], frozenset(whole))


MOST_COMMAS = 4


def _kept_whole(sheet: Sheet, found: list[tuple[Stretch, ...]], whole: frozenset[str]) -> list[tuple[Stretch, ...]]:
    """Neighbours that are one value in truth are one again."""
    kept: list[tuple[Stretch, ...]] = []
    at = 0
    while at < len(found):
        ends = (end for end in range(min(at + MOST_COMMAS, len(found)), at + 1, -1) if whole)
        spanned = (end for end in ends if ", ".join(_said(sheet, item) for item in found[at:end]) in whole)
        end = next(spanned, at + 1)
        kept.append(_spanned(found[at:end]))
        at = end
    return kept


def _spanned(group: list[tuple[Stretch, ...]]) -> tuple[Stretch, ...]:
    """The stretches of several items as of one, the commas between those that share a line included."""
    parts = [part for item in group for part in item]
    merged: list[Stretch] = []
    for part in parts:
        if merged and merged[-1].line == part.line and len(group) > 1:
            merged[-1] = Stretch(part.line, merged[-1].start, part.end)
        else:
            merged.append(part)
    return tuple(merged)
