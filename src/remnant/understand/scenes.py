"""The sections and scenes that headings, dividers and gaps make of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from remnant.model import STORY_ROLES, Confidence, Range, RangeKind, Role, Section
from remnant.understand.draft import Line
from remnant.understand.sheet import Heading, Sheet


def sections_of(sheet: Sheet) -> tuple[Section, ...]:
    """The file cut at its headings. What stands before the first one joins it, unless it is story of its own."""
    if not sheet.lines:
        return ()
    starts = _starts(sheet)
    ends = [start - 1 for start in starts[1:]] + [len(sheet.lines) - 1]
    return tuple(_section(sheet.headings, first, last) for first, last in zip(starts, ends, strict=True))


def _starts(sheet: Sheet) -> list[int]:
    """A heading right under another (a part's first chapter) does not begin a section of its own."""
    starts: list[int] = []
    since = 0
    for index in sorted(sheet.headings):
        if _holds_story(sheet, since, index):
            if not starts:
                starts.append(0)
            starts.append(index)
        elif not starts:
            starts.append(0)
        since = index + 1
    return starts or [0]


def _holds_story(sheet: Sheet, first: int, end: int) -> bool:
    return any(role is None or role is Role.STORY for role in sheet.roles[first:end])


def _section(headings: Mapping[int, Heading], first: int, last: int) -> Section:
    own = [headings[index] for index in range(first, last + 1) if index in headings]
    numbers = [heading.number for heading in own if heading.number is not None]
    titles = [heading.title for heading in own if heading.title is not None]
    return Section(titles[-1] if titles else None, numbers[-1] if numbers else None, first, last)


def scenes_of(sheet: Sheet, sections: tuple[Section, ...]) -> tuple[Range, ...]:
    """Scenes between drawn breaks; where breaks seem lost, at gaps wider than the file's, and only guessed."""
    return tuple(scene for section in sections for scene in _scenes(sheet, section))


def _scenes(sheet: Sheet, section: Section) -> Iterator[Range]:
    told = [index for index in range(section.first, section.last + 1) if sheet.roles[index] in STORY_ROLES]
    if not told:
        return
    wide = _wide_gap(sheet, told)
    first, sure = told[0], Confidence.STATED
    found: list[Range] = []
    for before, index in pairwise(told):
        if sheet.roles[index] is Role.SCENE_BREAK:
            found.append(Range(RangeKind.SCENE, first, before, sure))
            first, sure = index + 1, Confidence.STATED
        elif wide is not None and sheet.lines[index].gap >= wide and index > first:
            found.append(Range(RangeKind.SCENE, first, before, Confidence.GUESSED))
            first, sure = index, Confidence.GUESSED
    found.append(Range(RangeKind.SCENE, first, told[-1], sure))
    if len(found) > 1:
        yield from (scene for scene in found if scene.first <= scene.last)


def _wide_gap(sheet: Sheet, told: list[int]) -> int | None:
    """Blank lines that mean a lost break: more than the file's habit, and rare. None where breaks are drawn."""
    if len(told) < _FEWEST or any(sheet.roles[index] is Role.SCENE_BREAK for index in told):
        return None
    gaps = [sheet.lines[index].gap for index in told[1:]]
    usual = _middle(gaps)
    wider = sum(gap > usual for gap in gaps)
    return usual + 1 if 0 < wider <= len(gaps) // _RARE else None


_FEWEST, _RARE = 6, 4
"""Paragraphs of a chapter with breaks in it; and how many of them stand to one wider gap, at least."""


def usual_gap(lines: tuple[Line, ...]) -> int:
    """How many blank lines this file usually sets between paragraphs."""
    gaps = [line.gap for line in lines[1:]]
    return _middle(gaps) if gaps else 0


def _middle(gaps: list[int]) -> int:
    """The lower median. `statistics` has it too, and takes 10 ms to load."""
    return sorted(gaps)[(len(gaps) - 1) // 2]


def final_roles(sheet: Sheet) -> tuple[Role, ...]:
    """What no rule spoke of is story; a divider with story on one side only divides nothing, and is furniture."""
    count = len(sheet.roles)
    before, after = _meeting_story(sheet, range(count)), _meeting_story(sheet, range(count - 1, -1, -1))
    return tuple(
        Role.CHROME if role is Role.SCENE_BREAK and not (before[index] and after[index]) else role or Role.STORY
        for index, role in enumerate(sheet.roles)
    )


def _meeting_story(sheet: Sheet, way: range) -> list[bool]:
    """For each line, whether story is what one last met on this way, past other dividers and notes in the chapter."""
    met, found = False, [False] * len(way)
    for index in way:
        found[index] = met
        role = sheet.roles[index]
        if role not in (Role.SCENE_BREAK, Role.NOTE):
            met = role is None or role in STORY_ROLES
    return found
