"""eFiction's own tables: what each cell is, its column says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import Confidence, Detail, Field, PieceKind, Role
from remnant.understand.dialects.cells import dated_in, said_in
from remnant.understand.dialects.dialect import Dialect
from remnant.understand.draft import Fact
from remnant.understand.normal import normal
from remnant.understand.sheet import Heading, Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dialect efiction dump")

_FIELDS = {
    "ef:title": Field.TITLE,
    "ef:author": Field.AUTHOR,
    "ef:category": Field.CATEGORY,
    "ef:character": Field.CHARACTER,
    "ef:rating": Field.RATING,
    "ef:challenge": Field.CHALLENGE,
    "ef:genre": Field.GENRE,
    "ef:warning": Field.WARNING,
    "ef:series": Field.SERIES,
    "ef:wordcount": Field.WORDCOUNT,
}
_CLASSES = {"genres": Field.GENRE, "genre": Field.GENRE, "warnings": Field.WARNING, "warning": Field.WARNING}
_DATES = {"ef:date": Field.PUBLISHED, "ef:updated": Field.UPDATED}
_ROLES = {
    ".ef-summary": Role.SUMMARY,
    ".ef-notes": Role.NOTE,
    ".ef-review": Role.NOTE,
    ".ef-heading": Role.CHAPTER_HEADING,
    ".ef-only": Role.CHAPTER_HEADING,
}
_NAMES = re.compile(r"[^,]+")


def knows(sheet: Sheet) -> bool:
    """A leaf of such a dump."""
    return sheet.draft.format == "application/sql"


def say(sheet: Sheet) -> Said:
    """Roles by column; facts as stated. What readers wrote is a review, and their names are sensitive."""
    roles: dict[int, Role] = {}
    headings: dict[int, Heading] = {}
    for index, line in enumerate(sheet.lines):
        for place, role in _ROLES.items():
            if line.within(place):
                roles[index] = role
                if role is Role.CHAPTER_HEADING and sheet.texts[index]:
                    headings[index] = Heading(None, " ".join(sheet.texts[index].split()))
    reviews = any(line.within(".ef-review") for line in sheet.lines)
    remarks = (*(one for fact in sheet.draft.facts for one in _remarks(fact)), *_summaries(sheet))
    kind = PieceKind.REVIEW if reviews else PieceKind.STORY
    return Said(roles=roles, headings=headings, remarks=remarks, kind=kind)


def _summaries(sheet: Sheet) -> Iterator[Remark]:
    """The first part of the summary; what comes in several paragraphs stands in the text whole."""
    for index, line in enumerate(sheet.lines):
        if line.within(".ef-summary") and sheet.texts[index] and line.spans:
            regions = tuple(span.source for span in line.spans)
            yield Remark(Field.SUMMARY, sheet.texts[index], Confidence.STATED, regions, index)
            return


def _remarks(fact: Fact) -> Iterator[Remark]:
    detail = dict(fact.detail)
    if fact.name in ("ef:email", "ef:reviewer"):
        field = Field.EMAIL if fact.name == "ef:email" else Field.AUTHOR
        yield Remark(field, fact.value, Confidence.STATED, (fact.region,), 0, sensitive=True)
    elif fact.name in _DATES:
        if not fact.value.startswith("0000") and fact.value != "0":
            yield dated_in(fact, _DATES[fact.name])
    elif fact.name == "ef:completed":
        said = "complete" if fact.value == "1" else "in progress"
        yield Remark(Field.STATUS, fact.value, Confidence.STATED, (fact.region,), 0, said)
    elif fact.name == "ef:series" and detail.get("position", "").isdigit():
        more: Detail = {"name": fact.value, "position": int(detail["position"][:9])}
        yield Remark(Field.SERIES, fact.value, Confidence.STATED, (fact.region,), 0, None, more)
    else:
        field = _CLASSES.get(detail.get("kind", ""), Field.TAG) if fact.name == "ef:class" else _FIELDS[fact.name]
        yield from _values(fact, field, several="names" in detail)


def _values(fact: Fact, field: Field, *, several: bool) -> Iterator[Remark]:
    """A cell that lists names says each of them, with its own place."""
    if field is Field.WORDCOUNT and not fact.value.strip("0"):
        return
    if not several:
        yield said_in(fact, field)
        return
    for found in _NAMES.finditer(fact.value):
        name = found[0].strip()
        start = fact.region.start + found.start() + len(found[0]) - len(found[0].lstrip())
        region = replace(fact.region, start=start, end=start + len(name))
        if name:
            yield Remark(field, name, Confidence.STATED, (region,), 0, *normal(field, name))


DIALECT = Dialect("efiction dump", RULE, knows, say, notes_apart=True)
