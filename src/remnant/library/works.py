"""Readings become works: one for each piece, with what rules found in it and what persons say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from remnant.model import STORY_ROLES, Claim, Edition, Measure, Person, Piece, Reading, Work, work_id
from remnant.understand.settle import settle

UNMEASURED: Mapping[str, Measure] = MappingProxyType({})


def works_of(
    reading: Reading, said: Sequence[Claim], added: datetime, measured: Mapping[str, Measure] = UNMEASURED
) -> tuple[Work, ...]:
    """The works in one original. `said` are persons' claims on it; each finds its work by the key of its piece.

    `measured` says of works by id what is known already: counting the words of a long one takes half a second.
    """
    return tuple(_work(reading, piece, said, added, measured) for piece in reading.pieces)


def _work(
    reading: Reading, piece: Piece, said: Iterable[Claim], added: datetime, measured: Mapping[str, Measure]
) -> Work:
    original = reading.bundle.members[0][1].digest
    claims, name = _claims(reading, piece, said), work_id(original, piece.key)
    return Work(
        id=name,
        kind=piece.kind,
        editions=(Edition(original, (piece.key,)),),
        claims=claims,
        settled=settle(claims),
        measure=measured[name] if name in measured else _measure(reading, piece),
        added=added,
        since=max([added, *(claim.witness.at for claim in claims if isinstance(claim.witness, Person))]),
    )


def _claims(reading: Reading, piece: Piece, said: Iterable[Claim]) -> tuple[Claim, ...]:
    """Rules' claims as the reading has them, then persons' by time, so that equal sets give equal works."""
    found = [claim for claim in reading.claims if claim.piece == piece.key]
    persons = {claim.id: claim for claim in said if claim.piece == piece.key}
    return (*found, *sorted(persons.values(), key=_when))


def _when(claim: Claim) -> tuple[datetime, str]:
    assert isinstance(claim.witness, Person)
    return claim.witness.at, claim.id


def _measure(reading: Reading, piece: Piece) -> Measure:
    blocks = reading.blocks_of(piece)
    words = sum(len(block.text.split()) for block in blocks if block.role in STORY_ROLES)
    return Measure(words, piece.last - piece.first + 1, len(blocks))
