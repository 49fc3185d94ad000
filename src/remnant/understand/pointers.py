"""Pointers: "please read the note at the bottom of the page", and what they point to."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import takewhile

from remnant.model import Confidence, Field, Link, LinkKind, Region, Role
from remnant.understand.findings import finding
from remnant.understand.hints import holds_any
from remnant.understand.places import hull, places, whole
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("pointers")

_WHAT = (
    r"(?:(?:author['’]?s?['’]? ?)?(?:foot|end)?[- ]?notes?|a/?ns?|warnings?|spoilers?|disclaimers?"
    r"|translations?|glossary|explanations?|credits?)"
)
_WHERE = (
    r"(?:(?:(?:at|on|in|to) (?:the )?(?:very )?(?:bottom|end|foot)(?: of (?:the|this) (?:page|chapter|story"
    r"|fic|file|part|post))?)|below|at bottom|after (?:the|this) (?:story|chapter|fic))"
)
_POINTER = re.compile(
    rf"\b(?:(?:please |do |pls )*(?:read|see|check(?: out)?|scroll(?: down)? (?:to|for)|look at|refer to"
    rf"|go to)\b[^.!?\n]{{0,40}}?\b{_WHAT}\b[^.!?\n]{{0,24}}?\b{_WHERE}"
    rf"|(?:read|see|check) (?:the |my |)?(?:end ?notes?|footnotes?|notes? below)\b[^.!?\n]{{0,60}}"
    rf"|{_WHAT}(?: (?:are|is|can be found|will be))?,? {_WHERE}"
    rf"|(?:see|look|scroll|check) (?:at |to )?(?:the )?(?:end|bottom)(?: of the (?:page|chapter|story|fic"
    rf"|work))? for [^.!?\n]{{0,40}}{_WHAT})",
    re.IGNORECASE,
)
_WHAT_HINTS = (
    *("note", "a/n", "warning", "spoiler", "disclaimer", "translation", "glossary", "explanation", "credit"),
)
_AN = re.compile(r"an(?<!\w..)s?(?!\w)|(?:end|bottom|page|chapter|story|fic|work) for ")
"""An "an" as a word, or behind what the pattern lets it stand as none: its letters are in half of all lines."""
_WHERE_HINTS = ("bottom", " end", "endnote", "foot", "below", "after th")
_STORY = frozenset({Role.STORY, None})
_NOTED = frozenset({Role.NOTE, Role.HEADER, Role.WARNING, Role.SPOILER, Role.SUMMARY})
_ENDS = frozenset({Role.NOTE, Role.HEADER, Role.WARNING, Role.SPOILER, Role.CHROME})


def is_pointer(text: str) -> bool:
    """Whether a line sends its reader somewhere else."""
    return len(text) <= 600 and _may_point(text.lower()) and bool(_POINTER.search(text))


def _may_point(lowered: str) -> bool:
    if not holds_any(lowered, _WHERE_HINTS):
        return False
    return holds_any(lowered, _WHAT_HINTS) or ("an" in lowered and _AN.search(lowered) is not None)


def say(sheet: Sheet) -> Said:
    """Tie each pointer to what it points to, or say that nothing is there."""
    links: list[Link] = []
    remarks: list[Remark] = []
    ends = _Ends(sheet)
    for index, match in _pointers(sheet):
        line = sheet.lines[index]
        source = places(line, match.start(), match.end())
        if source:
            links.append(Link(source[0], ends.target(index), _kind(match[0])))
            remarks.append(Remark(Field.POINTER, match[0], Confidence.STATED, source, index))
    links += _anchored(sheet)
    return Said(
        remarks=tuple(remarks),
        links=tuple(links),
        findings=tuple(finding("R001", link.source) for link in links if link.target is None),
    )


def _pointers(sheet: Sheet) -> Iterator[tuple[int, re.Match[str]]]:
    for index, role in enumerate(sheet.roles):
        text = sheet.lines[index].text[:2000]
        if role in _NOTED and _may_point(text.lower()) and not any(span.href for span in sheet.lines[index].spans):
            yield from ((index, match) for match in _POINTER.finditer(text))


def _kind(said: str) -> LinkKind:
    lower = said.lower()
    if "translation" in lower or "glossary" in lower:
        return LinkKind.TRANSLATION
    return LinkKind.WARNING if "warning" in lower or "spoiler" in lower else LinkKind.NOTE


class _Ends:
    """The notes at the end of each chapter, and at that of the file: each is looked for once."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.starts = [start for start, _ in sheet.chapters()]
        self.story = [at for at, role in enumerate(sheet.roles) if role in _STORY]
        self._known: dict[tuple[int, int], Region | None] = {}

    def target(self, index: int) -> Region | None:
        """The note after the story of this line's chapter; failing that, the last note of the file."""
        chapter, whole = bisect_right(self.starts, index), len(self.sheet.lines)
        end = self.starts[chapter] if chapter < len(self.starts) else whole
        return self._last_note(index, end) or self._last_note(index, whole)

    def _last_note(self, index: int, end: int) -> Region | None:
        last = bisect_left(self.story, end) - 1
        if last < 0 or self.story[last] <= index:
            return None
        place = (self.story[last] + 1, end)
        if place not in self._known:
            self._known[place] = _first_note(self.sheet, *place)
        return self._known[place]


def _first_note(sheet: Sheet, start: int, end: int) -> Region | None:
    after = [at for at in range(start, end) if sheet.roles[at] in _NOTED]
    block = list(takewhile(lambda at: sheet.roles[at] in _ENDS, range(after[0], end))) if after else []
    return hull(sheet.lines[at] for at in block if sheet.roles[at] in _NOTED)


def _anchored(sheet: Sheet) -> Iterator[Link]:
    """Links inside the file, from a note to the anchor they name."""
    anchors = {anchor: index for index in reversed(range(len(sheet.lines))) for anchor in sheet.lines[index].anchors}
    for index, line in enumerate(sheet.lines):
        if sheet.roles[index] is Role.NOTE and holds_any(line.text.lower(), (*_WHAT_HINTS, "an")):
            for href in {span.href: None for span in line.spans if span.href and "#" in span.href}:
                at = anchors.get(href.rpartition("#")[2])
                if at is not None or href.startswith("#"):
                    target = None if at is None else _note_from(sheet, at)
                    yield Link((whole(line) or (line.spans[0].source,))[0], target, _kind(line.text))


def _note_from(sheet: Sheet, start: int) -> Region | None:
    """The note an anchor opens, without the heading over it."""
    run = takewhile(lambda at: sheet.roles[at] in _ENDS, range(start, len(sheet.lines)))
    return hull(sheet.lines[at] for at in _first_notes(sheet, run)) or hull(sheet.lines[start : start + 1])


def _first_notes(sheet: Sheet, run: Iterator[int]) -> Iterator[int]:
    begun = False
    for at in run:
        if sheet.roles[at] is Role.NOTE:
            begun = True
            yield at
        elif begun:
            return
