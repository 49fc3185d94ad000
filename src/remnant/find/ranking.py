"""How much an entry is about what was asked: the same whatever engine answers.

A score is a sum of whole numbers that depend on one entry and the question only: no statistics of the library are
in it. So nothing that a reader may not see can move what they see, a grown index ranks like one made anew, and two
engines rank alike. The price is that a rare word weighs no more than a common one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

WEIGHTS = {"name": 12, "label": 8, "story": 2, "notes": 1}
"""What a word is worth by where it stands: title, authors and series; fandoms, people and tags; story; notes."""

PHRASE = 2
"""How many times as much a phrase is worth."""

TOGETHER = 8
"""What it is worth that all the single words asked for stand in the story as one phrase."""

LEVEL = 2
"""What each level of prominence in the story is worth, beside the word's standing there at all."""

LEVELS = 4

_TYPICAL = 3000
"""Words in a typical story: in a longer one a word must come oftener to be as prominent."""


def prominent(counts: Counter[str]) -> Iterator[tuple[int, list[str]]]:
    """The levels, and the words that reach each by how often they come; a level asks three times the one before."""
    least = max(1.0, 1.2 * (0.25 + 0.75 * counts.total() / _TYPICAL))
    reached = list(counts)
    for level in range(LEVELS):
        bound = least * 3**level
        reached = [word for word in reached if counts[word] > bound]
        yield level, reached
