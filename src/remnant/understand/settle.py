"""Settling: the one place where claims become the values a work is shown with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from remnant.model import MANY_VALUED, Claim, Confidence, Field, Person, Settled

ADDED_UP = frozenset({Field.WARNING, Field.SPOILER})
"""Fields where a person's word stands beside a rule's: whoever adds a warning must not silence another."""


def settle(claims: Iterable[Claim]) -> Settled:
    """Choose among claims; the order they come in never matters, and a person outranks a rule.

    A claim that withdraws another says nothing itself. Concurrent persons tie by (person, id), rules by confidence
    and then by the smaller value. A field on which a person's last word is a blank is an empty tuple.
    """
    by_field: dict[Field, list[Claim]] = defaultdict(list)
    for claim in standing(claims):
        by_field[claim.field].append(claim)
    return Settled(MappingProxyType({field: _chosen(field, by_field[field]) for field in Field if field in by_field}))


def _fully(claim: Claim) -> tuple[str, int, str]:
    """Of two claims with one id, the surer and then the newer rule's is met last and kept."""
    return claim.id, claim.confidence.rank, repr(claim)


def standing(every: Iterable[Claim]) -> list[Claim]:
    """The claims that still speak: neither withdrawn, nor replaced, nor mere withdrawals, nor a rule's blank."""
    claims = {claim.id: claim for claim in sorted(every, key=_fully)}
    withdrawn = _withdrawn(claims)
    spoken = [claim for claim in claims.values() if claim.id not in withdrawn]
    replaced = {claim.replaces for claim in spoken if _by_person(claim) and claim.replaces != claim.id}
    return [claim for claim in spoken if claim.id not in replaced and _says_something(claim)]


def _says_something(claim: Claim) -> bool:
    if _by_person(claim):
        return claim.withdraws is None
    return claim.value is not None


def _withdrawn(claims: Mapping[str, Claim]) -> set[str]:
    """What a standing claim withdraws; an undo that is itself undone withdraws nothing.

    Claims that withdraw one another in a ring (only a forged journal could hold one) all stand.
    """
    against: dict[str, set[str]] = defaultdict(set)
    for claim in claims.values():
        if _by_person(claim) and claim.withdraws is not None:
            against[claim.withdraws].add(claim.id)
    down: set[str] = set()
    up: set[str] = {by for bys in against.values() for by in bys if by not in against}
    while fresh := {target for target, bys in against.items() if target not in down and bys & up}:
        down |= fresh
        up |= {target for target, bys in against.items() if target not in down and bys <= down}
    return down


def _chosen(field: Field, group: list[Claim]) -> tuple[Claim, ...]:
    said = [claim for claim in group if _by_person(claim)]
    if field not in MANY_VALUED:
        return _spoken([min(said or group, key=_rank)])
    if said and not _spoken(said):
        return ()
    heard = group if field in ADDED_UP else said or _sure(group)
    return _without_doubles(_spoken(heard))


def _spoken(group: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(claim for claim in group if claim.value is not None)


def _sure(group: list[Claim]) -> list[Claim]:
    """Without the guesses, where anybody was surer."""
    surer = [claim for claim in group if claim.confidence is not Confidence.GUESSED]
    return surer or group


def _without_doubles(group: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """One claim for each value, the best witnessed, in the order in which they stand written."""
    best: dict[str, Claim] = {}
    for claim in sorted(group, key=_rank):
        best.setdefault(_folded(claim), claim)
    return tuple(sorted(best.values(), key=_where))


def _folded(claim: Claim) -> str:
    return " ".join((claim.normalised or claim.value or "").split()).casefold()


def _rank(claim: Claim) -> tuple[int, str, int, str, str]:
    match claim.witness:
        case Person(name=name):
            return 0, name, 0, "", claim.id
        case _:
            return 1, "", -claim.confidence.rank, claim.value or "", claim.id


def _where(claim: Claim) -> tuple[bool, str, str, int, str, str]:
    if not claim.evidence:
        return True, "", "", 0, claim.value or "", claim.id
    place = claim.evidence[0]
    return False, place.original.hex, place.part, place.start, claim.value or "", claim.id


def _by_person(claim: Claim) -> bool:
    return isinstance(claim.witness, Person)
