"""Learns the weights of `remnant/understand/talk_score.py`: `python -m bench.quality.talk_weights --ebooks FOLDER`.

From the stories that rule writers may read and the cases of the tests, all of our own making, and from stretches of
Standard Ebooks (CC0) of any length, which are stories. Prints the weights, and what five-fold cross-validation says of
every threshold. Logistic regression by plain gradient descent; the same files give the same weights.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.quality import labels
from bench.quality.ebooks import texts

from remnant.model import Digest, Original
from remnant.understand import head_rows, kinds, reader
from remnant.understand.dialects import recognised
from remnant.understand.formats import draft_of
from remnant.understand.sheet import sheet_of
from remnant.understand.talk_score import WEIGHTS, signs

HERE = Path(__file__).parent
CASES = HERE.parent.parent / "tests" / "stories"
NAMES = tuple(WEIGHTS)
FOLDS, STEPS, RATE, KEPT, PULL = 5, 900, 0.05, 0.9, 0.006
STRETCHES = (2, 3, 4, 6, 8, 12, 20, 40)
"""Paragraphs of a stretch of a novel."""
WORTH = 0.3
"""What a stretch weighs beside a file: there are many, and they are alike."""


class Example(NamedTuple):
    is_story: bool
    values: tuple[float, ...]
    worth: float = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.talk_weights", description=__doc__.split("\n\n")[0])
    parser.add_argument("--ebooks", type=Path, required=True, help="Standard Ebooks as they were fetched")
    ebooks = parser.parse_args().ebooks
    examples = sorted([*found(), *stretches(ebooks)])
    size = sizes(examples)
    scaled = [one._replace(values=tuple(v / s for v, s in zip(one.values, size, strict=True))) for one in examples]
    scores = cross_validated(scaled)
    print(f"{len(examples)} texts, {sum(not one.is_story for one in examples)} of them no story")
    print("threshold  talk caught  talk missed  stories lost  stretches lost")
    for half in range(9):
        above = [one for one, score in scores if score > half / 2]
        missed = sum(not one.is_story for one, score in scores if score <= half / 2)
        lost = [one.worth == WORTH for one in above if one.is_story]
        caught = len(above) - len(lost)
        print(f"{half / 2:9} {caught:12} {missed:12} {lost.count(False):13} {lost.count(True):15}")
    weights = (weight / s for weight, s in zip(learned(scaled), size, strict=True))
    print(json.dumps({name: round(w, 2) for name, w in zip(NAMES, weights, strict=True)}, indent=4))
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
    told = [text for _, text in sheet.open_lines() if text]
    if told:
        yield Example(is_story, tuple(signs(told, titled=kinds.is_titled(sheet)).values()))


def stretches(ebooks: Path) -> Iterator[Example]:
    draw = random.Random(3)
    for text in texts(ebooks):
        told = [paragraph.text.replace("_", "") for paragraph in text.paragraphs if not paragraph.heading]
        for _ in range(max(3, len(told) // 40)):
            length = draw.choice(STRETCHES)
            first = draw.randrange(max(1, len(told) - length))
            yield Example(True, tuple(signs(told[first : first + length]).values()), WORTH)


def sizes(examples: Sequence[Example]) -> list[float]:
    """How large each sign is, so that none is learned faster for being counted in larger numbers."""
    squares = (sum(value**2 for value in column) for column in zip(*(one.values for one in examples), strict=True))
    return [math.sqrt(square / len(examples)) or 1.0 for square in squares]


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
    stories = sum(one.worth for one in examples if one.is_story)
    share = {True: 0.5 / stories, False: 0.5 / sum(one.worth for one in examples if not one.is_story)}
    weights, speed = [0.0] * len(NAMES), [0.0] * len(NAMES)
    for _ in range(STEPS):
        slope = [0.0, *(PULL * weight for weight in weights[1:])]
        for one in examples:
            score = max(-30.0, min(30.0, weighed(weights, one)))
            wrong = (1 / (1 + math.exp(-score)) - (not one.is_story)) * share[one.is_story] * one.worth
            slope = [so_far + wrong * value for so_far, value in zip(slope, one.values, strict=True)]
        speed = [KEPT * before + down for before, down in zip(speed, slope, strict=True)]
        weights = [weight - RATE * down for weight, down in zip(weights, speed, strict=True)]
    return weights


def weighed(weights: Sequence[float], one: Example) -> float:
    return sum(weight * value for weight, value in zip(weights, one.values, strict=True))


if __name__ == "__main__":
    sys.exit(main())
