"""How fast, beside others, in one run: `python -m bench.speed [--files N]`; a big folder: `--scale N`.

Prints tables and writes `bench/out/speed.json`; `--results FILE` writes the tables as a page.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.machine import machine
from bench.speed import corpus
from bench.speed.report import of_scale, of_sides, versions
from bench.speed.rooms import rooms
from bench.speed.running import adopt_orphans
from bench.speed.scale import scale
from bench.speed.sides import Bench, contest

OUT = Path(__file__).parent.parent / "out"


def main() -> int:
    told = arguments().parse_args()
    # A shell that forbids Python to keep what it compiled would have every run compile everything: nobody's does.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    adopt_orphans()
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="remnant-bench-", dir=told.place, ignore_cleanup_errors=True) as place:
        bench = Bench(Path(place))
        text, record = big(bench, told.scale) if told.scale else side_by_side(bench, told.files)
    text = f"{machine()}\n{versions()}\n\n{text}\n"
    print(text)
    name = "scale" if told.scale else "speed"
    (OUT / f"{name}.json").write_text(json.dumps({"machine": machine(), **record}, indent=1) + "\n", "utf-8")
    if told.results:
        told.results.write_text(f"# {TITLES[name]}\n\n```text\n{text}```\n", "utf-8")
    return 0


TITLES = {"speed": "How fast, beside others", "scale": "How fast, a big folder"}


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__.split("\n\n")[0])
    parser.add_argument("--files", type=int, default=200, help="how many files to take in side by side")
    parser.add_argument("--scale", type=int, help="only take in so many files, and say when they can be found")
    parser.add_argument("--place", type=Path, help="where to work; it needs room for three copies of the files")
    parser.add_argument("--results", type=Path, help="write the result as a page too")
    return parser


def side_by_side(bench: Bench, files: int) -> tuple[str, dict[str, Any]]:
    stories = corpus.write(bench.place / "stories", files)
    sides = contest(bench, stories)
    shares = rooms(bench, stories)
    return of_sides(sides, stories, shares), {"sides": asdict(sides), "rooms": shares}


def big(bench: Bench, files: int) -> tuple[str, dict[str, Any]]:
    result = scale(bench, corpus.write(bench.place / "stories", files))
    return of_scale(result), {"scale": asdict(result)}


if __name__ == "__main__":
    sys.exit(main())
