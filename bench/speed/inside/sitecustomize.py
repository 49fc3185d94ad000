"""Put on PYTHONPATH by `bench.speed.rooms`: every Python process profiles each of its threads and sends what it saw.

The clock is the thread's own processor time, so waiting counts for nothing. What was seen goes through a socket opened
at the start, because a worker may not write files.
"""

from __future__ import annotations

import atexit
import cProfile
import marshal
import os
import socket
import threading
import time
from collections.abc import Callable

profiles: list[cProfile.Profile] = []


def begin() -> None:
    line = socket.socket(socket.AF_UNIX)
    line.connect(os.environ["BENCH_PROFILE_SOCKET"])
    main = watched()
    setattr(threading.Thread, "run", in_profile(threading.Thread.run))  # noqa: B010 - a type checker forbids the other
    atexit.register(send, line)
    main.enable()


def watched() -> cProfile.Profile:
    profiles.append(cProfile.Profile(time.thread_time))
    return profiles[-1]


def in_profile(run: Callable[[threading.Thread], None]) -> Callable[[threading.Thread], None]:
    def profiled(thread: threading.Thread) -> None:
        watched().runcall(run, thread)

    return profiled


def send(line: socket.socket) -> None:
    for profile in profiles:
        profile.create_stats()
        line.sendall(marshal.dumps(profile.stats))
    line.close()


if "BENCH_PROFILE_SOCKET" in os.environ:
    begin()
