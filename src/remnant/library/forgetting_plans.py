"""What a wish to forget would take away, and what would stay: found out before anybody is asked, changing nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from remnant.errors import DamageError, RefusedError
from remnant.keep.exports import Exports
from remnant.library import every, tasks
from remnant.library.containing import holding
from remnant.library.opening import Library
from remnant.library.pool import Job, Stopped
from remnant.library.redacting import Copy, Gone, archive_without, mailbox_without, text_without
from remnant.library.resembling import Near, near
from remnant.library.wishing import work_of_anyone
from remnant.model import Digest, Field, Original, PieceKind, Reader, Reading, Work, work_id
from remnant.shield.showing import HiddenError
from remnant.unpack import mbox


@dataclass(frozen=True, slots=True)
class Named:
    """A work, and what it may be called to whoever asks; None for one that is shown to nobody."""

    work: str
    label: str | None


@dataclass(frozen=True, slots=True)
class Redacted:
    """A container as it is to be, in place of what it is; `moved` are the works in it that stay, by their new ids."""

    of: Digest
    data: bytes
    moved: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go and stay. `beside` are neighbours that go too, `staying` those that stay in a redacted copy."""

    works: tuple[Named, ...]
    ids: tuple[str, ...]
    whole: tuple[Digest, ...]
    copies: tuple[Redacted, ...]
    others: tuple[tuple[str, bytes], ...]
    barred: tuple[Digest, ...]
    beside: tuple[Named, ...]
    staying: tuple[Named, ...]
    near: tuple[tuple[Named, Near], ...]
    exports: tuple[Path, ...]
    secrets: tuple[str, ...] = field(repr=False, default=())
    """Names that tell of it: no file that stays is to be called by them."""

    @property
    def gone(self) -> tuple[Digest, ...]:
        """Every original that leaves the shelf, replaced by a redacted copy or not."""
        return (*self.whole, *(copy.of for copy in self.copies))


_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


class NeighboursError(RefusedError):
    """Other works stand in the same original and would go with it."""


def plan_of_work(library: Library, reader: Reader, work: str, *, with_neighbours: bool = False) -> Plan:
    """What forgetting this work would do. NeighboursError names the works that cannot be told apart from it."""
    return _plan(library, reader, [work_of_anyone(library, work)], with_neighbours=with_neighbours)


def plan_of_person(library: Library, reader: Reader, name: str, *, with_neighbours: bool = False) -> Plan:
    """The same of every review, letter and mail whose author is called so; RefusedError if there is none."""
    wanted = " ".join(name.split()).casefold()
    cards = (card.work for card in every.card(library.index(), None))
    found = [work for work in cards if work.kind not in (PieceKind.STORY, PieceKind.CHAPTER)]
    works = [work for work in found if wanted in _authors(library, work)]
    if not works:
        raise RefusedError(f"No review, letter or mail here is by {name!r}. Stories are forgotten by their ids.")
    return _plan(library, reader, works, with_neighbours=with_neighbours)


def _authors(library: Library, work: Work) -> frozenset[str]:
    """The names as they stand in the file: in the index those of reviewers are veiled."""
    edition = work.editions[-1]
    try:
        claims = library.readings.of(edition.original, edition.pieces).claims
    except (RefusedError, DamageError):
        return frozenset()
    said = (claim for claim in (*claims, *work.claims) if claim.field is Field.AUTHOR and claim.piece in edition.pieces)
    values = (value for claim in said for value in (claim.value, claim.normalised) if value)
    return frozenset(" ".join(value.split()).casefold() for value in values)


def _plan(library: Library, reader: Reader, works: list[Work], *, with_neighbours: bool) -> Plan:
    going = {work.id for work in works}
    originals = dict.fromkeys(edition.original for work in works for edition in work.editions)
    mates = _mates(library, originals, going)
    bodies: dict[Digest, bytes | None] = {}
    moved: dict[Digest, tuple[tuple[str, str], ...]] = {}
    barred: list[Digest] = []
    stuck: list[Work] = []
    for original in originals:
        bodies[original], moved[original] = None, ()
        if mates[original]:
            copy = _without(library, original, _in(works, original), mates[original])
            if copy is None:
                stuck += mates[original]
            else:
                bodies[original], moved[original] = copy.data, copy.moved
                barred += copy.barred
    if stuck and not with_neighbours:
        raise NeighboursError(_neighbours(library, reader, stuck))
    beside = list({work.id: work for work in stuck}.values())
    copies, others = _containers(library, bodies, with_neighbours=with_neighbours)
    copies += [Redacted(of, data, moved[of]) for of, data in bodies.items() if data is not None]
    every_one = [*works, *beside]
    gone = {*bodies, *(copy.of for copy in copies)}
    return Plan(
        works=tuple(_named(library, reader, work) for work in works),
        ids=tuple(work.id for work in every_one),
        whole=tuple(of for of, data in bodies.items() if data is None),
        copies=tuple(copies),
        others=tuple(others),
        barred=tuple(barred),
        beside=tuple(_named(library, reader, work) for work in beside),
        staying=tuple(_named(library, reader, work) for of in bodies for work in mates[of] if bodies[of] is not None),
        near=_near(library, reader, every_one),
        exports=tuple(_exports(library, gone, {work.id for work in every_one})),
        secrets=tuple(_secrets(library, every_one, bodies)),
    )


def _exports(library: Library, gone: set[Digest], works: set[str]) -> Iterator[Path]:
    return (one.path for one in Exports(library.folder).all() if one.work in works or gone & {*one.originals})


def _in(works: Iterable[Work], original: Digest) -> list[Work]:
    return [work for work in works if any(edition.original == original for edition in work.editions)]


def _mates(library: Library, originals: Iterable[Digest], going: set[str]) -> dict[Digest, list[Work]]:
    """The other works in each of these originals."""
    found: dict[Digest, list[Work]] = {original: [] for original in originals}
    for card in every.card(library.index(), None):
        for edition in card.work.editions if card.work.id not in going else ():
            if edition.original in found:
                found[edition.original].append(card.work)
    return found


@dataclass(frozen=True, slots=True)
class _Without:
    data: bytes
    moved: tuple[tuple[str, str], ...]
    barred: tuple[Digest, ...]


def _without(library: Library, original: Digest, works: list[Work], mates: list[Work]) -> _Without | None:
    """An original of many works without some of them; None where they cannot be told apart safely."""
    data = library.shelf.get(original)
    numbers = _mail_numbers(library, data, original, works, mates)
    barred: tuple[Digest, ...] = ()
    if numbers is not None:
        ranges = mbox.mails(data)
        raws = [data[slice(*ranges[number - 1])] for number in numbers]
        barred = tuple(Digest.of(raw) for mail in raws for raw in (mail, mbox.without_from_line(mail)[1]))
        copy: bytes | None = mailbox_without(data, numbers)
    else:
        shared = {part.path for work in mates for part in _reading(library, original, work).parts}
        texts = (text for work in works for text in _texts(library, original, work, shared))
        copy = text_without(data, list(dict.fromkeys(texts)))
    moved = _moved(library, copy, mates, original) if copy is not None else None
    return None if copy is None or moved is None else _Without(copy, moved, barred)


def _mail_numbers(
    library: Library, data: bytes, original: Digest, works: list[Work], mates: list[Work]
) -> frozenset[int] | None:
    """The mails of a mailbox that hold these works and no other; None if it is no mailbox, or they share a mail."""
    if not mbox.is_mbox(data):
        return None
    ours = {number for work in works for number in _numbers(_reading(library, original, work))}
    theirs = {number for work in mates for number in _numbers(_reading(library, original, work))}
    many = len(mbox.mails(data))
    usable = bool(ours) and not ours & theirs and all(0 < number <= many for number in ours)
    return frozenset(ours) if usable else None


def _numbers(reading: Reading) -> set[int]:
    """The mails that the parts of a reading stand in; parts of a mailbox are called by the mail's number first."""
    tops = (part.path.partition("/")[0] for part in reading.parts)
    return {int(top) for top in tops if top.isdecimal()}


def _reading(library: Library, original: Digest, work: Work) -> Reading:
    pieces = next(edition.pieces for edition in work.editions if edition.original == original)
    return library.readings.of(original, pieces)


def _texts(library: Library, original: Digest, work: Work, shared: set[str]) -> Iterator[tuple[str, str]]:
    """Each stretch of the file that a work is read from, with its encoding; of its own parts, all that stands there."""
    reading = _reading(library, original, work)
    pieces = [piece for piece in reading.pieces if piece.key in work.editions[-1].pieces]
    hulls: dict[str, tuple[int, int]] = {}
    for span in (span for piece in pieces for block in reading.blocks_of(piece) for span in block.spans):
        start, end = hulls.get(span.source.part, (span.source.start, span.source.end))
        hulls[span.source.part] = min(start, span.source.start), max(end, span.source.end)
    for part in reading.parts:
        start, end = hulls.get(part.path, (0, 0)) if part.path in shared else (0, len(part.text))
        if part.text[start:end].strip():
            yield part.text[start:end], part.encoding


def _moved(library: Library, copy: bytes, mates: list[Work], original: Digest) -> tuple[tuple[str, str], ...] | None:
    """The new id of each work that stays, if all of them are found again in the copy."""
    digest = Digest.of(copy)
    there = _works_in(library, copy, digest)
    moved = []
    for work in mates:
        key = next(edition.pieces[0] for edition in work.editions if edition.original == original)
        moved.append((work.id, work_id(digest, key)))
    return tuple(moved) if {new for _, new in moved} <= there else None


def _works_in(library: Library, data: bytes, digest: Digest) -> frozenset[str]:
    outcome = library.pool.ask(Job(tasks.to_index(Original(digest, len(data)), (), _ANY_TIME), data))
    if isinstance(outcome, Stopped):
        return frozenset()
    return frozenset(entry["work"] for entry in outcome.head["entries"])


def _containers(
    library: Library, bodies: Gone, *, with_neighbours: bool
) -> tuple[list[Redacted], list[tuple[str, bytes]]]:
    """Every kept container that holds any of it, as it is to be; and members that are not kept on their own yet."""
    promised = library.ledger.promised()
    found = holding(library.shelf, promised, set(bodies))
    known = {*promised, *found}
    copies: list[Redacted] = []
    others: list[tuple[str, bytes]] = []
    lost: list[str] = []
    for container in sorted(found):
        copy: Copy = archive_without(library.shelf.get(container), bodies)
        copies.append(Redacted(container, copy.data))
        others += [(name, data) for name, data in copy.others if Digest.of(data) not in known]
        lost += copy.lost
    if lost and not with_neighbours:
        raise NeighboursError(
            f"An archive that holds it also holds {len(lost)} members that cannot be read, and would be lost: "
            f"{', '.join(lost[:5])}. Nothing was changed. --with-neighbours goes on without them."
        )
    return copies, others


def _neighbours(library: Library, reader: Reader, works: Sequence[Work]) -> str:
    named = [_named(library, reader, work) for work in works]
    told = "; ".join(f"{one.label or 'a sealed work'} ({one.work})" for one in named[:10])
    more = f" and {len(named) - 10} more" if len(named) > 10 else ""
    return (
        f"In the same file stand {told}{more}, and cannot be told apart from it there. Nothing was changed. "
        "--with-neighbours forgets them too."
    )


def _named(library: Library, reader: Reader, work: Work) -> Named:
    try:
        return Named(work.id, library.seeing.show(work, None, reader).label)
    except HiddenError:
        return Named(work.id, None)


def _near(library: Library, reader: Reader, works: list[Work]) -> tuple[tuple[Named, Near], ...]:
    index = library.index()
    return tuple((_named(library, reader, work_of_anyone(library, one.work)), one) for one in near(index, works))


def _secrets(library: Library, works: list[Work], bodies: Gone) -> Iterator[str]:
    """The titles and authors of what goes whole, and the names its files came under."""
    for work in works:
        if all(bodies.get(edition.original) is None for edition in work.editions):
            yield from (*work.settled.values(Field.TITLE), *_authors(library, work))
    for original in (original for original, data in bodies.items() if data is None):
        try:
            yield library.shelf.arrival(original).name.rpartition("/")[2].rpartition(".")[0]
        except DamageError:
            continue
