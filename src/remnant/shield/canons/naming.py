"""When two names are one: however they are cased, accented, punctuated or numbered."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 300
"""Characters; nothing has a longer name."""

_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen".split()  # noqa: SIM905
    )
}
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_WORDS = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")


@lru_cache(maxsize=16_384)
def fold(name: str) -> str:
    """What two writings of one name have in common: "The Stolen Earth (Pt. II)" is `stolen earth part 2`.

    A leading article goes; numbers in words and Roman ones from two on are digits.
    """
    plain = unicodedata.normalize("NFKD", name[:LONGEST].translate(_APOSTROPHES)).casefold().replace("&", " and ")
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = [_NUMBERS.get(word) or _ROMAN.get(word) or _LIKE.get(word, word) for word in _WORDS.findall(bare)]
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


_ARTICLES = frozenset({"the", "a", "an"})
_LIKE = {"pt": "part", "vol": "volume", "st": "saint", "dr": "doctor"}
