"""What could not be done for a reader a moment ago, and is not tried again at once."""

from __future__ import annotations

import threading

from remnant.find.port import Eyes


class PutOff:
    """Until when it is put off, for whose eyes; safe among threads."""

    def __init__(self) -> None:
        self._until: list[tuple[Eyes, float]] = []
        self._lock = threading.Lock()

    def holds(self, eyes: Eyes, now: float) -> bool:
        with self._lock:
            self._until = [(whose, until) for whose, until in self._until if until > now]
            return any(whose is eyes or whose == eyes for whose, _ in self._until)

    def until(self, eyes: Eyes, then: float) -> None:
        with self._lock:
            self._until.append((eyes, then))
