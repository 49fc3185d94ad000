"""Which works are alike: found by their traces in the index, judged by what it remembers of their words."""

from __future__ import annotations

import json
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from remnant.find.port import Index
from remnant.library.cards import card_from_bytes
from remnant.library.kin import Kin, Pair
from remnant.model import Alike, Kinship, Likened, Likeness, Likening, Told
from remnant.understand.likeness import compare
from remnant.understand.versions import rule_named
from remnant.wire.likened import new_likened
from remnant.wire.likeness import from_json

RULE = rule_named("likeness")

TOGETHER = 40
"""Works that have one trace in common are each compared with each, up to so many; beyond, with their neighbours."""

SHARED = 2
"""Traces that two works must have in common to be compared at all."""

SURE = 100
"""Words that a story must have to be joined to another without anybody being asked."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Two works by id, in order, and what they are to one another."""

    one: str
    other: str
    alike: Alike

    @property
    def pair(self) -> Pair:
        return self.one, self.other


def twins(index: Index) -> Iterator[Twins]:
    """Every two works that are alike."""
    found = _near(index, None)
    known = likenesses(index, {work for pair in found for work in pair})
    for one, other in found:
        alike = compare(known[one], known[other])
        if alike.kinship is not Kinship.NOT_ALIKE:
            yield Twins(one, other, alike)


class Compared:
    """All that are alike, found anew whenever the index has changed; safe among threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._heads: Mapping[str, str] | None = None
        self._twins: tuple[Twins, ...] = ()

    def twins(self, index: Index) -> tuple[Twins, ...]:
        with self._lock:
            heads = index.heads()
            if heads != self._heads:
                self._twins, self._heads = tuple(twins(index)), heads
            return self._twins


def likenesses(index: Index, works: Collection[str]) -> dict[str, Likeness]:
    """What is remembered of the words of these works, of those that have enough."""
    return {work: from_json(json.loads(held)) for work, held in index.likenesses(works).items()}


def joined_unasked(index: Index, kin: Kin, works: Collection[str]) -> Iterator[Likened]:
    """The words that join these works to others found at the same address, with every old chapter unchanged."""
    found = _near(index, works)
    known = likenesses(index, {work for pair in found for work in pair})
    for pair in found:
        one, other = known[pair[0]], known[pair[1]]
        if _is_sure(one, other) and not kin.is_known(pair) and pair not in kin.apart:
            tellings = [card_from_bytes(hit.card).work for work in pair if (hit := index.get(work, None))]
            if len({work.kind for work in tellings}) == 1:
                told = (Told(work.id, work.editions[0].original) for work in tellings)
                yield new_likened(Likening.SAME, told, RULE, batch_of(pair))


def batch_of(pair: Pair) -> str:
    """What a rule says of two works is one batch."""
    return "-".join(work[:8] for work in pair)


def _near(index: Index, among: Collection[str] | None) -> list[Pair]:
    return [(one, other) for one, other, shared in index.sharing(TOGETHER, among) if shared >= SHARED]


def _is_sure(one: Likeness, other: Likeness) -> bool:
    at_one_place = not {*one.addresses}.isdisjoint(other.addresses)
    return at_one_place and min(one.words, other.words) >= SURE and compare(one, other).exact
