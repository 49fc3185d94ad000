"""TextTiling (Hearst 1997), the usual way to cut a text where its words change: what scenes are compared with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import mean, stdev

WIDTH, BLOCK, ROUNDS = 20, 10, 2
"""Words of a pseudo-sentence, pseudo-sentences of a block, and how often the curve is smoothed."""
_WORD = re.compile(r"[^\W\d_]+")
_COMMON_WORDS = """
a about after all am an and any are as at be been before but by can could did do does for from had has have he her
here him his how i if in into is it its just like me more my no not now of off on one or our out over said she so
some than that the their them then there these they this to too two up upon us very was we were what when where
which while who why will with would you your
"""
_COMMON = frozenset(_COMMON_WORDS.split())


def boundaries(paragraphs: Sequence[str]) -> set[int]:
    """The paragraphs, by number, before which the words change."""
    words, begins = _words(paragraphs)
    sentences = [Counter(words[at : at + WIDTH]) for at in range(0, len(words), WIDTH)]
    gaps = _smoothed([_likeness(sentences, at) for at in range(1, len(sentences))])
    if len(gaps) < 2 * BLOCK:
        return set()
    depths = [_depth(gaps, at) for at in range(len(gaps))]
    least = mean(depths) - stdev(depths) / 2
    peaks = [at for at in range(1, len(depths) - 1) if depths[at] >= max(least, depths[at - 1], depths[at + 1]) > 0]
    return {_nearest(begins, (at + 1) * WIDTH) for at in peaks} - {0}


def _words(paragraphs: Sequence[str]) -> tuple[list[str], list[int]]:
    words: list[str] = []
    begins = []
    for paragraph in paragraphs:
        begins.append(len(words))
        words += [word for word in _WORD.findall(paragraph.lower()) if word not in _COMMON]
    return words, begins


def _likeness(sentences: Sequence[Counter[str]], at: int) -> float:
    before, after = (_joined(side) for side in (sentences[max(0, at - BLOCK) : at], sentences[at : at + BLOCK]))
    both = sum(count * after[word] for word, count in before.items())
    whole = sum(count * count for count in before.values()) * sum(count * count for count in after.values())
    return float(both) / float(whole) ** 0.5 if whole else 0.0


def _joined(sentences: Sequence[Counter[str]]) -> Counter[str]:
    whole: Counter[str] = Counter()
    for sentence in sentences:
        whole.update(sentence)
    return whole


def _smoothed(curve: list[float]) -> list[float]:
    for _ in range(ROUNDS):
        curve = [mean(curve[max(0, at - 1) : at + 2]) for at in range(len(curve))]
    return curve


def _depth(gaps: Sequence[float], at: int) -> float:
    """How far the likeness climbs to either side of a valley."""
    return sum(_climb(gaps[at], side) for side in (gaps[at::-1], gaps[at:]))


def _climb(bottom: float, side: Sequence[float]) -> float:
    top = bottom
    for here, further in pairwise(side):
        if further < here:
            break
        top = further
    return top - bottom


def _nearest(begins: Sequence[int], word: int) -> int:
    return min(range(len(begins)), key=lambda number: abs(begins[number] - word))
