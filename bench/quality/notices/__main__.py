"""How well spoiler notices are read: `python -m bench.quality.notices`, over both halves of our own labelled lines."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from bench.quality.notices.cases import Case, cases
from bench.quality.notices.scoring import Score, score

HERE = Path(__file__).parent
RESULTS = HERE.parents[1] / "results" / "notices.md"
HALVES = {"open": "the half that rules are written beside", "heldout": "the half kept out of their sight"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.quality.notices", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show what is read wrongly; of the open half only")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name}")
    wish = parser.parse_args()
    scores = {half: score(cases(HERE / f"{half}.notices")) for half in HALVES}
    page = report(scores)
    print(page)
    if wish.misses:
        show_misses(cases(HERE / "open.notices"))
    if wish.write:
        RESULTS.write_text(page, "utf-8")


def show_misses(said: Iterable[Case]) -> None:
    for case in said:
        one = score([case])
        if one.misses:
            print(json.dumps(one.misses, ensure_ascii=False, indent=1))


def report(scores: dict[str, Score]) -> str:
    rows = [
        "| half | notices | leaks | leak rate, 95 % at most | too narrow | over-veiled of those that gate nothing "
        "| canon F1 | part F1 | relation F1 |",
        "|---|---|---|---|---|---|---|---|---|",
        *(f"| {half} | {one.row()} |" for half, one in scores.items()),
    ]
    return PAGE.format(rows="\n".join(rows), halves="\n".join(f"- **{half}**: {what}" for half, what in HALVES.items()))


PAGE = """\
# Spoiler notices: what is read out of them

`python -m bench.quality.notices --write`

Lines of our own in the shapes of the wild, each read as the head of a small story:

{halves}

{rows}

- A **leak** is a notice that gates and of which no claim that gates is made. Its rate is given with the upper end of
  the exact (Clopper-Pearson) 95 % interval.
- **Too narrow**: a claim is made and understood, but for fewer parts than the notice names, and nothing that was not
  understood stands beside it to keep the work closed.
- **Over-veiled**: of lines that say "no spoilers", or are no notice at all, those of which a gating claim is made.
- F1 counts canons, parts and relations of each line as sets, as the label has them; case, punctuation and a leading
  article make no difference. A part that is left unread counts as missed.
"""

if __name__ == "__main__":
    main()
