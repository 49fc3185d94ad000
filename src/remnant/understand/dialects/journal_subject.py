"""The subject of a journal's entry: title, part, rating and pairing in one line, as communities asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Confidence, Field
from remnant.understand.dialects.places import Stretch, other
from remnant.understand.draft import Line
from remnant.understand.normal import normal
from remnant.understand.places import places, trimmed
from remnant.understand.sheet import Remark

_KIND = re.compile(r"\s*(?:(?:fan)?fic(?:tion|let)?|fanfic|story|drabble|new fic|part \d+)\s*[:\-–—]\s*", re.IGNORECASE)
_LOCKED = re.compile(r"\[(?P<said>(?:protected|private|locked|filtered|friends-?only)[^\[\]]{0,20})\]", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[](?P<said>[^()\[\]]*)[)\]]\s*$")
_PART = re.compile(
    r"[\s,:–-]*\b(?:parts? |chapters? )?(?P<part>\d{1,3}\s?(?:/|of)\s?(?:\d{1,3}|\?))\s*$", re.IGNORECASE
)
_PAIR = re.compile(r"[A-Z][\w.'’ -]{0,30}/[A-Z][\w.'’ /-]{0,40}")
_COMMA = re.compile(r"\s*[,;]\s*")


def of_subject(index: int, line: Line) -> Iterator[Remark]:
    """The title without what stands around it, and what that says."""
    text = line.text
    for locked in _LOCKED.finditer(text):
        yield from other("Security", index, line, locked.span("said"))
    start, end = _without_locks(text)
    while (found := _BRACKET.search(text, start, end)) and found.start() > start:
        yield from _in_brackets(index, line, found.span("said"))
        end = trimmed(text, start, found.start())[1]
    if kind := _KIND.match(text, start, end):
        start = kind.end() if kind.end() < end else start
    if (part := _PART.search(text, start, end)) and part.start() > start:
        where = places(line, *part.span("part"))
        yield Remark(Field.CHAPTER, part["part"], Confidence.STATED, where, index, *normal(Field.CHAPTER, part["part"]))
        end = part.start()
    if start < end:
        yield Remark(Field.TITLE, text[start:end], Confidence.GUESSED, places(line, start, end), index)


def _without_locks(text: str) -> Stretch:
    start, end = trimmed(text, 0, len(text))
    for found in _LOCKED.finditer(text):
        if not text[start : found.start()].strip():
            start = found.end()
        elif not text[found.end() : end].strip():
            end = found.start()
    return trimmed(text, start, max(start, end))


def _in_brackets(index: int, line: Line, stretch: Stretch) -> Iterator[Remark]:
    """ "(Merlin/Nimue, PG)": a rating, a pairing, a part; whatever else it is, it says for itself."""
    at, items = stretch[0], []
    for cut in _COMMA.finditer(line.text, *stretch):
        items.append((at, cut.start()))
        at = cut.end()
    items.append((at, stretch[1]))
    for item in items:
        start, end = trimmed(line.text, *item)
        value = line.text[start:end]
        named = _field_of(value)
        if named is not None:
            evidence = places(line, start, end)
            yield Remark(named, value, Confidence.LIKELY, evidence, index, *normal(named, value))


def _field_of(value: str) -> Field | None:
    if value and normal(Field.RATING, value)[0] is not None:
        return Field.RATING
    if _PART.fullmatch(value):
        return Field.CHAPTER
    return Field.RELATIONSHIP if _PAIR.fullmatch(value) else None
