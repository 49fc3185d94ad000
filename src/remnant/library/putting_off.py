"""What was done, or could not be done for a reader a moment ago, and is not tried again at once."""

from __future__ import annotations

import threading
from math import inf

from remnant.find.port import Eyes


class Tended:
    """What was seen to last, and whether it is done or put off for a while; safe among threads."""

    def __init__(self) -> None:
        self._last: tuple[object, float] = (None, 0.0)

    def holds(self, what: object, now: float) -> bool:
        """Whether there is nothing to do about it now."""
        last, until = self._last
        return now < until and last == what

    def done(self, what: object) -> None:
        self._last = (what, inf)

    def put_off(self, what: object, then: float) -> None:
        self._last = (what, then)

    def doubt(self) -> None:
        """What was done is looked at again; what was put off stays so."""
        if self._last[1] == inf:
            self._last = (None, 0.0)


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
