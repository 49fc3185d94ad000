"""Pages that list stories: searches, authors, categories. Their summaries read like stories, and are none."""

from __future__ import annotations

import re
from itertools import pairwise

from remnant.model import Region
from remnant.understand.draft import Line
from remnant.understand.hints import holds_any
from remnant.understand.places import whole
from remnant.understand.sheet import Sheet

_CREDITED = re.compile(r"\W{0,3}\S.{0,150}?\bby\s+\S.{0,80}", re.IGNORECASE)
_COUNTS = re.compile(
    r"(?:rated|rating)\s?:.{1,80}(?:chapters?|words)\b|\d[\d,]* words\b.{1,60}\bchapters?\b"
    r"|\bchapters?:? ?\d.{1,80}\bwords:? ?\d",
    re.IGNORECASE,
)
FEWEST = 3
_LONGEST_TITLE = 200
_BETWEEN = 700
"""Characters between one story of a list and the next. A story by itself beside a list of others is longer."""


def lists_stories(sheet: Sheet) -> tuple[Region, ...] | None:
    """Where the first story stands of those that a page lists, each with words of its own; None if it lists none."""
    rows = [index for index, line in enumerate(sheet.lines) if _names_a_story(line)]
    counts = [index for index, text in enumerate(sheet.texts) if _counts(text)]
    for found in (rows, counts):
        if len(found) >= FEWEST and _is_all(sheet, found):
            return whole(sheet.lines[found[0]])
    return None


def _counts(text: str) -> bool:
    """ "Rated: T - Chapters: 3 - Words: 4410": what lists say of each story."""
    return len(text) <= _LONGEST_COUNTS and holds_any(text.lower(), _HINTS) and _COUNTS.search(text) is not None


_LONGEST_COUNTS = 500
_HINTS = ("words", "chapter")


def _names_a_story(line: Line) -> bool:
    """A linked title and its author: "The Pier by Odile Marchetti"."""
    text = line.text.strip()
    first = next((span for span in line.spans if any(map(str.isalpha, span.text))), None)
    linked = first is not None and first.href is not None
    return linked and 5 <= len(text) <= _LONGEST_TITLE and bool(_CREDITED.match(text))


def _is_all(sheet: Sheet, found: list[int]) -> bool:
    """Whether a page holds nothing beside its list: little between its rows, but something, and little at its end."""
    gaps = [sum(len(text) for text in sheet.texts[one + 1 : other]) for one, other in pairwise(found)]
    told = [index for index, text in sheet.open_lines() if text]
    after = sum(len(sheet.texts[index]) for index in told if index > found[-1])
    before = sum(len(sheet.texts[index]) for index in told if index < found[0])
    if max(gaps) > _BETWEEN or max(before, after) > _BETWEEN:
        return False
    return 2 * sum(1 for gap in gaps if gap >= 10) >= len(gaps)
