"""Scores what is read out of notices: leaks first, then what is understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import comb
from typing import Any

from bench.quality.notices.cases import NOT_GATING, Case

from remnant.model import Claim, Field
from remnant.understand.reader import understand_bytes

STORY = (
    "The harbour was still when Maren came down to it, and the boats lay one beside the other like sleeping dogs. "
    "She had a lamp with her and did not light it.\n\n"
)
PAGE = "Title: The Lamp\nAuthor: Wren\n{text}\n\n" + STORY * 4


@dataclass(slots=True)
class Count:
    """Hits, what was missed and what was said without ground."""

    hit: int = 0
    missed: int = 0
    extra: int = 0

    def add(self, wanted: frozenset[str], got: frozenset[str]) -> None:
        self.hit += len(wanted & got)
        self.missed += len(wanted - got)
        self.extra += len(got - wanted)

    @property
    def f1(self) -> float:
        return 2 * self.hit / max(2 * self.hit + self.missed + self.extra, 1)


@dataclass(slots=True)
class Score:
    """What a half of the cases comes to."""

    gating: int = 0
    leaks: int = 0
    narrow: int = 0
    harmless: int = 0
    veiled: int = 0
    canons: Count = field(default_factory=Count)
    parts: Count = field(default_factory=Count)
    relations: Count = field(default_factory=Count)
    misses: list[dict[str, Any]] = field(default_factory=list)

    def row(self) -> str:
        upper = upper_bound(self.leaks, self.gating)
        return " | ".join(
            [
                str(self.gating + self.harmless),
                f"{self.leaks} of {self.gating}",
                f"{self.leaks / max(self.gating, 1):.1%}, {upper:.1%}",
                str(self.narrow),
                f"{self.veiled} of {self.harmless}",
                f"{self.canons.f1:.3f}",
                f"{self.parts.f1:.3f}",
                f"{self.relations.f1:.3f}",
            ]
        )


def score(said: Iterable[Case]) -> Score:
    """Read every case as the head of a small story, and compare."""
    whole = Score()
    for case in said:
        _add(whole, case, spoilers_of(case.text))
    return whole


def spoilers_of(text: str) -> list[Claim]:
    reading = understand_bytes(PAGE.format(text=text).encode())
    return [claim for claim in reading.claims if claim.field is Field.SPOILER]


def _add(whole: Score, case: Case, claims: list[Claim]) -> None:
    got = [(_text(claim, "relation"), _text(claim, "canon"), _parts(claim)) for claim in claims]
    gates = any(relation not in NOT_GATING for relation, _, _ in got)
    whole.gating += case.gates
    whole.harmless += not case.gates
    leaks, veiled = case.gates and not gates, gates and not case.gates
    wanted = [frozenset(_folded(part) for want in case.wants for part in want.parts), _relations(case)]
    found = [frozenset(_folded(part) for _, _, parts in got for part in parts), frozenset(said for said, _, _ in got)]
    closed = any(relation not in NOT_GATING and not parts for relation, _, parts in got)
    narrow = case.gates and not leaks and not closed and bool(wanted[0] - found[0]) and found[0] < wanted[0]
    canons = frozenset(_folded(want.canon) for want in case.wants if want.canon)
    found_canons = frozenset(_folded(canon) for _, canon, _ in got if canon)
    whole.leaks += leaks
    whole.veiled += veiled
    whole.narrow += narrow
    whole.canons.add(canons, found_canons)
    whole.parts.add(wanted[0], found[0])
    whole.relations.add(wanted[1], found[1])
    if leaks or veiled or narrow or [*wanted, canons] != [*found, found_canons]:
        whole.misses.append(
            {"text": case.text, "wants": [str(want) for want in case.wants], "got": [str(x) for x in got]}
        )


def _relations(case: Case) -> frozenset[str]:
    return frozenset(want.relation for want in case.wants)


def _text(claim: Claim, key: str) -> str:
    return str(claim.detail.get(key) or "")


def _parts(claim: Claim) -> tuple[str, ...]:
    said = claim.detail.get("parts", ())
    return said if isinstance(said, tuple) else ()


def _folded(text: str) -> str:
    words = re.sub(r"[^\w .]+", "", text.casefold()).split()
    return " ".join(word for word in words if word not in {"the", "a", "an"})


def upper_bound(hits: int, of: int, confidence: float = 0.975) -> float:
    """The upper end of the exact 95 % interval of a share."""
    if of == 0 or hits == of:
        return 1.0
    low, high = hits / of, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        at_most = sum(_chances(hits, of, middle))
        low, high = (middle, high) if at_most > 1 - confidence else (low, middle)
    return high


def _chances(hits: int, of: int, rate: float) -> Iterator[float]:
    return (comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(hits + 1))
