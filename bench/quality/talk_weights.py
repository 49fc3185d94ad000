"""Learns the weights of `remnant/understand/talk_score.py`: `python -m bench.quality.talk_weights`.

From the stories that rule writers may read and the cases of the tests, all of our own making. Prints the weights, and
what five-fold cross-validation says of every threshold. Logistic regression by plain gradient descent; the same files
give the same weights.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.quality import labels

from remnant.model import Digest, Original
from remnant.understand import head_rows, kinds, reader
from remnant.understand.dialects import recognised
from remnant.understand.formats import draft_of
from remnant.understand.sheet import sheet_of
from remnant.understand.talk_score import WEIGHTS, signs

HERE = Path(__file__).parent
CASES = HERE.parent.parent / "tests" / "stories"
NAMES = tuple(WEIGHTS)
FOLDS, STEPS, RATE, PULL = 5, 1500, 0.05, 0.02


class Example(NamedTuple):
    is_story: bool
    values: tuple[float, ...]


def main() -> int:
    examples = sorted(found())
    scores = cross_validated(examples)
    print(f"{len(examples)} files, {sum(not one.is_story for one in examples)} of them no story")
    print("threshold  talk caught  talk missed  stories lost")
    for half in range(7):
        above = [one.is_story for one, score in scores if score > half / 2]
        missed = sum(not one.is_story for one, score in scores if score <= half / 2)
        print(f"{half / 2:9} {above.count(False):12} {missed:12} {above.count(True):13}")
    print(json.dumps({name: round(w, 2) for name, w in zip(NAMES, learned(examples), strict=True)}, indent=4))
    return 0


def found() -> Iterator[Example]:
    for truth in labels.read(HERE / "stories", heldout=False):
        yield from example(truth.file.read_bytes(), truth.is_story)
    for file in sorted(CASES.glob("*/must.json")):
        [story] = file.parent.glob("story.*")
        kind = json.loads(file.read_text("utf-8")).get("kind")
        yield from example(story.read_bytes(), kind != "other" and not file.parent.name.startswith("not_a_story"))


def example(data: bytes, is_story: bool) -> Iterator[Example]:
    """What the rules before `kinds` leave open; nothing of a file that a dialect knows."""
    sheet = recognised(sheet_of(draft_of(Original(Digest.of(data), len(data)), data)))
    if sheet.dialect is not None:
        return
    sheet = sheet_of(head_rows.parted(sheet.draft))
    for rule, say in reader.RULES[: [rule for rule, _ in reader.RULES].index(kinds.RULE)]:
        sheet = sheet.told(rule, say(sheet))
    texts = [text for _, text in sheet.open_lines() if text]
    if texts:
        yield Example(is_story, tuple(signs(texts).values()))


def cross_validated(examples: Sequence[Example]) -> list[tuple[Example, float]]:
    order = list(examples)
    random.Random(1).shuffle(order)
    scores = []
    for fold in range(FOLDS):
        weights = learned([one for at, one in enumerate(order) if at % FOLDS != fold])
        scores += [(one, weighed(weights, one)) for at, one in enumerate(order) if at % FOLDS == fold]
    return scores


def learned(examples: Sequence[Example]) -> list[float]:
    """Each kind weighs the same, however many there are of it; weights are pulled towards nothing."""
    stories = sum(one.is_story for one in examples)
    share = {True: 0.5 / stories, False: 0.5 / (len(examples) - stories)}
    weights = [0.0] * len(NAMES)
    for _ in range(STEPS):
        slope = [0.0, *(PULL * weight for weight in weights[1:])]
        for one in examples:
            wrong = (1 / (1 + math.exp(-max(-30.0, min(30.0, weighed(weights, one))))) - (not one.is_story)) * share[
                one.is_story
            ]
            slope = [so_far + wrong * value for so_far, value in zip(slope, one.values, strict=True)]
        weights = [weight - RATE * down for weight, down in zip(weights, slope, strict=True)]
    return weights


def weighed(weights: Sequence[float], one: Example) -> float:
    return sum(weight * value for weight, value in zip(weights, one.values, strict=True))


if __name__ == "__main__":
    sys.exit(main())
