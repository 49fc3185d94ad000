"""Lines at which the other rules end the story, and below which it surely ended before."""

from __future__ import annotations

from remnant.model import BlockKind, PieceKind, Role
from remnant.understand.last_line import moved
from remnant.understand.line_score import Guess, Kind
from remnant.understand.sheet import Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("endings")


def say(sheet: Sheet) -> Said:
    """Give what stands below the story a role: a page's own words are furniture, whatever else is a note."""
    if sheet.kind is PieceKind.OTHER:
        return Said()
    passed = moved(sheet, sheet.roles)
    written = {at: one for at, one in passed if sheet.lines[at].kind is not BlockKind.PICTURE}
    return Said(roles={at: _role(sheet.texts[at], one) for at, one in written.items()})


def _role(text: str, guessed: Guess) -> Role:
    if not any(map(str.isalnum, text)):
        return Role.SCENE_BREAK
    return Role.CHROME if guessed.kind is Kind.PAGE else Role.NOTE
