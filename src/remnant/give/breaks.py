"""Scene breaks: told apart by what they are, said once, never star by star."""

from __future__ import annotations

import re

SAID = "scene break"
_LETTER_OR_NUMBER = re.compile(r"[^\W_]")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{1,3}|v)")
_NAMES = frozenset(
    {"break", "linebreak", "pagebreak", "scenebreak", "scenechange", "line", "timeskip", "pb", "sb", "lb"}
)


def words_of(text: str) -> str | None:
    """What a scene break says beside being one ("Two days later", "II"), or None for mere ornament.

    Ornament has no letters, or one or two of them over and over (`xxx`, `oOo`, `o0o`), or says only that it is a
    break.
    """
    said = "".join(_LETTER_OR_NUMBER.findall(text)).casefold().replace("0", "o")
    if _ROMAN.fullmatch(said) or any(map(str.isdecimal, said)):
        return text
    return None if len(set(said)) <= 2 or said in _NAMES else text
