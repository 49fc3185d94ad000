"""A person's word on which works are one story: written down, honoured, never asked again, and undone at once."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from remnant.errors import RefusedError, UsageError
from remnant.library import indexing
from remnant.library.cards import card_from_bytes
from remnant.library.kin import Pair, pair_of
from remnant.library.knowing import full_id
from remnant.library.opening import Library
from remnant.library.parts_told import listed
from remnant.library.readers import must_be_trusted
from remnant.library.serials import posts_of
from remnant.library.tellings import hit_of
from remnant.library.watching import Clock, utc_now
from remnant.model import Likened, Likening, Person, Reader, Shown, Told
from remnant.wire.canonical import canonical, time_to_json
from remnant.wire.likened import new_likened

READS_ONLY = "This profile reads, and changes nothing."


@dataclass(frozen=True, slots=True)
class Decided:
    """What was (or would be) written: `groups` of works it speaks of. `batch` undoes it; None where nothing was new."""

    batch: str | None
    groups: tuple[tuple[str, ...], ...]
    indexed: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A word that stands: whose (None for a rule's), when, and of which works, as cards."""

    batch: str
    what: Likening
    by: str | None
    at: datetime | None
    works: tuple[Shown, ...]


def accept(
    library: Library, reader: Reader, groups: Iterable[Sequence[str]], *, clock: Clock = utc_now, dry_run: bool = False
) -> Decided:
    """Say of each of these groups that its works are one story. What was said against it is taken back."""
    chosen = [_chosen(library, reader, works) for works in groups]
    kin = library.sayings.kin()
    word = _Word(library, reader, chosen, clock)
    for works in chosen:
        told = [word.told(work) for work in works]
        every = {one for work in works for one in kin.of(work)}
        word.undo(one for one in kin.standing() if one.what is Likening.OTHER and {t.work for t in one.of} <= every)
        word.say(Likening.SAME, ((told[0], other) for other in told[1:] if other.work not in kin.of(told[0].work)))
    return word.written(dry_run=dry_run)


def reject(
    library: Library, reader: Reader, groups: Iterable[Sequence[str]], *, clock: Clock = utc_now, dry_run: bool = False
) -> Decided:
    """Say of each of these groups that its works are as many stories; they are not asked about again.

    Of works that stand together now, the rest stay together.
    """
    chosen = [_chosen(library, reader, works) for works in groups]
    kin = library.sayings.kin()
    word = _Word(library, reader, chosen, clock)
    for works in chosen:
        pairs = [pair for pair in _pairs(works) if pair not in kin.apart]
        word.say(Likening.OTHER, ((word.told(one), word.told(other)) for one, other in pairs))
    return word.written(dry_run=dry_run)


def apart(library: Library, reader: Reader, work: str, *, clock: Clock = utc_now, dry_run: bool = False) -> Decided:
    """Take one telling out from among the others: it is a story of its own, and they stay together."""
    must_be_trusted(reader, READS_ONLY)
    name = full_id(library, reader, work)
    library.sayings.catch_up()
    kin = library.sayings.kin()
    first, *others = sorted(kin.of(name) - {name}) or [name]
    if first == name:
        raise RefusedError(f"The work {name} is the only telling of its story. Nothing was changed.")
    word = _Word(library, reader, [(name, first, *others)], clock)
    word.say(Likening.OTHER, ((word.told(name), word.told(other)) for other in (first, *others)))
    word.say(Likening.SAME, ((word.told(first), word.told(other)) for other in others))
    return word.written(dry_run=dry_run)


def part_apart(
    library: Library, reader: Reader, work: str, number: int, *, clock: Clock = utc_now, dry_run: bool = False
) -> Decided:
    """Say that a part of a story that was posted in parts is no part of it: it stands alone from now on."""
    must_be_trusted(reader, READS_ONLY)
    name = full_id(library, reader, work)
    library.sayings.catch_up()
    hit = library.index().get(name, None)
    posts = posts_of(card_from_bytes(hit.card)) if hit is not None else ()
    part = next((post for post in posts[1:] if post.number == number), None)
    if part is None:
        others = listed([post.number for post in posts[1:]])
        known = f"Parts that can be taken from it: {others}." if others else "It did not come in parts."
        raise RefusedError(f"The work {name} has no part {number} beside its first one. {known} Nothing was changed.")
    word = _Word(library, reader, [(name, part.work)], clock)
    word.say(Likening.OTHER, [(word.told(name), Told(part.work, part.original.digest))])
    return word.written(dry_run=dry_run)


def put_first(library: Library, reader: Reader, work: str, *, clock: Clock = utc_now, dry_run: bool = False) -> Decided:
    """Let this telling stand on the shelf before the others."""
    must_be_trusted(reader, READS_ONLY)
    name = full_id(library, reader, work)
    library.sayings.catch_up()
    kin = library.sayings.kin()
    group = kin.of(name)
    if len(group) < 2:
        raise RefusedError(f"The work {name} is the only telling of its story. Nothing was changed.")
    word = _Word(library, reader, [tuple(sorted(group))], clock)
    if kin.first(group) != name:
        before = (one for one in kin.standing() if one.what is Likening.FIRST and one.of[0].work in group)
        word.undo(before)
        word.say(Likening.FIRST, [(word.told(name),)])
    return word.written(dry_run=dry_run)


def undo(library: Library, reader: Reader, batch: str, *, clock: Clock = utc_now, dry_run: bool = False) -> Decided:
    """Take back what was said at once, by the start of its id. What it had put aside stands again."""
    must_be_trusted(reader, READS_ONLY)
    known = {decision.batch for decision in decisions(library, reader)}
    found = [name for name in sorted(known) if batch and name.startswith(batch.lower())]
    if len(found) != 1:
        several = f"Several decisions begin with {batch!r}: {', '.join(found[:5])}."
        none = f"No decision that stands has an id that begins with {batch!r}. remnant duplicates decided lists them."
        raise RefusedError(several if found else none)
    words = library.sayings.kin().said(found[0])
    works = tuple(sorted({told.work for one in words for told in one.of}))
    word = _Word(library, reader, [works], clock)
    word.undo(words)
    return word.written(dry_run=dry_run)


def decisions(library: Library, reader: Reader) -> tuple[Decision, ...]:
    """What stands, the newest first and rules' words last, of works that are open to this reader."""
    library.sayings.catch_up()
    found: dict[str, list[Likened]] = {}
    for one in library.sayings.kin().standing():
        found.setdefault(one.batch, []).append(one)
    told = [decision for words in found.values() if (decision := _decision(library, reader, words)) is not None]
    return tuple(sorted(told, key=lambda one: (one.at is None, -one.at.timestamp() if one.at else 0.0, one.batch)))


def _decision(library: Library, reader: Reader, words: Sequence[Likened]) -> Decision | None:
    works = sorted({told.work for one in words for told in one.of})
    hits = [hit for work in works if (hit := hit_of(library, reader, work)) is not None]
    shown = tuple(library.seeing.show(card_from_bytes(hit.card).work, None, reader) for hit in hits)
    if len(shown) < len(works) or any(one.veiled for one in shown):
        return None
    witness = words[0].witness
    by, at = (witness.name, witness.at) if isinstance(witness, Person) else (None, None)
    return Decision(words[0].batch, words[0].what, by, at, shown)


def _chosen(library: Library, reader: Reader, works: Sequence[str]) -> tuple[str, ...]:
    must_be_trusted(reader, READS_ONLY)
    found = tuple(dict.fromkeys(full_id(library, reader, work) for work in works))
    if len(found) < 2:
        raise UsageError("Name two works at least. remnant duplicates lists those that may be one story.")
    library.sayings.catch_up()
    return found


def _pairs(works: Collection[str]) -> Iterator[Pair]:
    ordered = sorted(works)
    return (pair_of(one, other) for place, one in enumerate(ordered) for other in ordered[place + 1 :])


class _Word:
    """What one person says at once."""

    def __init__(self, library: Library, reader: Reader, groups: Sequence[tuple[str, ...]], clock: Clock) -> None:
        self._library = library
        self._groups = tuple(groups)
        self._witness = Person(reader.name, clock())
        seed = canonical([reader.name, time_to_json(self._witness.at), sorted(map(sorted, groups))])
        self._batch = base64.b32encode(hashlib.sha256(seed).digest()[:5]).decode("ascii").lower()
        self._words: dict[str, Likened] = {}

    def told(self, work: str) -> Told:
        hit = self._library.index().get(work, None)
        if hit is None:
            raise RefusedError(f"The work {work} is no longer here.")
        return Told(work, card_from_bytes(hit.card).work.editions[0].original)

    def say(self, what: Likening, of: Iterable[tuple[Told, ...]]) -> None:
        for told in of:
            self._add(new_likened(what, told, self._witness, self._batch))

    def undo(self, words: Iterable[Likened]) -> None:
        for one in words:
            self._add(new_likened(Likening.UNDO, one.of, self._witness, self._batch, undoes=one.id))

    def written(self, *, dry_run: bool) -> Decided:
        if not self._words:
            return Decided(None, self._groups, indexed=True)
        if dry_run:
            return Decided(self._batch, self._groups, indexed=False)
        with self._library.folder.writing():
            self._library.journal.append(self._words.values(), self._witness.at)
        return Decided(self._batch, self._groups, indexed=not indexing.catch_up(self._library).busy)

    def _add(self, one: Likened) -> None:
        self._words[one.id] = one
