"""Readings become works: one for each story, with what rules found in it and what persons say of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from remnant.model import STORY_ROLES, Claim, Edition, Field, Measure, Person, Piece, PieceKind, Reading, Work, work_id
from remnant.understand.settle import settle

UNMEASURED: Mapping[str, Measure] = MappingProxyType({})
NOTHING_CARRIED: Mapping[str, tuple[Claim, ...]] = MappingProxyType({})


def works_of(
    reading: Reading,
    said: Sequence[Claim],
    added: datetime,
    measured: Mapping[str, Measure] = UNMEASURED,
    carried: Mapping[str, tuple[Claim, ...]] = NOTHING_CARRIED,
) -> tuple[Work, ...]:
    """The works in one original. `said` are persons' claims on it; each finds its work by the key of its piece.

    Pieces that go on from one another are one work, in their order; it is named after the first.
    `measured` says of works by id what is known already: counting the words of a long one takes half a second.
    `carried` are claims, by the id of a work, that were made on other tellings of it.
    """
    spoken = _by_piece({claim.id: claim for claim in (*said, *_of_persons(carried))}.values())
    found = _by_piece(reading.claims)
    return tuple(_work(reading, pieces, found, spoken, added, measured, carried) for pieces in editions_of(reading))


def _of_persons(carried: Mapping[str, tuple[Claim, ...]]) -> Iterator[Claim]:
    return (claim for claims in carried.values() for claim in claims if isinstance(claim.witness, Person))


def editions_of(reading: Reading) -> tuple[tuple[Piece, ...], ...]:
    """The pieces of each story in order, by where its first one stands. A piece that continues nothing begins one."""
    keys = {piece.key for piece in reading.pieces}
    after: dict[str | None, Piece] = {piece.continues: piece for piece in reading.pieces if piece.continues}
    firsts = [piece for piece in reading.pieces if piece.continues not in keys]
    return tuple(tuple(_from(piece, after)) for piece in firsts)


def _from(piece: Piece | None, after: Mapping[str | None, Piece]) -> Iterator[Piece]:
    while piece is not None:
        yield piece
        piece = after.get(piece.key)


def _by_piece(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.piece].append(claim)
    return found


def _work(
    reading: Reading,
    pieces: tuple[Piece, ...],
    found: Mapping[str, list[Claim]],
    said: Mapping[str, list[Claim]],
    added: datetime,
    measured: Mapping[str, Measure],
    carried: Mapping[str, tuple[Claim, ...]],
) -> Work:
    original = reading.bundle.members[0][1].digest
    keys = tuple(piece.key for piece in pieces)
    # Rules' claims as the reading has them, then persons' by time, so that equal sets give equal works.
    persons = sorted((claim for key in keys for claim in said.get(key, ())), key=_when)
    name = work_id(original, keys[0])
    theirs = tuple(claim for claim in carried.get(name, ()) if not isinstance(claim.witness, Person))
    claims = (*(claim for key in keys for claim in found.get(key, ())), *theirs, *persons)
    return Work(
        id=name,
        kind=pieces[0].kind if len(pieces) == 1 else PieceKind.STORY,
        editions=(Edition(original, keys),),
        claims=claims,
        settled=settle(_strictly(claims, theirs)),
        measure=measured[name] if name in measured else _measure(reading, pieces),
        added=added,
        since=max([added, *(claim.witness.at for claim in claims if isinstance(claim.witness, Person))]),
    )


def _strictly(claims: Sequence[Claim], carried: Sequence[Claim]) -> Iterator[Claim]:
    """A rating is carried only from a telling that has a higher one, which then holds instead of the file's own."""
    rated = {claim.id for claim in carried if claim.field is Field.RATING}
    for claim in claims:
        own = claim.field is Field.RATING and claim.id not in rated and not isinstance(claim.witness, Person)
        if not (rated and own):
            yield claim


def _when(claim: Claim) -> tuple[datetime, str]:
    assert isinstance(claim.witness, Person)
    return claim.witness.at, claim.id


def _measure(reading: Reading, pieces: tuple[Piece, ...]) -> Measure:
    blocks = [block for piece in pieces for block in reading.blocks_of(piece)]
    words = sum(len(block.text.split()) for block in blocks if block.role in STORY_ROLES)
    return Measure(words, sum(piece.last - piece.first + 1 for piece in pieces), len(blocks))
