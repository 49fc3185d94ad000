"""An index where nothing can be written: a disc, a snapshot, another person's folder, a disk that is full.

Both engines write beside what they read. There SQLite is told that its file stands still, and the text engine gets a
folder of links, elsewhere, to lay its lock in; on a full disk it does with an empty file. Where others have the index
open while the disk is full, it is read with them: what they share is there already.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path

from remnant.errors import RefusedError

_LOCKS = "*.lock"
_ROOM = 64 << 10
"""Bytes that SQLite may want beside a file that it reads."""


def is_still(folder: Path) -> bool:
    """Whether nothing can be written in this folder, nor need be to read what is there."""
    return folder.is_dir() and (not os.access(folder, os.W_OK) or (_is_full(folder) and not _is_shared(folder)))


def _is_full(folder: Path) -> bool:
    room = os.statvfs(folder)
    # Some shares do not say how large they are.
    return room.f_blocks > 0 and room.f_bavail * room.f_frsize < _ROOM


def _is_shared(folder: Path) -> bool:
    """Whether a change that is not folded in lies there with what shares it: whoever reads it needs no more room."""
    # Who had it open last takes both away.
    with suppress(FileNotFoundError):
        return any(folder.glob("*-shm")) and any(log.stat().st_size for log in folder.glob("*-wal"))
    return False


def reading(file: Path) -> str:
    """How a SQLite file is to be opened to be read."""
    return "mode=ro&immutable=1" if is_still(file.parent) else "mode=rw"


class StillData:
    """Index data that this process cannot write; `moved` once somebody does.

    RefusedError if a writer is at work there, or left what only one who may write can fold in.
    """

    def __init__(self, catalogue: Path, text: Path) -> None:
        self._catalogue = catalogue
        self._mark = self._now()
        if self._mark[-1]:
            raise RefusedError(
                f"The index in {catalogue.parent} was left in the middle of a change, and nothing can be written. "
                "What is kept is safe. Make room on the disk, or copy the library to where it can be written."
            )
        self._held = ExitStack()
        self.text = text if os.access(text, os.W_OK) else self._links(text)

    def _links(self, text: Path) -> Path:
        # The text engine may lay its lock there while it is being cleared away.
        place = tempfile.TemporaryDirectory(prefix="remnant-index-", ignore_cleanup_errors=True)
        links = Path(self._held.enter_context(place))
        for file in text.iterdir():
            if not file.match(_LOCKS):
                (links / file.name).symlink_to(file.absolute())
        return links

    @property
    def moved(self) -> bool:
        return self._now() != self._mark

    def close(self) -> None:
        self._held.close()

    def _now(self) -> tuple[int, int, int]:
        """What tells one state of the catalogue from the next; last, how much of a change is not folded in."""
        status, log = self._catalogue.stat(), self._catalogue.with_name(f"{self._catalogue.name}-wal")
        return status.st_mtime_ns, status.st_size, log.stat().st_size if log.exists() else 0
