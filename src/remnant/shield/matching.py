"""Whether a value is what a reader named in a wish: the same, a kind of it, or another word for it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from remnant.model import Wish
from remnant.shield.canons import fold

_SAME = (
    "rape|non-con|noncon|non-consensual|non consensual|rape or non-consent|sexual assault",
    "dub-con|dubcon|dubious consent",
    "major character death|mcd|character death|deathfic|death fic",
    "graphic violence|graphic depictions of violence|gore|extreme violence",
    "underage|underage sex",
    "self-harm|self harm|self-injury|cutting",
    "suicide|suicidal|suicidal thoughts|suicidal ideation|suicide attempt",
    "eating disorder|eating disorders|anorexia|bulimia",
    "incest|twincest|sibcest|wincest",
    "animal death|pet death",
    "child abuse|child neglect",
    "domestic abuse|domestic violence|abusive relationship|abusive relationships",
    "drug use|drugs|recreational drug use|drug abuse|drug addiction|substance abuse",
    "alcohol|alcoholism|alcohol abuse|drunkenness",
    "smut|porn|pwp|explicit sexual content|plot what plot|lemon|lemons",
    "mpreg|male pregnancy",
    "omegaverse|alpha beta omega|alpha beta omega dynamics|a b o",
    "miscarriage|stillbirth|pregnancy loss",
    "cheating|infidelity|adultery",
    "torture|whump",
)
"""Words for one thing, as archives and authors write them."""


def matches(wished: str, value: str) -> bool:
    """Whether a value is meant by what was wished: also "Past Abuse" by "abuse"; not "No Abuse"."""
    said = f" {fold(value)} "
    if said.startswith((" no ", " not ")):
        return False
    return any(f" {word} " in said for word in _words_for(fold(wished)))


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
    if not wished:
        return ()
    return next((group for group in _GROUPS if wished in group), (wished,))


_GROUPS = tuple(tuple(dict.fromkeys(map(fold, words.split("|")))) for words in _SAME)
