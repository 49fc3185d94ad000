"""The command line in a process of its own that need not start first: forked from one that has loaded everything.

To start Python and load Remnant costs many times what a command then does. A forked command is the same code, from its
words to its exit code, in a process that can be killed; its workers are forked too. Whoever forks has no threads.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn

from tests.harm import tracing

import remnant
from remnant.cli.main import main
from remnant.library import pool, worker

PATIENCE = 120
"""Seconds until what hangs is ended."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, as a shell would say it, and what it said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Meddling:
    """At the nth call that changes something under the folder: killed, or refused with this error. `log` names them."""

    folder: Path
    log: Path
    nth: int
    errno: int = 0


def load() -> None:
    """Load all there is, so that no fork has to."""
    for module in pkgutil.walk_packages(remnant.__path__, "remnant."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.collect()
    gc.freeze()


def run(place: Path, *words: str, meddling: Meddling | None = None) -> Ended:
    """One command, with this folder as its own, and `library` in it as the library."""
    out, err = (os.memfd_create(name) for name in ("out", "err"))
    ended = _ended(_forked(lambda: _command(place, words, out, err, meddling)))
    said = []
    for told in (out, err):
        os.lseek(told, 0, os.SEEK_SET)
        with os.fdopen(told, "rb") as file:
            said.append(file.read().decode(errors="replace"))
    return Ended(ended, *said)


def apart(ask: Callable[[], Any]) -> Any:
    """What this comes to, as plain JSON, asked in a process of its own: its threads and open files end with it."""
    answer = os.memfd_create("answer")

    def answered() -> int:
        os.write(answer, json.dumps(ask()).encode())
        return 0

    ended = _ended(_forked(answered))
    os.lseek(answer, 0, os.SEEK_SET)
    with os.fdopen(answer, "rb") as file:
        if ended:
            raise RuntimeError(f"What was asked apart ended with {ended}.")
        return json.loads(file.read())


def _forked(task: Callable[[], int]) -> int:
    if len(os.listdir("/proc/self/task")) > 1:
        raise RuntimeError("What has threads is not forked: a lock might stay locked for ever.")
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        _to_its_end(task)
    return child


def _to_its_end(task: Callable[[], int]) -> NoReturn:
    code = 70
    try:
        signal.alarm(PATIENCE)
        code = task()
    except BaseException:  # noqa: BLE001 - nothing may go back into what was forked
        traceback.print_exc()
    finally:
        with suppress(ValueError, OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _ended(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _command(place: Path, words: Sequence[str], out: int, err: int, meddling: Meddling | None) -> int:
    def command() -> NoReturn:
        _to_its_end(lambda: _face(place, words, out, err))

    if meddling is None:
        return _face(place, words, out, err)
    tracer = tracing.Tracer(meddling.folder, meddling.log, meddling.nth, meddling.errno)
    return tracer.run(command)


def _face(place: Path, words: Sequence[str], out: int, err: int) -> int:
    os.chdir(place)
    os.environ.update(REMNANT_LIBRARY="library", REMNANT_JOBS="1")
    nowhere = os.open(os.devnull, os.O_RDONLY)
    for ours, theirs in ((nowhere, 0), (out, 1), (err, 2)):
        os.dup2(ours, theirs)
    sys.stdout, sys.stderr = open(1, "w", closefd=False), open(2, "w", closefd=False)  # noqa: SIM115
    fork_workers()
    return main(words)


def fork_workers() -> None:
    """From now on the workers of this process are forked, too."""
    setattr(pool, "subprocess", SimpleNamespace(**{**vars(subprocess), "Popen": _Worker}))  # noqa: B010


class _Worker:
    """Stands for the process that a pool starts: the same worker, forked."""

    def __init__(self, command: Sequence[str], **_how: Any) -> None:
        asked, to = os.pipe()
        back, said = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            _to_its_end(lambda: _serve(asked, said, command[-2:]))
        os.close(asked)
        os.close(said)
        self.stdin, self.stdout = os.fdopen(to, "wb", 0), os.fdopen(back, "rb", 0)
        self._code: int | None = None

    def poll(self) -> int | None:
        return self.wait(0)

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int | None:
        """Its exit code; None, unlike the real one, where it has not ended in time."""
        if self._code is None:
            pid, status = os.waitpid(self.pid, 0 if timeout is None else os.WNOHANG)
            self._code = os.waitstatus_to_exitcode(status) if pid else None
        return self._code


def _serve(asked: int, said: int, limits: Sequence[str]) -> int:
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for ours, theirs in ((asked, 0), (said, 1), (nowhere, 2)):
        os.dup2(ours, theirs)
    # What else was open belongs to others: a pipe held by a worker would never end.
    os.closerange(3, 256)
    return worker.main(list(limits))
