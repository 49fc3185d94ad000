"""What the catalogue and the pages tell of each work, remembered: of many works only those that changed are told anew.

Only a cache beside the index, and gone with it; all that stands in it stands in the catalogue as well. Whatever is
wrong with it, it is begun anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

NAME = "told.sqlite"

FORM = "1"
"""Raised whenever `give.catalogue`, `give.rescue` or the shield tell the same card in another way."""


class Telling(NamedTuple):
    """A work's line in the catalogue, and its article on the pages."""

    line: str
    article: str


Tell = Callable[[bytes], tuple[Telling, bool]]
"""Tells of a card, and whether that may be remembered."""


def tellings(folder: Path, cards: Callable[[], Iterator[bytes]], tell: Tell) -> list[Telling]:
    """What is told of each card, in their order; cards that were told before are not told again."""
    path = folder / NAME
    try:
        return _told(path, cards(), tell)
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return _told(path, cards(), tell)


def _told(path: Path, cards: Iterator[bytes], tell: Tell) -> list[Telling]:
    with closing(sqlite3.connect(path, isolation_level=None)) as sql:
        # What is taken out must not lie on in a free page: it may be what somebody wished untold.
        sql.executescript("PRAGMA secure_delete=ON; PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF;")
        sql.execute("CREATE TABLE IF NOT EXISTS told (key BLOB PRIMARY KEY, line TEXT, article TEXT) WITHOUT ROWID")
        return _told_in(sql, cards, tell)


def _told_in(sql: sqlite3.Connection, cards: Iterator[bytes], tell: Tell) -> list[Telling]:
    said, keys = list[Telling](), set[bytes]()
    sql.execute("BEGIN")
    for card in cards:
        key = hashlib.blake2b(card, digest_size=16, salt=FORM.encode()).digest()
        found = sql.execute("SELECT line, article FROM told WHERE key = ?", (key,)).fetchone()
        if found is None:
            telling, lasts = tell(card)
            if lasts:
                sql.execute("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", (key, *telling))
        else:
            telling = Telling(*found)
        keys.add(key)
        said.append(telling)
    gone = [(key,) for (key,) in sql.execute("SELECT key FROM told") if key not in keys]
    sql.executemany("DELETE FROM told WHERE key = ?", gone)
    sql.execute("COMMIT")
    return said
