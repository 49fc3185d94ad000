"""Answering a question from one moment of the catalogue and the text index."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from heapq import nsmallest
from typing import Any as Whatever

from remnant.find.embedded.catalogue import cooked
from remnant.find.embedded.conditions import Condition, Found, condition_of, documents
from remnant.find.embedded.counting import facets_of
from remnant.find.port import Answer, Facets, Hit, Question, Sort, Unread
from remnant.model import Digest

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


def answer(sql: sqlite3.Connection, found: Found, question: Question) -> Answer:
    """The page, the total and the counts of one question."""
    if question.query.node is None:
        return _whole_shelf(sql, question)
    condition = condition_of(question.query.node, question.classes, found)
    rows = _matching(sql, condition, question)
    counts = Counter(array("q", b"".join(row[3] for row in rows))) if question.counted else Counter()
    facets = facets_of(sql, counts, question.counted, question.values)
    return Answer(_hits(sql, _page(rows, condition.scores, question)), len(rows), facets)


def _page(rows: list[_Row], scores: dict[int, int] | None, question: Question) -> list[_Row]:
    last = question.page * question.size
    ranked = question.sort is Sort.RELEVANCE and scores is not None
    ordered = ((-scores[row[2]], *row[1:3]) for row in rows) if ranked and scores is not None else iter(rows)
    return nsmallest(min(last, len(rows)), ordered)[last - question.size :]


def _whole_shelf(sql: sqlite3.Connection, question: Question) -> Answer:
    """Everything there is: read from indexes and tallies, so that the first page of a shelf costs nothing."""
    classes = sorted(question.classes)
    shields = f"shield IN ({', '.join('?' * len(classes))})"
    total = sql.execute(f"SELECT coalesce(sum(works), 0) FROM total WHERE {shields}", classes).fetchone()[0]
    by = _BY.get(question.sort, "by_added")
    page = sql.execute(
        f"SELECT {by}, work, doc FROM entry WHERE {shields} ORDER BY {by}, work LIMIT ? OFFSET ?",
        (*classes, question.size, min((question.page - 1) * question.size, _FARTHEST)),
    ).fetchall()
    return Answer(_hits(sql, page), total, _tallied(sql, question))


def _tallied(sql: sqlite3.Connection, question: Question) -> Facets:
    if not question.counted:
        return {}
    shields = ", ".join("?" * len(question.classes))
    rows = sql.execute(
        f"SELECT value, sum(works) AS n FROM tally WHERE shield IN ({shields}) GROUP BY value HAVING n > 0",
        sorted(question.classes),
    )
    return facets_of(sql, Counter(dict(rows)), question.counted, question.values)


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


def one(sql: sqlite3.Connection, work: str, classes: frozenset[str] | None) -> Hit | None:
    """One work, if it is of these classes."""
    asked, values = _of(classes)
    row = sql.execute(f"SELECT work, card FROM entry JOIN card USING (doc) WHERE work = ? AND {asked}", (work, *values))
    return next((Hit(work, card) for work, card in row), None)


def beginning(sql: sqlite3.Connection, prefix: str, classes: frozenset[str] | None, limit: int) -> tuple[str, ...]:
    """The works whose ids begin so."""
    asked, values = _of(classes)
    begun = "work >= ?1 AND substr(work, 1, length(?1)) = ?1"
    rows = sql.execute(
        f"SELECT work FROM entry WHERE {begun} AND {asked} ORDER BY work LIMIT ?", (prefix, *values, limit)
    )
    return tuple(work for (work,) in rows)


def unread(sql: sqlite3.Connection) -> tuple[Unread, ...]:
    rows = sql.execute("SELECT digest, name, reason FROM unread ORDER BY name, digest")
    return tuple(Unread(Digest(digest), cooked(name), reason) for digest, name, reason in rows)


def sizes(sql: sqlite3.Connection) -> tuple[int, int]:
    """How many works there are of any class, and how many unread originals."""
    works = sql.execute("SELECT coalesce(sum(works), 0) FROM total").fetchone()[0]
    return works, sql.execute("SELECT count(*) FROM unread").fetchone()[0]


def _of(classes: frozenset[str] | None) -> tuple[str, tuple[str, ...]]:
    """A condition on the class; the library itself, asking for None, has none."""
    if classes is None:
        return "TRUE", ()
    return f"shield IN ({', '.join('?' * len(classes))})", tuple(sorted(classes))
