"""When a story was written, by what its author had just seen: "No one has uploaded the finale yet."

Such a sentence gives no day. It says that the story was written about the time of something, or after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Field, Role
from remnant.understand.places import places
from remnant.understand.sheet import Remark, Said, Sheet
from remnant.understand.versions import rule_named

RULE = rule_named("dating")

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+|$)")
_NOT_YET = re.compile(
    r"\b(?:no ?one|nobody|n['’]t|not|never|still)\b[^.!?]{0,80}\byet\b"
    r"|\bas (?:it|they|each (?:one|episode|chapter)) (?:comes?|airs?|goes|go|is|are)\b"
    r"|\b(?:just|finally|only just) (?:saw|seen|watched|finished|aired|came out|read)\b"
    r"|\b(?:tonight|last night|yesterday|this week|last week)['’]s (?:episode|ep|finale|show|chapter)\b"
    r"|\b(?:aired|airs|airing|comes? out|released) (?:tonight|last night|yesterday|this week|last week|tomorrow)\b",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:episodes?|eps?|seasons?|series|finale|premiere|aired|airing|uploaded|youtube|watch(?:ed|ing)?|seen|saw"
    r"|movie|film|trailer|clips?|spoilers?|dvds?|books?|chapters?|canon)\b",
    re.IGNORECASE,
)
LONGEST = 4_000
_LABEL = re.compile(r"^[^:.!?\n]{1,40}:\s+")


def say(sheet: Sheet) -> Said:
    """Claim a date without a day for each sentence of a note that says what was new when it was written."""
    return Said(remarks=tuple(_remarks(sheet)))


def _remarks(sheet: Sheet) -> Iterator[Remark]:
    for index, role in enumerate(sheet.roles):
        if role is Role.NOTE:
            text = sheet.lines[index].text[:LONGEST]
            for sentence in _SENTENCE.finditer(text) if _NOT_YET.search(text) else ():
                if _NOT_YET.search(sentence[0]) and _SEEN.search(sentence[0]):
                    yield _remark(sheet, index, sentence)


def _remark(sheet: Sheet, index: int, sentence: re.Match[str]) -> Remark:
    told = _LABEL.sub("", sentence[0].strip())
    start = sentence.start() + sentence[0].index(told)
    evidence = places(sheet.lines[index], start, start + len(told))
    detail = {"relation": "about or after"}
    return Remark(Field.DATE, told, Confidence.GUESSED, evidence, index, detail=detail)
