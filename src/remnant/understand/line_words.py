"""What is weighed of one line by itself: its words, its length and its shape."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from remnant.understand.register import is_dialogue

LONGEST = 300
"""Characters of a line whose words are looked at."""
REPEATED = 100
"""Characters of a line that may come again and again as the head of a page does."""
STOPS = frozenset(".!?…\"”’'")
"""Signs at the end of what is told."""
_MOST = 25
"""Words beyond which one more makes each other weigh no less."""

_TOKEN = re.compile(r"://|@|\d+|[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")
_STOP = re.compile(r"[.!?…][\"”'’)*_~]{0,4}$")
_SHAPES = {
    "a label": re.compile(r"^[\w' ]{2,20}:"),
    "bars": re.compile(r"\s[|»>•·]\s|\s::\s"),
    "arrows": re.compile(r"<<|>>|«|»|←|→|^<|>$"),
    "brackets": re.compile(r"\[[^\]]{1,25}\]"),
    "in brackets": re.compile(r"^\(.*\)$"),
    "a count": re.compile(r"\(\d+\)|\b\d+ [a-z]+s\b"),
    "an hour": re.compile(r"\d:\d\d"),
    "a day": re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"),
    "an address": re.compile(r"://|www\.|\w@\w"),
}
_MONTHS = frozenset(
    (
        *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "january", "february"),
        *("march", "april", "june", "july", "august", "september", "october", "november", "december"),
    )
)
_DAYS = frozenset(
    (
        *("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    )
)


def words_of(text: str) -> list[str]:
    """Its words in small letters; of a number, a month and a day of the week only that it is one."""
    return [_word(found) for found in _TOKEN.findall(text[:LONGEST].lower())]


def _word(found: str) -> str:
    if found.isdigit():
        return "#year" if len(found) == _YEAR and found.startswith(("19", "20")) else "#"
    if found in _MONTHS:
        return "#month"
    return "#weekday" if found in _DAYS else found.replace("’", "'")


_YEAR = 4


def signs(text: str, *, linked: bool, again: bool) -> dict[str, float]:
    """`linked` is whether all of it is a link, `again` whether a line like it stands elsewhere in the file."""
    text = " ".join(text[: 2 * LONGEST].split())
    words = words_of(text)
    said = set(words)
    each = 2 / math.sqrt(min(max(len(words), 1), _MOST))
    found = {f"w:{word}": each for word in said}
    letters = _LETTERS.findall(text[:LONGEST])
    stop = _STOP.search(text) is not None
    shape = {
        _length(len(text)): True,
        "sentence": stop and len(letters) > 3,
        "stop": stop,
        "spoken": is_dialogue(text),
        "ends in a colon": text.endswith(":"),
        "dated": "#month" in said and not said.isdisjoint(("#", "#year")),
        "small": text == text.lower(),
        "great": bool(letters) and text == text.upper(),
        "begins small": text[:1].islower(),
        "titled": len(letters) > 1 and sum(word[0].isupper() for word in letters) > 0.7 * len(letters),
        "linked": linked,
        "again": again,
        "called": "!" in text,
        "asked": "?" in text,
        "comma": "," in text,
    } | {name: pattern.search(text[:LONGEST]) is not None for name, pattern in _SHAPES.items()}
    found |= {name: 1.0 for name, is_so in shape.items() if is_so}
    found["any"] = 1.0
    found["figures"] = min(3 * sum(word.startswith("#") for word in words) / max(len(words), 1), 2.0)
    return found


def _length(count: int) -> str:
    return next((f"up to {most}" for most in (12, 25, 50, 90, 160) if count <= most), "long")


def outlines(texts: Sequence[str]) -> Mapping[str, int]:
    """How often short lines that end as no sentence does stand in a file, whatever numbers are in them."""
    return Counter(outline(text) for text in texts if 0 < len(text) <= REPEATED and text[-1] not in STOPS)


def outline(text: str) -> str:
    return _DIGITS.sub("0", " ".join(text.lower().split()))
