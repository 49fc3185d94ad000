"""Readings made before, so that a page need not be understood again. A cache: lost, it costs only time."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

from remnant.find.embedded import still
from remnant.model import Digest

_FILE = "readings-1.sqlite"
_MADE = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS reading (digest BLOB PRIMARY KEY, version TEXT NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
"""


class Readings:
    """One file beside the index, which outlives its remaking. Anything wrong with it is an empty cache."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / _FILE
        self._open: sqlite3.Connection | None = None

    def get(self, digest: Digest, version: str) -> bytes | None:
        asked = "SELECT data FROM reading WHERE digest = ? AND version = ?"
        try:
            row = self._there().execute(asked, (bytes.fromhex(digest.hex), version)).fetchone()
            return zlib.decompress(row[0]) if row else None
        except (sqlite3.Error, zlib.error):
            return None

    def put(self, digest: Digest, version: str, data: bytes) -> None:
        row = (bytes.fromhex(digest.hex), version, zlib.compress(data, 1))
        try:
            self._made().execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", row)
        except sqlite3.DatabaseError:
            self._drop()
            self._made().execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", row)

    def count(self) -> int:
        try:
            return int(self._there().execute("SELECT count(*) FROM reading").fetchone()[0])
        except sqlite3.Error:
            return 0

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _there(self) -> sqlite3.Connection:
        """The cache as it stands; sqlite3.OperationalError if there is none."""
        if self._open is None:
            self._open = self._connected(still.reading(self._path))
        return self._open

    def _made(self) -> sqlite3.Connection:
        """The cache, made if need be."""
        if self._open is None:
            self._open = self._connected("mode=rwc")
            self._open.executescript(_MADE)
        return self._open

    def _connected(self, how: str) -> sqlite3.Connection:
        address = f"{self._path.absolute().as_uri()}?{how}"
        return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=30)

    def _drop(self) -> None:
        self.close()
        for path in self._path.parent.glob(f"{_FILE}*"):
            path.unlink(missing_ok=True)
