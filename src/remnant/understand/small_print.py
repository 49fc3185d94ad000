"""Last lines that tell nothing: an address, a name and its year, notes to marks in the text, words explained."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from remnant.understand.addresses import ADDRESS
from remnant.understand.header import is_foreign
from remnant.understand.register import Voice, is_dialogue, is_typed, says_i_or_you, voice_of
from remnant.understand.titles import says_when

MOST = 12
"""Lines of small print that are looked for."""


def begins(told: Sequence[str], names: Collection[str]) -> int:
    """Which of these lines is the first of the small print; their number if there is none. `names` wrote the story."""
    first = min(_of_meanings(told), _of_answers(told))
    while first > 1 and len(told) - first < MOST and _is_small(told[first - 1], told[: first - 1], names):
        first -= 1
    return first


def _is_small(text: str, above: Sequence[str], names: Collection[str]) -> bool:
    if len(text) > 300 or is_dialogue(text):
        return False
    if len(text) <= 120 and not is_foreign(text) and (ADDRESS.search(text) or _YEAR_OF_NAME.match(text)):
        return True
    if _is_signed(text, above, names) or (len(text) <= 160 and _CREDIT.match(text)):
        return True
    if (turn := _ANSWER.match(text)) and any(turn["name"].casefold() in _each(name) for name in names):
        return True
    if mark := _FOOTNOTE.match(text):
        return any(_cites(mark["mark"], line) for line in above)
    if number := _NUMBERED.match(text):
        raised = re.compile(rf"[^\W\d_A-Z][.,!?”\"]?{number['mark']}(?!\w)")
        return any(raised.search(line) for line in above[-_RAISED_IN:])
    if len(text) <= 200 and text[:1].islower() and is_typed(text) and not any(map(is_typed, above)):
        return True
    if _OUT_OF_CHARACTER.match(text):
        return says_i_or_you(text) or voice_of(text) is not Voice.NONE
    return bool(BRACKETED.match(text)) and says_i_or_you(text) and 8 * sum(map(says_i_or_you, above)) <= len(above)


_CREDIT = re.compile(r"^\W{0,3}(?:songs?|lyrics?|music|soundtrack|playlist)\b[^:.!?]{0,40}:\s*\S", re.IGNORECASE)
_OUT_OF_CHARACTER = re.compile(r"^\W{0,3}(?:\{.*\}|\(\(.*\)\)|\[\[.*\]\])\W{0,3}$", re.DOTALL)
"""Braces and doubled brackets: a writer who steps aside."""
BRACKETED = re.compile(r"^[\s*_~]*(?:\(.*\)|\[.*\]|\{.*\})[\s*_~]*$", re.DOTALL)
"""An aside that closes again: whatever follows it is not its doing."""
_YEAR_OF_NAME = re.compile(
    r"^\W*(?:(?:by|copyright|\(c\)|©)\s+)?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2},?\s+(?:[A-Z][a-z]{2,8}\.? )?"
    r"(?:19|20)\d\d\W*$"
)
_FOOTNOTE = re.compile(r"^\s*(?P<mark>\*{1,3}|†|‡|[¹²³]|\[\d{1,2}\]|\(\d{1,2}\))\s*(?=[A-Z\"“'‘a-z])")
_YEAR = re.compile(r"(?:19[6-9]|20[0-4])\d\W*$")


def _is_signed(text: str, above: Sequence[str], names: Collection[str]) -> bool:
    """The writer's name, and below it when and where."""
    first, *others = text.split("\n")
    if _is_name(first, names):
        return len(others) <= 1 and all(map(_is_dated, others))
    return not others and len(text) <= 60 and _is_name(above[-1], names) and _is_dated(text)


_NUMBERED = re.compile(r"^\s*(?P<mark>\d{1,2})[.):]?\s+(?=[A-Z\"“'‘])")
_RAISED_IN = 200
"""Lines in which the number of a note is looked for, behind a word."""


def _each(names: str) -> list[str]:
    """The people whom "beck and tolly" are."""
    return _AND.split(names)


_AND = re.compile(r"\s*(?:,|&|\band\b)\s*")


def _is_name(text: str, names: Collection[str]) -> bool:
    return len(text) <= 60 and text.strip(" \t*_~–—-.,(){}[]").casefold() in names


def _is_dated(text: str) -> bool:
    return says_when(text) or _YEAR.search(text) is not None


def _cites(mark: str, line: str) -> bool:
    """Whether a line has this mark behind a word of its own, once."""
    at = line.find(mark)
    return at > 0 and not line[at - 1].isspace() and mark not in line[at + len(mark) :]


_MEANING = re.compile(
    r"^\W{0,3}(?P<term>[^\W\d_][^=:–—\n]{1,40}?)[\"”'’*_]{0,2}\s*(?P<sign>=|:|\s[-–—])\s*(?=\S).{2,200}$"
)


def _of_meanings(told: Sequence[str]) -> int:
    """Words of the story and what they mean, a row each: "ober = work"."""
    first, rows = _last_that_match(told, _MEANING)
    above = "\n".join(told[:first]).casefold()
    known = sum(1 for row in rows if row["term"].strip("\"“”'‘’*_ ").casefold() in above)
    equal = sum(1 for row in rows if row["sign"] == "=")
    if 2 * known < len(rows) or not (equal or (len(rows) >= 2 and not _are_turns(rows))):
        return len(told)
    return first


def _are_turns(rows: Sequence[re.Match[str]]) -> bool:
    """Whether these are lines of a talk rather than words with meanings: names that take turns."""
    terms = [row["term"] for row in rows]
    return len({*terms}) < len(terms) or all(term[0].isupper() and " " not in term for term in terms)


_ANSWER = re.compile(
    r"^\W{0,3}(?P<name>[\w.'’*-]{2,24}(?: [\w.'’*-]{1,24}){0,2})\W{0,2}\s*(?::|\s[-–—]+|[-–—]{2})\s*(?=\S)"
)
LEAST_ANSWERED = 3


def _of_answers(told: Sequence[str]) -> int:
    """Readers answered one by one: names of whom the story never speaks, each once, and "you"."""
    first, rows = _last_that_match(told, _ANSWER)
    names = [row["name"].casefold() for row in rows]
    above = "\n".join(told[:first]).casefold()
    if len(names) < LEAST_ANSWERED or len({*names}) < len(names) or any(name in above for name in names):
        return len(told)
    return first if any(says_i_or_you(row.string) for row in rows) else len(told)


def _last_that_match(told: Sequence[str], pattern: re.Pattern[str]) -> tuple[int, list[re.Match[str]]]:
    """The first of the last lines of which every row matches, and the matches."""
    first, found = len(told), list[re.Match[str]]()
    while first > 1 and len(told) - first < MOST:
        rows = [pattern.match(row) for row in told[first - 1].split("\n")]
        matched = [row for row in rows if row is not None]
        if len(matched) < len(rows) or is_dialogue(told[first - 1]):
            break
        first, found = first - 1, matched + found
    return first, found
