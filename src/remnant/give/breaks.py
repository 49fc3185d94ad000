"""Scene breaks: told apart by what they are, said once, never star by star."""

from __future__ import annotations

import re

SAID = "scene break"
_WORD = re.compile(r"[^\W\d_]+")
_NAMES = frozenset(
    {"break", "linebreak", "pagebreak", "scenebreak", "scenechange", "line", "timeskip", "pb", "sb", "lb"}
)


def words_of(text: str) -> str | None:
    """What a scene break says beside being one ("Two days later"), or None for mere ornament.

    Ornament has no letters, or one or two of them over and over (`xxx`, `oOo`), or says only that it is a break.
    """
    letters = "".join(_WORD.findall(text)).casefold()
    if len(set(letters)) <= 2 or letters in _NAMES:
        return None
    return text
