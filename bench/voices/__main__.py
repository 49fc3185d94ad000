"""How well voices are heard: `python -m bench.voices`, with `--pdnc FOLDER` for 28 novels of other people's.

`--results FILE` writes the tables as a page.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bench.machine import machine
from bench.voices.pdnc import LOOKED_AT, Answer, Novel, novels
from bench.voices.scenes import scenes
from bench.voices.scores import Heard, judged, total

SHARES = (0.3, 0.5, 0.7, 0.9, 1.0)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.voices", description=__doc__)
    parser.add_argument("--pdnc", type=Path, help="the Project Dialogism Novel Corpus, as it was fetched")
    parser.add_argument("--results", type=Path, help="write the result as a page too")
    told = parser.parse_args()
    lines = [machine(), "", *_ours()]
    if told.pdnc:
        lines += ["", *_theirs(list(novels(told.pdnc)))]
    text = "\n".join(lines) + "\n"
    print(text)
    if told.results:
        head = "# How well voices are heard\n\nWritten by `python -m bench.voices`; see `bench/README.md`.\n\n"
        told.results.write_text(f"{head}```text\n{text}```\n", "utf-8")
    return 0


def _ours() -> list[str]:
    rows = [(scene.name, judged(scene)) for scene in scenes()]
    head = f"{'scenes of our own':28} turns  named  right  voices  found  invented"
    return [head, *(_row(name, heard) for name, heard in [*rows, ("all", total(heard for _, heard in rows))])]


def _row(name: str, heard: Heard) -> str:
    counts = f"{heard.turns:5}  {heard.named:5}  {heard.right:5}  {heard.voices:6}  {heard.voices_found:5}"
    return f"{name:28} {counts}  {heard.invented:8}"


def _theirs(read: Sequence[Novel]) -> list[str]:
    unseen = [novel for novel in read if novel.name not in LOOKED_AT]
    seen = [novel for novel in read if novel.name in LOOKED_AT]
    lines = [f"{'novels of PDNC, end to end':28} quotes   all  explicit  anaphoric  implicit   MB/s"]
    lines += [_novel(novel.name, [novel]) for novel in read]
    lines += [_novel("looked at while writing", seen), _novel("not looked at", unseen), _novel("all", read)]
    lines += ["", "right among the surest share of quotes"]
    for name, group in (("not looked at", unseen), ("all", read)):
        answers = sorted((answer for novel in group for answer in novel.answers), key=lambda answer: -answer.margin)
        shares = "  ".join(f"{share:.0%}: {_right(answers[: round(share * len(answers))]):.3f}" for share in SHARES)
        lines.append(f"{name:28} {shares}")
    return lines


def _novel(name: str, group: Sequence[Novel]) -> str:
    by_kind: dict[str, list[Answer]] = defaultdict(list)
    for novel in group:
        for answer in novel.answers:
            by_kind[answer.kind].append(answer)
    every = [answer for answers in by_kind.values() for answer in answers]
    kinds = "      ".join(f"{_right(by_kind[kind]):.3f}" for kind in ("Explicit", "Anaphoric", "Implicit"))
    speed = sum(novel.characters for novel in group) / max(sum(novel.seconds for novel in group), 1e-9) / 1e6
    return f"{name:28} {len(every):6} {_right(every):.3f}     {kinds}   {speed:.2f}"


def _right(answers: Sequence[Answer]) -> float:
    return sum(answer.right for answer in answers) / len(answers) if answers else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
