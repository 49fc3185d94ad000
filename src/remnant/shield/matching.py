"""Whether a value is what a reader named in a wish: the same, a kind of it, or another word for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from remnant.model import Wish
from remnant.shield.canons import fold
from remnant.shield.tag_words import KINDS, SAME


def matches(wished: str, value: str) -> bool:
    """Whether a value is meant by what was wished: also "Past Abuse" by "abuse"; not "No Abuse"."""
    said = f" {fold(value)} "
    return any(_says(said, word) for word in _words_for(fold(wished)))


def _says(said: str, word: str) -> bool:
    """Whether the word stands there, and is not said to be absent."""
    before, found, _ = said.partition(f" {word} ")
    return bool(found) and not before.endswith((" no", " not", " without"))


def exactly(wished: str, value: str) -> bool:
    return fold(wished) == fold(value)


def first_match(wishes: Iterable[Wish], value: str) -> Wish | None:
    """The wish that decides on a value: one that names just it, else the strictest that means it."""
    meant = [wish for wish in wishes if matches(wish.value, value)]
    named = [wish for wish in meant if exactly(wish.value, value)]
    return min(named or meant, key=_strictest, default=None)


def _strictest(wish: Wish) -> tuple[int, Wish]:
    return ("hide", "veil", "sign", "show").index(wish.how), wish


@lru_cache(maxsize=1024)
def _words_for(wished: str) -> tuple[str, ...]:
    """The word itself, other words for it, and the kinds of it with theirs."""
    if not wished:
        return ()
    words = dict.fromkeys(_same(wished))
    for kind in [kind for word in list(words) for kind in _KINDS.get(word, ())]:
        words.update(dict.fromkeys(_same(kind)))
    return tuple(words)


def _same(word: str) -> tuple[str, ...]:
    return next((group for group in _GROUPS if word in group), (word,))


def _folded(words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(fold, words.split("|"))))


_GROUPS = tuple(map(_folded, SAME))
_KINDS = {fold(broader): _folded(kinds) for broader, kinds in KINDS.items()}
