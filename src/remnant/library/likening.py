"""Works that may be one story: put before a person in groups, with what speaks for it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from remnant.library.cards import Card, card_from_bytes
from remnant.library.comparing import Twins, likenesses
from remnant.library.editions import foremost
from remnant.library.kin import Groups, Kin, Pair, pair_of
from remnant.library.knowing import full_id
from remnant.library.opening import Library
from remnant.model import Alike, Kinship, Likeness, ProfileKind, Reader, Shown
from remnant.understand.likeness import compare

NEARNESS = tuple(Kinship)
APART = NEARNESS.index(Kinship.IN_COMMON)
"""From here on two works are shown as a pair, and nothing is concluded from them for a third."""


@dataclass(frozen=True, slots=True)
class Member:
    """One work of a group, and how it stands to the first of them; the first stands to none."""

    shown: Shown
    alike: Alike | None


@dataclass(frozen=True, slots=True)
class Group:
    """Works that may be one story. `kinship` is the farthest between any of them and the first.

    The first is the one that would stand on the shelf.
    """

    kinship: Kinship
    members: tuple[Member, ...]

    @property
    def works(self) -> tuple[str, ...]:
        return tuple(member.shown.work for member in self.members)


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the groups, the nearest first, and how many there are of each kinship in all."""

    groups: tuple[Group, ...]
    counts: Mapping[Kinship, int]
    page: int
    size: int

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def queue(library: Library, reader: Reader, *, kinship: Kinship | None = None, page: int = 1, size: int = 20) -> Queue:
    """What nobody has decided yet, of the works that are open to this reader: others are in no group and no count."""
    found = [one for one in _groups(library, reader) if kinship in (None, one[0])]
    page, size = max(1, page), max(1, size)
    counts = {kind: sum(kind is one for one, _ in found) for kind in NEARNESS}
    shown = (_shown(library, reader, kind, works) for kind, works in found[(page - 1) * size : page * size])
    return Queue(tuple(filter(None, shown)), {kind: many for kind, many in counts.items() if many}, page, size)


def group_of(library: Library, reader: Reader, work: str) -> tuple[str, ...]:
    """The undecided group that this work is in, parts in common aside; itself alone if there is none."""
    name = full_id(library, reader, work)
    groups = (works for kind, works in _groups(library, reader) if NEARNESS.index(kind) < APART)
    return next((works for works in groups if name in works), (name,))


def groups_of(library: Library, reader: Reader, kinship: Kinship) -> tuple[tuple[str, ...], ...]:
    """Every undecided group whose works are this to one another, also within groups of works that are less alike."""
    return tuple(works for _, works in _groups(library, reader, kinship))


def _groups(library: Library, reader: Reader, only: Kinship | None = None) -> list[tuple[Kinship, tuple[str, ...]]]:
    library.sayings.catch_up()
    index, kin = library.index(), library.sayings.kin()
    twins = [two for two in library.compared.twins(index) if only in (None, two.alike.kinship)]
    firsts = _firsts(library, kin)
    works = {firsts.get(work, work) for two in twins for work in two.pair}
    seen = index.open_among(works, library.seeing.eyes(reader))
    return _grouped(twins, kin, firsts, seen)


def _firsts(library: Library, kin: Kin) -> dict[str, str]:
    """Of works that stand behind another: that other, which alone of its group is open to the keeper."""
    groups = kin.groups()
    keeper = library.seeing.eyes(Reader("", kind=ProfileKind.KEEPER))
    shelved = library.index().open_among({work for group in groups for work in group}, keeper)
    standing = ((group & shelved, group) for group in groups if group & shelved)
    return {work: first for (first, *more), group in standing if not more for work in group - {first}}


def _grouped(
    twins: Iterable[Twins], kin: Kin, firsts: Mapping[str, str], seen: Collection[str]
) -> list[tuple[Kinship, tuple[str, ...]]]:
    """The nearest are brought together first; what was said to be two stories stays two."""
    told = Groups(kin.apart)
    for group in kin.groups():
        first, *others = sorted(group)
        for work in others:
            told.join(first, work)
    nearest = _nearest(twins, firsts, seen)
    farthest: dict[str, Kinship] = {}
    pairs: list[tuple[Kinship, tuple[str, ...]]] = []
    for (one, other), alike in sorted(nearest.items(), key=lambda near: (_distance(near[1]), near[0])):
        if NEARNESS.index(alike.kinship) >= APART:
            if not kin.apart.intersection(pair_of(a, b) for a in kin.of(one) for b in kin.of(other)):
                pairs.append((alike.kinship, (one, other)))
        elif told.join(one, other):
            farthest[one] = farthest[other] = alike.kinship
    groups = {tuple(sorted(told.of(work) & farthest.keys())) for work in farthest}
    ranked = [(max((farthest[work] for work in group), key=NEARNESS.index), group) for group in groups]
    apart = [(kind, pair) for kind, pair in pairs if pair[1] not in told.of(pair[0])]
    return sorted([*ranked, *apart], key=lambda one: (NEARNESS.index(one[0]), one[1]))


def _nearest(twins: Iterable[Twins], firsts: Mapping[str, str], seen: Collection[str]) -> dict[Pair, Alike]:
    """For every two works on the shelf how near they are; else the nearest that tellings behind them are."""
    found: dict[Pair, Alike] = {}
    shelved: dict[Pair, Alike] = {}
    for two in twins:
        one, other = (firsts.get(work, work) for work in two.pair)
        if one != other and one in seen and other in seen:
            pair = pair_of(one, other)
            if pair == two.pair:
                shelved[pair] = two.alike
            elif pair not in found or _distance(two.alike) < _distance(found[pair]):
                found[pair] = two.alike
    return found | shelved


def _distance(alike: Alike) -> tuple[int, float]:
    return NEARNESS.index(alike.kinship), -min(alike.shares)


def _shown(library: Library, reader: Reader, kinship: Kinship, works: tuple[str, ...]) -> Group | None:
    index = library.index()
    hits = (index.get(work, library.seeing.eyes(reader)) for work in works)
    cards = {card.work.id: card for card in (card_from_bytes(hit.card) for hit in hits if hit is not None)}
    if len(cards) < 2:
        return None
    first = foremost(card.work for card in cards.values()).id
    known = likenesses(index, cards.keys())
    order = [first, *(work for work in works if work in cards and work != first)]
    return Group(kinship, tuple(Member(_card(library, reader, cards[work]), _to(known, first, work)) for work in order))


def _to(known: Mapping[str, Likeness], first: str, work: str) -> Alike | None:
    one, other = known.get(first), known.get(work)
    return None if work == first or one is None or other is None else compare(one, other)


def _card(library: Library, reader: Reader, card: Card) -> Shown:
    return library.seeing.show(card.work, None, reader)
