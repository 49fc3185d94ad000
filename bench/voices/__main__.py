"""How well voices are heard: `python -m bench.voices`, with `--pdnc FOLDER` and `--litbank FOLDER` for other people's.

`--results FILE` writes the tables as a page.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from bench.machine import machine
from bench.voices.litbank import SIDES, Excerpt, b_cubed, excerpts
from bench.voices.pdnc import LOOKED_AT, Answer, Novel, novels
from bench.voices.scenes import TWO_HANDERS, Labelled, scenes
from bench.voices.scores import Heard, judged, total

SHARES = (0.3, 0.5, 0.7, 0.9, 1.0)
SAID = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
"""Chances between which it is counted how often they came true."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.voices", description=__doc__)
    parser.add_argument("--pdnc", type=Path, help="the Project Dialogism Novel Corpus, as it was fetched")
    parser.add_argument("--shipped", action="store_true", help="with the weights of the product, fitted to all novels")
    parser.add_argument("--results", type=Path, help="write the result as a page too")
    parser.add_argument("--litbank", type=Path, help="LitBank, as it was fetched")
    told = parser.parse_args()
    lines = [machine(), "", *_ours("scenes of our own", scenes()), "", *_ours("two of one kind", scenes(TWO_HANDERS))]
    if told.pdnc:
        lines += ["", *_theirs(list(novels(told.pdnc, left_out=not told.shipped)))]
    if told.litbank:
        lines += ["", *_litbank(list(excerpts(told.litbank)))]
    text = "\n".join(lines) + "\n"
    print(text)
    if told.results:
        head = "# How well voices are heard\n\nWritten by `python -m bench.voices`; see `bench/README.md`.\n\n"
        told.results.write_text(f"{head}```text\n{text}```\n", "utf-8")
    return 0


def _ours(name: str, read: Sequence[Labelled]) -> list[str]:
    rows = [(scene.name, judged(scene)) for scene in read]
    head = f"{name:28} turns  named  right  voices  found  invented  nearest  in turns"
    return [head, *(_row(name, heard) for name, heard in [*rows, ("all", total(heard for _, heard in rows))])]


def _row(name: str, heard: Heard) -> str:
    counts = f"{heard.turns:5}  {heard.named:5}  {heard.right:5}  {heard.voices:6}  {heard.voices_found:5}"
    return f"{name:28} {counts}  {heard.invented:8}  {heard.nearest:7}  {heard.in_turns:8}"


def _theirs(read: Sequence[Novel]) -> list[str]:
    unseen = [novel for novel in read if novel.name not in LOOKED_AT]
    seen = [novel for novel in read if novel.name in LOOKED_AT]
    lines = [f"{'novels of PDNC, end to end':28} quotes   all  explicit  anaphoric  implicit   MB/s  nearest  in turns"]
    lines += [_novel(novel.name, [novel]) for novel in read]
    lines += [_novel("looked at while writing", seen), _novel("not looked at", unseen), _novel("all", read)]
    lines += ["", "right among the surest share of quotes"]
    for name, group in (("looked at while writing", seen), ("not looked at", unseen), ("all", read)):
        answers = sorted((answer for novel in group for answer in novel.answers), key=lambda answer: -answer.chance)
        shares = "  ".join(f"{share:.0%}: {_right(answers[: round(share * len(answers))]):.3f}" for share in SHARES)
        lines.append(f"{name:28} {shares}")
    return [*lines, "", *_reliability([answer for novel in read for answer in novel.answers])]


def _reliability(answers: Sequence[Answer]) -> list[str]:
    """Whether what was said to be likely came true as often."""
    lines = [f"{'said, of all':28} quotes  said  right"]
    for low, high in pairwise(SAID):
        within = [answer for answer in answers if low <= answer.chance < high]
        said = sum(answer.chance for answer in within) / max(len(within), 1)
        lines.append(f"{f'from {low:.2f}':28} {len(within):6} {said:.3f}  {_right(within):.3f}")
    return lines


def _novel(name: str, group: Sequence[Novel]) -> str:
    by_kind: dict[str, list[Answer]] = defaultdict(list)
    for novel in group:
        for answer in novel.answers:
            by_kind[answer.kind].append(answer)
    every = [answer for answers in by_kind.values() for answer in answers]
    kinds = "      ".join(f"{_right(by_kind[kind]):.3f}" for kind in ("Explicit", "Anaphoric", "Implicit"))
    speed = sum(novel.characters for novel in group) / max(sum(novel.seconds for novel in group), 1e-9) / 1e6
    nearest = sum(answer.nearest for answer in every) / max(len(every), 1)
    turns = sum(answer.turns for answer in every) / max(len(every), 1)
    ours = f"{name:28} {len(every):6} {_right(every):.3f}     {kinds}   {speed:.2f}"
    return f"{ours}    {nearest:.3f}     {turns:.3f}"


def _litbank(read: Sequence[Excerpt]) -> list[str]:
    """Quotations found to the letter, and B-cubed of their speakers."""
    labelled, found = (
        sum(len(of) for of in sides) for sides in ([one.labelled for one in read], [one.found for one in read])
    )
    both = sum(len(one.labelled & one.found) for one in read)
    lines = [f"excerpts of LitBank: {len(read)}, with {labelled} quotations"]
    lines += [
        f"quotations found to the letter: precision {both / max(found, 1):.3f}, recall {both / max(labelled, 1):.3f}"
    ]
    lines += [f"{'speakers, B-cubed':28} precision  recall     F1"]
    for side in SIDES:
        precision, recall = b_cubed(read, side)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        lines.append(f"{side:28}     {precision:.3f}   {recall:.3f}  {f1:.3f}")
    return lines


def _right(answers: Sequence[Answer]) -> float:
    return sum(answer.right for answer in answers) / len(answers) if answers else 0.0


if __name__ == "__main__":
    raise SystemExit(main())
