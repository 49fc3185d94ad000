"""English-like prose without end: sentence shapes with the small words in their usual places, and word classes whose
members fall off as ranks do in English. Dialogue, names and a long tail of rare words included.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import accumulate, product
from pathlib import Path

_SECTIONS = re.split(r"^\[(\w+)\]\n", (Path(__file__).parent / "words.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]
_TEXTS = dict(zip(_SECTIONS[::2], _SECTIONS[1::2], strict=True))
SHAPES = _TEXTS.pop("shapes").strip().split("\n")
CLASSES = {name: re.split(r",\s+", text.strip()) for name, text in _TEXTS.items()}
_PARTS = [CLASSES.pop(name) for name in ("starts", "middles", "ends")]
RARE = ["".join(letters) for letters in product(*_PARTS)]
"""Some 13,000 words that no dictionary has: the names and coinages that make an index long."""

TAIL = 0.02
"""How much of a word class is its tail of rare words."""
SPREAD = 1.2
MEDIAN = 3000
LONGEST = 200_000


def words_of(chance: random.Random) -> int:
    """How long a story is: lognormal, most short, a few of them novels."""
    return min(LONGEST, max(60, int(chance.lognormvariate(0, SPREAD) * MEDIAN)))


class Prose:
    """Stories of one writer; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)
        self._chance = chance
        self._words = {name: _drawn(chance, words) for name, words in CLASSES.items()}

    def name(self) -> str:
        return self._chance.choice(RARE).title()

    def title(self) -> str:
        shape = self._chance.choice(["The {a} {n}", "A {n} for the {n}", "{a} {n}", "The {n} and the {n}", "{n}, {n}"])
        return shape.format_map(_Slots(self._words)).title()

    def paragraphs(self, words: int) -> Iterator[str]:
        """Paragraphs of about so many words in all, a scene break now and then, about a few people."""
        cast = [self.name() for _ in range(5)]
        slots = _Slots(self._words | {"N": _drawn(self._chance, cast, tail=0)})
        left = words
        while left > 0:
            shapes = self._chance.choices(SHAPES, k=self._chance.choice((1, 1, 2, 3, 5)))
            paragraph = " ".join(shapes).format_map(slots)
            left -= paragraph.count(" ") + 1
            yield paragraph
            if left > 0 and self._chance.random() < 0.01:
                yield "* * *"


class _Slots(dict[str, Iterator[str]]):
    """Fills each slot of a shape with the next word drawn for it."""

    def __getitem__(self, key: str) -> str:  # type: ignore[override]
        return next(super().__getitem__(key))


def _drawn(chance: random.Random, words: list[str], tail: float = TAIL) -> Iterator[str]:
    """Words without end, the n-th about 1/n as often as the first; drawn by the thousand, as one by one is slow."""
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    rare = list(accumulate(1 / (rank + 2) for rank in range(len(RARE))))
    while True:
        drawn = chance.choices(words, cum_weights=weights, k=1000)
        for at in range(0, 1000, int(1 / tail) if tail else 1001):
            drawn[at] = chance.choices(RARE, cum_weights=rare)[0] if tail else drawn[at]
        yield from drawn
