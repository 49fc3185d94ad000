"""Reading no faster than somebody wished, so that the disk is left to others."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

SLOWEST = 1 << 20
"""Bytes a second: as much as is read in one piece, so that nobody waits longer than a second to be stopped."""


@dataclass
class Pace:
    """At most `rate` bytes a second, whoever reads; each is told of a piece they read, and is held up as need be."""

    rate: int
    _free_at: float = 0.0
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, read: int) -> None:
        with self._turn:
            now = time.monotonic()
            self._free_at = max(self._free_at, now) + read / self.rate
            wait = self._free_at - now
        time.sleep(wait)
