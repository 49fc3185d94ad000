"""Answering a question from one moment of the catalogue and the text index."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection
from heapq import nsmallest
from typing import Any as Whatever

from remnant.find.embedded.catalogue import cooked
from remnant.find.embedded.conditions import Condition, Found, condition_of, documents
from remnant.find.embedded.counting import facets_of
from remnant.find.embedded.sight import Sight
from remnant.find.port import Answer, Eyes, Hit, Question, Sort, Unread
from remnant.model import Digest, Strength

_BY = {
    Sort.TITLE: "by_title",
    Sort.AUTHOR: "by_author",
    Sort.WORDS: "by_words",
    Sort.ADDED: "by_added",
    Sort.UPDATED: "by_updated",
}

_FARTHEST = 2**62
"""No page starts further on."""

_Row = tuple[Whatever, ...]
"""What to sort by, the work, the document, and its labels where they are counted."""


def answer(sql: sqlite3.Connection, found: Found, question: Question, sight: Sight) -> Answer:
    """The page, the total and the counts of one question."""
    if question.query.node is None:
        return _whole_shelf(sql, question, sight)
    condition = condition_of(question.query.node, sight.is_open, found)
    rows = _matching(sql, condition, question)
    counts = Counter(array("q", b"".join(row[3] for row in rows))) if question.counted else Counter()
    facets = facets_of(sql, counts, question.counted, question.values)
    return Answer(_hits(sql, _page(rows, condition.scores, question)), len(rows), facets)


def _page(rows: list[_Row], scores: dict[int, int] | None, question: Question) -> list[_Row]:
    last = question.page * question.size
    ranked = question.sort is Sort.RELEVANCE and scores is not None
    ordered = ((-scores[row[2]], *row[1:3]) for row in rows) if ranked and scores is not None else iter(rows)
    return nsmallest(min(last, len(rows)), ordered)[last - question.size :]


def _whole_shelf(sql: sqlite3.Connection, question: Question, sight: Sight) -> Answer:
    """Everything there is: read from indexes and tallies, so that the first page of a shelf costs nothing."""
    by = _BY.get(question.sort, "by_added")
    page = sql.execute(
        f"SELECT {by}, work, doc FROM entry WHERE {sight.is_open} ORDER BY {by}, work LIMIT ? OFFSET ?",
        (question.size, min((question.page - 1) * question.size, _FARTHEST)),
    ).fetchall()
    facets = facets_of(sql, sight.tally(sql), question.counted, question.values) if question.counted else {}
    return Answer(_hits(sql, page), everything(sql) - sight.shut, facets, sight.veiled)


def veiled(sql: sqlite3.Connection, sight: Sight, page: int, size: int) -> Answer:
    """A page of what is veiled, by id."""
    rows = sql.execute(
        f"SELECT work, work, doc FROM entry WHERE {sight.is_veiled} ORDER BY work LIMIT ? OFFSET ?",
        (size, min((page - 1) * size, _FARTHEST)),
    ).fetchall()
    return Answer(_hits(sql, rows), sight.veiled, {}, sight.veiled)


def _matching(sql: sqlite3.Connection, condition: Condition, question: Question) -> list[_Row]:
    columns = f"{_BY.get(question.sort, 'by_added')}, work, entry.doc{', labels' if question.counted else ''}"
    if condition.scores is None:
        return sql.execute(f"SELECT {columns} FROM entry WHERE {condition.sql}", condition.values).fetchall()
    # The text index has already found the few; CROSS JOIN keeps SQLite from starting anywhere else.
    source = "json_each(?) AS found CROSS JOIN entry ON entry.doc = found.value"
    values = [documents(condition.scores), *condition.values]
    return sql.execute(f"SELECT {columns} FROM {source} WHERE {condition.sql}", values).fetchall()


def _hits(sql: sqlite3.Connection, page: list[_Row]) -> tuple[Hit, ...]:
    return tuple(
        Hit(row[1], sql.execute("SELECT card FROM card WHERE doc = ?", (row[2],)).fetchone()[0]) for row in page
    )


def closing(sql: sqlite3.Connection, eyes: Eyes, sight: Sight) -> dict[str, int]:
    """How many works each guard veils."""
    guards = {
        number: guard
        for number, guard in sql.execute("SELECT id, guard FROM guard")
        if eyes.sees(guard) is Strength.VEILED
    }
    rows = sql.execute(
        "SELECT guard, count(*) FROM guarded WHERE guard IN (SELECT value FROM json_each(?)) "
        f"AND doc IN (SELECT doc FROM entry WHERE {sight.is_veiled}) GROUP BY guard",
        (documents(guards),),
    )
    return {guards[number]: works for number, works in rows}


def one(sql: sqlite3.Connection, work: str, sight: Sight) -> Hit | None:
    """One work, if it is not hidden."""
    row = sql.execute(
        f"SELECT work, card FROM entry JOIN card USING (doc) WHERE work = ? AND {sight.is_known}", (work,)
    )
    return next((Hit(work, card) for work, card in row), None)


def open_among(sql: sqlite3.Connection, works: Collection[str], sight: Sight) -> frozenset[str]:
    """Those of these works that are open."""
    asked = f"SELECT work FROM entry WHERE work IN (SELECT value FROM json_each(?)) AND {sight.is_open}"
    return frozenset(work for (work,) in sql.execute(asked, (json.dumps(sorted(works)),)))


def beginning(sql: sqlite3.Connection, prefix: str, sight: Sight, limit: int) -> tuple[str, ...]:
    """The works whose ids begin so and that are not hidden."""
    begun = "work >= ?1 AND substr(work, 1, length(?1)) = ?1"
    rows = sql.execute(
        f"SELECT work FROM entry WHERE {begun} AND {sight.is_known} ORDER BY work LIMIT ?2", (prefix, limit)
    )
    return tuple(work for (work,) in rows)


def everything(sql: sqlite3.Connection) -> int:
    """How many entries there are, whoever may see them."""
    return int(sql.execute("SELECT works FROM total").fetchone()[0])


def unread(sql: sqlite3.Connection) -> tuple[Unread, ...]:
    rows = sql.execute("SELECT digest, name, reason FROM unread ORDER BY name, digest")
    return tuple(Unread(Digest(digest), cooked(name), reason) for digest, name, reason in rows)


def sizes(sql: sqlite3.Connection, sight: Sight) -> tuple[int, int]:
    """How many works there are that are not hidden, and how many unread originals."""
    return everything(sql) - sight.hidden, sql.execute("SELECT count(*) FROM unread").fetchone()[0]
