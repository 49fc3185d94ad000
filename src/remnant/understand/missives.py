"""Letters inside a story: from the line that greets somebody, and what is dated above it, to the name below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from remnant.model import Role
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Sheet

LONGEST = 80
"""Lines of one letter."""
HEAD = 3
"""Lines of place and date over a letter."""

_SALUTATION = re.compile(
    r"^\W{0,3}(?:(?:(?:my|our) )?(?:dear(?:est)?|darling|beloved)\b|to (?:my|the)\b)"
    r"(?:[^.!?\"”\n]|(?<=\b[a-z])\.|(?<=mr|ms|dr|st)\.|(?<=mrs|rev)\.){1,50}[,:—–-]?\W{0,2}$"
    r"|^\W{0,3}(?:(?:my |our )?(?:dear(?:est)?|darling|beloved|love)|(?:dear )?(?:sirs?|madam|gentlemen))"
    r"\s?[,:—–]-?\W{0,2}$",
    re.IGNORECASE,
)
_LONGEST_GREETING = 80
"""Characters that the pattern can match at most, and some more."""
_CLOSING = (
    r"(?:yours?|yrs|love|regards|respects|sincerely|truly|faithfully|affectionately|respectfully|wishes|always|ever"
    r"|forever)"
)
_KIN = "loving|obedient|faithful|affectionate|devoted|friend|servant|son|daughter|brother|sister|father|mother"
_SIGN_OFF = re.compile(
    r"^\W{0,3}(?:(?:all my|with(?: all)?(?: my)?|much|lots of|best|kind(?:est)?|warm(?:est)?|until then)\s+)?"
    rf"{_CLOSING}(?:\s+(?:and kisses|{_CLOSING}))?\s*[,.!—–-]?\W{{0,2}}$|^\W{{0,3}}your (?:{_KIN})\b.{{0,40}}$"
    r"|^\W{0,3}(?:i (?:am|remain),? [^.!?]{0,30})?(?:yours|yrs)\b[^.!?\n]{0,60}(?:&c\.?)?[,—–-]$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"^\W{0,3}(?:[A-Z]\.\s?){1,3}\W{0,2}$")
_NAME = re.compile(r"^\W{0,3}[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}\W{0,2}$")
_POSTSCRIPT = re.compile(r"^\W{0,3}(?:p\.?){1,3}s\.?\b", re.IGNORECASE)
_HEADED = re.compile(r"^[^.!?\"“”\n]{2,60}$")


def letters(sheet: Sheet, told: Sequence[int]) -> Iterator[int]:
    """Which of these open lines of a chapter are letters. One that nobody signed must fill the space between breaks."""
    place, floor = 0, 0
    while place < len(told):
        if _greets(sheet.texts[told[place]]):
            last = _signed(sheet, told, place)
            if last is None:
                last = _unsigned(sheet, told, place)
            if last is not None:
                yield from told[_headed(sheet, told, place, floor) : last + 1]
                place, floor = last, last + 1
        place += 1


def _greets(text: str) -> bool:
    last = text.rsplit("\n", 1)[-1]
    return len(last) <= _LONGEST_GREETING and _SALUTATION.match(last) is not None


def _headed(sheet: Sheet, told: Sequence[int], place: int, floor: int) -> int:
    """Where and when it was written, over the salutation: a line with a number, or all there is up to a boundary."""
    first = place
    while first > floor and place - first < HEAD and _is_near(sheet, told[first - 1], told[first]):
        if not all(_HEADED.match(row) for row in sheet.texts[told[first - 1]].split("\n")):
            break
        first -= 1
    if first == floor or not _is_near(sheet, told[first - 1], told[first]):
        return first
    above = place - 1
    dated = above >= floor and any(character.isdigit() for character in sheet.texts[told[above]])
    return above if dated and _HEADED.match(sheet.texts[told[above]]) else place


def _is_near(sheet: Sheet, one: int, other: int) -> bool:
    """Whether no line of another kind stands between two lines."""
    return not any(role is not None for role in sheet.roles[one + 1 : other])


def _signed(sheet: Sheet, told: Sequence[int], place: int) -> int | None:
    """The last line of a letter: its signature, or its postscript."""
    for at in range(place + 1, min(place + LONGEST, len(told))):
        text = sheet.texts[told[at]]
        if told[at] - told[at - 1] > 1 and Role.SCENE_BREAK in sheet.roles[told[at - 1] : told[at]]:
            return None
        if _SALUTATION.match(text):
            return None
        if _INITIALS.match(text):
            return _with_postscript(sheet, told, at)
        if _SIGN_OFF.match(text.split("\n", 1)[0]):
            signed = at + 1 < len(told) and "\n" not in text and _NAME.match(sheet.texts[told[at + 1]])
            return _with_postscript(sheet, told, at + 1 if signed else at)
        if _NAME.match(text) and "." in text and _ends_here(sheet, told, at):
            return at
    return None


def _ends_here(sheet: Sheet, told: Sequence[int], at: int) -> bool:
    """Whether nothing of the same scene follows."""
    return at + 1 == len(told) or not _is_near(sheet, told[at], told[at + 1])


def _unsigned(sheet: Sheet, told: Sequence[int], place: int) -> int | None:
    """The last line before the next break, if the salutation is the first behind one, and nobody speaks."""
    if place == 0 or _is_near(sheet, told[place - 1], told[place]):
        return None
    for at in range(place, min(place + LONGEST, len(told) - 1)):
        if at > place and is_dialogue(sheet.texts[told[at]]):
            return None
        if Role.SCENE_BREAK in sheet.roles[told[at] : told[at + 1]]:
            return at if at > place else None
    return None


def _with_postscript(sheet: Sheet, told: Sequence[int], at: int) -> int:
    while at + 1 < len(told) and (
        _POSTSCRIPT.match(sheet.texts[told[at + 1]]) or _INITIALS.match(sheet.texts[told[at + 1]])
    ):
        at += 1
    return at
