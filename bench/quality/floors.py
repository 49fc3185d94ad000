"""Floors under what was reached: `--floors` fails below one, `--raise-floors` lifts them, and nothing lowers them.

A floor holds for the labels that it was set with. When those change, the set's floors begin anew, in the open; only
the ceiling over invented values stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.quality.labels import Truth
from bench.quality.report import SHARES, every, macro
from bench.quality.scores import Count, Score

FILE = Path(__file__).parent / "floors.json"
Floors = Mapping[str, Mapping[str, object]]
SLACK = 0.015
"""How far under the figure reached a floor lies: about one file of a hundred, so that one line is no alarm."""
ENOUGH = 10
"""Roles and fields that are labelled less often have no floor of their own."""


@dataclass(frozen=True)
class Measured:
    """What has floors: a set's name, its labels as a digest, its figures; `invented` has a ceiling instead."""

    name: str
    labels: str
    figures: Mapping[str, float]
    invented: int


def measured(name: str, truths: Sequence[Truth], whole: Score) -> Measured:
    """Of held-out files only totals are told, of others roles and fields too."""
    figures = dict(_totals(whole)) | ({} if any(truth.heldout for truth in truths) else dict(_each(whole)))
    return Measured(name, digest(truths), figures, whole.invented)


def _totals(whole: Score) -> Iterator[tuple[str, float]]:
    for name, share_of in SHARES:
        share = share_of(whole)
        yield name, share.good / share.of if share.of else 1.0
    fields = every(whole.fields)
    for name, value in (
        ("story or not, F1", whole.story.f1),
        ("roles, macro-F1", macro(whole.roles)),
        ("fields, precision", fields.precision),
        ("fields, recall", fields.recall),
    ):
        yield name, value or 0.0


def _each(whole: Score) -> Iterator[tuple[str, float]]:
    for kind, counts in (("role", whole.roles), ("field", whole.fields)):
        for name, count in counts.items():
            if count.right + count.missed >= ENOUGH:
                yield from _both(f"{kind} {name}", count)


def _both(name: str, count: Count) -> Iterator[tuple[str, float]]:
    """Recall has its floor beside precision, so that saying nothing does not win."""
    yield f"{name}, precision", count.precision or 0.0
    yield f"{name}, recall", count.recall or 0.0


def digest(truths: Sequence[Truth]) -> str:
    """Of every story and its label: the same on every machine."""
    whole = hashlib.sha256()
    for truth in sorted(truths, key=lambda truth: truth.name):
        for file in (truth.file, truth.file.with_name(f"{truth.file.name}.json")):
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:16]


def kept() -> Floors:
    found: Floors = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    return found


def below(sets: Sequence[Measured], floors: Floors) -> Iterator[str]:
    """What fell, a line each; nothing if every floor holds."""
    for one in sets:
        floor = floors.get(one.name)
        if floor is None or floor["labels"] != one.labels:
            yield f"{one.name}: the labels are others than its floors were set with; `--raise-floors` begins them anew"
            continue
        if one.invented > _ceiling(floor):
            yield f"{one.name}: {one.invented} values invented, and no more than {_ceiling(floor)} are allowed"
        for name, least in _figures(floor).items():
            if one.figures.get(name, 0.0) < least:
                yield f"{one.name}: {name} is {one.figures.get(name, 0.0):.4f}, its floor {least:.4f}"


def raised(sets: Sequence[Measured], floors: Floors, today: date) -> dict[str, Mapping[str, object]]:
    """The floors lifted to just under what is reached now; one that lies higher stays, with its date."""
    return dict(floors) | {one.name: _lifted(one, floors.get(one.name), today) for one in sets}


def _lifted(one: Measured, floor: Mapping[str, object] | None, today: date) -> dict[str, object]:
    same = floor if floor is not None and floor["labels"] == one.labels else None
    before = _figures(same) if same else {}
    reached = {name: round(max(0.0, value - SLACK), 4) for name, value in one.figures.items()}
    now = {name: max(value, before.get(name, 0.0)) for name, value in reached.items()}
    ceiling = min(one.invented, _ceiling(floor)) if floor else one.invented
    on = same["on"] if same and now == before and ceiling == _ceiling(same) else today.isoformat()
    return {"on": on, "labels": one.labels, "invented at most": ceiling, "at least": now}


def _figures(floor: Mapping[str, object]) -> dict[str, float]:
    least = floor["at least"]
    return {str(name): float(value) for name, value in least.items()} if isinstance(least, dict) else {}


def _ceiling(floor: Mapping[str, object]) -> int:
    return int(str(floor["invented at most"]))


def write(floors: Floors) -> None:
    FILE.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
