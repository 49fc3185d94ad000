"""What persons said of the works in each original, as the journal has it."""

from __future__ import annotations

import threading
from collections import defaultdict

from remnant.keep.chain import HeadLostError
from remnant.keep.journal import Entry, Journal, Said
from remnant.model import Claim, Digest


class Sayings:
    """The journal, remembered: each line is read once a process, however often it is asked. Safe among threads."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._heads: dict[str, str] = {}
        self._by_original: dict[Digest, dict[str, Claim]] = defaultdict(dict)
        self._lock = threading.Lock()

    def catch_up(self) -> None:
        """Learn what was said since."""
        with self._lock:
            try:
                self._go_on()
            except HeadLostError:
                self._heads = {}
                self._by_original.clear()
                self._go_on()

    def of(self, original: Digest) -> tuple[Claim, ...]:
        """Every claim that persons made on works in this original."""
        with self._lock:
            return tuple(self._by_original[original].values()) if original in self._by_original else ()

    def _go_on(self) -> None:
        for entry in self._journal.acts(self._heads):
            self._learn(entry)

    def _learn(self, entry: Entry) -> None:
        self._heads[entry.replica] = entry.head
        if isinstance(entry.act, Said):
            self._by_original[entry.act.original][entry.act.claim.id] = entry.act.claim
