"""What is weighed to find the last line of a story: signs of each line below it, and of the cut itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from remnant.model import Role
from remnant.understand.closing import is_the_end
from remnant.understand.head_signs import Rest, is_prose, of_line
from remnant.understand.line_score import Guess
from remnant.understand.register import is_dialogue, is_typed
from remnant.understand.sheet import Sheet
from remnant.understand.tone import is_dated

MOST = 40
"""Lines with text among which the last is looked for."""
_CUTS = frozenset({Role.SCENE_BREAK, Role.CHAPTER_HEADING})
_STOP = re.compile(r"[.!?…][\"”'’)*_~]{0,4}$")
_NAME = re.compile(r"\W{0,4}[\w.'’-]{1,20}(?: [\w.'’-]{1,20}){0,2}\W{0,4}\Z")
_YEAR = re.compile(r"\b(?:19[6-9]|20[0-4])\d\b")
_NUMBERED = re.compile(r"\s*(?:\*{1,3}|†|‡|[¹²³]|\[\d{1,2}\]|\(\d{1,2}\)|\d{1,2}[.)])\s*\S")
_MEANING = re.compile(r"[^=:.!?]{1,40}(?:=| - | – |: )\s*\S")
_SOMEBODY = re.compile(r"\b(?:he|she|him|his|her|they|them)\b", re.IGNORECASE)
_NAMED = re.compile(r"(?:(?<=[a-z,;] )|^)[A-Z][a-z]+")
_WITHIN = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+")
_ROW, _BRIEF = 160, 40


def candidates(sheet: Sheet, roles: Sequence[Role | None]) -> list[int]:
    """The lines that may be the story's last, the lowest first: any with text that is no furniture and no divider."""
    told = (at for at in range(len(sheet.texts) - 1, -1, -1) if sheet.texts[at])
    return list(islice((at for at in told if roles[at] is not Role.CHROME and roles[at] not in _CUTS), MOST))


def names_in(texts: Sequence[str]) -> frozenset[str]:
    """Names that a story says inside its sentences."""
    return frozenset(name for text in texts for name in _WITHIN.findall(text[:600]))


def of_last(
    sheet: Sheet, index: int, role: Role | None, rest: Rest, guessed: Guess, names: frozenset[str]
) -> dict[str, float]:
    """What a line weighs if it stands below the story, which says these names."""
    text = sheet.texts[index]
    stop = _STOP.search(text) is not None
    spoken = is_dialogue(text)
    brief = len(text) <= _ROW
    found = {
        "year": brief and _YEAR.search(text) is not None,
        "name": not stop and _NAME.match(text) is not None,
        "numbered": _NUMBERED.match(text) is not None,
        "meaning": brief and _MEANING.match(text) is not None,
        "the end": is_the_end(text),
        "somebody": not spoken and _SOMEBODY.search(text[:600]) is not None,
        "names": any(name in names for name in _NAMED.findall(text[:600])),
        "typed as nowhere": not rest.typed and is_typed(text),
        "question": not spoken and text.endswith("?"),
        "dated": is_dated(text),
        "no stop": not stop and len(text) > _BRIEF,
    }
    return of_line(sheet, index, role, rest, guessed) | {name: 1.0 for name, is_so in found.items() if is_so}


def of_end(
    sheet: Sheet, roles: Sequence[Role | None], told: Sequence[int], place: int, guessed: Sequence[Guess]
) -> dict[str, float]:
    """What it weighs that the story ends with this of the candidates, of which the lowest stands first."""
    index = told[place]
    text = sheet.texts[index]
    below = told[place - 1] if place else None
    gaps = [sheet.lines[at].gap for at in told[place : place + 5]]
    between = {roles[at] for at in range(index + 1, len(sheet.lines) if below is None else below)}
    first_open = next((at for at in told if roles[at] is None), None)
    found = {
        "ends: as the rules say": index == first_open,
        "ends: at the foot": below is None,
        "ends: above a wider gap": below is not None and sheet.lines[below].gap > max(gaps),
        "ends: above no gap": below is not None and sheet.plain and not sheet.lines[below].gap and max(gaps) > 0,
        "ends: above a divider": Role.SCENE_BREAK in between,
        "ends: above a heading": Role.CHAPTER_HEADING in between,
        "ends: above furniture": Role.CHROME in between,
        "ends: spoken": is_dialogue(text),
        "ends: in a sentence": _STOP.search(text) is not None,
        "ends: in a word": len(text) <= _BRIEF,
        "ends: at the end": is_the_end(text),
        "ends: before the end": below is not None and is_the_end(sheet.texts[below]),
        "ends: in prose": is_prose(text),
    }
    doubts = [one.doubt for one in guessed[place : place + 4]]
    shares = {"ends: in doubt": doubts[0], "ends: below doubt": sum(doubts) / len(doubts)}
    return {name: 1.0 for name, is_so in found.items() if is_so} | shares
