"""Heads that a writer set as rows of one block: title, name and facts, each to be read as a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import BlockKind, How, Skip, SkipClass, Span
from remnant.understand.bylines import drawn_name_in, is_byline, is_pen_name
from remnant.understand.draft import Draft, Line
from remnant.understand.fact_items import is_facts
from remnant.understand.headings import heading_of, is_capitalised
from remnant.understand.labels import LABEL
from remnant.understand.unlabelled import is_rating
from remnant.understand.unsigned import is_emboldened, leads
from remnant.understand.worlds import is_a_world

DEEPEST = 40
"""Lines of a file among which a head is looked for."""
PROSE = 1500
"""Characters of other text past which no head is looked for."""
ROWS = 12
"""Rows of a block among which its head ends."""
LONGEST = 120
"""Characters of a row that may be a title, a name or facts."""


def parted(draft: Draft) -> Draft:
    """The draft with the rows of its head as lines. What stands below the head in the same block stays together."""
    heads = dict(_heads(draft.lines[: DEEPEST + 2]))
    if not heads:
        return draft
    cut = {at: _cut(draft.lines[at], count) for at, count in heads.items()}
    lines = (row for at, line in enumerate(draft.lines) for row in (cut[at][0] if at in cut else (line,)))
    skips = (Skip(end.source, _class_of(draft, end)) for _, ends in cut.values() for end in ends)
    return replace(draft, lines=tuple(lines), skips=tuple(sorted((*draft.skips, *skips), key=_place)))


def _heads(lines: tuple[Line, ...]) -> Iterator[tuple[int, int]]:
    """The blocks in which a head stands, and how many of their rows are its own: the first, and those right below."""
    told, found = 0, -1
    for at, line in enumerate(lines[:DEEPEST]):
        if told > PROSE or (found >= 0 and at > found + 1):
            return
        if count := _rows_of_head(line, lines[at + 1 : at + 4]):
            yield at, count
            if count < len(_rows(line)):
                return
            found = at
        told += len(line.text)


def _place(skip: Skip) -> tuple[str, int]:
    return skip.region.part, skip.region.start


def _class_of(draft: Draft, end: Span) -> SkipClass:
    """A line end that a tag means is the tag; in text it is white space."""
    texts = {part.path: part.text for part in draft.parts}
    return SkipClass.SPACE if texts[end.source.part][end.source.start].isspace() else SkipClass.TAG


def _is_end(span: Span) -> bool:
    return span.how is How.DECODED and span.text == "\n"


def _rows(line: Line) -> list[str]:
    """The rows that the writer meant, not those that a line was wrapped into."""
    rows = [""]
    for span in line.spans:
        if _is_end(span):
            rows.append("")
        else:
            rows[-1] += span.text
    return [" ".join(row.split()) for row in rows]


def _rows_of_head(line: Line, below: tuple[Line, ...]) -> int:
    """How many rows of a block are a head's: up to the last that is a name, facts or a label; 0 for any other block."""
    if line.kind is BlockKind.BREAK or not any(map(_is_end, line.spans)):
        return 0
    rows = _rows(line)
    sure = [place for place, row in enumerate(rows[:ROWS]) if _is_sure(row, place)]
    led = [place for place, row in enumerate(rows[:ROWS]) if leads(row)]
    if len(led) >= 2:
        return led[-1] + 1
    labelled = [place for place, row in enumerate(rows[:ROWS]) if LABEL.match(row.lstrip("*_[(# "))]
    if not sure and (count := _emboldened(line)):
        return count
    if not sure:
        return 2 if len(rows) == 2 and _is_title_over_name(rows, below) else 0
    above = rows[: sure[0]]
    if any(len(row) > LONGEST for row in above) or len(above) > 3:
        return 0
    return max(*sure, *[place for place in labelled if place < sure[-1] + len(labelled) + 1], 0) + 1


def _is_sure(row: str, place: int) -> bool:
    return is_facts(row) or (
        len(row) <= LONGEST
        and place > 0
        and (is_byline(row) or is_rating(row) or is_a_world(row) or bool(drawn_name_in(row)))
    )


def _emboldened(line: Line) -> int:
    """Up to which row labels in bold type go, if there are two at least."""
    rows = [replace(line, spans=tuple(row)) for row in _spans_by_row(line)[:ROWS]]
    found = [place for place, row in enumerate(rows) if row.spans and is_emboldened(row)]
    return found[-1] + 1 if len(found) >= 2 else 0


def _is_title_over_name(rows: list[str], below: tuple[Line, ...]) -> bool:
    title, name = rows
    set_off = not title[:1].isalnum() and not title[-1:].isalnum()
    title = _BEHIND.sub("", title)
    words = title.split()
    over = any(LABEL.match(line.text) for line in below)
    handle = _HANDLE.fullmatch(name) is not None
    shaped = (over or handle or 2 <= len(words) <= 10 or title.isupper() or set_off) and (is_capitalised(title) or over)
    if not shaped or not is_pen_name(name):
        return False
    if title.endswith((".", ",", ";", ":", "!", "?", "…")) or heading_of(title):
        return False
    return over or any(len(line.text) >= 60 or is_facts(line.text) or heading_of(line.text.strip()) for line in below)


_BEHIND = re.compile(r"(?<=\w)\s*[\[(][^\[\]()]{1,40}[\])]$")
_HANDLE = re.compile(r"(?=\w*[a-z])(?:\w*[_\d]\w*|[A-Z][a-z]+[A-Z]\w+|[a-z]{5,20})")
"""A name as people have on the web, which is hardly ever a word of a title."""


def _cut(line: Line, count: int) -> tuple[tuple[Line, ...], list[Span]]:
    """The first `count` rows as lines, the rest as one; and the line ends between, which no line holds any more."""
    rows = _spans_by_row(line, count)
    ends = [span for span in line.spans if _is_end(span)][: len(rows) - 1]
    return tuple(_lines(line, rows)), ends


def _spans_by_row(line: Line, most: int = ROWS) -> list[list[Span]]:
    """The spans of the first rows, and of all that follow as one row more."""
    rows: list[list[Span]] = [[]]
    for span in line.spans:
        if len(rows) <= most and _is_end(span):
            rows.append([])
        else:
            rows[-1].append(span)
    return rows


def _lines(line: Line, rows: list[list[Span]]) -> Iterator[Line]:
    blank = 0
    for place, row in enumerate(rows):
        if not row:
            blank += 1
            continue
        alone = line.kind is BlockKind.VERSE and not any(map(_is_end, row))
        kind = BlockKind.PARAGRAPH if alone else line.kind
        if place == 0:
            yield replace(line, kind=kind, spans=tuple(row))
        else:
            yield replace(line, kind=kind, spans=tuple(row), gap=blank, indent=0, anchors=())
        blank = 0
