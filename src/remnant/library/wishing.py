"""What somebody wishes of a work that is kept: recorded by a person, honoured everywhere, taken back by a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from remnant.errors import RefusedError
from remnant.keep.exports import Exports
from remnant.keep.journal import Said
from remnant.library import indexing
from remnant.library.cards import card_from_bytes
from remnant.library.opening import Library
from remnant.library.resembling import like_the_forgotten
from remnant.library.watching import Clock, utc_now
from remnant.library.wished import wishes_in
from remnant.model import Claim, Confidence, Field, Person, Reader, Work, WorkWish
from remnant.shield.showing import HiddenError
from remnant.understand.settle import standing
from remnant.wire.claim import new_claim


@dataclass(frozen=True, slots=True)
class Wished:
    """What was (or would be) written: the wishes that then stand, and whether anything had to be.

    `exports` were written before, lie there still and say what they said.
    """

    work: str
    wishes: frozenset[WorkWish]
    changed: bool
    indexed: bool
    exports: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The wishes of one work. `label` is what it may be called to this reader; None where nothing of it is shown."""

    work: str
    label: str | None
    wishes: frozenset[WorkWish]


def wish(
    library: Library, person: str, work: str, what: WorkWish, *, clock: Clock = utc_now, dry_run: bool = False
) -> Wished:
    """Record the wish. One that stands already is not recorded again."""
    found = work_of_anyone(library, work)
    if what in found.wishes:
        return Wished(found.id, found.wishes, changed=False, indexed=True)
    witness = Person(person, clock())
    claim = new_claim(Field.WISH, what.value, witness, Confidence.STATED, found.editions[0].pieces[0])
    wished = _written(library, found, [claim], found.wishes | {what}, dry_run=dry_run)
    written = dict.fromkeys(one.path for one in Exports(library.folder).all() if one.work == found.id)
    return replace(wished, exports=tuple(path for path in written if path.is_file()))


def take_back(
    library: Library, person: str, work: str, what: WorkWish, *, clock: Clock = utc_now, dry_run: bool = False
) -> Wished:
    """Withdraw the wish, whoever made it; the journal keeps both."""
    found = work_of_anyone(library, work)
    witness = Person(person, clock())
    spoken = [claim for claim in standing(found.claims) if claim.field is Field.WISH and claim.value == what.value]
    claims = [_withdrawal(claim, witness) for claim in spoken if isinstance(claim.witness, Person)]
    if not claims:
        return Wished(found.id, found.wishes, changed=False, indexed=True)
    return _written(library, found, claims, found.wishes - {what}, dry_run=dry_run)


def standings(library: Library, reader: Reader) -> tuple[Standing, ...]:
    """Every wish that stands, by work; sealed works by their ids alone."""
    found = wishes_in(library.journal)
    return tuple(Standing(work, _label(library, reader, work), found[work][1]) for work in sorted(found))


def alike_forgotten(library: Library, reader: Reader) -> tuple[Standing, ...]:
    """Works here that say much the same as something forgotten, with what was wished of them; reads all texts."""
    works = sorted(like_the_forgotten(library), key=lambda work: work.id)
    return tuple(Standing(work.id, _label(library, reader, work.id), work.wishes) for work in works)


def work_of_anyone(library: Library, start: str) -> Work:
    """The one work whose id begins so, sealed ones too: a wish must be found again to be taken back."""
    index, name = library.index(), start.lower()
    found = index.resolve(name, None) if start else ()
    if name not in found and len(found) != 1:
        several = f"Several works begin with {start!r}: {', '.join(found)}. Say a little more of the id."
        raise RefusedError(several if found else f"No work has an id that begins with {start!r}.")
    hit = index.get(name if name in found else found[0], None)
    if hit is None:
        raise RefusedError(f"The work {start} is no longer here.")
    return card_from_bytes(hit.card).work


def _withdrawal(claim: Claim, witness: Person) -> Claim:
    return new_claim(claim.field, None, witness, Confidence.STATED, claim.piece, withdraws=claim.id)


def _written(
    library: Library, work: Work, claims: list[Claim], wishes: frozenset[WorkWish], *, dry_run: bool
) -> Wished:
    if dry_run:
        return Wished(work.id, wishes, changed=True, indexed=False)
    with library.folder.writing():
        said = [Said(work.id, work.editions[0].original, claim) for claim in claims]
        library.journal.append(said, max(_times(claims)))
    return Wished(work.id, wishes, changed=True, indexed=not indexing.catch_up(library).busy)


def _times(claims: list[Claim]) -> Iterator[datetime]:
    return (claim.witness.at for claim in claims if isinstance(claim.witness, Person))


def _label(library: Library, reader: Reader, work: str) -> str | None:
    hit = library.index().get(work, None)
    if hit is None:
        return None
    try:
        return library.seeing.show(card_from_bytes(hit.card).work, None, reader).label
    except HiddenError:
        return None
