"""Taking forgotten originals off the shelf, and out of whatever lies beside it."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from remnant.durable import files
from remnant.keep import ocfl
from remnant.keep.folder import Folder
from remnant.model import Digest


def remove_originals(folder: Folder, digests: Iterable[Digest]) -> int:
    """Remove their objects, each first moved off the shelf in one step; how many there were. Twice is harmless.

    That what was moved is gone from staging too is lasting after `clear_staging`.
    """
    homes = [folder.shelf / ocfl.place_of(ocfl.object_id(digest)) for digest in digests]
    with folder.writing("shelf", "taking what was forgotten off the shelf"):
        return sum(_removed(folder, home) for home in homes)


def clear_aside(folder: Folder, digests: Iterable[Digest], speaks: Callable[[bytes], bool]) -> int:
    """Remove what was set aside of them, and pieces of chains that speak of them; how many things those were."""
    names = tuple(Path(ocfl.place_of(ocfl.object_id(digest))).name for digest in digests)
    found = [path for path in folder.aside.glob("*") if path.name.startswith(names) or _speaks(path, speaks)]
    with folder.writing("shelf", "clearing what was set aside"):
        for path in found:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if found:
            files.sync_path(folder.aside)
    return len(found)


def _removed(folder: Folder, home: Path) -> bool:
    there = os.path.lexists(home)
    if there:
        folder.staging.mkdir(exist_ok=True)
        gone = folder.staging / f"gone-{secrets.token_hex(8)}"
        os.rename(home, gone)
        files.sync_path(folder.staging)
        files.sync_path(home.parent)
        shutil.rmtree(gone)
    with suppress(OSError):
        # OCFL knows no empty folders, nor does a removal leave one that was stopped; another object may stand in it.
        os.rmdir(home.parent)
    files.sync_path(folder.shelf)
    return there


def clear_staging(folder: Folder) -> None:
    """Remove what a removal that was stopped had moved off the shelf."""
    for path in folder.staging.glob("gone-*"):
        shutil.rmtree(path)
    if folder.staging.is_dir():
        files.sync_path(folder.staging)


def _speaks(path: Path, speaks: Callable[[bytes], bool]) -> bool:
    return path.is_file() and speaks(path.read_bytes())
