"""Readings of what is kept, made by a worker when they are wanted and remembered for a little while."""

from __future__ import annotations

import threading
from collections import OrderedDict

from remnant.errors import RefusedError
from remnant.keep.shelf import Shelf
from remnant.library import tasks
from remnant.library.cards import Beside
from remnant.library.pool import Job, Pool, Stopped
from remnant.model import Digest, Original, Reading
from remnant.wire import reading as reading_wire

MOST_TEXT = 8_000_000
"""Characters of text in the readings remembered: some dozens of long stories, some hundreds of short ones."""

Wanted = tuple[Digest, tuple[str, ...], Beside]
"""An original, the pieces wanted of it (none for all), and what it is read with."""

READ_UP_TO = 64 * 2**20
"""Larger files are kept and not read."""


class Readings:
    """Safe among threads; two that want the same at once may each have it made."""

    def __init__(self, shelf: Shelf, pool: Pool) -> None:
        self._shelf = shelf
        self._pool = pool
        self._known: OrderedDict[Wanted, Reading] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, digest: Digest, pieces: tuple[str, ...] = (), beside: Beside = ()) -> Reading:
        """The reading of an original, or of the story that these pieces of it make with what stands beside it.

        RefusedError if it cannot be had now, DamageError if the bytes are harmed.
        """
        with self._lock:
            if (digest, pieces, beside) in self._known:
                self._known.move_to_end((digest, pieces, beside))
                return self._known[digest, pieces, beside]
        reading = self._made(digest, pieces, beside)
        with self._lock:
            self._remember((digest, pieces, beside), reading)
        return reading

    def _made(self, digest: Digest, pieces: tuple[str, ...], beside: Beside) -> Reading:
        data = self._shelf.get(digest)
        asked = tasks.to_read(Original(digest, len(data)), pieces, beside)
        whole = b"".join([data, *(self._shelf.get(original.digest) for _, original in beside)]) if beside else data
        outcome = self._pool.ask(Job(asked, whole))
        if isinstance(outcome, Stopped):
            raise RefusedError(
                f"It cannot be read just now: {outcome.why}. Original {digest.short} is kept, whole; try again later."
            )
        return reading_wire.from_json(outcome.head, outcome.texts)

    def _remember(self, wanted: Wanted, reading: Reading) -> None:
        self._known[wanted] = reading
        while len(self._known) > 1 and sum(map(_length, self._known.values())) > MOST_TEXT:
            self._known.popitem(last=False)


def _length(reading: Reading) -> int:
    return sum(part.length for part in reading.parts)
