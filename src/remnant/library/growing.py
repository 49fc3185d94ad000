"""An index growing: one original after the other, in the order of the promises, each read by a worker."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from remnant.errors import DamageError
from remnant.find.port import Index, Unread
from remnant.keep.journal import Act, Arrived, Said, earliest
from remnant.keep.ledger import Event, Promise
from remnant.library import tasks
from remnant.library.bundling import Bundling, matters
from remnant.library.cards import Beside, Standing, finding_from_json
from remnant.library.comparing import joined_unasked
from remnant.library.editions import due
from remnant.library.entries import entry_from
from remnant.library.opening import Library
from remnant.library.pool import Answer, Job, Outcome, Stopped
from remnant.library.readings import READ_UP_TO
from remnant.library.same_words import was_forgotten
from remnant.library.serials import joined
from remnant.library.watching import Progress, Stage, Step, Stop, utc_now
from remnant.model import Arrival, Digest, Finding, Likened, Original, Severity, work_id
from remnant.understand.versions import READER
from remnant.wire.arrival import original_from_json
from remnant.wire.canonical import Json, canonical

TRY_AGAIN = "It may be tried again: remnant rebuild."
"""Ends the reason of whatever a stopped worker left unread."""

CONTAINERS = frozenset(f"application/{name}" for name in ("zip", "x-tar", "gzip", "x-bzip2", "x-xz", "vnd.calibre"))
"""Opened at the door, or a list of files: what is in them is originals of their own, so nothing is left unread."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds. The first works are to be seen soon; a commit costs the same for one work as for hundreds."""

OWED = "owed"
"""Under this the heads name works that are still to be looked at for others found at the same address."""

READER_HEAD, LEDGER, JOURNAL = "reader", "ledger/", "journal/"
"""What the heads are called that an index remembers: the version of the reader, and each chain after its kind."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of one original: the works in it, or why there are none. `alike` say what somebody wished gone."""

    original: Original
    works: tuple[str, ...]
    findings: tuple[Finding, ...]
    unread: str | None
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Item:
    """An original to be read, and how far the chains are seen once it is. `known`: only how it stands is new."""

    original: Original
    heads: dict[str, str]
    known: bool = False


def is_ours(heads: Mapping[str, str]) -> bool:
    """Whether an index with these heads was made by this version of the reader. An empty one is anybody's."""
    return not heads or heads.get(READER_HEAD) == str(READER.version)


def seen_of(heads: Mapping[str, str], kind: str) -> dict[str, str]:
    """How far the chains of one kind were seen, of all the heads an index remembers."""
    return {name.removeprefix(kind): head for name, head in heads.items() if name.startswith(kind)}


def is_behind(library: Library, heads: Mapping[str, str]) -> bool:
    """Whether anything stands past these heads. Reads only what does."""
    kept = library.ledger.lines(seen_of(heads, LEDGER))
    said = library.journal.acts(seen_of(heads, JOURNAL))
    return not is_ours(heads) or any(True for _ in kept) or any(True for _ in said)


def texts_version() -> str:
    """Names the cached texts that snippets are cut from."""
    return f"texts of reader {READER.version}"


_Asking = tuple[str, str | None, Original | None]
"""A chain, how far it is seen once that original is read, and the original, if one is to be."""

UNSAID: Mapping[str, Standing] = MappingProxyType({})


class Growth:
    """One run over what the index has not seen. The caller holds the index lock."""

    def __init__(self, library: Library, index: Index, progress: Progress, stop: Stop) -> None:
        self._library = library
        self._index = index
        self._progress = progress
        self._stop = stop
        self._heads = dict(index.heads())
        self._bundling = Bundling(library.shelf)
        self._posted: dict[Digest, Beside] = {}
        self._elsewhere: set[Original] = set()
        self._used: set[Digest] = set()
        self._beside_others: set[Digest] = set()
        self._landed: dict[str, bytes] = {}
        self._addressed: set[str] = set()
        self._done = 0
        self._pause = FIRST_PAUSE
        self._commit_at = time.monotonic() + self._pause

    def advance(self) -> Iterator[Indexed]:
        """Index what stands past the heads, committing now and then. Stop iterating, and the rest waits."""
        items = self._items()
        self._library.sayings.catch_up()
        items = self._anchors(items) + items
        total = self._done + len(items)
        jobs = ((item, partial(self._question, item.original)) for item in items)
        for item, outcome in self._library.pool.ask_all(jobs):
            landed = self._land(item.original, outcome)
            if not item.known:
                yield landed
            self._heads |= item.heads
            self._done += 1
            self._progress(Step(Stage.UNDERSTANDING, self._done, total))
            self._commit_in_time()
            if self._stop():
                return

    def _anchors(self, items: list[_Item]) -> list[_Item]:
        """What must be read again because something that stands beside it is to be read.

        It is read first: once what asked for it is seen, nothing would ask again.
        """
        originals, elsewhere = {item.original for item in items}, self._elsewhere
        self._elsewhere = set()
        self._bundling.learn(originals, self._library.sayings.again())
        anchors = {one for one in elsewhere if self._bundling.beside(one)}
        anchors.update(self._bundling.anchors(originals | elsewhere))
        here = (one for one in sorted(anchors - originals) if self._library.shelf.has(one.digest))
        return [_Item(anchor, {}) for anchor in here]

    def commit(self) -> None:
        """Let everyone see what was done so far, and remember how far that is."""
        self._heads[READER_HEAD] = str(READER.version)
        self._join_parts()
        self._stand_together()
        self._take_out_used()
        owed = self._addressed | {*self._heads.get(OWED, "").split()}
        self._commit(owed)
        if owed:
            self._join_unasked(owed)
            self._commit(frozenset())
        self._addressed.clear()

    def _commit(self, owed: Collection[str]) -> None:
        self._heads.pop(OWED, None)
        self._index.store_heads(self._heads | ({OWED: " ".join(sorted(owed))} if owed else {}))
        self._index.commit()

    def _join_unasked(self, works: Collection[str]) -> None:
        """Say of works that they are one story, where that is certain. What is said waits to be indexed."""
        words = [*joined_unasked(self._index, self._library.sayings.kin(), works)]
        if words:
            self._library.journal.append(words, utc_now())

    def standing(self, done: list[Indexed]) -> list[Indexed]:
        """What was done, without what turned out to be part of another: whose reading speaks for it."""
        return [Indexed(one.original, (), (), None) if one.original.digest in self._used else one for one in done]

    def _join_parts(self) -> None:
        """What was posted in several mails, each a file of its own, stands as one work, named after its first part."""
        for story in joined(self._index, self._landed, self._library.shelf, self._beside_others):
            self._posted[story.first.digest] = story.beside
            outcome = self._library.pool.ask(asked) if isinstance(asked := self._question(story.first), Job) else None
            if isinstance(outcome, Answer):
                self._land(story.first, outcome)
                self._index.remove(story.others)
                self._landed = {work: card for work, card in self._landed.items() if work not in story.others}

    def _stand_together(self) -> None:
        """Works that were said to be one story, and were read since, stand as one: what one says may hold for all."""
        for digest, standing in due(self._index, self._landed, self._library.sayings.kin()).items():
            original = self._original(digest)
            asked = None if original is None else self._question(original, standing)
            outcome = self._library.pool.ask(asked) if isinstance(asked, Job) else None
            if isinstance(outcome, Answer):
                self._index.put(entry_from(one) for one in outcome.head["entries"] if one["work"] in standing)
        self._landed.clear()

    def _take_out_used(self) -> None:
        """What an anchor's reading used is no work of its own, whichever of the two was read first."""
        self._index.remove(work_id(digest, "0") for digest in sorted(self._used))
        self._index.remove_unread(sorted(self._used))

    def _commit_in_time(self) -> None:
        if time.monotonic() < self._commit_at:
            return
        self.commit()
        self._pause = min(2 * self._pause, LONGEST_PAUSE)
        self._commit_at = time.monotonic() + self._pause

    def _items(self) -> list[_Item]:
        """What is to be read, each original once. A line that asks for nothing is seen with the item before it."""
        items: list[_Item] = []
        taken: set[Original] = set()
        for chain, head, original in (*self._promised(), *self._said()):
            if original is not None and original not in taken:
                taken.add(original)
                items.append(_Item(original, {chain: head} if head else {}, known=head is None))
            elif head:
                (items[-1].heads if items else self._heads)[chain] = head
        return items

    def _promised(self) -> Iterator[_Asking]:
        for line in self._library.ledger.lines(seen_of(self._heads, LEDGER)):
            yield f"{LEDGER}{line.replica}", line.head, self._promised_in(line.what)

    def _said(self) -> Iterator[_Asking]:
        """An original of which something was said is read again: what is indexed of it has changed."""
        for line in self._library.journal.acts(seen_of(self._heads, JOURNAL)):
            chain = f"{JOURNAL}{line.replica}"
            if isinstance(line.act, Likened):
                yield from ((chain, None, self._original(told.original)) for told in line.act.of)
            yield chain, line.head, self._spoken_of(line.act)

    def _spoken_of(self, act: Act) -> Original | None:
        """An original that came earlier than it was kept, as a joined library says, is read again for its date."""
        match act:
            case Said(original=digest):
                return self._original(digest)
            case Arrived(arrival=arrival):
                if matters(arrival):
                    self._elsewhere.add(arrival.original)
                return self._come_earlier(arrival)
            case _:
                return None

    def _come_earlier(self, arrival: Arrival) -> Original | None:
        try:
            kept = self._library.shelf.arrival(arrival.original.digest)
        except DamageError:
            return None
        return kept.original if earliest((kept, arrival)) is arrival else None

    def _promised_in(self, what: Promise | Event) -> Original | None:
        """A copy that was mended is read again: it may have been unreadable before."""
        match what:
            case Promise(original=original):
                return original
            case Event(kind="mended", digest=Digest() as digest):
                return self._original(digest)
            case _:
                return None

    def _original(self, digest: Digest) -> Original | None:
        """None for one that is not here: when it comes, what was said of it is known already."""
        try:
            return self._library.shelf.arrival(digest).original
        except DamageError:
            return None

    def _question(self, original: Original, standing: Mapping[str, Standing] = UNSAID) -> Job | Stopped:
        """Made in a thread of the pool, so that waiting for the disk keeps nobody waiting."""
        if original.size > READ_UP_TO:
            return Stopped(f"it is larger than {READ_UP_TO >> 20} MiB", again=False)
        try:
            data = self._library.shelf.get(original.digest)
            added = self._library.sayings.first(self._library.shelf.arrival(original.digest)).at
        except DamageError:
            return Stopped("its bytes are not as they were kept; remnant check says more")
        beside = self._beside(original)
        members = tuple((path, one) for path, one, _ in beside)
        asked = tasks.to_index(original, self._library.sayings.of(original.digest), added, members, standing)
        return Job(asked, b"".join([data, *(more for *_, more in beside)]) if beside else data)

    def _beside(self, anchor: Original) -> list[tuple[str, Original, bytes]]:
        """The companions of an anchor with their bytes; a harmed one is left out, as if it were not here."""
        found: list[tuple[str, Original, bytes]] = []
        for path, original in self._posted.get(anchor.digest) or self._bundling.beside(anchor):
            with suppress(DamageError):
                found.append((path, original, self._library.shelf.get(original.digest)))
        return found

    def _land(self, original: Original, outcome: Outcome) -> Indexed:
        if isinstance(outcome, Stopped):
            return self._unread(original, (), stopped_sentence(outcome))
        head = outcome.head
        entries = [entry_from(record) for record in head["entries"]]
        self._index.remove(self._former(original) - {entry.work for entry in entries})
        self._index.put(entries)
        self._landed |= {entry.work: entry.card for entry in entries}
        likenesses = ((record["work"], record["likeness"]) for record in head["entries"])
        self._addressed |= {work for work, likeness in likenesses if likeness and likeness["addresses"]}
        self._index.remove_unread([original.digest])
        used = {original_from_json(one).digest for record in head["entries"] for one in record["beside"]}
        self._used |= used
        if original.digest not in self._posted:
            self._beside_others |= used
        self._keep_texts(original, head["entries"])
        made = tuple(map(finding_from_json, head["findings"]))
        if entries or head["format"] in CONTAINERS:
            works = tuple(entry.work for entry in entries)
            return Indexed(original, works, made, None, self._alike(original, head["entries"]))
        return self._unread(original, made, unread_sentence(head["format"], made))

    def _former(self, original: Original) -> set[str]:
        """The works that were in it when it was last read: what stands beside it now may be another's."""
        data = self._index.reading(original.digest, texts_version())
        return set(json.loads(data)) if data else set()

    def _alike(self, original: Original, records: list[Json]) -> tuple[str, ...]:
        stones = self._library.tombstones
        found = (record["work"] for record in records if was_forgotten(stones, record["story"]))
        return () if stones.is_kept_despite(original.digest) else tuple(found)

    def _unread(self, original: Original, made: tuple[Finding, ...], why: str) -> Indexed:
        self._index.put_unread([Unread(original.digest, self._name(original), why)])
        return Indexed(original, (), made, why)

    def _name(self, original: Original) -> str:
        try:
            return self._library.sayings.first(self._library.shelf.arrival(original.digest)).name
        except DamageError:
            return original.digest.short

    def _keep_texts(self, original: Original, records: list[Json]) -> None:
        """What snippets are cut from, veiled already; a cache, so that a page of hits reads no file."""
        texts = {record["work"]: [record["story"], record["notes"]] for record in records}
        if texts or self._index.reading(original.digest, texts_version()):
            self._index.put_reading(original.digest, texts_version(), canonical(texts))


def stopped_sentence(stopped: Stopped) -> str:
    return f"Not read: {stopped.why}. {TRY_AGAIN}" if stopped.again else f"Not read: {stopped.why}."


def unread_sentence(form: str, made: tuple[Finding, ...]) -> str:
    """The gravest thing found says why; if nothing was found, nobody here can read such a file yet."""
    order = (Severity.LOSS, Severity.WARNING, Severity.NOTE)
    gravest = sorted(made, key=lambda finding: order.index(finding.severity))
    return gravest[0].message if gravest else f"Nothing here reads this kind of file yet ({form})."
