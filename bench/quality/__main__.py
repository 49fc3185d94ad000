"""How well stories are understood: `python -m bench.quality`, or `--labels FILE --stories DIR` for somebody else's.

Prints a table for each set of labels and writes `bench/out/quality.json`; `--results FILE` writes the table as a page.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from bench.machine import machine
from bench.quality import labels
from bench.quality.report import Set, as_json, as_text, measured, wrong

HERE = Path(__file__).parent
OUT = HERE.parent / "out"


def main() -> int:
    told = arguments().parse_args()
    sets = theirs(told.labels, told.stories) if told.labels else ours()
    if told.wrong:
        print(wrong(sets[0]))
        return 0
    text = "\n\n".join([machine(), *(as_text(one) for one in sets)]) + "\n"
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
    parser.add_argument("--results", type=Path, help="write the result as a page too")
    parser.add_argument("--wrong", action="store_true", help="instead, what came out otherwise; not of held-out files")
    return parser


def ours() -> list[Set]:
    seen = labels.read(HERE / "stories", heldout=False)
    first = labels.read(HERE / "heldout" / "stories", heldout=True)
    second = labels.read(HERE / "heldout" / "second" / "stories", heldout=True)
    return [
        measured("stories that rule writers may read", seen),
        measured("held out", first + second),
        measured("held out, first set", first),
        measured("held out, second set, wholly made by hand", second),
    ]


def theirs(file: Path, folders: list[Path]) -> list[Set]:
    return [measured(file.name, labels.read_lines(file, folders))]


def page(text: str) -> str:
    return f"# How well stories are understood\n\nWritten by `python -m bench.quality`.\n\n```text\n{text}```\n"


if __name__ == "__main__":
    sys.exit(main())
