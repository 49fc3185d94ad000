"""The library folder: its marker, its rooms, and whether one may write in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folder:
    """An open library folder. `replica` names this copy of the library: the chains that are written here bear it."""

    path: Path
    replica: str
    newer: bool = False
    """Whether a newer Remnant wrote it: then nothing is written."""

    @property
    def shelf(self) -> Path:
        return self.path / "shelf"

    @property
    def ledger(self) -> Path:
        return self.path / "ledger"

    @property
    def journal(self) -> Path:
        return self.path / "journal"

    @property
    def readers(self) -> Path:
        return self.path / "journal" / "readers"

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def staging(self) -> Path:
        return self.path / "staging"

    def lock(self, name: str, doing: str, patience: float | None = None) -> AbstractContextManager[None]:
        """Hold one of the library's locks (`index` ...), as `durable.locks.hold` does."""
        raise NotImplementedError

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Everything written to the library is written inside this.

        NewerFormatError in a newer library; SuspectVolumeError once the disk has refused to confirm a write, then and
        ever after, until a person removes SUSPECT.txt; RefusedError when the disk is full or will not be written.
        """
        yield


def create(path: Path, now: datetime) -> Folder:
    """Make a library here, or finish one whose making was cut off; RefusedError if something else is here."""
    raise NotImplementedError


def open_folder(path: Path) -> Folder:
    """Open a library; one of a newer form opens read-only. RefusedError if this is none."""
    raise NotImplementedError
