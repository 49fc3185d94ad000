"""What a story holds that is set apart in it: an epigraph before it, letters, the words of songs.

All are the story's own, and are read with it; a reader sees them set as what they are.
"""

from __future__ import annotations

import re

from remnant.model import Mark, Role
from remnant.understand.missives import letters
from remnant.understand.sheet import Said, Sheet
from remnant.understand.sung import is_of_a_song, sung
from remnant.understand.versions import rule_named

RULE = rule_named("inserts")

TOP = 4
"""Lines of a chapter in which an epigraph may stand."""

_SOURCE = re.compile(r"^\W{0,2}[-–—~]{1,3}\s*[\"“'‘]?[^\W\d_][^.!?\n]{1,90}[.\"”'’)]?$")


def say(sheet: Sheet) -> Said:
    """Give epigraphs, letters and lyrics their roles, where their shape leaves no doubt."""
    roles: dict[int, Role] = {}
    sings = is_of_a_song(sheet)
    for start, end in sheet.chapters():
        told = [at for at in range(start, end) if sheet.roles[at] is None and sheet.texts[at]]
        roles |= dict.fromkeys(_epigraph(sheet, told), Role.EPIGRAPH)
        roles |= dict.fromkeys(letters(sheet, [at for at in told if at not in roles]), Role.LETTER)
        roles |= dict.fromkeys(sung(sheet, [at for at in told if at not in roles], sings=sings), Role.LYRICS)
    return Said(roles=roles)


def is_over_its_source(text: str) -> bool:
    """Whether a block is a few words and, in its last row, whose they are."""
    said, _, source = text.rpartition("\n")
    return bool(said) and len(text) <= 600 and _SOURCE.match(source.strip()) is not None


def _epigraph(sheet: Sheet, told: list[int]) -> list[int]:
    """A few lines over their source, at the very top: "-- the old almanack". More must follow than they are."""
    for place, at in enumerate(told[:TOP]):
        rows = sheet.texts[at].rsplit("\n", 1)
        if _SOURCE.match(rows[-1].strip()) and (place or len(rows) > 1):
            quoted = told[: place + 1]
            long = sum(len(sheet.texts[index]) for index in quoted)
            below = sum(len(sheet.texts[index]) for index in told[place + 1 :])
            return quoted if long < min(below, 1_200) and _may_be_quoted(sheet, quoted) else []
    return []


def _may_be_quoted(sheet: Sheet, quoted: list[int]) -> bool:
    """Whether what stands over a source is marked as somebody's words, or is short enough for verse."""
    text = "\n".join(sheet.texts[index] for index in quoted)
    first = next((span for span in sheet.lines[quoted[0]].spans if span.text.strip()), None)
    slanted = first is not None and Mark.EMPHASIS in first.marks
    return slanted or text.lstrip()[:1] in "\"“‘'«*_" or max(map(len, text.splitlines())) <= 70
