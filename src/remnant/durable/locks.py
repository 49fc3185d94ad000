"""Locks between processes, released by the system when their holder dies."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remnant.durable.files import write_all
from remnant.errors import BusyError

_PAUSE = 0.02


@contextmanager
def hold(path: Path, doing: str, patience: float | None = None) -> Iterator[None]:
    """Hold the lock file at `path`, alone among all threads and processes.

    Waits `patience` seconds for another holder, for ever if None, and then raises BusyError, which says who that
    is. `doing` completes "Process 7 on home is ...". A kill releases the lock. A child made by a bare fork while
    it is held shares it.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _taken(descriptor, patience):
            raise BusyError(f"{_holder(descriptor)} Nothing was changed; try again when it is done.")
        _sign(descriptor, doing)
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
            fcntl.flock(descriptor, fcntl.LOCK_UN)
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Whether somebody holds this lock just now. A missing file is held by nobody."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        return not _try(descriptor)
    finally:
        os.close(descriptor)


def _taken(descriptor: int, patience: float | None) -> bool:
    if patience is None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        return True
    end = time.monotonic() + patience
    while not _try(descriptor):
        if time.monotonic() >= end:
            return False
        time.sleep(_PAUSE)
    return True


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(descriptor: int, doing: str) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    write_all(descriptor, f"Process {os.getpid()} on {socket.gethostname()} is {doing}.".encode())


def _holder(descriptor: int) -> str:
    said = os.pread(descriptor, 1000, 0).decode("utf-8", "replace").strip()
    return said or "Another process is at work here."
