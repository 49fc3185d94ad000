"""Running a command and knowing what it cost: wall, processor time with all children, memory of all at once."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SET_CHILD_SUBREAPER = 36
EVERY = 0.1


@dataclass(frozen=True)
class Cost:
    wall: float
    cpu: float
    memory: int
    """The most that the process and all below it held at once, shared pages counted once; sampled."""

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


class FailedError(Exception):
    """A command that was to be measured did not end with 0."""


def adopt_orphans() -> None:
    """Let processes whose parent ends come to us, so that what they cost is counted. Linux only."""
    ctypes.CDLL(None, use_errno=True).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(command: Sequence[str], log: Path, environ: Mapping[str, str] | None = None, wait: float = 3600) -> Cost:
    """Run to the end and wait for everything it started. Output goes to `log`."""
    before, began = _spent(), time.perf_counter()
    with log.open("ab") as out:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environ)
        memory = Memory(os.getpid())
        memory.start()
        code = child.wait(wait)
    wall = time.perf_counter() - began
    _reap()
    memory.stop()
    if code != 0:
        words = log.read_text("utf-8", "replace")[-2000:]
        raise FailedError(f"{' '.join(command)} ended with {code}:\n{words}")
    return Cost(wall, _spent() - before, memory.most)


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap(patience: float = 10) -> None:
    until = time.monotonic() + patience
    with suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(EVERY)


class Memory(threading.Thread):
    """Watches how much all descendants of a process hold together."""

    def __init__(self, above: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._above = above
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(EVERY):
            self.most = max(self.most, sum(map(_held, _below(self._above))))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _below(above: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            after_name = stat.read_text("utf-8", "replace").rpartition(")")[2].split()
            children.setdefault(int(after_name[1]), []).append(int(stat.parent.name))
    found, wave = [], children.get(above, [])
    while wave:
        found += wave
        wave = [child for pid in wave for child in children.get(pid, [])]
    return found


def _held(pid: int) -> int:
    """Proportional set size: a page that three share counts a third in each."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
