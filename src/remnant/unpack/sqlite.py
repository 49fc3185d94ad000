"""Tables of a stranger's SQLite file, read in memory: nothing in it is run, and nothing is written.

A schema may hold views, triggers, virtual tables and expressions that call functions. Only plain tables that were asked
for can be read here, column by column, and only for so long.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

from remnant.errors import RefusedError

MAGIC = b"SQLite format 3\0"
MAX_ROWS = 2_000_000
MAX_VALUE = 1 << 20
"""Bytes of one row."""
MAX_STEPS = 20_000
"""Thousands of the engine's own steps."""

_STEP = 1_000
_VERSIONS = slice(18, 20)
_SCHEMA = "sqlite_master"
_WALKING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})

_WORKED_OUT = re.compile(r"\bAS\s*\(|\bVIRTUAL\b", re.IGNORECASE)

Value = str | int | float | bytes | None


def is_sqlite(data: bytes) -> bool:
    return data.startswith(MAGIC)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one file. Each look opens it anew, so that nothing is held between two."""

    data: bytes

    def rows(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """The rows of a plain table, in the order they were made; RefusedError if it has none such, or is harmed."""
        try:
            with closing(_opened(self.data, table)) as sql:
                if not _is_plain(sql, table):
                    raise RefusedError(f"There is no table {table} in this database.")
                names = ", ".join(map(_quoted, columns))
                found = sql.execute(f"SELECT {names} FROM {_quoted(table)} LIMIT {MAX_ROWS}")
                yield from found
        except (sqlite3.Error, MemoryError) as fault:
            raise RefusedError(f"The database cannot be read: {fault}.") from None


def _opened(data: bytes, table: str) -> sqlite3.Connection:
    sql = sqlite3.connect(":memory:")
    try:
        sql.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, max(MAX_VALUE, len(data)))
        sql.deserialize(_without_wal(data))
        sql.execute("PRAGMA trusted_schema = OFF")
        sql.execute("PRAGMA cell_size_check = ON")
        sql.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
        sql.text_factory = _text
        sql.set_authorizer(_only(frozenset({table, _SCHEMA})))
        left = iter(range(MAX_STEPS))
        sql.set_progress_handler(lambda: next(left, None) is None, _STEP)
    except BaseException:
        sql.close()
        raise
    return sql


def _only(tables: frozenset[str]) -> Callable[[int, str | None, str | None, str | None, str | None], int]:
    """Reading these tables and nothing else: no function, no view, no write."""

    def allows(action: int, first: str | None, second: str | None, base: str | None, inner: str | None) -> int:
        known = action in _WALKING and inner is None and (action == sqlite3.SQLITE_SELECT or first in tables)
        return sqlite3.SQLITE_OK if known else sqlite3.SQLITE_DENY

    return allows


def _is_plain(sql: sqlite3.Connection, table: str) -> bool:
    """A table that holds what it gives: no view, no module's, no column that is worked out."""
    found = sql.execute(f"SELECT type, sql FROM {_SCHEMA} WHERE name = ?", (table,)).fetchall()
    return len(found) == 1 and found[0][0] == "table" and not _WORKED_OUT.search(str(found[0][1]))


def _without_wal(data: bytes) -> bytes:
    """A file whose last words may stand in a log beside it is read without them: in memory there is no beside."""
    return data[:18] + b"\x01\x01" + data[20:] if data[_VERSIONS] == b"\x02\x02" else data


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _quoted(name: str) -> str:
    """In brackets: a name in double quotes that no column has is taken for a text."""
    return f"[{name}]"
