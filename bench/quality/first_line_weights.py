"""Learns the weights of `remnant/understand/first_line.py`: `python -m bench.quality.first_line_weights [FOLDER ...]`.

From the stories that rule writers may read, and from those of the folders named, which weigh more: no rule was fitted
to them. Prints the weights, and how many beginnings five-fold cross-validation mends and spoils at every margin. A
chain of lines is cut once: the softmax over all cuts, by gradient descent. The same files give the same weights.
"""

from __future__ import annotations

import json
import math
import random
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.quality import answers, labels
from bench.quality.labels import Truth

from remnant.model import Digest, Original
from remnant.understand import first_line, head_rows, head_signs, opening, reader
from remnant.understand.dialects import recognised
from remnant.understand.formats import draft_of
from remnant.understand.formats.volumes import volume_of
from remnant.understand.sheet import Sheet, sheet_of

HERE = Path(__file__).parent
FOLDS, STEPS, RATE, PULL, OFTEN = 5, 250, 0.3, 0.001, 3
BY_RULES = frozenset({"begins: as the rules say", "a field", "a note"})
"""Every story is learned once more without these: rules are surer of files that they were fitted to."""

Signs = Mapping[str, float]


class Example(NamedTuple):
    right: frozenset[int]
    rules: int
    cuts: tuple[Signs, ...]
    lines: tuple[Signs, ...]
    often: int


def main() -> int:
    folders = [HERE / "stories", *map(Path, sys.argv[1:])]
    examples = [
        one
        for at, folder in enumerate(folders)
        for truth in labels.read(folder, heldout=at > 0)
        for one in example(truth, OFTEN if at else 1)
    ]
    random.Random(1).shuffle(examples)
    print(f"{len(examples)} stories; the rules begin {sum(one.rules in one.right for one in examples)} of them right")
    print("margin  mended  spoilt")
    for margin, (mended, spoilt) in cross_validated(examples).items():
        print(f"{margin:6} {mended:7} {spoilt:7}")
    print(json.dumps({name: round(weight, 2) for name, weight in sorted(learned(examples).items())}, indent=4))
    return 0


def example(truth: Truth, often: int) -> Iterator[Example]:
    sheet = _opened(truth.file.read_bytes()) if truth.is_story else None
    if sheet is None:
        return
    lines = answers.lines_in(truth.file)
    starts = [line.start for line in lines]
    told = head_signs.candidates(sheet, sheet.roles)
    numbers = [_number(sheet, at, starts) for at in told]
    right = [place for place, number in enumerate(numbers) if lines[number].number in truth.begins]
    right = right if len(truth.begins) > 1 else right[:1]
    rules = next((place for place, at in enumerate(told) if sheet.roles[at] is None), None)
    if rules is None or not right:
        return
    rest = head_signs.rest_of(sheet, told)
    cuts = tuple(head_signs.of_cut(sheet, sheet.roles, told, place) for place in range(len(told)))
    above = tuple(head_signs.of_line(sheet, at, sheet.roles[at], rest) for at in told)
    yield Example(frozenset(right), rules, cuts, above, often)


def _opened(data: bytes) -> Sheet | None:
    """What the rules up to `opening` say; nothing of a file that holds several."""
    original = Original(Digest.of(data), len(data))
    if volume_of(original, data) is not None:
        return None
    sheet = recognised(sheet_of(draft_of(original, data)))
    if sheet.dialect is None:
        sheet = sheet_of(head_rows.parted(sheet.draft))
    for rule, say in reader.RULES[: [rule for rule, _ in reader.RULES].index(opening.RULE) + 1]:
        sheet = sheet.told(rule, say(sheet))
    return sheet


def _number(sheet: Sheet, index: int, starts: Sequence[int]) -> int:
    first = next(span for span in sheet.lines[index].spans if span.text.strip())
    return max(bisect_right(starts, first.source.start) - 1, 0)


def cross_validated(examples: Sequence[Example]) -> dict[float, tuple[int, int]]:
    """For each margin, how many beginnings of files that were not learned from are mended, and how many spoilt."""
    counts = {half / 2: [0, 0] for half in range(7)}
    for fold in range(FOLDS):
        weights = learned([one for at, one in enumerate(examples) if at % FOLDS != fold])
        for one in examples[fold::FOLDS]:
            scores = scored(one, weights)
            best = max(range(one.rules, _furthest(one, weights) + 1), key=scores.__getitem__)
            for margin, count in counts.items():
                if scores[best] - scores[one.rules] > margin:
                    count[0] += best in one.right and one.rules not in one.right
                    count[1] += one.rules in one.right and best not in one.right
    return {margin: (mended, spoilt) for margin, (mended, spoilt) in counts.items()}


def _furthest(one: Example, weights: Signs) -> int:
    last = one.rules
    while last + 1 < len(one.lines) and "spoken" not in one.lines[last]:
        if weighed(one.lines[last], weights) <= first_line.LIGHTEST:
            break
        last += 1
    return last


def learned(examples: Sequence[Example]) -> dict[str, float]:
    """Weights, pulled towards nothing; each step as long as the slopes so far were short (AdaGrad)."""
    weights: dict[str, float] = {}
    steepness: dict[str, float] = {}
    shown = [(one, one.often) for one in examples] + [(_without(one), one.often) for one in examples]
    many = sum(often for _, often in shown)
    for _ in range(STEPS):
        slope: dict[str, float] = {}
        for one, often in shown:
            _add_slope(slope, one, weights, often / many)
        for name, down in slope.items():
            pulled = down + PULL * weights.get(name, 0.0)
            steepness[name] = steepness.get(name, 1e-8) + pulled * pulled
            weights[name] = weights.get(name, 0.0) - RATE * pulled / math.sqrt(steepness[name])
    return weights


def _without(one: Example) -> Example:
    cuts, lines = (
        tuple({name: value for name, value in signs.items() if name not in BY_RULES} for signs in every)
        for every in (one.cuts, one.lines)
    )
    return one._replace(cuts=cuts, lines=lines)


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
    for name, value in signs.items():
        slope[name] = slope.get(name, 0.0) + by * value


def scored(one: Example, weights: Signs) -> list[float]:
    """The score of each cut: its own, and that of every line above it."""
    above, scores = 0.0, []
    for cut, line in zip(one.cuts, one.lines, strict=True):
        scores.append(above + weighed(cut, weights))
        above += weighed(line, weights)
    return scores


def weighed(signs: Signs, weights: Signs) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


if __name__ == "__main__":
    sys.exit(main())
