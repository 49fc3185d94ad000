"""An index growing: one original after the other, in the order of the promises, each read by a worker."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import partial

from remnant.errors import DamageError
from remnant.find.port import Index, Unread
from remnant.library.bundling import Bundling
from remnant.library.cards import Beside, Card, Standing, card_from_bytes, finding_from_json
from remnant.library.comparing import joined_unasked
from remnant.library.editions import due
from remnant.library.entries import entry_from
from remnant.library.indexed import CONTAINERS, Indexed, stopped_sentence, unread_sentence, works_version
from remnant.library.opening import Library
from remnant.library.pool import Answer, Job, Outcome, Stopped
from remnant.library.questions import Questions
from remnant.library.same_words import was_forgotten
from remnant.library.serials import Joined, Serials, posts_of
from remnant.library.unseen import OWED, READER_HEAD, Item, original_of, waiting
from remnant.library.watching import Progress, Stage, Step, Stop, utc_now
from remnant.model import Digest, Finding, Original, work_id
from remnant.understand.serials import is_posted
from remnant.understand.versions import READER
from remnant.wire.arrival import original_from_json
from remnant.wire.canonical import Json, canonical

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
"""Seconds. The first works are to be seen soon; a commit costs the same for one work as for hundreds."""


class Growth:
    """One run over what the index has not seen. The caller holds the index lock."""

    def __init__(self, library: Library, index: Index, progress: Progress, stop: Stop) -> None:
        self._library = library
        self._index = index
        self._progress = progress
        self._stop = stop
        self._heads = dict(index.heads())
        self._bundling = Bundling(library.shelf)
        self._questions = Questions(library, self._bundling)
        self._serials = Serials(index, library.shelf)
        self._used: set[Digest] = set()
        self._parts: set[str] = set()
        self._landed: dict[str, bytes] = {}
        self._addressed: set[str] = set()
        self._done = 0
        self._pause = FIRST_PAUSE
        self._commit_at = time.monotonic() + self._pause

    def advance(self) -> Iterator[Indexed]:
        """Index what stands past the heads, committing now and then. Stop iterating, and the rest waits."""
        items = self._items()
        total = self._done + len(items)
        jobs = ((item, partial(self._questions.of, item.original)) for item in items)
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

    def _items(self) -> list[Item]:
        """What is to be read: first of all what must be read again because something came that stands beside it.

        Once what asked for that is seen, nothing would ask again.
        """
        found = waiting(self._library, self._heads)
        self._heads |= found.heads
        self._library.sayings.catch_up()
        originals = {item.original for item in found.items}
        self._bundling.learn(originals, self._library.sayings.again())
        anchors = {one for one in found.elsewhere if self._bundling.beside(one)}
        anchors.update(self._bundling.anchors(originals | found.elsewhere))
        here = (one for one in sorted(anchors - originals) if self._library.shelf.has(one.digest))
        return [Item(anchor, {}) for anchor in here] + found.items

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
        return [self._still(one) for one in done]

    def _still(self, one: Indexed) -> Indexed:
        if one.original.digest in self._used:
            return Indexed(one.original, (), (), None)
        works = tuple(work for work in one.works if work not in self._parts)
        return Indexed(one.original, works, one.findings, one.unread, one.alike)

    def _join_parts(self, harmed: frozenset[Digest] = frozenset()) -> None:
        """What was posted in several mails stands as one work, named after its first part.

        Stories of the same files are asked for at once: finding a mail in a mailbox costs more than reading it. Two
        tellings of one story are not. Where a file is harmed the other parts are joined without it.
        """
        found: set[Digest] = set()
        due: defaultdict[tuple[int, Original, Beside], list[Joined]] = defaultdict(list)
        for told in self._serials.joined(self._landed, self._used | harmed, self._library.sayings.kin().apart):
            for place, story in enumerate(told):
                if self._stands(story):
                    self._take_in_parts(story)
                else:
                    due[place, story.first, story.beside].append(story)
        jobs = ((together, partial(self._questions.of_stories, together)) for together in due.values())
        for together, outcome in self._library.pool.ask_all(jobs):
            if isinstance(outcome, Answer):
                self._join(together, outcome.head["entries"])
            else:
                found.update(self._harmed(together))
        if found - harmed:
            self._join_parts(harmed | found)

    def _harmed(self, stories: Iterable[Joined]) -> Iterator[Digest]:
        for original in {part.original for story in stories for part in story.parts}:
            try:
                self._library.shelf.get(original.digest)
            except DamageError:
                yield original.digest

    def _stands(self, story: Joined) -> bool:
        card = self._card(story.work)
        return card is not None and posts_of(card) == story.parts

    def _join(self, stories: Iterable[Joined], entries: Iterable[Json]) -> None:
        """Parts that cannot be read together now stay apart."""
        told = {entry["work"]: entry for entry in entries}
        for story in stories:
            entry = told.get(story.work)
            if entry is not None and posts_of(card_from_bytes(entry["card"].encode("ascii"))) == story.parts:
                self._put([entry])
                self._hold(story.first, self._held_in(story.first) | {story.work})
                self._take_in_parts(story)

    def _take_in_parts(self, story: Joined) -> None:
        self._index.remove(story.others)
        self._parts |= {*story.others}
        self._parts.discard(story.work)
        for part in story.parts[1:]:
            self._landed.pop(part.work, None)
            self._hold(part.original, self._held_in(part.original) - {part.work})

    def _card(self, work: str) -> Card | None:
        if work in self._landed:
            return card_from_bytes(self._landed[work])
        hit = self._index.get(work, None)
        return None if hit is None else card_from_bytes(hit.card)

    def _stand_together(self) -> None:
        """Works that were said to be one story, and were read since, stand as one: what one says may hold for all."""
        whole: defaultdict[Digest, dict[str, Standing]] = defaultdict(dict)
        for card, standing in due(self._index, self._landed, self._library.sayings.kin()):
            edition = card.work.editions[0]
            first = original_of(self._library, edition.original)
            if first is not None and is_posted(path for path, _ in card.beside):
                asked = self._questions.of_story(first, card.beside, edition.pieces, {card.work.id: standing})
                self._index.put(map(entry_from, self._told(first, asked)))
            else:
                whole[edition.original][card.work.id] = standing
        for digest, standings in whole.items():
            if (original := original_of(self._library, digest)) is not None:
                entries = self._told(original, self._questions.of(original, standings))
                self._index.put(entry_from(one) for one in entries if one["work"] in standings)
        self._landed.clear()

    def _told(self, original: Original, asked: Job | Stopped) -> list[Json]:
        """What is to be indexed of it; nothing where it cannot be read now."""
        outcome = self._library.pool.ask(asked) if isinstance(asked, Job) else None
        return list(outcome.head["entries"]) if isinstance(outcome, Answer) else []

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

    def _land(self, original: Original, outcome: Outcome) -> Indexed:
        if isinstance(outcome, Stopped):
            return self._unread(original, (), stopped_sentence(outcome))
        head = outcome.head
        records = head["entries"]
        works = tuple(record["work"] for record in records)
        self._index.remove(self._held_in(original) - {*works})
        self._put(records)
        self._index.remove_unread([original.digest])
        self._used |= {original_from_json(one).digest for record in records for one in record["beside"]}
        self._hold(original, {*works})
        made = tuple(map(finding_from_json, head["findings"]))
        if works or head["format"] in CONTAINERS:
            return Indexed(original, works, made, None, self._alike(original, records))
        return self._unread(original, made, unread_sentence(head["format"], made))

    def _put(self, records: Iterable[Json]) -> None:
        entries = [entry_from(record) for record in records]
        self._index.put(entries)
        self._landed |= {entry.work: entry.card for entry in entries}
        likenesses = ((record["work"], record["likeness"]) for record in records)
        self._addressed |= {work for work, likeness in likenesses if likeness and likeness["addresses"]}

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

    def _held_in(self, original: Original) -> set[str]:
        """The works that were in it when it was last read."""
        data = self._index.reading(original.digest, works_version())
        return set(json.loads(data)) if data else set()

    def _hold(self, original: Original, works: set[str]) -> None:
        if works != self._held_in(original):
            self._index.put_reading(original.digest, works_version(), canonical(sorted(works)))
