"""How much lines that no other rule places are talk, and not a story: many weak signs, each with its weight.

The weights are learned from labelled files of our own, and from stretches of old novels as stories, by
`python -m bench.quality.talk_weights`, which prints them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from remnant.understand import talk_words
from remnant.understand.register import is_dialogue, is_typed

MOST = 200
"""Rows looked at."""
LONGEST = 2000
"""Characters of a row looked at."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ITEM = re.compile(r"^\W{0,3}(?:\d{1,3}[.):]|[-*•+])\s*\S|^[^.!?]{2,30}\s(?:-|–|—|=|:)\s")
_FIGURE = re.compile(r"\b\d[\d.,:/-]*+")
_ADDRESS = re.compile(r"https?:|www\.|@|\(at\)|\.(?:com|net|org)\b", re.IGNORECASE)
_SPOKEN = re.compile(r"[\"“][^\"”\n]{1,300}[,.!?…—-][\"”]")
_CODE = re.compile(
    r"\b\d{1,2}x\d\d\b|\bs\d{1,2}e\d{1,2}\b|\(\d{4}\)|\b(?:PG|NC)-1\d\b|\b[RG] rated\b|\brated [RG]\b", re.IGNORECASE
)

WEIGHTS = {
    "bias": 0.89,
    "others": -0.23,
    "you": -0.02,
    "i": -0.07,
    "subjects": 0.41,
    "opinions": 0.52,
    "dialogue": -0.28,
    "items": 0.57,
    "length": -0.43,
    "marks": 0.11,
    "past": -0.07,
    "present": 0.05,
    "told": -0.22,
    "reasons": 0.17,
    "groups": -0.16,
    "figures": 0.1,
    "addresses": 0.56,
    "typed": 0.16,
    "spoken": -0.12,
    "codes": 1.56,
    "titled": -2.09,
}
SURE, NAMED, NOTED, LEFT_OVER = 2.5, 0.0, 2.0, 1.0
"""The scores past which lines are talk: alone, if they call themselves so, and with the notes that are most of them."""
ABOUT = 1.5
"""How much of it must come from what the lines are about: a story in which nobody is spoken of is a story still."""
SUBJECT = 0.8
"""How much must come from shows, stories and those who write them."""
_SUBJECT = ("subjects", "addresses", "codes")
_ABOUT = ("subjects", "opinions", "items", "addresses", "typed", "codes")


def signs(texts: Sequence[str], *, titled: bool = False) -> dict[str, float]:
    """What is weighed: shares of words in a hundred and of rows in ten, none beyond a bound, and a length.

    `titled` says that a title and an author stand over these lines.
    """
    rows = [row[:LONGEST] for text in texts[:MOST] for row in text.splitlines() if row.strip()][:MOST]
    words = [word.lower().replace("’", "'") for row in rows for word in _WORD.findall(row)]
    return {
        "bias": 1.0,
        "others": _share(words, talk_words.OTHERS, 10),
        "you": _share(words, talk_words.YOU, 10),
        "i": _share(words, talk_words.MYSELF, 10),
        "subjects": _share(words, talk_words.SUBJECTS, 8),
        "opinions": _share(words, talk_words.OPINIONS, 4),
        "dialogue": _rows(rows, [is_dialogue(row) for row in rows]),
        "items": min(_rows(rows, [_ITEM.match(row) is not None for row in rows]), 6),
        "length": min(len(words), 900) / 150,
        "marks": _rows(rows, ["!" in row or "?" in row for row in rows]),
        "past": min(100 * sum(map(_is_past, words)) / max(len(words), 1), 16),
        "present": _share(words, talk_words.PRESENT, 16),
        "told": _share(words, talk_words.TOLD, 12),
        "reasons": _share(words, talk_words.REASONS, 8),
        "groups": _share(words, talk_words.GROUPS, 6),
        "figures": _found(rows, words, _FIGURE, 10),
        "addresses": _found(rows, words, _ADDRESS, 2),
        "typed": _rows(rows, [is_typed(row) for row in rows]),
        "spoken": _found(rows, words, _SPOKEN, 5),
        "codes": _found(rows, words, _CODE, 4),
        "titled": float(titled),
    }


def _is_past(word: str) -> bool:
    return word in talk_words.PAST or (len(word) > 4 and word.endswith("ed"))


def _share(words: Sequence[str], among: frozenset[str], most: float) -> float:
    return min(100 * sum(word in among for word in words) / max(len(words), 1), most)


def _rows(rows: Sequence[str], found: Sequence[bool]) -> float:
    return 10 * sum(found) / max(len(rows), 1)


def _found(rows: Sequence[str], words: Sequence[str], pattern: re.Pattern[str], most: float) -> float:
    return min(100 * sum(len(pattern.findall(row)) for row in rows) / max(len(words), 1), most)


def weighed(told: Mapping[str, float]) -> float:
    """The weights of all signs together: above 0 more talk than story."""
    return sum(WEIGHTS[name] * value for name, value in told.items())


def is_talk(texts: Sequence[str], *, titled: bool = False, named: bool = False) -> bool:
    """Whether these lines are surely talk. `named`: whether they call themselves so, which proves little alone."""
    told = signs(texts, titled=titled)
    return _about(told) > (1.0 if named else ABOUT) and weighed(told) > (NAMED if named else SURE)


def is_rest_of_talk(texts: Sequence[str], noted: Sequence[str], *, titled: bool = False) -> bool:
    """Whether lines are what notes left over: `noted` are both together, and most of them somebody's own words."""
    if len(noted) < 2 * len(texts) or weighed(signs(texts, titled=titled)) < LEFT_OVER:
        return False
    told = signs(noted, titled=titled)
    return _about(told) > ABOUT and weighed(told) > NOTED


def _about(told: Mapping[str, float]) -> float:
    """What the lines are about; nothing, where they only count something up or ask for it."""
    subject = sum(WEIGHTS[name] * told[name] for name in _SUBJECT)
    return sum(WEIGHTS[name] * told[name] for name in _ABOUT) if subject >= SUBJECT else 0.0


_CALLED = re.compile(
    r"\b(?:(?:\w{0,20}con|convention|trip|weekend|progress)(?: \d{1,4})? report"
    r"|reviews?|recs|recommendations|essay|meta|manifesto|faq"
    r"|frequently asked|interview|master ?list|glossary|episode guide|trivia|character (?:sheets?|profiles?|bios?)"
    r"|programme|schedule|status update|rant|ramblings?|quotes|quotations|poll|quiz|meme|disclaimers|guidelines"
    r"|tutorial|how to write|beta (?:wanted|needed)|(?:looking for|wanted:?|need) (?:an? )?beta|fan ?mix|playlist"
    r"|a mix for|announcements?|newsletter|about (?:me|the author|this (?:site|page))|biography|life and works"
    r"|thoughts on|reactions? (?:to|post)|winners|nominations|prompt (?:post|table|list)|sign-?ups"
    r"|dear \w+ (?:author|writer|creator|santa)|wip amnesty)\b",
    re.IGNORECASE,
)
_FIRST, _SHORT = 3, 90
"""Lines in which a text says what it is, and the characters of such a line."""


def calls_itself(texts: Sequence[str]) -> bool:
    """Whether a text says at its head that it is a review, a report, a list of quotations."""
    first = [text for text in texts[:30] if text][:_FIRST]
    return any(len(text) <= _SHORT and _CALLED.search(text) for text in first)
