"""The tables of the catalogue, and how to open it.

`doc` numbers one version of one entry and is never used twice: it joins the catalogue to the text index, which may
hold documents that the catalogue does not know yet (being committed) or no more (`dead`, dropped by the next commit).
Values as given are blobs, since a name may hold what is not Unicode. What is sorted stands in `by_...`, ascending.

A `moment` is one commit: after a power cut the same generation may be counted to again, its token is never the same.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from remnant.find.embedded import still
from remnant.find.port import Facet

FILE = "catalogue.sqlite"

FACETS = tuple(Facet)
STRIDE = 16
"""A value's id is a multiple of this and the place of its facet in FACETS, so ids alone tell the facet."""

_TABLES = """
CREATE TABLE state (generation INTEGER NOT NULL, last INTEGER NOT NULL);
CREATE TABLE moment (generation INTEGER PRIMARY KEY, token TEXT NOT NULL);
CREATE TABLE head (chain TEXT PRIMARY KEY, seen TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE unread (digest TEXT PRIMARY KEY, name BLOB NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE dead (doc INTEGER PRIMARY KEY, generation INTEGER NOT NULL);

CREATE TABLE entry (
  doc INTEGER PRIMARY KEY, work TEXT NOT NULL UNIQUE, guards BLOB NOT NULL,
  title BLOB, title_key TEXT NOT NULL, title_name TEXT NOT NULL, labels BLOB NOT NULL,
  words INTEGER NOT NULL, sections INTEGER NOT NULL, added TEXT NOT NULL, published TEXT, updated TEXT,
  by_title TEXT NOT NULL, by_author TEXT NOT NULL, by_words INTEGER NOT NULL, by_added INTEGER NOT NULL,
  by_updated INTEGER NOT NULL, texts BLOB NOT NULL
);
CREATE INDEX entry_title ON entry (by_title, work);
CREATE INDEX entry_author ON entry (by_author, work);
CREATE INDEX entry_words ON entry (by_words, work);
CREATE INDEX entry_added ON entry (by_added, work);
CREATE INDEX entry_updated ON entry (by_updated, work);
CREATE TABLE card (doc INTEGER PRIMARY KEY, card BLOB NOT NULL);
CREATE TABLE told (doc INTEGER PRIMARY KEY, texts BLOB NOT NULL);

CREATE TABLE likeness (doc INTEGER PRIMARY KEY, likeness BLOB NOT NULL, traces BLOB NOT NULL);
CREATE TABLE trace (trace INTEGER, doc INTEGER, PRIMARY KEY (trace, doc)) WITHOUT ROWID;

CREATE TABLE value (
  id INTEGER PRIMARY KEY, facet INTEGER NOT NULL, value BLOB NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL,
  first INTEGER NOT NULL, UNIQUE (facet, value)
);
CREATE INDEX value_name ON value (facet, name);
CREATE INDEX value_key ON value (facet, key);
CREATE INDEX value_spelling ON value (id, first) WHERE id != first;
CREATE TABLE label (value INTEGER, doc INTEGER, PRIMARY KEY (value, doc)) WITHOUT ROWID;
CREATE TABLE guard (id INTEGER PRIMARY KEY, guard TEXT NOT NULL UNIQUE);
CREATE TABLE guarded (guard INTEGER, doc INTEGER, PRIMARY KEY (guard, doc)) WITHOUT ROWID;
CREATE TABLE tally (value INTEGER PRIMARY KEY, works INTEGER NOT NULL);
CREATE TABLE total (works INTEGER NOT NULL);

INSERT INTO state VALUES (0, 0);
INSERT INTO total VALUES (0);
"""


def make(data: Path) -> None:
    """An empty catalogue in a new folder."""
    connection = _connected(data, "mode=rwc")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(f"BEGIN; {_TABLES} COMMIT;")
    connection.close()


def open_to_read(data: Path) -> sqlite3.Connection:
    connection = _connected(data, still.reading(data / FILE))
    connection.execute("PRAGMA query_only = ON")
    connection.execute("SELECT generation FROM state").fetchone()
    return connection


def open_to_write(data: Path) -> sqlite3.Connection:
    connection = _connected(data, "mode=rw")
    # After a power cut the catalogue may be older than the text index, never half of something.
    connection.execute("PRAGMA synchronous = NORMAL")
    return connection


def _connected(data: Path, how: str) -> sqlite3.Connection:
    address = f"{(data / FILE).absolute().as_uri()}?{how}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=30)
    connection.execute("PRAGMA cache_size = -64000")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
