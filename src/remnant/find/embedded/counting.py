"""Counts per value, made into facets."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from heapq import nlargest

from remnant.find.embedded.catalogue import cooked
from remnant.find.embedded.schema import FACETS, STRIDE
from remnant.find.port import Count, Facet, Facets

_Spellings = dict[int, list[int]]
"""The first spelling of a value ever seen, and the others that were counted."""


def facets_of(sql: sqlite3.Connection, counts: Counter[int], wanted: tuple[Facet, ...], most: int) -> Facets:
    """The commonest values of each facet; spellings of one value are one, shown as it is most often spelled."""
    if not wanted:
        return {}
    spellings = _spellings(sql, counts)
    merged = _merged(counts, spellings)
    found: list[list[int]] = [[] for _ in FACETS]
    for value in merged:
        found[value % STRIDE].append(value)
    return {facet: _commonest(sql, found[FACETS.index(facet)], merged, counts, spellings, most) for facet in wanted}


def _spellings(sql: sqlite3.Connection, counts: Counter[int]) -> _Spellings:
    spellings: _Spellings = {}
    for value, first in sql.execute("SELECT id, first FROM value WHERE id != first"):
        if value in counts:
            spellings.setdefault(first, []).append(value)
    return spellings


def _merged(counts: Counter[int], spellings: _Spellings) -> dict[int, int]:
    """How many works have a value in any spelling, by its first; a work has each value once."""
    merged = dict(counts)
    for first, others in spellings.items():
        merged[first] = merged.get(first, 0) + sum(merged.pop(other) for other in others)
    return merged


def _commonest(
    sql: sqlite3.Connection,
    values: list[int],
    merged: dict[int, int],
    counts: Counter[int],
    spellings: _Spellings,
    most: int,
) -> tuple[Count, ...]:
    least = min(nlargest(most, (merged[value] for value in values)), default=0)
    names = _names(sql, [value for value in values if merged[value] >= least])
    chosen = sorted(names, key=lambda value: (-merged[value], names[value]))[:most]
    return tuple(Count(_shown(sql, value, counts, spellings), merged[value]) for value in chosen)


def _names(sql: sqlite3.Connection, values: list[int]) -> dict[int, str]:
    rows = sql.execute("SELECT id, name FROM value WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(values),))
    return dict(rows)


def _shown(sql: sqlite3.Connection, first: int, counts: Counter[int], spellings: _Spellings) -> str:
    """The spelling that most of the works counted have; of equals the smallest."""
    used = [value for value in (first, *spellings.get(first, ())) if counts[value]]
    rows = sql.execute(f"SELECT id, value FROM value WHERE id IN ({', '.join('?' * len(used))})", used)
    given: bytes = min((-counts[value], given) for value, given in rows)[1]
    return cooked(given)
