"""How many originals are kept here, counted along the ledger."""

from __future__ import annotations

import threading

from remnant.keep.chain import HeadLostError
from remnant.keep.ledger import Ledger, Promise
from remnant.model import Digest


class Tally:
    """Counts each promise once, and reads each line once a process. Safe among threads."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._heads: dict[str, str] = {}
        self._promised: set[Digest] = set()
        self._lock = threading.Lock()

    def originals(self) -> int:
        with self._lock:
            try:
                self._go_on()
            except HeadLostError:
                self._heads, self._promised = {}, set()
                self._go_on()
            return len(self._promised)

    def _go_on(self) -> None:
        for line in self._ledger.lines(self._heads):
            self._heads[line.replica] = line.head
            if isinstance(line.what, Promise):
                self._promised.add(line.what.original.digest)
