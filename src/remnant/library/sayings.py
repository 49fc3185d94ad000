"""What persons said of the works in each original, and how originals came again, as the journal has it."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import replace

from remnant.keep.chain import HeadLostError
from remnant.keep.journal import Arrived, Entry, Journal, Said, earliest
from remnant.library.bundling import matters
from remnant.library.cards import Beside
from remnant.library.editions import CARRIED
from remnant.library.kin import Kin
from remnant.model import Arrival, Claim, Digest, Field, Likened
from remnant.understand.serials import is_posted

HOLDS_FOR_ALL = CARRIED | {Field.RATING, Field.WISH}
"""What was said of a part while it stood alone, and holds for the story that it turned out to be of."""


class Sayings:
    """The journal, remembered: each line is read once a process, however often it is asked. Safe among threads."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._heads: dict[str, str] = {}
        self._by_original: dict[Digest, dict[str, Claim]] = defaultdict(dict)
        self._earliest: dict[Digest, Arrival] = {}
        self._again: list[Arrival] = []
        self._likened: dict[str, Likened] = {}
        self._kin: Kin | None = None
        self._lock = threading.Lock()

    def catch_up(self) -> None:
        """Learn what was said since."""
        with self._lock:
            try:
                self._go_on()
            except HeadLostError:
                self._heads = {}
                self._by_original.clear()
                self._earliest.clear()
                self._again.clear()
                self._likened.clear()
                self._kin = None
                self._go_on()

    def of(self, original: Digest) -> tuple[Claim, ...]:
        """Every claim that persons made on works in this original."""
        with self._lock:
            return tuple(self._by_original[original].values()) if original in self._by_original else ()

    def together(self, original: Digest, beside: Beside) -> tuple[Claim, ...]:
        """The same, and of parts of one story that stand in other files what shields readers, as said of the whole."""
        posted = beside if is_posted(path for path, _ in beside) else ()
        carried = (
            replace(claim, piece=f"{path}/{claim.piece}")
            for path, other in posted
            for claim in self.of(other.digest)
            if claim.field in HOLDS_FOR_ALL
        )
        return (*self.of(original), *carried)

    def first(self, kept: Arrival) -> Arrival:
        """The earliest arrival known of an original, given the one it was kept with: libraries may have been joined."""
        with self._lock:
            known = self._earliest.get(kept.original.digest)
            return kept if known is None else earliest((kept, known))

    def again(self) -> tuple[Arrival, ...]:
        """Later arrivals of what was kept already, where their names may tell what belongs together."""
        with self._lock:
            return tuple(self._again)

    def kin(self) -> Kin:
        """Which works are one story, by all that was said of it."""
        with self._lock:
            self._kin = self._kin or Kin(self._likened.values())
            return self._kin

    def _go_on(self) -> None:
        for entry in self._journal.acts(self._heads):
            self._learn(entry)

    def _learn(self, entry: Entry) -> None:
        self._heads[entry.replica] = entry.head
        match entry.act:
            case Said(original=original, claim=claim):
                self._by_original[original][claim.id] = claim
            case Arrived(arrival=arrival):
                digest = arrival.original.digest
                self._earliest[digest] = earliest((arrival, self._earliest.get(digest, arrival)))
                if matters(arrival):
                    self._again.append(arrival)
            case Likened():
                self._likened[entry.act.id] = entry.act
                self._kin = None
            case _:
                pass
