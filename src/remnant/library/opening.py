"""Open a library, or make one."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from types import TracebackType

from remnant.durable.locks import is_held
from remnant.errors import BusyError
from remnant.find import embedded
from remnant.find.port import Index, IndexStale
from remnant.keep import folder as folders
from remnant.keep import migrating
from remnant.keep.folder import Folder
from remnant.keep.journal import Journal
from remnant.keep.ledger import Ledger
from remnant.keep.reader_locks import Key
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.library.comparing import Compared
from remnant.library.eyes import Seeing
from remnant.library.pool import Limits, Pool
from remnant.library.putting_off import PutOff, Tended
from remnant.library.readings import Readings
from remnant.library.sayings import Sayings
from remnant.library.tallying import Tally


class Library:
    """An open library. Use it in a `with`, so that its worker processes end with it; safe to share among threads."""

    def __init__(self, folder: Folder, pool: Pool) -> None:
        self.folder = folder
        self.pool = pool
        self.shelf = Shelf(folder)
        self.ledger = Ledger(folder)
        self.journal = Journal(folder)
        self.sayings = Sayings(self.journal)
        self.tombstones = Tombstones(folder)
        self.tally = Tally(self.ledger)
        self.readings = Readings(self.shelf, pool)
        self.seeing = Seeing(folder.path)
        self.compared = Compared()
        self.put_off = PutOff()
        self.tended = Tended()
        self.keys: dict[str, Key] = {}
        """What opens the files of readers who gave their passphrase, by name; it ends with the process."""
        self._index: Index | None = None
        self._lock = threading.Lock()

    @property
    def path(self) -> Path:
        return self.folder.path

    def index(self) -> Index:
        """The index, open to read; IndexStale if there is none of ours: catching up makes it.

        BusyError if there is none, and another process is just making it.
        """
        with self._lock:
            if self._index is None:
                self._index = self._opened_index()
            return self._index

    def is_indexing(self) -> bool:
        """Whether some process, this one too, is writing the index just now."""
        return is_held(self.path / "locks" / "index.lock")

    def _opened_index(self) -> Index:
        try:
            return embedded.open_to_read(self.folder.index)
        except IndexStale:
            if self.is_indexing():
                raise BusyError("The index is just being made by another process. Try again in a moment.") from None
            raise

    def let_go_of_index(self) -> None:
        """Open it anew when it is next wanted: another stands in its place now."""
        with self._lock:
            if self._index is not None:
                self._index.close()
                self._index = None

    def close(self) -> None:
        self.let_go_of_index()
        self.pool.close()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def open_library(
    path: Path, now: datetime, *, create: bool = False, jobs: int = 1, limits: Limits | None = None
) -> Library:
    """Open the library at `path`; with `create`, make it if nothing is there.

    `jobs` worker processes, started when first needed, read files within `limits`. RefusedError if it is no library;
    one that a newer Remnant wrote opens to be read only.
    """
    folder = folders.create(path, now) if create else folders.open_folder(path)
    migrating.migrate(folder, now)
    return Library(folder, Pool(jobs, limits or Limits()))
