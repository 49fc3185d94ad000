"""Files coming in, sealed in a thread of their own while others are read."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from remnant.intake.doors import from_paths
from remnant.intake.parcels import Parcel, Passed, Refusal
from remnant.keep.folder import Folder
from remnant.keep.heeding import Unreadable
from remnant.keep.sealing import Kept, Sealing, seal
from remnant.library.looking_inside import INSIDE
from remnant.library.watching import Clock, Progress, Stage, Step, Stop
from remnant.model import Arrival, Original

A_BATCH = 256


class Arrivals:
    """One run of the doors. What is in `kept` is acknowledged: safe, whatever happens to the rest.

    `start` begins it; `more` waits until something new is safe. What stops the sealing is raised by `finish`.
    """

    def __init__(
        self,
        folder: Folder,
        paths: Iterable[Path],
        clock: Clock,
        progress: Progress,
        stop: Stop,
        *,
        despite: bool = False,
    ) -> None:
        self.kept: list[Kept] = []
        self.refused: list[Refusal] = []
        self.passed: list[Passed] = []
        self._folder = folder
        self._paths = tuple(paths)
        self._clock = clock
        self._progress = progress
        self._stop = stop
        self._despite = despite
        self._fault: BaseException | None = None
        self._seen = 0
        self._news = threading.Condition()
        self._taken = 0
        self._ended = False
        self._abandoned = False
        self._thread = threading.Thread(target=self._run, name="remnant-sealing", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def more(self) -> bool:
        """Wait until something new is safe; False once nothing more will come."""
        with self._news:
            self._news.wait_for(lambda: self._ended or len(self.kept) > self._seen)
            fresh = len(self.kept) > self._seen
            self._seen = len(self.kept)
            return fresh

    def finish(self) -> None:
        """Wait for the end, and raise what stopped it."""
        self._thread.join()
        if self._fault is not None:
            raise self._fault

    def abandon(self) -> None:
        """Take in no more: something else went wrong."""
        self._abandoned = True
        self._thread.join()

    def _run(self) -> None:
        try:
            self._seal()
        except BaseException as fault:  # noqa: BLE001 - carried over to the thread that waits for it
            self._fault = fault
        finally:
            with self._news:
                self._ended = True
                self._news.notify_all()

    def _seal(self) -> None:
        waiting: deque[Parcel] = deque()
        sealings = self._sealings(waiting)
        words = seal(self._folder, sealings, self._clock, batch=A_BATCH, despite=self._despite, inside=INSIDE)
        for word in words:
            self._acknowledge(waiting.popleft(), word)
        self._progress(Step(Stage.KEEPING, self._taken, self._taken))

    def _sealings(self, waiting: deque[Parcel]) -> Iterator[Sealing]:
        for coming in from_paths(self._paths, stop=self._enough, own=self._folder.path):
            match coming:
                case Parcel():
                    waiting.append(coming)
                    self._taken += 1
                    self._progress(Step(Stage.KEEPING, self._taken))
                    yield Sealing(coming.open, partial(_arrival, coming, self._clock))
                case Refusal():
                    self.refused.append(coming)
                case Passed():
                    self.passed.append(coming)

    def _acknowledge(self, parcel: Parcel, word: Kept | Unreadable) -> None:
        if isinstance(word, Unreadable):
            self.refused.append(Refusal(parcel.name, parcel.inside, word.why))
            return
        with self._news:
            self.kept.append(word)
            self._news.notify_all()

    def _enough(self) -> bool:
        return self._abandoned or self._stop()


def _arrival(parcel: Parcel, clock: Clock, original: Original) -> Arrival:
    return Arrival(original, parcel.door, parcel.name, clock(), parcel.inside)
