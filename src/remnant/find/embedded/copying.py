"""An entry as it was put in, read back from the catalogue, so that it can be put into another."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from datetime import datetime

from remnant.find.embedded.catalogue import cooked, unpacked
from remnant.find.embedded.schema import FACETS, STRIDE
from remnant.find.embedded.sound import told_sound
from remnant.find.port import Entry, Facet

_ENTRIES = """
SELECT work, guards, card, added, title, labels, words, sections, published, updated, told.texts, likeness, traces
FROM json_each(?) AS wanted CROSS JOIN entry ON entry.doc = wanted.value
JOIN card USING (doc) JOIN told USING (doc) LEFT JOIN likeness USING (doc)
"""


def entries_of(sql: sqlite3.Connection, docs: Sequence[int]) -> list[Entry]:
    """The entries of these documents, of those that are still there; IndexStale if one cannot be read."""
    with told_sound():
        return list(_entries(sql, docs))


def texts_of(sql: sqlite3.Connection, work: str) -> tuple[str, ...]:
    """The story and the notes of a work, in order; IndexStale if they cannot be read."""
    asked = "SELECT told.texts FROM entry JOIN told USING (doc) WHERE work = ?"
    with told_sound():
        return tuple(text for (texts,) in sql.execute(asked, (work,)) for told in unpacked(texts) for text in told)


def _entries(sql: sqlite3.Connection, docs: Sequence[int]) -> Iterator[Entry]:
    for work, guards, card, added, title, labels, words, sections, *rest in sql.execute(_ENTRIES, (json.dumps(docs),)):
        published, updated, texts, likeness, traces = rest
        story, notes = unpacked(texts)
        yield Entry(
            work=work,
            guards=_guards(sql, array("q", guards)),
            card=card,
            added=datetime.fromisoformat(added),
            title=None if title is None else cooked(title),
            facets=_facets(sql, array("q", labels)),
            words=words,
            sections=sections,
            published=published,
            updated=updated,
            story=story,
            notes=notes,
            likeness=likeness or b"",
            traces=tuple(array("q", traces or b"")),
        )


def _guards(sql: sqlite3.Connection, numbers: array[int]) -> tuple[str, ...]:
    return tuple(sql.execute("SELECT guard FROM guard WHERE id = ?", (one,)).fetchone()[0] for one in numbers)


def _facets(sql: sqlite3.Connection, numbers: array[int]) -> dict[Facet, tuple[str, ...]]:
    found: dict[Facet, tuple[str, ...]] = {}
    for one in numbers:
        (value,) = sql.execute("SELECT value FROM value WHERE id = ?", (one,)).fetchone()
        facet = FACETS[one % STRIDE]
        found[facet] = (*found.get(facet, ()), cooked(value))
    return found
