"""Room on the disk for indexes of their own: how many may lie beside one index, and whether another one fits."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from remnant.find.embedded.opened import TEXT

_TWICE = 2
"""Both engines write a second time what they put together later."""

_LEAST = 1 << 20
"""Bytes that are left to others in any case."""


def has_room(data: Path, share: float) -> bool:
    """Whether a copy of this share of the index in `data` fits on its disk, while it is made too."""
    disk = os.statvfs(data)
    # Some shares do not say how large they are.
    return disk.f_blocks == 0 or disk.f_bavail * disk.f_frsize >= _TWICE * share * _size(data) + _LEAST


def clear_all_but(folder: Path, stay: Collection[Path]) -> None:
    """Take away every index of their own in this folder but these."""
    for place in folder.iterdir():
        if place not in stay:
            shutil.rmtree(place, ignore_errors=True)


def _size(data: Path) -> int:
    """Bytes of the index itself, without the copies in it."""
    size = 0
    for path in (*data.iterdir(), *(data / TEXT).iterdir()):
        # The text index drops files of its own at any time.
        with suppress(FileNotFoundError):
            size += path.stat().st_size if path.is_file() else 0
    return size
