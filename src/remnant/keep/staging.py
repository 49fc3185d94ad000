"""Where bytes lie before they stand on the shelf: one folder per run of adding, held by a lock while it lives."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from remnant.durable import files
from remnant.durable.locks import hold
from remnant.errors import BusyError
from remnant.keep.folder import Folder

_LOCK = "lock"


@contextmanager
def run(folder: Folder) -> Iterator[Path]:
    """A folder of one's own. A run that fails leaves it, emptied: that tells the next adder to look after things."""
    with ExitStack() as held:
        with folder.lock("staging", "beginning to add"):
            room = folder.staging / f"run-{secrets.token_hex(8)}"
            files.make_folder(room)
            held.enter_context(hold(room / _LOCK, "adding"))
        try:
            yield room
        except BaseException:
            _empty(room)
            raise
        _remove(folder, room)


@contextmanager
def abandoned(folder: Folder) -> Iterator[list[Path]]:
    """The folders of runs that failed or were killed, for this caller alone; removed if the caller ends well."""
    with ExitStack() as held:
        with folder.lock("staging", "looking for adders that were stopped"):
            rooms = [room for room in sorted(folder.staging.glob("run-*")) if _claim(room, held)]
        yield rooms
        for room in rooms:
            _remove(folder, room)


def _claim(room: Path, held: ExitStack) -> bool:
    try:
        held.enter_context(hold(room / _LOCK, "looking after an adder that was stopped", patience=0))
    except BusyError:
        return False
    return True


def _remove(folder: Folder, room: Path) -> None:
    # Under the lock, so that nobody claims a folder that is half gone.
    with folder.lock("staging", "tidying up"):
        shutil.rmtree(room)


def _empty(room: Path) -> None:
    for entry in os.scandir(room):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        elif entry.name != _LOCK:
            with suppress(OSError):
                os.unlink(entry.path)
