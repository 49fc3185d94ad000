"""Which rows of an eFiction dump the parts of a reading stand in: the other way round from reading them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from remnant.understand.formats.efiction import USUAL
from remnant.unpack.sql import Row

_ROOT = re.compile(r"(?P<prefix>[^/]*?)(?P<table>stories|reviews)/(?P<number>\d+)/")
_PLACE = re.compile(r"(?P<what>chapter|author|series|review) (?P<number>\d+)/")
_ROWS = {
    "chapter": ("chapters", "chapid"),
    "author": ("authors", "uid"),
    "series": ("series", "seriesid"),
    "review": ("reviews", "reviewid"),
}
Numbers = Mapping[str, tuple[str, str, frozenset[str]]]
"""By the name of a table: what eFiction calls it, the column that numbers its rows, and the numbers meant."""


def rows_of(paths: Iterable[str]) -> Numbers:
    """The rows that these parts stand in. Tables that many stories share, of ratings or characters, are left out."""
    found: dict[str, tuple[str, str, set[str]]] = {}
    for path in paths:
        root = _ROOT.match(path)
        if root is None:
            continue
        place = _PLACE.match(path, root.end())
        if place is not None:
            table, column = _ROWS[place["what"]]
            _note(found, root["prefix"], table, column, place["number"])
        elif root["table"] == "stories" and "/" not in path[root.end() :]:
            _note(found, root["prefix"], "stories", "sid", root["number"])
    return {name: (table, column, frozenset(numbers)) for name, (table, column, numbers) in found.items()}


def is_one_of(row: Row, numbers: Numbers) -> bool:
    """Whether a row of the dump is one of those."""
    if row.table not in numbers:
        return False
    table, column, meant = numbers[row.table]
    columns = row.columns or USUAL[table]
    if column not in columns or len(columns) != len(row.values):
        return False
    value = row.values[columns.index(column)]
    return value is not None and value.strip().decode("ascii", "replace") in meant


def _note(found: dict[str, tuple[str, str, set[str]]], prefix: str, table: str, column: str, number: str) -> None:
    found.setdefault(f"{prefix}{table}", (table, column, set()))[2].add(number)
