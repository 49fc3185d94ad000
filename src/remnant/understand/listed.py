"""What a site's list says of a story: its title, who wrote it, its rating, fields and a line on what it is about.

Whoever made the list seldom wrote the story, so where the page speaks of itself the list is only guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import BlockKind, Confidence, Field, Span
from remnant.understand.addresses import ADDRESS
from remnant.understand.draft import Fact, Line
from remnant.understand.header import entries_of, remarks_of
from remnant.understand.normal import normal
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("listed")

_BY = re.compile(
    r"(?:^|[\s,–—-])by:?\s+(?P<name>[^\s,;:|(\[{<>\n][^,;:|(\[{<>\n]{0,60}?)"
    r"(?=\s*(?:$|[,;:|(\[{<>\n.]|\s[-–—]+\s|\s{2}))",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[\[({](?P<said>[^\])\[(){}]{1,30})[\])}]")
_EDGES = ' \t\r\n-–—:|,*"“”\xa0'
SHORTEST, LONGEST_TITLE = 25, 200
"""Characters of a line that says what a story is about; of a title."""


def say(sheet: Sheet) -> Said:
    """Claims from a list's rows; nothing of a story that stands in none."""
    rows = _rows(sheet)
    if not rows:
        return Said()
    remarks = [remark for name, line in rows for remark in (_title(line) if name == "site:title" else _row(line))]
    spoken = {one.remark.field for one in sheet.testimony if one.remark.confidence is not Confidence.GUESSED}
    return Said(remarks=tuple(_weighed(remark, spoken) for remark in remarks))


def _rows(sheet: Sheet) -> list[tuple[str, Line]]:
    found: dict[str, tuple[str, list[Span]]] = {}
    for fact in sheet.draft.facts:
        if fact.name in ("site:title", "site:row"):
            found.setdefault(_row_of(fact), (fact.name, []))[1].append(Span(fact.value, fact.region))
    return [(name, Line(BlockKind.PARAGRAPH, tuple(spans))) for name, spans in found.values()]


def _row_of(fact: Fact) -> str:
    return dict(fact.detail).get("row", "")


def _weighed(remark: Remark, spoken: set[Field]) -> Remark:
    """A warning is as sure as its writer made it: nobody is to be surprised because a page was silent."""
    if remark.field in (Field.WARNING, Field.SPOILER):
        return remark
    guessed = remark.field in spoken and not remark.sensitive
    return replace(remark, confidence=Confidence.GUESSED if guessed else Confidence.LIKELY, line=0)


def _title(line: Line) -> Iterator[Remark]:
    text = line.text
    start, end = _trimmed(text, 0, len(text))
    by = _BY.search(text, start, end)
    if by is not None and by.start() > start:
        yield _remark(Field.AUTHOR, line, *by.span("name"))
        start, end = _trimmed(text, start, by.start())
    if start < end <= start + LONGEST_TITLE:
        yield _remark(Field.TITLE, line, start, end)


def _row(line: Line) -> Iterator[Remark]:
    text = line.text
    labelled = [remark for entry in entries_of(0, line) for remark in remarks_of(entry, (line,), Confidence.LIKELY)]
    yield from labelled
    for found in ADDRESS.finditer(text):
        yield replace(_remark(Field.EMAIL, line, *found.span()), sensitive=True)
    by = None if labelled else _BY.search(text)
    if by is not None and "@" not in by["name"]:
        yield _remark(Field.AUTHOR, line, *by.span("name"))
    ratings = [] if labelled else [one for one in _BRACKETED.finditer(text) if normal(Field.RATING, one["said"])[0]]
    yield from (_remark(Field.RATING, line, *one.span("said")) for one in ratings)
    taken = max([0, *(one.end() for one in ratings), *([by.end()] if by else [])])
    start, end = _trimmed(text, taken, len(text))
    if not labelled and end - start >= SHORTEST and " " in text[start:end]:
        yield _remark(Field.SUMMARY, line, start, end)


def _remark(field: Field, line: Line, start: int, end: int) -> Remark:
    said = " ".join(line.text[start:end].split())
    return Remark(field, said, Confidence.LIKELY, places(line, start, end), 0, *normal(field, said))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    lead = len(said) - len(said.lstrip(_EDGES))
    return min(start + lead, end), max(start + len(said.rstrip(_EDGES)), min(start + lead, end))
