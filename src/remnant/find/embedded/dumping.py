"""All that the catalogue holds, in one form that does not tell how it came about."""

from __future__ import annotations

import json
import sqlite3
from array import array

from remnant.find.embedded.catalogue import cooked
from remnant.find.embedded.schema import FACETS, STRIDE

_COLUMNS = (
    "doc, work, guards, title, labels, words, sections, added, published, updated, "
    "by_title, by_author, by_words, by_added, by_updated, hex(texts), hex(card)"
)


def dump(sql: sqlite3.Connection) -> bytes:
    """One JSON line per entry in order of work, then per unread original, head, total and tally."""
    values = {number: cooked(value) for number, value in sql.execute("SELECT id, value FROM value")}
    lines = [
        *_entries(sql, values),
        *_likenesses(sql),
        *(["unread", digest, cooked(name), reason] for digest, name, reason in _all(sql, "unread")),
        *(["head", chain, seen] for chain, seen in _all(sql, "head")),
        *(["total", works] for (works,) in sql.execute("SELECT works FROM total")),
        *sorted(["tally", FACETS[v % STRIDE], values[v], works] for v, works in _all(sql, "tally") if works),
    ]
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode()


def _entries(sql: sqlite3.Connection, values: dict[int, str]) -> list[list[object]]:
    """Entries without the numbers of their documents; labels as the sets of values that each table says."""
    guards = dict(sql.execute("SELECT id, guard FROM guard"))
    kept = set(sql.execute("SELECT doc, guard FROM guarded"))
    told: dict[int, set[int]] = {}
    for value, doc in _all(sql, "label"):
        told.setdefault(doc, set()).add(value)
    lines: list[list[object]] = []
    for doc, work, held, title, labels, *rest in sql.execute(
        f"SELECT {_COLUMNS} FROM entry LEFT JOIN card USING (doc) ORDER BY work"
    ):
        packed = array("q", labels)
        both = [[[FACETS[v % STRIDE], values[v]] for v in packed], sorted(values[v] for v in told.pop(doc, ()))]
        named = sorted(guards[guard] for guard in array("q", held))
        found = sorted(guards[guard] for guard in array("q", held) if (doc, guard) in kept)
        kept.difference_update((doc, guard) for guard in array("q", held))
        lines.append(["entry", work, named, found, None if title is None else cooked(title), *both, *rest])
    lines += [["stray guard", *stray] for stray in sorted(kept)]
    return [*lines, *(["stray label", doc, *sorted(which)] for doc, which in sorted(told.items()))]


def _likenesses(sql: sqlite3.Connection) -> list[list[object]]:
    """What works are compared by, and the traces that each table says they have."""
    found: dict[int, list[int]] = {}
    for trace, doc in _all(sql, "trace"):
        found.setdefault(doc, []).append(trace)
    columns = "doc, work, hex(likeness), traces"
    rows = sql.execute(f"SELECT {columns} FROM likeness LEFT JOIN entry USING (doc) ORDER BY work")
    lines: list[list[object]] = [
        ["likeness", work, held, list(array("q", told)), found.pop(doc, [])] for doc, work, held, told in rows
    ]
    return [*lines, *(["stray trace", doc, *traces] for doc, traces in sorted(found.items()))]


def _all(sql: sqlite3.Connection, table: str) -> sqlite3.Cursor:
    return sql.execute(f"SELECT * FROM {table} ORDER BY 1, 2")
