"""What a story holds that is set apart in it: an epigraph before it, letters, the words of songs.

All are the story's own, and are read with it; a reader sees them set as what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Field, Mark, Role
from remnant.understand.draft import Line
from remnant.understand.sheet import Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("inserts")

TOP = 4
"""Lines of a chapter in which an epigraph may stand."""

LONGEST_LETTER = 80
"""Lines of one letter."""

_SOURCE = re.compile(r"^\W{0,2}[-–—~]{1,3}\s*[\"“'‘]?[^\W\d_][^.!?\n]{1,90}[.\"”'’)]?$")
_SALUTATION = re.compile(
    r"^\W{0,3}(?:(?:my|our) )?(?:dear(?:est)?|darling|beloved|to (?:my|the))\b[^.!?\"”\n]{1,50}[,:—–-]?\W{0,2}$",
    re.IGNORECASE,
)
_CLOSING = r"(?:yours?|love|regards|sincerely|truly|faithfully|affectionately|respectfully|wishes|always|ever|forever)"
_KIN = "loving|obedient|faithful|affectionate|devoted|friend|servant|son|daughter|brother|sister|father|mother"
_SIGN_OFF = re.compile(
    r"^\W{0,3}(?:(?:all my|with(?: all)?(?: my)?|much|lots of|best|kind(?:est)?|warm(?:est)?|until then)\s+)?"
    rf"{_CLOSING}(?:\s+(?:and kisses|{_CLOSING}))?\s*[,.!—–-]?\W{{0,2}}$|^\W{{0,3}}your (?:{_KIN})\b.{{0,40}}$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"^\W{0,3}(?:[A-Z]\.\s?){1,3}\W{0,2}$")
_NAME = re.compile(r"^\W{0,3}[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*){0,3}\W{0,2}$")
_POSTSCRIPT = re.compile(r"^\W{0,3}(?:p\.?){1,3}s\.?\b", re.IGNORECASE)
_HEADED = re.compile(r"^[^.!?\"“”\n]{2,60}$")
_OF_A_SONG = re.compile(r"\bsong ?fic\b|\blyrics?\b", re.IGNORECASE)
_STARRED = re.compile(r"^\s*(?P<mark>[*_~/♪#]{1,3})[^\s*_~/♪#].*?(?P=mark)[.,!?…]?\s*$", re.DOTALL)


def say(sheet: Sheet) -> Said:
    """Give epigraphs, letters and lyrics their roles, where their shape leaves no doubt."""
    roles: dict[int, Role] = {}
    sings = _is_of_a_song(sheet)
    for start, end in sheet.chapters():
        told = [at for at in range(start, end) if sheet.roles[at] is None and sheet.texts[at]]
        roles |= dict.fromkeys(_epigraph(sheet, told), Role.EPIGRAPH)
        roles |= dict.fromkeys(_letters(sheet, [at for at in told if at not in roles], end), Role.LETTER)
        if sings:
            roles |= dict.fromkeys((at for at in told if at not in roles and _is_sung(sheet.lines[at])), Role.LYRICS)
    return Said(roles=roles)


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


def _letters(sheet: Sheet, told: list[int], end: int) -> Iterator[int]:
    place = 0
    while place < len(told):
        if _SALUTATION.match(sheet.texts[told[place]]):
            last = _signed(sheet, told, place)
            if last is not None:
                yield from told[_headed(sheet, told, place) : last + 1]
                place = last
        place += 1


def _headed(sheet: Sheet, told: list[int], place: int) -> int:
    """A line of place and date over the salutation belongs to the letter."""
    above = place - 1
    dated = above >= 0 and any(character.isdigit() for character in sheet.texts[told[above]])
    return above if dated and _HEADED.match(sheet.texts[told[above]]) else place


def _signed(sheet: Sheet, told: list[int], place: int) -> int | None:
    """The last line of a letter: its signature, or its postscript. A letter without either is not marked."""
    for at in range(place + 1, min(place + LONGEST_LETTER, len(told))):
        text = sheet.texts[told[at]]
        if told[at] - told[at - 1] > 1 and Role.SCENE_BREAK in sheet.roles[told[at - 1] : told[at]]:
            return None
        if _INITIALS.match(text):
            return _with_postscript(sheet, told, at)
        if _SIGN_OFF.match(text.split("\n", 1)[0]):
            signed = at + 1 < len(told) and "\n" not in text and _NAME.match(sheet.texts[told[at + 1]])
            return _with_postscript(sheet, told, at + 1 if signed else at)
    return None


def _with_postscript(sheet: Sheet, told: list[int], at: int) -> int:
    while at + 1 < len(told) and (
        _POSTSCRIPT.match(sheet.texts[told[at + 1]]) or _INITIALS.match(sheet.texts[told[at + 1]])
    ):
        at += 1
    return at


def _is_of_a_song(sheet: Sheet) -> bool:
    """Whether somebody says that the story has a song in it."""
    if sheet.heard(Field.SONG):
        return True
    said = (text for text, role in zip(sheet.texts, sheet.roles, strict=True) if role not in (None, Role.STORY))
    return any(_OF_A_SONG.search(text[:400]) for text in said)


def _is_sung(line: Line) -> bool:
    """A line, or several short ones, wholly in italics or between marks."""
    rows = line.text.strip().splitlines()
    if not rows or max(map(len, rows)) > 80:
        return False
    spans = [span for span in line.spans if span.text.strip()]
    return all(Mark.EMPHASIS in span.marks for span in spans) or bool(_STARRED.match(line.text))
