"""The fields that a question may name, and how their values are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TypeVar

from remnant.find.query.tree import Day, Match, Node, Number, Untitled
from remnant.find.words import name, words

T = TypeVar("T")

NAMES = {
    "fandom": "fandom",
    "author": "author",
    "by": "author",
    "title": "title",
    "rating": "rating",
    "rated": "rating",
    "warning": "warning",
    "warnings": "warning",
    "character": "character",
    "characters": "character",
    "relationship": "relationship",
    "relationships": "relationship",
    "ship": "relationship",
    "pairing": "relationship",
    "tag": "tag",
    "tags": "tag",
    "status": "status",
    "lang": "lang",
    "language": "lang",
    "series": "series",
    "kind": "kind",
    "is": "is",
    "words": "words",
    "sections": "sections",
    "chapters": "sections",
    "added": "added",
    "published": "published",
    "updated": "updated",
}
"""What may be written before the colon, and the field it means."""

KNOWN = tuple(dict.fromkeys(NAMES.values()))

NUMBERS = frozenset({"words", "sections"})
DATES = frozenset({"added", "published", "updated"})

_COMPARED = re.compile(r"(>=|<=|>|<|=)?(.*)", re.DOTALL)
_RANGE = re.compile(r"(?P<low>[^.]*(?:\.\d[^.]*)?)\.\.(?P<high>.*)|(?P<from>\d[^-]*)-(?P<to>\d[^-]*)", re.DOTALL)
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.(\d))?(k?)", re.ASCII | re.IGNORECASE)
_DATE = re.compile(r"(\d{4})(-(?:0[1-9]|1[0-2]))?((?<=-\d\d)-(?:0[1-9]|[12]\d|3[01]))?", re.ASCII)


def understood(field: str, value: str) -> Node | None:
    """What a known field and its value ask for; None where the value makes no sense."""
    if field == "is":
        return Untitled() if name(value) == "untitled" else None
    if field in NUMBERS:
        return _numbers(field, value)
    if field in DATES:
        return _days(field, value)
    return _values(field, value)


def unknown_field(field: str, value: str) -> str:
    """What to say of a field that does not exist."""
    near = get_close_matches(field.lower(), NAMES, 1)
    rest = f"{near[0]}:{value} would work." if near else f"The fields are {', '.join(KNOWN)}."
    return f"{field}:{value} was ignored: there is no field {field}. {rest} To find the words themselves, quote them."


def no_sense(written: str, field: str, value: str) -> str:
    """What to say of a value that its field cannot use."""
    return f"{written}:{value} was ignored: {_example(field)} would work."


def _example(field: str) -> str:
    if field == "is":
        return "is:untitled"
    if field in NUMBERS:
        return f"{field}:>5000 or {field}:1000-5000"
    if field in DATES:
        return f"{field}:>2009-03 or {field}:2008..2010"
    return f'{field}:something or {field}:"several words"'


def _values(field: str, value: str) -> Node | None:
    """A leading `=` asks for the whole value; the names in a relationship may come in any order."""
    if value.startswith("="):
        exact = name(value[1:])
        return Match(field, (exact,), exact=True) if exact else None
    pieces = re.split(r"[/&]", value) if field == "relationship" else [value]
    parts = tuple(" ".join(found) for found in map(words, pieces) if found)
    return Match(field, parts) if parts else None


def _numbers(field: str, value: str) -> Node | None:
    bounds = _bounds(value.removesuffix("+") + ".." if value.endswith("+") else value, _number)
    if bounds is None:
        return None
    (low, past_low), (high, past_high) = bounds
    return Number(field, None if low is None else low + past_low, None if high is None else high - past_high)


def _days(field: str, value: str) -> Node | None:
    bounds = _bounds(value, _period)
    if bounds is None:
        return None
    (low, past_low), (high, past_high) = bounds
    return Day(field, _beside(low, 1) if past_low else low, _beside(high, -1) if past_high else high)


def _beside(bound: str | None, days: int) -> str | None:
    """The next day or the one before; the 00 and 99 of a month or year already lie outside of it."""
    try:
        return (date.fromisoformat(bound or "") + timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return bound


_Bound = tuple[T | None, bool]
"""An end of a range (None: open), and whether it lies outside."""


def _bounds(value: str, read: Callable[[str], tuple[T, T] | None]) -> tuple[_Bound[T], _Bound[T]] | None:
    """The two ends that `>a`, `a..b`, `a-b` or `a` set; `read` gives the least and the most its text may mean."""
    if found := _RANGE.fullmatch(value):
        return _range(found["low"] or found["from"] or "", found["high"] or found["to"] or "", read)
    compared = _COMPARED.fullmatch(value)
    meant = read(compared[2].strip()) if compared else None
    if compared is None or meant is None:
        return None
    least, most = meant
    return {
        ">": ((most, True), (None, False)),
        ">=": ((least, False), (None, False)),
        "<": ((None, False), (least, True)),
        "<=": ((None, False), (most, False)),
    }.get(compared[1] or "=", ((least, False), (most, False)))


def _range(low: str, high: str, read: Callable[[str], tuple[T, T] | None]) -> tuple[_Bound[T], _Bound[T]] | None:
    first, last = read(low.strip()), read(high.strip())
    if (low and first is None) or (high and last is None) or not (low or high):
        return None
    return (first[0] if first else None, False), (last[1] if last else None, False)


def _number(text: str) -> tuple[int, int] | None:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    tenths = int(found[1].replace(",", "")) * 10 + int(found[2] or 0)
    number = tenths * 100 if found[3] else tenths // 10
    return number, number


def _period(text: str) -> tuple[str, str] | None:
    """The days a date may mean: `2009-03` is from 2009-03-00 to 2009-03-99."""
    if not _DATE.fullmatch(text) or (len(text) == 10 and not _exists(text)):
        return None
    return text + "-00-00"[len(text) - 4 :], text + "-99-99"[len(text) - 4 :]


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
