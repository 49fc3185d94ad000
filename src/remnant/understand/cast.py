"""The people of a story, as far as its own words show them: capitalised words that stand inside its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

LISTENED = 40_000
"""Characters of a story in which its people are looked for."""
OFTEN = 1
"""Times that somebody is named in a story whom a head names too: in a drabble once must do."""

_WORD = re.compile(r"[^\W\d_a-z][\w’']{2,}")
_CLITIC = re.compile(r"['’]s\b")
_NO_NAME = frozenset(
    {"The", "And", "But", "Not", "His", "Her", "They", "Then", "There", "You", "She", "What", "This", "That"}
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The names that a story keeps using."""

    counted: Counter[str]

    def has(self, name: str) -> bool:
        """Whether some word of the name is somebody's in the story."""
        return any(
            self.counted[word.casefold()] >= OFTEN for word in _WORD.findall(name.title() if name.islower() else name)
        )


def cast_of(texts: Iterable[str]) -> Cast:
    """The people of these lines of a story."""
    counted: Counter[str] = Counter()
    heard = 0
    for text in texts:
        counted.update(word.casefold() for word in _WORD.findall(_CLITIC.sub("", text)) if word not in _NO_NAME)
        heard += len(text)
        if heard > LISTENED:
            break
    return Cast(counted)
