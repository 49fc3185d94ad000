"""A chain of lines that is cut once: weights of its lines and of the cut, learned by a softmax over all cuts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

FOLDS, STEPS, RATE, PULL = 5, 150, 0.3, 0.002

Signs = Mapping[str, float]


class Example(NamedTuple):
    """A chain: which cuts are right, which one the rules make, and what is weighed of each cut and each line.

    `often` is how much it weighs.
    """

    name: str
    right: frozenset[int]
    rules: int
    cuts: tuple[Signs, ...]
    lines: tuple[Signs, ...]
    often: int


def cross_validated(
    examples: Sequence[Example],
    asked: Sequence[Example],
    by_rules: frozenset[str],
    barred: frozenset[str],
    lightest: float,
) -> dict[float, tuple[int, int, int]]:
    """For each margin, how many cuts of those asked about are mended, spoilt, and right, learned from other chains."""
    among = {id(one) for one in asked}
    counts = {half / 2: [0, 0, 0] for half in range(7)}
    for fold in range(FOLDS):
        weights = learned([one for at, one in enumerate(examples) if at % FOLDS != fold], by_rules)
        for one in (one for one in examples[fold::FOLDS] if id(one) in among):
            scores = scored(one, weights)
            last = furthest(one, weights, barred, lightest)
            best = max(range(one.rules, last + 1), key=scores.__getitem__)
            for margin, count in counts.items():
                moved = best if scores[best] - scores[one.rules] > margin else one.rules
                count[0] += moved in one.right and one.rules not in one.right
                count[1] += one.rules in one.right and moved not in one.right
                count[2] += moved in one.right
    return {margin: (mended, spoilt, right) for margin, (mended, spoilt, right) in counts.items()}


def furthest(one: Example, weights: Signs, barred: frozenset[str], lightest: float) -> int:
    """How far a cut may be moved from where the rules make it: past no barred line, and none that weighs too little."""
    last = one.rules
    while last + 1 < len(one.lines) and barred.isdisjoint(one.lines[last]):
        if weighed(one.lines[last], weights) <= lightest:
            break
        last += 1
    return last


def learned(examples: Sequence[Example], by_rules: frozenset[str]) -> dict[str, float]:
    """Weights, pulled towards nothing; each step as long as the slopes so far were short (AdaGrad).

    Every chain is learned once more without what the rules said of it: they are surer of files they were fitted to.
    """
    weights: dict[str, float] = {}
    steepness: dict[str, float] = {}
    shown = [*examples, *(_without(one, by_rules) for one in examples)]
    many = sum(one.often for one in shown)
    for _ in range(STEPS):
        slope: dict[str, float] = {}
        for one in shown:
            _add_slope(slope, one, weights, one.often / many)
        for name, down in slope.items():
            pulled = down + PULL * weights.get(name, 0.0)
            steepness[name] = steepness.get(name, 1e-8) + pulled * pulled
            weights[name] = weights.get(name, 0.0) - RATE * pulled / math.sqrt(steepness[name])
    return weights


def _without(one: Example, names: frozenset[str]) -> Example:
    return one._replace(cuts=_left(one.cuts, names), lines=_left(one.lines, names))


def _left(every: Iterable[Signs], names: frozenset[str]) -> tuple[Signs, ...]:
    return tuple({name: value for name, value in signs.items() if name not in names} for signs in every)


def _add_slope(slope: dict[str, float], one: Example, weights: Signs, share: float) -> None:
    scores = scored(one, weights)
    powers = [math.exp(score - max(scores)) for score in scores]
    chances = [power / sum(powers) for power in powers]
    hit = sum(chances[place] for place in one.right) or 1e-9
    after = 0.0
    wrong = [chance - (chance / hit if place in one.right else 0.0) for place, chance in enumerate(chances)]
    for place in range(len(wrong) - 1, -1, -1):
        _add(slope, one.lines[place], after * share)
        _add(slope, one.cuts[place], wrong[place] * share)
        after += wrong[place]


def _add(slope: dict[str, float], signs: Signs, by: float) -> None:
    if abs(by) > _NEXT_TO_NOTHING:
        for name, value in signs.items():
            slope[name] = slope.get(name, 0.0) + by * value


_NEXT_TO_NOTHING = 1e-9


def scored(one: Example, weights: Signs) -> list[float]:
    """The score of each cut: its own, and that of every line before it."""
    before, scores = 0.0, []
    for cut, line in zip(one.cuts, one.lines, strict=True):
        scores.append(before + weighed(cut, weights))
        before += weighed(line, weights)
    return scores


def weighed(signs: Signs, weights: Signs) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())
