"""The measurement of one set of labels, as a table and as JSON."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bench.quality import answers
from bench.quality.labels import Truth
from bench.quality.scores import Count, Score, Share, bootstrap, compared, score, total, wilson

DRAWS = 1000
SEED = 1


@dataclass(frozen=True)
class Set:
    """A set of labelled files: each one's score, for Remnant and for the baseline."""

    name: str
    truths: list[Truth]
    ours: list[Score]
    base: list[Score]


def measured(name: str, truths: list[Truth]) -> Set:
    known = frozenset(role for truth in truths for right in truth.roles.values() for role in right)
    ours = [score(truth, answers.remnant(truth.file), known) for truth in truths]
    base = [score(truth, answers.baseline(truth.file), known) for truth in truths]
    return Set(name, truths, ours, base)


def as_text(one: Set) -> str:
    ours, base = total(one.ours), total(one.base)
    by_hand = sum(truth.by_hand for truth in one.truths)
    lines = [f"{one.name}: {len(one.truths)} files, {by_hand} by hand, {ours.lines.of} labelled lines", ""]
    lines += [f"{'':24}{'Remnant':>24}{'everything is story':>26}"]
    lines += [f"{name:24}{_share(of(ours)):>24}{_share(of(base)):>26}" for name, of in SHARES]
    lines += [_pair("story or not, F1", _f1(ours.story), _f1(base.story))]
    lines += [_pair("values invented", str(ours.invented), str(base.invented)), ""]
    lines += [f"{'role':24}{'lines':>6}{'precision':>11}{'recall':>8}   F1 (95 %)             baseline F1"]
    lines += [_role_row(one, role, ours, base) for role in sorted(ours.roles)]
    lines += ["", f"{'field':24}{'stated':>6}{'precision':>11}{'recall':>8}   F1 (95 %)"]
    lines += [_field_row(one, name, count) for name, count in sorted(ours.fields.items()) if count != Count()]
    return "\n".join(line.rstrip() for line in lines)


SHARES: list[tuple[str, Callable[[Score], Share]]] = [
    ("files left untouched", lambda score: score.untouched),
    ("story begins right", lambda score: score.begins),
    ("story ends right", lambda score: score.ends),
    ("lines right", lambda score: score.lines),
    ("no story, and not taken", lambda score: score.others),
]


def wrong(one: Set) -> str:
    """Every line and field of every file that came out otherwise than its label: what a rule writer reads."""
    return "\n".join(line for truth in one.truths for line in _wrong_in(truth))


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
    return f"{_percent(share.good / share.of if share.of else None)} ({_percent(low)} to {_percent(high)})"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}"


def _f1(count: Count) -> str:
    return _percent(count.f1)


def _pair(name: str, ours: str, base: str) -> str:
    return f"{name:24}{ours:>24}{base:>26}"


def _role_row(one: Set, role: str, ours: Score, base: Score) -> str:
    low, high = _interval([score.roles.get(role, Count()) for score in one.ours])
    count = ours.roles[role]
    span = f"{_f1(count)} ({_percent(low)} to {_percent(high)})"
    return f"{_row(role, count)}   {span:<22}{_f1(base.roles.get(role, Count())):>6}"


def _field_row(one: Set, name: str, count: Count) -> str:
    low, high = _interval([score.fields.get(name, Count()) for score in one.ours])
    return f"{_row(name, count)}   {_f1(count)} ({_percent(low)} to {_percent(high)})"


def _row(name: str, count: Count) -> str:
    stated = count.right + count.missed
    return f"{name:24}{stated:>6}{_percent(count.precision):>11}{_percent(count.recall):>8}"


def _interval(counts: list[Count]) -> tuple[float, float]:
    chance = random.Random(SEED)
    return bootstrap(counts, [chance.choices(range(len(counts)), k=len(counts)) for _ in range(DRAWS)])


def as_json(one: Set) -> dict[str, Any]:
    return {
        "name": one.name,
        "files": len(one.truths),
        "remnant": _figures(total(one.ours)),
        "baseline": _figures(total(one.base)),
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
