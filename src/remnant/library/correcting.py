"""A person's word on a work: always kept, never overwritten by a rule, always undoable."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from remnant.errors import RefusedError, UsageError
from remnant.keep.journal import Said
from remnant.library import indexing
from remnant.library.knowing import is_open, whole_work
from remnant.library.opening import Library
from remnant.library.readers import must_be_trusted, reader_of
from remnant.library.watching import Clock, utc_now
from remnant.model import MANY_VALUED, Claim, Confidence, Field, Person, Work
from remnant.shield.showing import show_claims
from remnant.understand.normal import NOTHING, normal
from remnant.understand.settle import ADDED_UP, standing
from remnant.wire.claim import new_claim

CORRECTED = {field.value: field for field in Field if field is not Field.WISH}
"""What a correction may speak of; wishes have a way of their own."""


class How(StrEnum):
    """`SET` says that this and nothing else is so; `ALSO` adds a value to those that stand."""

    SET = "set"
    ALSO = "also"


@dataclass(frozen=True, slots=True)
class Change:
    """What a person says of one field. No values with `SET` is a stated blank: "it has none"."""

    field: Field
    values: tuple[str, ...]
    how: How = How.SET


@dataclass(frozen=True, slots=True)
class Corrected:
    """The claims that were written (or would be) as they may be shown, and whether the index already speaks of them."""

    work: str
    claims: tuple[Claim, ...]
    indexed: bool


def change_of(text: str) -> Change:
    """Read `title=The Sea`, `title=` (none), `fandom+=Sherlock`; UsageError names the fields there are."""
    name, equals, value = text.partition("=")
    how = How.ALSO if name.endswith("+") else How.SET
    if not equals:
        raise UsageError(f"A correction is written FIELD=VALUE, and {text!r} has no equals sign.")
    try:
        field = CORRECTED[name.removesuffix("+").strip().lower()]
    except KeyError:
        raise UsageError(f"There is no field {name!r}. There are: {', '.join(CORRECTED)}.") from None
    return Change(field, (value.strip(),) if value.strip() else (), how)


def correct(
    library: Library,
    person: str,
    work: str,
    changes: Sequence[Change],
    *,
    clock: Clock = utc_now,
    dry_run: bool = False,
) -> Corrected:
    """Write a person's claims to the journal, then bring the index up to them. `work` may be an id cut short.

    Changes of one field are taken together: `SET` twice says that it has both values. UsageError where a field that
    has one value at most is given more, and for what is no text: half a surrogate pair, as of bytes that are no UTF-8.
    """
    _must_be_text(changes)
    reader = reader_of(library, person)
    must_be_trusted(reader, "This profile reads, and changes nothing.")
    whole, reading = whole_work(library, reader, work)
    witness = Person(person, clock())
    claims = tuple(claim for change in _together(changes) for claim in _claims(whole, witness, change))
    corrected = _say(library, whole, claims, witness.at, dry_run=dry_run)
    told = claims if is_open(library, reader, whole.id) else _typed(claims, changes)
    return replace(corrected, claims=show_claims(told, whole, reading, reader))


def _must_be_text(changes: Iterable[Change]) -> None:
    for change in changes:
        try:
            "".join(change.values).encode("utf-8")
        except UnicodeEncodeError:
            raise UsageError(
                f"What was said of {change.field} holds half a character: it was not written in UTF-8. "
                "Nothing was changed."
            ) from None


def _typed(claims: Iterable[Claim], changes: Sequence[Change]) -> tuple[Claim, ...]:
    """Of a veiled work a person is told only what they said themselves."""
    typed = {value for change in changes for value in change.values}
    return tuple(claim for claim in claims if claim.value is None or claim.value in typed)


def undo(
    library: Library, person: str, work: str, claim: str, *, clock: Clock = utc_now, dry_run: bool = False
) -> Corrected:
    """Withdraw a person's claim by its id (or the start of one). What it hid comes back; the journal keeps both.

    One that is withdrawn already is not withdrawn again: then there are no claims.
    """
    reader = reader_of(library, person)
    must_be_trusted(reader, "This profile reads, and changes nothing.")
    whole, reading = whole_work(library, reader, work)
    witness = Person(person, clock())
    said = _said_by_persons(whole, claim)
    if said.id in withdrawn(whole.claims):
        return Corrected(whole.id, (), indexed=True)
    corrected = _say(library, whole, (_withdrawal(said, witness),), witness.at, dry_run=dry_run)
    return replace(corrected, claims=show_claims(corrected.claims, whole, reading, reader))


def withdrawn(claims: Collection[Claim]) -> frozenset[str]:
    """The claims that were taken back, by id; an undo that is itself undone takes nothing back."""
    aimed_at = {claim.withdraws for claim in claims if claim.withdraws is not None}
    return frozenset(identity for identity in aimed_at if not _speaks(identity, claims))


def _speaks(identity: str, claims: Collection[Claim]) -> bool:
    """Whether nothing that stands withdraws this claim; another's standing in its place is no withdrawal."""
    bare = (
        replace(claim, replaces=None, withdraws=None if claim.id == identity else claim.withdraws) for claim in claims
    )
    return any(claim.id == identity for claim in standing(bare))


def _together(changes: Sequence[Change]) -> list[Change]:
    """One change for each field and way, in the order they were first named."""
    merged: dict[tuple[Field, How], Change] = {}
    for change in changes:
        known = merged.get((change.field, change.how), Change(change.field, (), change.how))
        values = tuple(dict.fromkeys((*known.values, *change.values)))
        merged[change.field, change.how] = Change(change.field, values, change.how)
    return list(merged.values())


def _claims(work: Work, witness: Person, change: Change) -> Iterator[Claim]:
    if change.field not in MANY_VALUED and (len(change.values) > 1 or change.how is How.ALSO):
        raise UsageError(f"A work has one {change.field} at most. Write {change.field}=VALUE, once.")
    if change.how is How.ALSO:
        yield from _also(work, witness, change)
    else:
        yield from _set(work, witness, change)


def _set(work: Work, witness: Person, change: Change) -> Iterator[Claim]:
    """Each claim that stands is replaced by one of the new ones, or withdrawn where there are too few of them."""
    old = _speaking(work, change.field)
    new: Iterable[str | None] = change.values or (None,)
    for number, value in enumerate(new):
        yield _claim(work, witness, change.field, value, old[number].id if number < len(old) else None)
    for claim in old[len(tuple(new)) :]:
        yield from _withdrawals(work, claim, witness)


def _also(work: Work, witness: Person, change: Change) -> Iterator[Claim]:
    """A person's word silences the rules', so what rules found and shall stand is said again by the person."""
    chosen = work.settled.fields.get(change.field, ())
    found = () if change.field in ADDED_UP else [claim for claim in chosen if not isinstance(claim.witness, Person)]
    for claim in found:
        said = _claim(work, witness, claim.field, claim.value, claim.id)
        yield replace(said, sensitive=said.sensitive or claim.sensitive)
    blank = next((claim.id for claim in _speaking(work, change.field) if claim.value is None), None)
    for number, value in enumerate(change.values):
        yield _claim(work, witness, change.field, value, blank if number == 0 else None)


def _speaking(work: Work, field: Field) -> list[Claim]:
    """What the new word stands against: every person's claim on the field, and what was settled of the rules'."""
    chosen = {claim.id for claim in work.settled.fields.get(field, ())}
    spoken = [claim for claim in standing(work.claims) if claim.field is field]
    return [claim for claim in spoken if claim.id in chosen or isinstance(claim.witness, Person)]


def _claim(work: Work, witness: Person, field: Field, value: str | None, replaces: str | None) -> Claim:
    piece = work.editions[0].pieces[0]
    normalised, detail = normal(field, value) if value is not None else (None, NOTHING)
    return new_claim(
        field,
        value,
        witness,
        Confidence.STATED,
        piece,
        normalised=normalised,
        detail=detail,
        sensitive=field is Field.EMAIL,
        replaces=replaces,
    )


def _withdrawal(claim: Claim, witness: Person) -> Claim:
    return new_claim(claim.field, None, witness, Confidence.STATED, claim.piece, withdraws=claim.id)


def _withdrawals(work: Work, claim: Claim, witness: Person) -> Iterator[Claim]:
    """Of a claim and of what persons said before in its place: withdrawn alone, it would bring that back."""
    known, gone = {one.id: one for one in work.claims}, withdrawn(work.claims)
    said: Claim | None = claim
    while said is not None:
        if said is claim or (isinstance(said.witness, Person) and said.id not in gone):
            yield _withdrawal(said, witness)
        said = known.get(said.replaces or "")


def _said_by_persons(work: Work, start: str) -> Claim:
    found = [claim for claim in work.claims if isinstance(claim.witness, Person) and claim.id.startswith(start.lower())]
    if start and len(found) == 1:
        return found[0]
    if not start or not found:
        raise RefusedError(f"Nobody made a claim {start!r} on this work. remnant show {work.id} lists them with ids.")
    raise RefusedError(f"Several claims begin with {start!r}: {', '.join(claim.id for claim in found)}.")


def _say(library: Library, work: Work, claims: tuple[Claim, ...], at: datetime, *, dry_run: bool) -> Corrected:
    if dry_run:
        return Corrected(work.id, claims, indexed=False)
    with library.folder.writing():
        library.journal.append([Said(work.id, work.editions[0].original, claim) for claim in claims], at)
    return Corrected(work.id, claims, indexed=not indexing.catch_up(library).busy)
