"""How much lines that no other rule places are talk, and not a story: many weak signs, each with its weight.

The weights are learned from labelled files of our own by `python -m bench.quality.talk_weights`, which prints them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from remnant.understand.register import is_dialogue

MOST = 200
"""Rows looked at."""
LONGEST = 2000
"""Characters of a row looked at."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ITEM = re.compile(r"^\W{0,3}(?:\d{1,3}[.):]|[-*•+])\s*\S|^[^.!?]{2,30}\s(?:-|–|—|=|:)\s")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OTHERS = _words("he she him his her hers himself herself")
_YOU = _words("you your you're you've you'll yours yourself u")
_SUBJECTS = _words("""
    episode episodes season seasons series show shows pilot finale aired novel novels author authors writer writers book
    books reader readers character characters plot plots story stories fic fics fanfic fanfics fandom fandoms canon
    fanon chapter chapters review reviews reviewer prompt prompts challenge challenges claim comment comments post posts
    posted posting list lists archive archives website site page pages blog journal recommend recommended rec recs
    pairing pairings ship slash gen het rating ratings update updated hiatus song songs lyrics album track tracks
    playlist icons beta email e-mail guestbook link links profile username scene scenes ending spoilers trope tropes
    drabble drabbles ficathon fanart fanvid mods moderator members deadline
""")
_OPINIONS = _words("""
    recommend worth favourite favorite best worst boring honestly opinion imho lol wtf omg btw personally enjoy enjoyed
    enjoyable brilliant overrated underrated amazing awesome disappointing hilarious annoyed annoying annoys fair wrong
    agree disagree thoughts rant anyone everyone anybody everybody please thanks welcome feel
""")

WEIGHTS = {
    "bias": 0.77,
    "others": -0.78,
    "you": 0.08,
    "subjects": 0.45,
    "opinions": 0.36,
    "dialogue": -1.1,
    "items": 0.46,
    "length": -0.55,
    "marks": 0.24,
}
SURE = 2.5
"""The score past which lines are talk: in cross-validation no story reached it."""
ABOUT = 2.4
"""How much of it must come from what the lines are about: a story in which nobody is spoken of is a story still."""
_ABOUT = ("subjects", "opinions", "items")


def signs(texts: Sequence[str]) -> dict[str, float]:
    """What is weighed: shares of words in a hundred and of rows in ten, and a length that stops counting."""
    rows = [row[:LONGEST] for text in texts[:MOST] for row in text.splitlines() if row.strip()][:MOST]
    words = [word.lower().replace("’", "'") for row in rows for word in _WORD.findall(row)]
    return {
        "bias": 1.0,
        "others": _share(words, _OTHERS),
        "you": _share(words, _YOU),
        "subjects": _share(words, _SUBJECTS),
        "opinions": _share(words, _OPINIONS),
        "dialogue": _rows(rows, [is_dialogue(row) for row in rows]),
        "items": _rows(rows, [_ITEM.match(row) is not None for row in rows]),
        "length": min(len(words), 1500) / 150,
        "marks": _rows(rows, ["!" in row or "?" in row for row in rows]),
    }


def _share(words: Sequence[str], among: frozenset[str]) -> float:
    return 100 * sum(word in among for word in words) / max(len(words), 1)


def _rows(rows: Sequence[str], found: Sequence[bool]) -> float:
    return 10 * sum(found) / max(len(rows), 1)


def weighed(told: Mapping[str, float]) -> float:
    """The weights of all signs together: above 0 more talk than story."""
    return sum(WEIGHTS[name] * value for name, value in told.items())


def is_talk(texts: Sequence[str]) -> bool:
    """Whether these lines are surely talk."""
    told = signs(texts)
    about = sum(WEIGHTS[name] * told[name] for name in _ABOUT)
    return about > ABOUT and weighed(told) > SURE
