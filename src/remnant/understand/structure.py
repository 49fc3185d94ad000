"""Chapter headings and dividers: which lines cut a story, by what they say, how they look and where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from remnant.model import BlockKind, Finding, Role
from remnant.understand.bylines import is_byline
from remnant.understand.chapter_gaps import named_chapters
from remnant.understand.findings import finding
from remnant.understand.headings import LONGEST, heading_of, is_capitalised, is_divider, number_of
from remnant.understand.places import whole
from remnant.understand.scenes import usual_gap
from remnant.understand.sheet import Heading, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("structure")

_NUMBER_ALONE = re.compile(r"^[\s*_~\-–—=#\[(]*(?P<number>\d{1,3}|[IVXL]{1,7})[\s*_~\-–—=#\])]*[.)]?[\s*_~\-–—=#]*$")
_MARKDOWN = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<text>\S.*?)[ \t#]*$")


def say(sheet: Sheet) -> Said:
    """Give headings and dividers their roles. Where a dialect knows the chapters, no other line is a heading."""
    headings = {} if sheet.headings else dict(_headings(sheet))
    headings |= {} if sheet.headings else _counted(sheet, headings)
    headings = headings or ({} if sheet.headings else dict(named_chapters(sheet, usual_gap(sheet.lines))))
    roles = dict.fromkeys(headings, Role.CHAPTER_HEADING)
    for index, text in sheet.open_lines():
        if index not in roles and is_divider(text):
            roles[index] = Role.SCENE_BREAK
    return Said(roles=roles, headings=headings, findings=tuple(_missing_chapters(sheet, headings)))


def _missing_chapters(sheet: Sheet, headings: Mapping[int, Heading]) -> Iterator[Finding]:
    """Where the count of chapters jumps. It may start again, as in each part of a long story."""
    counted = [(index, headings[index].number) for index in sorted(headings)]
    numbered = [(index, number) for index, number in counted if number is not None]
    for (_, before), (index, after) in pairwise(numbered):
        if after > before + 1:
            yield finding("R006", *whole(sheet.lines[index]), before=before, after=after)


def _headings(sheet: Sheet) -> Iterator[tuple[int, Heading]]:
    shown = _by_look(sheet)
    for index, text in sheet.open_lines():
        line = sheet.lines[index]
        if not text or len(text) > LONGEST or line.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE):
            continue
        found = heading_of(text) if _stands_alone(sheet, index) else None
        if found is not None:
            yield index, found
        elif index in shown:
            yield index, shown[index]


def _stands_alone(sheet: Sheet, index: int) -> bool:
    """A heading in plain text has blank lines around it, or other lines of the head."""
    line = sheet.lines[index]
    if not sheet.plain or line.kind is BlockKind.HEADING or index == 0 or line.gap:
        return True
    after = sheet.lines[index + 1] if index + 1 < len(sheet.lines) else None
    return after is None or after.gap > 0


_BYLINE = re.compile(r"^\W*(?:written )?by\b", re.IGNORECASE)
_OVER = 3
"""Headings at the top of a page among which the title stands."""


def _by_look(sheet: Sheet) -> dict[int, Heading]:
    """Lines set as headings by the format (or by `##`), at the level that repeats; a lone first one is a title."""
    levels: dict[int, tuple[int, str]] = {}
    for index, text in sheet.open_lines():
        line = sheet.lines[index]
        named = _BYLINE.match(text) or is_byline(text.split("\n", 1)[0]) or _is_over_name(sheet, index, len(levels))
        if line.kind is BlockKind.HEADING and text and len(text) <= LONGEST and not named:
            levels[index] = (line.level or 1, text)
        elif sheet.plain and text.startswith("#") and (found := _MARKDOWN.match(text)):
            levels[index] = (len(found["marks"]), found["text"])
    if not levels:
        return {}
    count = Counter(level for level, _ in levels.values())
    top = min(count)
    repeated = {level for level, many in count.items() if many > 1 or level > top}
    return {
        index: _looked(text) for index, (level, text) in levels.items() if level in repeated and not is_divider(text)
    }


def _is_over_name(sheet: Sheet, index: int, above: int) -> bool:
    """Whether a heading at the top stands right over who wrote it: the title, whatever stands over that."""
    below = sheet.texts[index + 1] if index + 1 < len(sheet.texts) else ""
    return above < _OVER and is_byline(below) and heading_of(sheet.texts[index]) is None


def _looked(text: str) -> Heading:
    return heading_of(text) or Heading(None, text.strip("*_ "))


def _counted(sheet: Sheet, named: Mapping[int, Heading]) -> Iterator[tuple[int, Heading]]:
    """Bare numbers standing alone, where they count on from one or from other headings: one "1." proves nothing.

    Under "Part II" they may count on from those of the part before, or begin again.
    """
    found: list[tuple[int, Heading]] = []
    above, count, begun = 0, 0, False
    for index, text in sheet.open_lines():
        if index in named:
            above, begun = named[index].number or above, True
            continue
        heading = _numbered_line(sheet, index, text) if text else None
        if heading and heading.number in (count + 1, above + 1, 1 if begun else count + 1):
            found.append((index, heading))
            count, above, begun = heading.number or 0, 0, False
    if len(found) + sum(heading.number is not None for heading in named.values()) >= 2:
        yield from found


def _numbered_line(sheet: Sheet, index: int, text: str) -> Heading | None:
    """A number alone on its line, or one before a title: "3. What the Dog Saw"."""
    if len(text) > LONGEST or not _set_apart(sheet, index):
        return None
    if match := _NUMBER_ALONE.match(text):
        return Heading(number_of(match["number"]), None)
    match = _NUMBER_AND_TITLE.match(text)
    if match is None or not is_capitalised(match["title"]):
        return None
    return Heading(number_of(match["number"]), match["title"])


_NUMBER_AND_TITLE = re.compile(
    r"^[\s*_~]*(?P<number>\d{1,3}"
    r"|[IVXL]{1,7})\s*[.):–—-]\s+(?P<title>(?=[^\s.!?,;])(?:[^.!?;]|(?<=\b[MD]r)\.|(?<=\bMrs)\.|(?<=\b[SM][ts])\.){1,80}"
    r"[?!]?[”\"’]?)[\s*_~]*$"
)


def _set_apart(sheet: Sheet, index: int) -> bool:
    line = sheet.lines[index]
    if line.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE):
        return False
    after = sheet.lines[index + 1] if index + 1 < len(sheet.lines) else None
    apart = index == 0 or line.gap > 0 or not sheet.plain
    return apart and after is not None and (after.gap > 0 or not sheet.plain)
