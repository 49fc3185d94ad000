"""The measurement of one set of labels, as a table and as JSON."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.quality import answers, rivals
from bench.quality.answers import Answer
from bench.quality.labels import Truth
from bench.quality.scores import Count, Score, Share, bootstrap, compared, score, total, wilson

DRAWS = 1000
SEED = 1


@dataclass(frozen=True)
class Set:
    """A set of labelled files: each one's score, for Remnant and for others. Calibre's, of fields alone, may lack."""

    name: str
    truths: list[Truth]
    ours: list[Score]
    plain: list[Score]
    base: list[Score]
    calibre: list[Score] | None


def measured(name: str, truths: list[Truth]) -> Set:
    told = rivals.calibre([truth.file for truth in truths])
    plain, base = scored(truths, rivals.plain), scored(truths, rivals.everything_is_story)
    return Set(name, truths, by_remnant(truths), plain, base, judged(truths, told) if told else None)


def by_remnant(truths: list[Truth]) -> list[Score]:
    return scored(truths, answers.remnant)


def scored(truths: list[Truth], reader: Callable[[Path], Answer]) -> list[Score]:
    return judged(truths, [reader(truth.file) for truth in truths])


def judged(truths: list[Truth], told: Sequence[Answer]) -> list[Score]:
    known = frozenset(role for truth in truths for right in truth.roles.values() for role in right)
    return [score(truth, answer, known) for truth, answer in zip(truths, told, strict=True)]


def as_text(one: Set) -> str:
    ours, plain, base = total(one.ours), total(one.plain), total(one.base)
    calibre = total(one.calibre) if one.calibre else None
    by_hand = sum(truth.by_hand for truth in one.truths)
    lines = [f"{one.name}: {len(one.truths)} files, {by_hand} by hand, {ours.lines.of} labelled lines", ""]
    lines += [f"{'':24}{'Remnant':>24}{'plain reader':>24}{'everything is story':>24}"]
    lines += [_row_of(name, *(_share(of(side)) for side in (ours, plain, base))) for name, of in SHARES]
    lines += [_row_of(name, *(of(side) for side in (ours, plain, base))) for name, of in FIGURES]
    lines += ["", f"{'role':24}{'lines':>6}{'precision':>11}{'recall':>8}   {'F1 (95 %)':<24}{'plain':>6}{'story':>7}"]
    lines += [_role_row(one, role, ours, plain, base) for role in sorted(ours.roles)]
    others = f"{'plain P':>8}{'R':>7}{'calibre P':>11}{'R':>7}"
    lines += ["", f"{'field':24}{'stated':>6}{'precision':>11}{'recall':>8}   {'F1 (95 %)':<24}{others}"]
    stated = [(name, count) for name, count in sorted(ours.fields.items()) if count != Count()]
    lines += [_field_row(one, name, count, plain, calibre) for name, count in stated]
    if calibre is None:
        lines += ["(calibre is not installed here or gave up, so its columns are empty)"]
    return "\n".join(line.rstrip() for line in lines)


def at_a_glance(sets: Sequence[Set]) -> str:
    """Remnant's headline figures, a line for each set; what stands beside them follows in each set's own table."""
    names = [name for name, _ in SHARES] + [name for name, _ in FIGURES]
    lines = [f"{'':24}" + "".join(f"{at:>9}" for at in range(1, len(sets) + 1))]
    told = [total(one.ours) for one in sets]
    rows = [[_plainly(of(whole)) for whole in told] for _, of in SHARES] + [
        [of(whole) for whole in told] for _, of in FIGURES
    ]
    lines += [f"{name:24}" + "".join(f"{value:>9}" for value in row) for name, row in zip(names, rows, strict=True)]
    return "\n".join([*lines, "", *(f"{at} {one.name}, {len(one.truths)} files" for at, one in enumerate(sets, 1))])


def _plainly(share: Share) -> str:
    return percent(share.good / share.of if share.of else None)


def every(counts: Mapping[str, Count]) -> Count:
    return sum(counts.values(), Count())


def macro(roles: Mapping[str, Count]) -> float | None:
    """The mean F1 of the roles that lines are labelled with, each as weighty as the others."""
    figures = [count.f1 or 0.0 for count in roles.values() if count.right + count.missed]
    return sum(figures) / len(figures) if figures else None


FIGURES: list[tuple[str, Callable[[Score], str]]] = [
    ("story or not, F1", lambda score: _f1(score.story)),
    ("roles, macro-F1", lambda score: percent(macro(score.roles))),
    ("fields, precision", lambda score: percent(every(score.fields).precision)),
    ("fields, recall", lambda score: percent(every(score.fields).recall)),
    ("values invented", lambda score: str(score.invented)),
]

SHARES: list[tuple[str, Callable[[Score], Share]]] = [
    ("files left untouched", lambda score: score.untouched),
    ("story begins right", lambda score: score.begins),
    ("story ends right", lambda score: score.ends),
    ("lines right", lambda score: score.lines),
    ("no story, and not taken", lambda score: score.others),
]


def wrong(truths: list[Truth]) -> str:
    """Every line and field of every file that came out otherwise than its label: what a rule writer reads."""
    return "\n".join(line for truth in truths for line in _wrong_in(truth))


def _wrong_in(truth: Truth) -> Iterator[str]:
    said = answers.remnant(truth.file)
    texts = {line.number: line.text for line in answers.lines_in(truth.file)}
    yield f"{truth.file.name}"
    for number, right in truth.roles.items():
        if said.roles.get(number) not in right:
            yield f"  line {number}: {' or '.join(right)}, not {said.roles.get(number)}: {texts[number][:70]}"
    for name in sorted({*truth.fields, *said.fields}):
        if set(compared(name, said.fields.get(name, ()))) != set(compared(name, truth.fields.get(name, ()))):
            yield f"  {name}: {truth.fields.get(name, ())}, not {said.fields.get(name, ())}"


def _share(share: Share) -> str:
    low, high = wilson(share)
    return f"{percent(share.good / share.of if share.of else None)} ({percent(low)} to {percent(high)})"


def percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def _f1(count: Count) -> str:
    return percent(count.f1)


def _row_of(name: str, *figures: str) -> str:
    return f"{name:24}" + "".join(f"{figure:>24}" for figure in figures)


def _role_row(one: Set, role: str, ours: Score, plain: Score, base: Score) -> str:
    low, high = _interval([score.roles.get(role, Count()) for score in one.ours])
    count = ours.roles[role]
    span = f"{_f1(count)} ({percent(low)} to {percent(high)})"
    others = "".join(f"{_f1(side.roles.get(role, Count())):>7}" for side in (plain, base))
    return f"{_row(role, count)}   {span:<23}{others}"


def _field_row(one: Set, name: str, count: Count, plain: Score, calibre: Score | None) -> str:
    low, high = _interval([score.fields.get(name, Count()) for score in one.ours])
    span = f"{_f1(count)} ({percent(low)} to {percent(high)})"
    others = [side.fields.get(name, Count()) if side else None for side in (plain, calibre)]
    told = [(percent(one.precision), percent(one.recall)) if one else ("", "") for one in others]
    return f"{_row(name, count)}   {span:<24}{told[0][0]:>8}{told[0][1]:>7}{told[1][0]:>11}{told[1][1]:>7}"


def _row(name: str, count: Count) -> str:
    stated = count.right + count.missed
    return f"{name:24}{stated:>6}{percent(count.precision):>11}{percent(count.recall):>8}"


def _interval(counts: list[Count]) -> tuple[float, float]:
    chance = random.Random(SEED)
    return bootstrap(counts, [chance.choices(range(len(counts)), k=len(counts)) for _ in range(DRAWS)])


def as_json(one: Set) -> dict[str, Any]:
    return {
        "name": one.name,
        "files": len(one.truths),
        "remnant": _figures(total(one.ours)),
        "plain": _figures(total(one.plain)),
        "baseline": _figures(total(one.base)),
        "calibre": _figures(total(one.calibre)) if one.calibre else None,
        "by_file": {
            truth.name: {"untouched": bool(got.untouched.good), "lines": [got.lines.good, got.lines.of]}
            for truth, got in zip(one.truths, one.ours, strict=True)
        },
    }


def _figures(whole: Score) -> dict[str, Any]:
    shares = {name: {"good": of(whole).good, "of": of(whole).of, "interval": wilson(of(whole))} for name, of in SHARES}
    return {
        "shares": shares,
        "story": _count(whole.story),
        "invented": whole.invented,
        "roles": {name: _count(count) for name, count in whole.roles.items()},
        "fields": {name: _count(count) for name, count in whole.fields.items()},
    }


def _count(count: Count) -> dict[str, Any]:
    figures = {"precision": count.precision, "recall": count.recall, "f1": count.f1}
    return {"right": count.right, "wrong": count.wrong, "missed": count.missed} | figures
