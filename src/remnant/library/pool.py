"""A few long-lived worker processes: whatever a file does to one of them, the library stands.

Each file gets its share of memory, processor time and patience. A worker that goes over is killed and replaced, and the
file is called unread, never half read.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from remnant.library import frames
from remnant.library.allowance import seconds_for
from remnant.wire.canonical import Json, canonical

Tag = TypeVar("Tag")

FILES_A_LIFE = 500
"""After so many files a worker is replaced, so that nothing it hoards can grow for ever."""

WORTH_A_START = 3.0
"""Seconds of waiting, all waiters together, before one more worker is started for many files: to start one costs as
much work as reading some dozens of them, so a small job is done by one alone."""

WORKER = (sys.executable, "-P", "-m", "remnant.library.worker")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: processor seconds, address space in MiB; a large one is given more of the first.

    Patience is wall time, for a machine that has other things to do.
    """

    seconds: int = 60
    memory: int = 2048

    def of(self, size: int) -> Limits:
        """Those for a file of so many bytes."""
        return replace(self, seconds=seconds_for(size, self.seconds))

    @property
    def patience(self) -> float:
        return 5.0 * self.seconds + 30.0


@dataclass(frozen=True, slots=True)
class Job:
    """A question to a worker, and the bytes it is about."""

    head: Json
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What the worker said, and the texts it speaks of, if it was asked for them."""

    head: Json
    texts: Json


@dataclass(frozen=True, slots=True)
class Stopped:
    """There is no answer, and nothing half said is used. `why` completes "Not read: ..."; `again` says that another
    try may do better."""

    why: str
    again: bool = True


Outcome = Answer | Stopped
Make = Callable[[], Job | Stopped]


class Pool:
    """Workers, started when first needed. Safe to share among threads; `close` ends them."""

    def __init__(self, jobs: int, limits: Limits, command: Sequence[str] = WORKER) -> None:
        self._jobs = max(1, jobs)
        self._limits = limits
        self._command = (*command, str(limits.seconds), str(limits.memory))
        self._idle: list[_Worker] = []
        self._workers = 0
        self._waited = 0.0
        self._free = threading.Condition()
        self._threads: ThreadPoolExecutor | None = None

    def ask(self, job: Job) -> Outcome:
        """One job, in the calling thread, at once."""
        return self._asked(job, patient=False)

    def ask_all(self, jobs: Iterable[tuple[Tag, Make]]) -> Generator[tuple[Tag, Outcome], None, None]:
        """Many jobs at once, answered in the order they were put; only a few are held in memory at a time.

        Each is made in a thread of the pool when its turn comes; one that cannot be made is its own outcome.
        """
        threads = self._hands()
        flying: deque[_Flight[Tag]] = deque()
        try:
            for tag, make in jobs:
                flying.append(_Flight(tag, threads.submit(self._made_and_asked, make)))
                if len(flying) >= 4 * self._jobs:
                    yield flying.popleft().landed()
            while flying:
                yield flying.popleft().landed()
        finally:
            for flight in flying:
                flight.outcome.cancel()

    def _made_and_asked(self, make: Make) -> Outcome:
        job = make()
        return self._asked(job, patient=True) if isinstance(job, Job) else job

    def _asked(self, job: Job, *, patient: bool) -> Outcome:
        worker = self._borrow(patient=patient)
        try:
            return worker.ask(job)
        finally:
            self._give_back(worker)

    def close(self) -> None:
        if self._threads is not None:
            self._threads.shutdown(cancel_futures=True)
        with self._free:
            while self._idle:
                self._dismiss(self._idle.pop())

    def _hands(self) -> ThreadPoolExecutor:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(self._jobs, "remnant-worker")
        return self._threads

    def _borrow(self, *, patient: bool) -> _Worker:
        """An idle worker, else a new one; who is patient waits first, if there is any to wait for."""
        with self._free:
            while (worker := self._idle_one()) is None:
                if not patient or not self._workers or self._waited >= WORTH_A_START:
                    self._waited = 0.0
                    self._workers += 1
                    break
                began = time.monotonic()
                self._free.wait(WORTH_A_START - self._waited)
                self._waited += time.monotonic() - began
        return worker or self._new_one()

    def _idle_one(self) -> _Worker | None:
        while self._idle:
            worker = self._idle.pop()
            if worker.alive:
                return worker
            self._dismiss(worker)
        return None

    def _new_one(self) -> _Worker:
        try:
            return _Worker(self._command, self._limits)
        except OSError:
            with self._free:
                self._workers -= 1
            raise

    def _give_back(self, worker: _Worker) -> None:
        with self._free:
            if worker.spent:
                self._dismiss(worker)
            else:
                self._idle.append(worker)
            self._free.notify()

    def _dismiss(self, worker: _Worker) -> None:
        self._workers -= 1
        worker.end()


@dataclass(frozen=True, slots=True)
class _Flight(Generic[Tag]):
    tag: Tag
    outcome: Future[Outcome]

    def landed(self) -> tuple[Tag, Outcome]:
        return self.tag, self.outcome.result()


class _Worker:
    """One child process, and how far its life has gone."""

    def __init__(self, command: Sequence[str], limits: Limits) -> None:
        self._limits = limits
        self._asked = 0
        # Its own session: Ctrl-C in the terminal is for us to answer, not for a child in the middle of a file.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            bufsize=0,
            env=_environment(),
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self._to, False)
        os.set_blocking(self._from, False)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def spent(self) -> bool:
        return self._asked >= FILES_A_LIFE or not self.alive

    def ask(self, job: Job) -> Outcome:
        self._asked += 1
        limits = self._limits.of(len(job.data))
        deadline = time.monotonic() + limits.patience
        try:
            frames.send(self._to, frames.pack(canonical(job.head), job.data), deadline)
            head = json.loads(frames.receive(self._from, deadline))
            texts = json.loads(frames.receive(self._from, deadline))
        except (frames.SilentError, ValueError) as silence:
            return Stopped(self._why(silence, limits))
        if "stopped" in head:
            self.end()
            return Stopped(head["stopped"])
        return Answer(head, texts)

    def end(self) -> None:
        """Kill it: between jobs it holds nothing that could be lost."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _why(self, silence: Exception, limits: Limits) -> str:
        late = isinstance(silence, frames.LateError)
        ended = None if late else self._ended()
        self.end()
        if ended == -signal.SIGXCPU:
            return f"understanding it took more than {limits.seconds} seconds of work"
        return "understanding it took too long" if late else "the worker reading it was stopped"

    def _ended(self) -> int | None:
        """How the process ended, if its silence means that it has."""
        try:
            return self._process.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            return None


def _environment() -> dict[str, str]:
    """Nothing of ours but what Python needs to start the same way: the same reading on every machine."""
    kept = {name: value for name, value in os.environ.items() if name in _KEPT}
    return kept | {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8"}


_KEPT = frozenset(
    {"PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}  # where code is found
)
