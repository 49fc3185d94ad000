"""What is kept but not (wholly) understood, and how far the index has come."""

from __future__ import annotations

from dataclasses import dataclass, replace

from remnant.errors import BusyError, DamageError
from remnant.find.port import Index, IndexStale
from remnant.keep.ledger import Promise
from remnant.library import every
from remnant.library.cards import Card
from remnant.library.indexed import TRY_AGAIN
from remnant.library.knowing import card_of, is_open
from remnant.library.opening import Library
from remnant.library.unseen import LEDGER, seen_of
from remnant.model import Arrival, Digest, Finding, Original, Reader, Severity, WorkWish
from remnant.shield.names import veiled_arrival, veiled_name, veiled_words

GRAVEST_FIRST = (Severity.LOSS, Severity.WARNING, Severity.NOTE)


@dataclass(frozen=True, slots=True)
class Unread:
    """An original that is kept and gave no story: what it came as, and why."""

    original: Original
    name: str
    inside: tuple[str, ...]
    why: str
    again: bool
    """Whether trying again may help: a worker was stopped, not the file refused."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One finding, the original it was made in, and the works that came of it."""

    original: Original
    name: str
    works: tuple[str, ...]
    finding: Finding


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index has come. `waiting` counts what is kept but not yet indexed."""

    originals: int
    works: int
    waiting: int
    busy: bool
    """Whether some process holds the index lock just now."""


def unread(library: Library, reader: Reader) -> tuple[Unread, ...]:
    """Every original that gave no story, by name; for those who only read, none: nobody knows what it holds."""
    if not reader.is_trusted:
        return ()
    return tuple(_unread(library, row.digest, row.reason) for row in library.index().unread())


def findings(
    library: Library, reader: Reader, severity: Severity | None = None, *, work: str | None = None
) -> tuple[Noted, ...]:
    """What a person should know of the files kept here, gravest first; of one work's files if `work` is given."""
    cards = [card_of(library, reader, work)] if work else every.card(library.index(), library.seeing.eyes(reader))
    if work and not is_open(library, reader, work):
        return ()
    found = [noted for card in cards for noted in _noted(library, card) if severity in (None, noted.finding.severity)]
    return tuple(sorted(_once(found), key=_gravest_first))


def index_state(library: Library, reader: Reader | None = None) -> IndexState:
    """Cheap enough to ask on every page. None is the library itself; who only reads is told of what they may see."""
    busy = library.is_indexing()
    if reader is not None and not reader.is_trusted:
        return _as_read(library, reader)
    originals = library.tally.originals()
    try:
        index = library.index()
        return IndexState(originals, index.counts().works, waiting(library, index), busy)
    except (IndexStale, BusyError):
        library.let_go_of_index()
        return IndexState(originals, 0, originals, busy)


def _as_read(library: Library, reader: Reader) -> IndexState:
    """As many originals as works, and nothing waiting: more would tell of what is hidden."""
    try:
        works = library.index().counts(library.seeing.eyes(reader)).works
    except (IndexStale, BusyError):
        library.let_go_of_index()
        works = 0
    return IndexState(works, works, 0, busy=False)


def waiting(library: Library, index: Index) -> int:
    """How many promises the index has not seen."""
    return sum(isinstance(line.what, Promise) for line in library.ledger.lines(seen_of(index.heads(), LEDGER)))


def unread_of(original: Original, arrival: Arrival | None, why: str) -> Unread:
    shown = veiled_arrival(arrival) if arrival else None
    name, inside = (shown.name, shown.inside) if shown else (original.digest.short, ())
    return Unread(original, name, inside, veiled_words(why), why.endswith(TRY_AGAIN))


def noted_of(original: Original, name: str, works: tuple[str, ...], finding: Finding) -> Noted:
    """A finding as it may be told: a message may quote the name of a member."""
    return Noted(original, veiled_name(name), works, replace(finding, message=veiled_words(finding.message)))


def arrival_of(library: Library, digest: Digest) -> Arrival | None:
    """How an original first came; None where that is harmed."""
    try:
        return library.shelf.arrival(digest)
    except DamageError:
        return None


def _unread(library: Library, digest: Digest, why: str) -> Unread:
    arrival = arrival_of(library, digest)
    return unread_of(arrival.original if arrival else Original(digest, 0), arrival, why)


def _noted(library: Library, card: Card) -> list[Noted]:
    digest = card.work.editions[-1].original
    arrival = arrival_of(library, digest) if card.findings else None
    original, name = (arrival.original, arrival.name) if arrival else (Original(digest, 0), digest.short)
    name = digest.short if WorkWish.WITHHOLD_NAME in card.work.wishes else name
    return [noted_of(original, name, (card.work.id,), finding) for finding in card.findings]


def _once(found: list[Noted]) -> list[Noted]:
    """A finding is made in a file: where several works came of it, it names them all."""
    merged: dict[tuple[Digest, Finding], Noted] = {}
    for noted in found:
        key = noted.original.digest, noted.finding
        known = merged.get(key)
        merged[key] = replace(known, works=(*known.works, *noted.works)) if known else noted
    return list(merged.values())


def _gravest_first(noted: Noted) -> tuple[int, str, str, str]:
    return GRAVEST_FIRST.index(noted.finding.severity), noted.name, noted.original.digest.hex, noted.finding.code
