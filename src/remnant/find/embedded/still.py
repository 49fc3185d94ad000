"""An index where nothing may be written: a disc, a snapshot, another person's folder.

Both engines write beside what they read. There SQLite is told that its file stands still, and the text engine gets a
folder of links, elsewhere, to lay its lock in.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from remnant.errors import RefusedError

_LOCKS = "*.lock"


def is_still(folder: Path) -> bool:
    """Whether nothing may be written in this folder."""
    return folder.is_dir() and not os.access(folder, os.W_OK)


def reading(file: Path) -> str:
    """How a SQLite file is to be opened to be read."""
    return "mode=ro&immutable=1" if is_still(file.parent) else "mode=rw"


class StillData:
    """Index data that this process may not write; `moved` once somebody else does.

    RefusedError if a writer is at work there, or left what only one who may write can fold in.
    """

    def __init__(self, catalogue: Path, text: Path) -> None:
        self._catalogue = catalogue
        self._mark = self._now()
        if self._mark[-1]:
            raise RefusedError(
                f"The index in {catalogue.parent} was left in the middle of a change, and nothing may be written. "
                "What is kept is safe. Open the library once where it can be written, or copy it to such a place."
            )
        # The text engine may lay its lock there while it is being cleared away.
        self._links = tempfile.TemporaryDirectory(prefix="remnant-index-", ignore_cleanup_errors=True)
        self.text = Path(self._links.name)
        for file in text.iterdir():
            if not file.match(_LOCKS):
                (self.text / file.name).symlink_to(file.absolute())

    @property
    def moved(self) -> bool:
        return self._now() != self._mark

    def close(self) -> None:
        self._links.cleanup()

    def _now(self) -> tuple[int, int, int]:
        """What tells one state of the catalogue from the next; last, how much of a change is not folded in."""
        status, log = self._catalogue.stat(), self._catalogue.with_name(f"{self._catalogue.name}-wal")
        return status.st_mtime_ns, status.st_size, log.stat().st_size if log.exists() else 0
