"""Learns the table of `remnant/understand/line_score.py`: `python -m bench.quality.line_weights --ebooks FOLDER`.

What every line of our labelled stories is by itself, told, said by a page, a field or a remark: from the stories that
rule writers may read, from lists of what pages and authors say
(`furniture.lines`, `remarks.lines`), and from lines of Standard Ebooks as what is
told. A softmax over words and shapes, by stochastic descent in a fixed order; the same files give the same table.
Says first how well five-fold cross-validation by file does; `--write` writes `line_table.py`.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.quality import answers, labels
from bench.quality.ebooks import texts
from bench.quality.labels import Truth
from bench.quality.lines import Line

from remnant.model import Digest, Original
from remnant.understand import head_rows, line_score
from remnant.understand.dialects import recognised
from remnant.understand.formats import draft_of
from remnant.understand.formats.volumes import volume_of
from remnant.understand.line_score import Weights
from remnant.understand.line_words import outlines, signs
from remnant.understand.sheet import Sheet, sheet_of

HERE = Path(__file__).parent
TABLE = Path(line_score.__file__).with_name("line_table.py")
RETIRED = tuple(HERE / "retired" / name / "stories" for name in ("first", "second", "third"))
FOLDS, ROUNDS, RATE, PULL, SEED = 5, 8, 0.2, 0.0005, 1
BRIEF, OF_BOOKS, WORTH = 3000, 4500, 0.5
"""Of books the shortest lines and some of the others; each weighs half of a labelled line."""
LEAST_FILES, LEAST_WEIGHT = 7, 0.45
"""Words of fewer files are of those files, and signs that weigh less are not worth a row."""

TOLD, PAGE, FIELD, REMARK = range(4)
KINDS = {
    **dict.fromkeys(("story", "letter", "lyrics", "epigraph"), TOLD),
    "chrome": PAGE,
    **dict.fromkeys(("title", "byline", "header", "warning", "spoiler", "summary"), FIELD),
    "note": REMARK,
}
Signs = Mapping[str, float]


class Example(NamedTuple):
    signs: Signs
    kind: int
    also: frozenset[int]
    source: str
    worth: float = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.line_weights", description=__doc__.split("\n\n")[0])
    parser.add_argument("--ebooks", type=Path, required=True, help="Standard Ebooks as they were fetched")
    parser.add_argument("--write", action="store_true", help="write the table")
    told = parser.parse_args()
    truths, common = readable(), [*of_pages(), *of_books(told.ebooks)]
    right: Counter[tuple[int, bool]] = Counter()
    for examples, table in crossed(truths, common):
        for one in examples:
            found = line_score.weighed(one.signs, table)
            guessed = TOLD if max(found) <= 0 else 1 + found.kind
            right[one.kind, guessed in one.also] += 1
    for kind, name in enumerate(("told", "page", "field", "remark")):
        print(f"{name:8} {right[kind, True]:6} of {right[kind, True] + right[kind, False]:6}")
    if told.write:
        write(learned([*common, *(one for truth in truths for one in examples_of(truth))]))
    return 0


def readable() -> list[Truth]:
    """Every labelled file that rule writers may read."""
    return [truth for folder in (HERE / "stories", *RETIRED) for truth in labels.read(folder, heldout=False)]


def crossed(truths: Sequence[Truth], common: Sequence[Example]) -> Iterator[tuple[list[Example], Weights]]:
    """The lines of each fifth of the files, and what was learned without them."""
    every = [list(examples_of(truth)) for truth in truths]
    for fold in range(FOLDS):
        others = (one for at, lines in enumerate(every) if at % FOLDS != fold for one in lines)
        yield [one for lines in every[fold::FOLDS] for one in lines], learned([*common, *others])


def tables_without(truths: Sequence[Truth], ebooks: Path) -> dict[Path, Weights]:
    """For every file a table that was learned without it: who learns from guesses must not learn from known ones."""
    common = [*of_pages(), *of_books(ebooks)]
    folds = crossed(truths, common)
    return {truth.file: table for fold, (_, table) in enumerate(folds) for truth in truths[fold::FOLDS]}


def examples_of(truth: Truth) -> Iterator[Example]:
    sheet = unread(truth.file.read_bytes())
    if sheet is None:
        return
    lines = answers.lines_in(truth.file)
    again = outlines(sheet.texts)
    for index, text in enumerate(sheet.texts):
        if not text:
            continue
        roles = [truth.roles[number] for number in numbers_of(sheet, index, lines) if number in truth.roles]
        if roles and roles[0][0] in KINDS:
            also = frozenset(KINDS[role] for every in roles for role in every if role in KINDS)
            yield Example(line_score.signs_of(sheet, index, again), KINDS[roles[0][0]], also, truth.name)


def unread(data: bytes) -> Sheet | None:
    """A file before any rule has spoken; nothing of one that holds several."""
    original = Original(Digest.of(data), len(data))
    if volume_of(original, data) is not None:
        return None
    sheet = recognised(sheet_of(draft_of(original, data)))
    return sheet_of(head_rows.parted(sheet.draft)) if sheet.dialect is None else sheet


def numbers_of(sheet: Sheet, index: int, lines: Sequence[Line]) -> list[int]:
    """The numbers of the labelled lines that one line of a sheet holds."""
    found: dict[int, None] = {}
    for span in sheet.lines[index].spans:
        if span.text.strip():
            first = max(bisect_right(lines, span.source.start, key=_start) - 1, 0)
            last = max(bisect_right(lines, max(span.source.end - 1, span.source.start), key=_start) - 1, 0)
            found |= dict.fromkeys(line.number for line in lines[first : last + 1])
    return list(found)


def _start(line: Line) -> int:
    return line.start


def of_pages() -> Iterator[Example]:
    """What pages say around texts of all kinds, and what authors say above and below theirs."""
    for name, kind in (("furniture.lines", PAGE), ("remarks.lines", REMARK)):
        for row in (HERE / name).read_text("utf-8").splitlines():
            if row and not row.startswith("# "):
                yield Example(signs(row, linked=False, again=False), kind, frozenset({kind}), row)


def of_books(folder: Path) -> Iterator[Example]:
    paragraphs = sorted({one.text for book in texts(folder) for one in book.paragraphs if one.text})
    random.Random(SEED).shuffle(paragraphs)
    few = sorted(paragraphs[: 4 * BRIEF], key=len)[:BRIEF]
    for text in (few + paragraphs[4 * BRIEF :])[:OF_BOOKS]:
        yield Example(signs(text, linked=False, again=False), TOLD, frozenset({TOLD}), text[:60], WORTH)


def learned(examples: Iterable[Example]) -> Weights:
    """Weights of three kinds beside what is told, whose own stay at nothing."""
    shown = [one for one in examples if one.also]
    often = Counter(name for name, _ in {(name, one.source) for one in shown for name in one.signs})
    known = {name for name, count in often.items() if count >= LEAST_FILES}
    table: dict[str, list[float]] = {}
    steep: dict[str, list[float]] = {}
    order = random.Random(SEED)
    for _ in range(ROUNDS):
        order.shuffle(shown)
        for one in shown:
            _learn(one, known, table, steep)
    return {name: (row[0], row[1], row[2]) for name, row in sorted(table.items()) if max(map(abs, row)) >= LEAST_WEIGHT}


def _learn(one: Example, known: set[str], table: dict[str, list[float]], steep: dict[str, list[float]]) -> None:
    rows = [(table.setdefault(name, [0.0] * 3), name, value) for name, value in one.signs.items() if name in known]
    scores = [0.0, *(sum(row[kind] * value for row, _, value in rows) for kind in range(3))]
    powers = [math.exp(score - max(scores)) for score in scores]
    for kind in range(3):
        wrong = (powers[kind + 1] / sum(powers) - (one.kind == kind + 1)) * one.worth
        if abs(wrong) < _NEXT_TO_NOTHING:
            continue
        for row, name, value in rows:
            slope = wrong * value + PULL * row[kind]
            steps = steep.setdefault(name, [0.01] * 3)
            steps[kind] += slope * slope
            row[kind] -= RATE * slope / math.sqrt(steps[kind])


_NEXT_TO_NOTHING = 0.001


def write(table: Weights) -> None:
    """Rows one after another, as many to a line as fit."""
    rows = (
        f"{name}|{100 * page:.0f}|{100 * field:.0f}|{100 * remark:.0f};"
        for name, (page, field, remark) in table.items()
    )
    lines = [""]
    for row in rows:
        if len(lines[-1]) + len(row) > WIDE:
            lines.append("")
        lines[-1] += row
    TABLE.write_text(_HEAD + "".join(f'    "{line}"\n' for line in lines) + ")\n", "utf-8")
    print(f"{len(table)} signs")


WIDE = 112
_HEAD = '''"""What each sign of a line weighs for a page's words, a head's field and an author's remark, in hundredths.

Written by `python -m bench.quality.line_weights`.
"""

from __future__ import annotations

TABLE = (
'''


if __name__ == "__main__":
    sys.exit(main())
