"""How well stories are understood: `python -m bench.quality`, or `--labels FILE --stories DIR` for somebody else's.

Prints a table for each set of labels and writes `bench/out/quality.json`; `--results FILE` writes the table as a page.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from bench.machine import machine
from bench.quality import floors, labels
from bench.quality.ebooks import as_lines
from bench.quality.labels import Truth
from bench.quality.report import Set, as_json, as_text, at_a_glance, by_remnant, measured, wrong
from bench.quality.scores import total

HERE = Path(__file__).parent
OUT = HERE.parent / "out"


def main() -> int:
    told = arguments().parse_args()
    if told.wrong:
        print(wrong(labels.read_lines(told.labels, told.stories) if told.labels else [*opened(), *retired()]))
        return 0
    if told.floors or told.raise_floors:
        return on_floors(lift=told.raise_floors)
    sets = ours() if not told.labels or told.too else []
    sets += theirs(told.labels, told.stories) if told.labels else []
    books = ["\n".join(as_lines(told.ebooks))] if told.ebooks else []
    text = "\n\n".join([machine(), commit(), at_a_glance(sets), *(as_text(one) for one in sets), *books]) + "\n"
    print(text)
    OUT.mkdir(exist_ok=True)
    record = {"machine": machine(), "sets": [as_json(one) for one in sets]}
    (OUT / "quality.json").write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    if told.results:
        told.results.write_text(page(text), "utf-8")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=__doc__.split("\n\n")[0])
    parser.add_argument("--labels", type=Path, help="labels of other stories, one JSON object a line")
    parser.add_argument("--stories", type=Path, nargs="+", default=[], help="the folders where those stories are")
    parser.add_argument("--too", action="store_true", help="with --labels, measure ours too")
    parser.add_argument("--ebooks", type=Path, help="Standard Ebooks as they were fetched: strip, then recover")
    parser.add_argument("--results", type=Path, help="write the result as a page too")
    parser.add_argument("--floors", action="store_true", help="instead, fail if a figure lies below its floor")
    parser.add_argument("--raise-floors", action="store_true", help="lift the floors to just under what is reached now")
    parser.add_argument("--wrong", action="store_true", help="instead, what came out otherwise; not of held-out files")
    return parser


def opened() -> list[Truth]:
    return labels.read(HERE / "stories", heldout=False)


def retired() -> list[Truth]:
    """What was held out once, in the order in which it was written; rule writers have read it since."""
    sets = (labels.read(HERE / "retired" / name / "stories", heldout=False) for name in ("first", "second", "third"))
    return list(chain(*sets))


def heldout() -> list[Truth]:
    return labels.read(HERE / "heldout" / "stories", heldout=True)


def all_sets() -> dict[str, list[Truth]]:
    return {"open": opened(), "held out once, open now": retired(), "held out": heldout()}


def ours() -> list[Set]:
    return [measured(name, truths) for name, truths in all_sets().items()]


def on_floors(*, lift: bool) -> int:
    """Only Remnant is measured, and of held-out files no more than totals are told."""
    sets = [floors.measured(name, truths, total(by_remnant(truths))) for name, truths in all_sets().items()]
    if lift:
        floors.write(floors.raised(sets, floors.kept(), datetime.now(UTC).date()))
    fallen = list(floors.below(sets, floors.kept()))
    print("\n".join(fallen) or f"Every floor holds: {sum(len(one.figures) for one in sets)} figures.")
    return 1 if fallen else 0


def theirs(file: Path, folders: list[Path]) -> list[Set]:
    return [measured(file.name, labels.read_lines(file, folders))]


def commit() -> str:
    """Which state of the project was measured: its commit, and whether the rules were changed since."""
    git = ["git", "-C", str(HERE)]
    told = subprocess.run(
        [*git, "log", "-1", "--format=commit %h"], capture_output=True, text=True, check=False
    ).stdout.strip()
    changed = subprocess.run(
        [*git, "diff", "--quiet", "HEAD", "--", ":/src"], capture_output=True, check=False
    ).returncode
    return f"{told}, with changes since" if told and changed else told or "no commit known"


def page(text: str) -> str:
    return f"# How well stories are understood\n\nWritten by `python -m bench.quality`.\n\n```text\n{text}```\n"


if __name__ == "__main__":
    sys.exit(main())
