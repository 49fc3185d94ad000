"""Notes inside a story: whole paragraphs in which the author breaks in."""

from __future__ import annotations

import re

from remnant.model import Role
from remnant.understand.register import Voice, shifts, voice_of
from remnant.understand.sheet import Said, Sheet
from remnant.understand.tone import steps_out
from remnant.understand.versions import rule_named

RULE = rule_named("asides")

_ASIDE = re.compile(
    r"^[\s*_~]{0,4}(?:(?P<open>[\[({<*~]{1,3})\s*)?(?P<cue>a/n|an(?=\s*:)|author['’]?s?['’]?s? ?notes?"
    r"|authors['’]? ?notes?|note from (?:the )?author|n/?a(?=\s*:))\s*[-–—:.,;*_)\]~ ]",
    re.IGNORECASE,
)
_SIGNS = "aAnN([{<*~_ \t"


def say(sheet: Sheet) -> Said:
    """Give paragraphs that open with "A/N" the role of notes, and a bracketed one up to its closing bracket."""
    roles: dict[int, Role] = {}
    for index, text in sheet.open_lines():
        if text and text[0] in _SIGNS and (found := _ASIDE.match(text)) and _is_meant(found, text):
            roles |= dict.fromkeys(_extent(sheet, index, found), Role.NOTE)
        elif text and text[0] in "[({" and _breaks_in(sheet, index, text):
            roles[index] = Role.NOTE
    return Said(roles=roles)


_WHOLE = re.compile(r"^(?:\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\})\W*$", re.DOTALL)
_NEAR = 20


def _breaks_in(sheet: Sheet, index: int, text: str) -> bool:
    """A paragraph wholly in brackets, typed to readers, amid a story that is not."""
    if not _WHOLE.match(text) or voice_of(text) is Voice.NONE:
        return False
    near = range(max(index - _NEAR, 0), min(index + _NEAR, len(sheet.texts)))
    story = [sheet.texts[at] for at in near if at != index and sheet.roles[at] is None and sheet.texts[at]]
    return shifts(text, story) or steps_out(text, story)


def _is_meant(found: re.Match[str], text: str) -> bool:
    """ "An: hour" is no author's note; "AN:" is."""
    cue = found["cue"]
    return cue.lower() not in ("an", "na", "n/a") or cue.isupper() or voice_of(text) is Voice.SURE


_CLOSES = {"[": "]", "(": ")", "{": "}", "<": ">"}
_LONGEST = 12


def _extent(sheet: Sheet, index: int, found: re.Match[str]) -> range:
    """Lines up to the bracket that closes the note, where one was opened and is closed soon."""
    bracket = (found["open"] or "")[:1]
    if bracket in _CLOSES and _CLOSES[bracket] not in sheet.texts[index]:
        for at in range(index + 1, min(index + _LONGEST, len(sheet.lines))):
            if sheet.roles[at] is not None:
                break
            if _CLOSES[bracket] in sheet.texts[at]:
                return range(index, at + 1)
    return range(index, index + 1)
