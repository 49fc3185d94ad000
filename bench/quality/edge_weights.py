"""Learns the weights of `first_line.py`, or with `--last` of `last_line.py`: `python -m bench.quality.edge_weights`.

From every labelled story that rule writers may read; those that were written by people who had read no rule weigh three
times as much. What a line is by itself is guessed by a table that was learned without its file. Prints the weights, and
how many beginnings or ends five-fold cross-validation mends, spoils and has right at every margin. The same files
give the same weights.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.quality import answers, cuts
from bench.quality.cuts import Example
from bench.quality.labels import Truth
from bench.quality.line_weights import HERE, numbers_of, readable, tables_without, unread

from remnant.model import PieceKind
from remnant.understand import (
    beginnings,
    first_line,
    head_signs,
    last_line,
    line_score,
    reader,
    surroundings,
    tail_signs,
)
from remnant.understand.line_score import Guess, Weights
from remnant.understand.line_words import outlines
from remnant.understand.sheet import Sheet

OFTEN, SEED = 3, 1
OF_RULES = frozenset({"begins: as the rules say", "ends: as the rules say", "a field", "a note"})


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.edge_weights", description=__doc__.split("\n\n")[0])
    parser.add_argument("--ebooks", type=Path, required=True, help="Standard Ebooks as they were fetched")
    parser.add_argument("--last", action="store_true", help="the last line, not the first")
    told = parser.parse_args()
    truths = [truth for truth in readable() if truth.is_story]
    tables = tables_without(truths, told.ebooks)
    unfitted = frozenset((HERE / "unfitted.txt").read_text("utf-8").split())
    made = of_end if told.last else of_beginning
    examples = [one for truth in truths for one in made(truth, tables[truth.file], often(truth, unfitted))]
    random.Random(SEED).shuffle(examples)
    print(f"{len(examples)} stories, the rules right in {sum(one.rules in one.right for one in examples)}")
    for name, some in (("all", examples), ("of the unfitted", [one for one in examples if one.often > 1])):
        print(f"margin  mended  spoilt  right, {name} ({len(some)})")
        barred, lightest = (last_line.BARRED, last_line.LIGHTEST) if told.last else ({"spoken"}, first_line.LIGHTEST)
        for margin, row in cuts.cross_validated(examples, some, OF_RULES, frozenset(barred), lightest).items():
            print(f"{margin:6} {row[0]:7} {row[1]:7} {row[2]:6}")
    weights = cuts.learned(examples, OF_RULES)
    print(json.dumps({name: round(weight, 2) for name, weight in sorted(weights.items())}, indent=4))
    return 0


def often(truth: Truth, unfitted: frozenset[str]) -> int:
    return OFTEN if truth.name in unfitted or truth.file.parent.parent.parent.name == "retired" else 1


def of_beginning(truth: Truth, table: Weights, worth: int) -> Iterator[Example]:
    sheet = opened(truth, surroundings.RULE.name)
    if sheet is None:
        return
    told = head_signs.candidates(sheet, sheet.roles)
    right = _right(truth, sheet, told, truth.begins)
    rules = next((place for place, at in enumerate(told) if sheet.roles[at] is None), None)
    if rules is None or not right:
        return
    rest, guessed = head_signs.rest_of(sheet, told), _guessed(sheet, told, table)
    places = range(len(told))
    lines = tuple(head_signs.of_line(sheet, told[at], sheet.roles[told[at]], rest, guessed[at]) for at in places)
    every = tuple(head_signs.of_cut(sheet, sheet.roles, told, at, guessed) for at in places)
    yield Example(truth.name, frozenset(right if len(truth.begins) > 1 else right[:1]), rules, every, lines, worth)


def of_end(truth: Truth, table: Weights, worth: int) -> Iterator[Example]:
    sheet = opened(truth, beginnings.RULE.name)
    if sheet is None:
        return
    told = tail_signs.candidates(sheet, sheet.roles)
    right = _right(truth, sheet, told, truth.ends)
    rules = next((place for place, at in enumerate(told) if sheet.roles[at] is None), None)
    if rules is None or not right:
        return
    every, lines = last_line.chain(sheet, sheet.roles, told, _guessed(sheet, told, table))
    yield Example(truth.name, frozenset(right), rules, tuple(every), tuple(lines), worth)


def _guessed(sheet: Sheet, told: Sequence[int], table: Weights) -> list[Guess]:
    again: Mapping[str, int] = outlines(sheet.texts)
    return [line_score.weighed(line_score.signs_of(sheet, at, again), table) for at in told]


def _right(truth: Truth, sheet: Sheet, told: Sequence[int], numbers: frozenset[int]) -> list[int]:
    lines = answers.lines_in(truth.file)
    return [place for place, at in enumerate(told) if not numbers.isdisjoint(numbers_of(sheet, at, lines))]


def opened(truth: Truth, last: str) -> Sheet | None:
    """What the rules up to that one say; nothing of a file that holds several, or in which they see no story."""
    sheet = unread(truth.file.read_bytes())
    if sheet is None:
        return None
    names = [rule.name for rule, _ in reader.RULES]
    for rule, say in reader.RULES[: names.index(last) + 1]:
        sheet = sheet.told(rule, say(sheet))
    return None if sheet.kind is PieceKind.OTHER else sheet


if __name__ == "__main__":
    sys.exit(main())
