"""Which works are one story, by all that was said of it: a function of the words, never of their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from remnant.model import Digest, Likened, Likening, Person

Pair = tuple[str, str]


class Groups:
    """Works joined one pair after the other, but never so that two which are said to be two stories come together."""

    def __init__(self, apart: Iterable[Pair] = ()) -> None:
        self._heads: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._foes: dict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._foes[one].add(other)
            self._foes[other].add(one)

    def join(self, one: str, other: str) -> bool:
        """Whether the two are together now."""
        small, great = sorted((self._head(one), self._head(other)), key=lambda head: len(self._members[head]))
        if small == great:
            return True
        if any(foe in self._members[great] for member in self._members[small] for foe in self._foes.get(member, ())):
            return False
        for member in self._members[small]:
            self._heads[member] = great
        self._members[great] |= self._members.pop(small)
        return True

    def of(self, work: str) -> frozenset[str]:
        return frozenset(self._members[self._heads[work]]) if work in self._heads else frozenset((work,))

    def all(self) -> list[frozenset[str]]:
        """Every group of two and more."""
        return sorted((frozenset(group) for group in self._members.values() if len(group) > 1), key=sorted)

    def _head(self, work: str) -> str:
        if work not in self._heads:
            self._heads[work] = work
            self._members[work] = {work}
        return self._heads[work]


class Kin:
    """What stands of the words on which works are one story.

    Of a pair, a person's "two stories" outweighs every "one story", and what was taken back says nothing. Where joining
    one pair after the other would bring together two that are said to be two, the pairs are taken in the order of their
    ids, and the last one stays apart.
    """

    def __init__(self, words: Iterable[Likened]) -> None:
        said = sorted(words, key=lambda one: one.id)
        self._originals = {told.work: told.original for one in said for told in one.of}
        self._known = {_pair(one) for one in said if one.what is Likening.SAME and not isinstance(one.witness, Person)}
        self._ever = _grouped(one for one in said if one.what in (Likening.SAME, Likening.OTHER))
        self._heard = _heard(said)
        self._standing = tuple(one for one in self._heard if one.what is not Likening.UNDO)
        self.apart = frozenset(_pair(one) for one in self._standing if one.what is Likening.OTHER)
        self._groups = Groups(self.apart)
        for one, other in sorted({_pair(one) for one in self._standing if one.what is Likening.SAME} - self.apart):
            self._groups.join(one, other)
        self._first = _chosen(one for one in self._standing if one.what is Likening.FIRST)

    def of(self, work: str) -> frozenset[str]:
        """All that is one story with this work, itself too."""
        return self._groups.of(work)

    def groups(self) -> list[frozenset[str]]:
        return self._groups.all()

    def once_said(self, work: str) -> frozenset[str]:
        """All that was ever joined to this work, or kept apart from it, at however many removes."""
        return self._ever.of(work)

    def first(self, group: Iterable[str]) -> str | None:
        """The member that a person wants to stand first."""
        return min((work for work in group if work in self._first), key=lambda work: self._first[work], default=None)

    def is_known(self, pair: Pair) -> bool:
        """Whether a rule has joined the two once, even if that was taken back."""
        return pair in self._known

    def original(self, work: str) -> Digest | None:
        """Where a work stands of which something was said."""
        return self._originals.get(work)

    def said(self, batch: str) -> tuple[Likened, ...]:
        """What was said at once and stands, with the taking back of other words that came with it."""
        return tuple(one for one in self._heard if one.batch == batch)

    def standing(self) -> tuple[Likened, ...]:
        """The words that were not taken back, by id."""
        return self._standing


def pair_of(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _pair(one: Likened) -> Pair:
    return one.of[0].work, one.of[-1].work


def _grouped(words: Iterable[Likened]) -> Groups:
    groups = Groups()
    for one in words:
        groups.join(*_pair(one))
    return groups


def _heard(said: Iterable[Likened]) -> tuple[Likened, ...]:
    """Without what was taken back. What takes a taking back back lets the first word stand again."""
    words = {one.id: one for one in said}
    against: dict[str, list[str]] = defaultdict(list)
    for one in words.values():
        if one.what is Likening.UNDO and one.undoes is not None:
            against[one.undoes].append(one.id)
    down: set[str] = set()
    up = {one.id for one in words.values() if one.what is Likening.UNDO and one.id not in against}
    # An id is made of what it undoes, so no words undo one another in a ring unless forged; those undo nothing.
    while fresh := {target for target, bys in against.items() if target not in down and up.intersection(bys)}:
        down |= fresh
        up |= {target for target, bys in against.items() if target not in down and down.issuperset(bys)}
    return tuple(one for one in words.values() if one.id not in down)


def _chosen(words: Iterable[Likened]) -> dict[str, tuple[str, str]]:
    """Who wants which work first; of several persons the first by name is heard."""
    wants = [(one.witness.name, one.id, one.of[0].work) for one in words if isinstance(one.witness, Person)]
    return {work: (name, identity) for name, identity, work in sorted(wants, reverse=True)}
