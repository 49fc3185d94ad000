"""Labelled header blocks: "Title: ...", several fields on a line, wrapped values, Key=Value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from remnant.model import Confidence, Field, Region, Role
from remnant.understand import unsigned
from remnant.understand.addresses import email_remarks
from remnant.understand.draft import Line
from remnant.understand.field_values import TRIM, Stretch, values_of
from remnant.understand.headings import is_divider
from remnant.understand.hints import holds_any
from remnant.understand.labels import LABEL, TAG_LEFT_IN, Label, bracketed, label_of
from remnant.understand.normal import normal
from remnant.understand.notices import notice_remarks, timeline_remarks
from remnant.understand.places import Row, joined, places, rows_of
from remnant.understand.sheet import Remark
from remnant.understand.songs import song_remarks
from remnant.understand.timelines import LABELS as TIMELINES

LONGEST_LINE = 4000
"""No header line is longer; looking for labels in a novel on one line would cost much and find nothing."""


_SIGN = re.compile(r"[:=]|\s[-–—]\s|\[[^\]]*[-–—]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and where its value stands, which may run over several lines."""

    label: Label
    value: tuple[Stretch, ...]


_DRESS = r"[\s*_~#>\[({<+=\-–—•·.|:]"
_LEAD = re.compile(rf"{_DRESS}{{0,8}}?(?:{TAG_LEFT_IN}|{_DRESS}){{0,8}}", re.IGNORECASE)
_APART = re.compile(r"(?:\s{2,}|\t|[|;•·,]\s*|\s[-–—/~*]{1,3}\s|[.)\]]\s+|\*\*\s?)[*_\[(]{0,3}$")


def entries_of(index: int, line: Line) -> tuple[Entry, ...]:
    """The labelled fields of a line; none unless it begins with a label."""
    if not _may_be_labelled(line.text):
        return ()
    if by_dashes := unsigned.dashed_rows(line):
        return tuple(Entry(one.label, (Stretch(index, one.start, one.end),)) for one in by_dashes)
    found: list[Entry] = []
    for row in rows_of(line):
        here = list(_in_row(index, row))
        if here:
            found += here
        elif not found:
            return ()
        elif not (is_foreign(row.text) or is_divider(row.text) or _is_whole(found[-1], line)):
            found[-1] = continued(found[-1], Stretch(index, row.start, row.start + len(row.text)))
    return tuple(found)


_OF_ONE_ROW = frozenset({Field.TITLE, Field.AUTHOR, Field.RATING, Field.STATUS, Field.LANGUAGE, Field.WORDCOUNT})
_OF_ONE_ROW |= {Field.PUBLISHED, Field.UPDATED, Field.DATE, Field.FANDOM, Field.GENRE, Field.CHARACTER, Field.CATEGORY}


def _is_whole(entry: Entry, line: Line) -> bool:
    """Whether a value ends with its row: a page's rows are meant, and few fields of a head take several."""
    last = entry.value[-1]
    said = line.text[last.start : last.end].rstrip()
    if not said or entry.label.field not in _OF_ONE_ROW or said.endswith((",", "&", "/", "and")):
        return False
    return "\n" in line.text[last.end : last.end + 1] and any(span.text == "\n" for span in line.spans)


_SIGNS = (":", "-", "=", "–", "—")


def _may_be_labelled(text: str) -> bool:
    """Whether a label's sign stands where one could. Most lines hold none at all, and that is quickly seen."""
    if len(text) > LONGEST_LINE or not holds_any(text[: unsigned.FURTHEST_SIGN], _SIGNS):
        return False
    return _SIGN.search(text, 0, unsigned.FURTHEST_SIGN) is not None


_FOREIGN = re.compile(r"^\W{0,3}[^\W\d_a-z][\w'’/-]*(?: [\w'’/-]+){0,2}\s?:\s+\S")


def is_foreign(text: str) -> bool:
    """Whether a row has a label that we do not know: it is no part of the value above."""
    return bool(_FOREIGN.match(text))


def unsigned_of(index: int, line: Line) -> tuple[Entry, ...]:
    """ "Title - X", "Title .... X" alone on a line: for those who see more such lines around it."""
    found = unsigned.of_line(line)
    return (Entry(found.label, (Stretch(index, found.start, found.end),)),) if found else ()


def cell_of(index: int, line: Line) -> tuple[Entry, ...]:
    """A label alone in its cell, whose value is still to come: for those who see more such cells around it."""
    label = unsigned.of_cell(line)
    return (Entry(label, (Stretch(index, len(line.text), len(line.text)),)),) if label else ()


def continued(entry: Entry, more: Stretch) -> Entry:
    """The entry with a wrapped value's next line."""
    return Entry(entry.label, (*entry.value, more))


def _in_row(index: int, row: Row) -> Iterator[Entry]:
    heads = list(_heads(row.text))
    if not heads:
        return
    ends = [match.start() for _, match in heads[1:]] + [len(row.text)]
    for (label, match), end in zip(heads, ends, strict=True):
        start = row.start + match.end()
        yield Entry(label, (Stretch(index, start, max(start, row.start + end)),))


def _heads(text: str) -> Iterator[tuple[Label, re.Match[str]]]:
    lead = _LEAD.match(text)
    first = LABEL.match(text, lead.end() if lead else 0) or _bracketed(text)
    if first is None or text.startswith("//", first.end()):
        return
    yield label_of(first), first
    previous = first
    for match in LABEL.finditer(text, first.end()):
        label = label_of(match)
        if _begins_a_field(text, label, previous, match):
            yield label, match
            previous = match


_BRACKET = re.compile(r"[\s*_]*[\[<{]")


def _bracketed(text: str) -> re.Match[str] | None:
    return bracketed().match(text) if _BRACKET.match(text) else None


def _begins_a_field(text: str, label: Label, previous: re.Match[str], match: re.Match[str]) -> bool:
    """Whether a label inside a line opens a field of its own, or is a word of the value before it."""
    name = match["label"]
    if text.startswith("//", match.end()) or not (name[0].isupper() or name[0].isdigit()):
        return False
    between = text[previous.end() : match.start()]
    if not between.strip():
        return False
    if _APART.search(between):
        return True
    short = between[-1].isspace() and len(between) < 60
    return short and (label.strong or (len(name) > 3 and label_of(previous).role not in _PROSE))


_PROSE = frozenset({Role.SUMMARY, Role.NOTE})
"""Under these labels people write sentences, in which another label is only a word."""

_PLACEHOLDER = re.compile(
    r"^(?:none|n/?a|t\.?b\.?[ad]\.?|to be (?:announced|decided|determined)|un(?:titled|known|named)|\?+|-+"
    r"|see (?:above|below"
    r"|profile|my profile|inside|chapter \w+|part \w+|notes?)|me|myself|moi|yours truly|not sure(?: yet)?"
    r"|no title(?: yet)?|same)\W*$",
    re.IGNORECASE,
)
_MAY_BE_NONE = frozenset({Field.WARNING, Field.SPOILER, Field.RATING, Field.BETA, Field.PERMISSION, Field.STATUS})


def remarks_of(entry: Entry, lines: tuple[Line, ...], confidence: Confidence = Confidence.STATED) -> tuple[Remark, ...]:
    """What an entry says: one remark for each value, with the value's own characters as evidence."""
    field = entry.label.field
    text = _text(entry, lines)
    if entry.label.name in TIMELINES:
        return tuple(r for s in entry.value for r in timeline_remarks(s.line, lines[s.line], s.start, s.end))
    if field is None or not text.strip(TRIM):
        return ()
    return tuple(_remarks(field, entry, lines, text, confidence))


def is_blank(entry: Entry, lines: tuple[Line, ...]) -> bool:
    """Whether the label has nothing but a stand-in behind it: "Title: TBA"."""
    field = entry.label.field
    text = _text(entry, lines).strip(TRIM)
    return field is not None and field not in _MAY_BE_NONE and (not text or bool(_PLACEHOLDER.match(text)))


def _remarks(
    field: Field, entry: Entry, lines: tuple[Line, ...], text: str, confidence: Confidence
) -> Iterable[Remark]:
    first = entry.value[0]
    match field:
        case Field.EMAIL:
            return (r for s in entry.value for r in email_remarks(s.line, lines[s.line], s.start, s.end))
        case Field.WARNING | Field.SPOILER:
            stretches = entry.value
            return (r for s in stretches for r in notice_remarks(s.line, lines[s.line], s.start, s.end, field))
        case Field.SONG:
            return song_remarks(first.line, lines[first.line], first.start, first.end)
    if is_blank(entry, lines):
        return ()
    remarks = (_remark(entry.label, field, piece, lines, confidence) for piece in values_of(field, entry.value, lines))
    return (remark for remark in remarks if remark is not None)


def _text(entry: Entry, lines: tuple[Line, ...]) -> str:
    return " ".join(lines[s.line].text[s.start : s.end] for s in entry.value)


def _remark(
    label: Label, field: Field, value: tuple[Stretch, ...], lines: tuple[Line, ...], confidence: Confidence
) -> Remark | None:
    text = " ".join(" ".join(lines[s.line].text[s.start : s.end].split()) for s in value).strip()
    if not text or not any(character.isalnum() for character in text):
        return None
    regions: Iterable[Region] = (region for s in value for region in places(lines[s.line], s.start, s.end))
    ready, detail = normal(field, text)
    if field is Field.CHAPTER and label.name.startswith(("chapters", "parts")) and text.isdecimal():
        detail = {"count": int(text[:6])}
    return Remark(field, text, confidence, joined(regions), value[0].line, ready, detail)
