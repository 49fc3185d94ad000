"""What one reader's eyes see of one generation of the catalogue.

It is worked out once, when they first ask, and remembered: guards are far fewer than works, and what is kept from a
reader is a list of documents in a table of the connection's own memory. So a question costs one look into that table
for each entry it meets, and nothing where all is open.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from remnant.find.embedded.catalogue import cooked
from remnant.find.embedded.schema import FACETS
from remnant.find.port import Eyes, Facet
from remnant.model import Strength

MOST = 8
"""How many readers are remembered at once."""


@dataclass(slots=True)
class Sight:
    """Conditions on an entry, and how many entries they leave out: `shut` are veiled or hidden.

    `is_pure`: nothing that this index ever held hides anything; else words of what is hidden may stand in it.
    """

    is_open: str = "TRUE"
    is_veiled: str = "FALSE"
    is_known: str = "TRUE"
    veiled: int = 0
    hidden: int = 0
    is_pure: bool = True
    table: str | None = None
    _tally: Counter[int] | None = field(default=None, repr=False)

    @property
    def shut(self) -> int:
        return self.veiled + self.hidden

    def tally(self, sql: sqlite3.Connection) -> Counter[int]:
        """How many open entries have each value."""
        if self._tally is None:
            counts = Counter(dict(sql.execute("SELECT value, works FROM tally WHERE works > 0")))
            if self.table is not None:
                rows = sql.execute(f"SELECT labels FROM entry WHERE doc IN (SELECT doc FROM {self.table})")
                counts.subtract(array("q", b"".join(labels for (labels,) in rows)))
            self._tally = +counts
        return self._tally


class Sights:
    """The sights of the readers who asked last."""

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self._generation = -1
        self._known: list[tuple[Eyes | None, Sight]] = []
        self._made = 0

    def of(self, eyes: Eyes | None, generation: int) -> Sight:
        if generation != self._generation:
            self._forget(self._known)
            self._known, self._generation = [], generation
        for known, sight in self._known:
            if known is eyes or known == eyes:
                return sight
        sight = self._seen(eyes)
        self._known.append((eyes, sight))
        self._forget(self._known[:-MOST])
        del self._known[:-MOST]
        return sight

    def _seen(self, eyes: Eyes | None) -> Sight:
        if eyes is None:
            return Sight()
        guards, values = _strengths(self._sql, eyes)
        is_pure = not (guards[Strength.HIDDEN] or values[Strength.HIDDEN])
        hidden, veiled = _kept_from(self._sql, eyes, guards, values)
        if not hidden and not veiled:
            return Sight(is_pure=is_pure)
        self._made += 1
        table = f"temp.shut_{self._made}"
        self._fill(table, ((doc, doc in hidden) for doc in sorted(hidden | veiled)))
        return Sight(
            is_open=f"entry.doc NOT IN (SELECT doc FROM {table})",
            is_veiled=f"entry.doc IN (SELECT doc FROM {table} WHERE NOT hidden)",
            is_known=f"entry.doc NOT IN (SELECT doc FROM {table} WHERE hidden)" if hidden else "TRUE",
            veiled=len(veiled),
            hidden=len(hidden),
            is_pure=is_pure,
            table=table,
        )

    def _fill(self, table: str, rows: Iterable[tuple[int, bool]]) -> None:
        """A table of the connection's own: the catalogue stays one that nobody here may write."""
        with self._written():
            self._sql.execute(f"CREATE TABLE {table} (doc INTEGER PRIMARY KEY, hidden INTEGER NOT NULL)")
            self._sql.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)

    def _forget(self, sights: Iterable[tuple[Eyes | None, Sight]]) -> None:
        tables = [sight.table for _, sight in sights if sight.table is not None]
        if not tables:
            return
        with self._written():
            for table in tables:
                self._sql.execute(f"DROP TABLE {table}")

    @contextmanager
    def _written(self) -> Iterator[None]:
        """While the connection's own tables change."""
        self._sql.execute("PRAGMA query_only = OFF")
        try:
            yield
        finally:
            self._sql.execute("PRAGMA query_only = ON")


_Strengths = dict[Strength, list[int]]
"""The ids of guards or values by how strongly they keep entries from somebody."""


def _strengths(sql: sqlite3.Connection, eyes: Eyes) -> tuple[_Strengths, _Strengths]:
    """Of every guard and value that was ever put in, whether an entry still has it or not."""
    guards = _by_strength((number, eyes.sees(guard)) for number, guard in sql.execute("SELECT id, guard FROM guard"))
    return guards, _by_strength(_minded(sql, eyes))


def _kept_from(
    sql: sqlite3.Connection, eyes: Eyes, guards: _Strengths, values: _Strengths
) -> tuple[set[int], set[int]]:
    """The documents that are hidden from these eyes, and those that are veiled."""
    hidden, veiled = (
        _docs(sql, "guarded", "guard", guards[strength]) | _docs(sql, "label", "value", values[strength])
        for strength in (Strength.HIDDEN, Strength.VEILED)
    )
    if eyes.opened and veiled:
        works = json.dumps(sorted(eyes.opened))
        rows = sql.execute("SELECT doc FROM entry WHERE work IN (SELECT value FROM json_each(?))", (works,))
        veiled.difference_update(doc for (doc,) in rows)
    return hidden, veiled - hidden


def _minded(sql: sqlite3.Connection, eyes: Eyes) -> Iterator[tuple[int, Strength]]:
    for facet in sorted(eyes.wary):
        rows = sql.execute("SELECT id, value FROM value WHERE facet = ?", (FACETS.index(Facet(facet)),))
        yield from ((number, eyes.sees_value(facet, cooked(value))) for number, value in rows)


def _by_strength(judged: Iterable[tuple[int, Strength]]) -> _Strengths:
    found: _Strengths = {strength: [] for strength in Strength}
    for number, strength in judged:
        found[strength].append(number)
    return found


def _docs(sql: sqlite3.Connection, table: str, column: str, wanted: list[int]) -> set[int]:
    if not wanted:
        return set()
    rows = sql.execute(
        f"SELECT doc FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", (json.dumps(wanted),)
    )
    return {doc for (doc,) in rows}
