"""A stranger's database gives its plain tables and nothing else: nothing in it is run, however it is made."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.errors import RefusedError
from remnant.unpack.sqlite import Tables


def made(script: str) -> bytes:
    sql = sqlite3.connect(":memory:")
    sql.executescript(script)
    return sql.serialize()


PLAIN = made("CREATE TABLE books (id INTEGER PRIMARY KEY, path); INSERT INTO books (path) VALUES ('é'), (NULL), (7);")
ENDLESS = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x AS id, 'a' AS path FROM c"


def test_rows_of_a_plain_table_come_in_order() -> None:
    assert list(Tables(PLAIN).rows("books", "id", "path")) == [(1, "é"), (2, None), (3, 7)]


@pytest.mark.parametrize(
    "script",
    [
        f"CREATE VIEW books AS {ENDLESS}",
        "CREATE TABLE other (id, path)",
        "CREATE TABLE books (id, path AS (hex(zeroblob(100000)))); INSERT INTO books (id) VALUES (1)",
        "CREATE TABLE books (id); INSERT INTO books VALUES (1)",
        "CREATE VIRTUAL TABLE books USING fts5(id, path)",
        "CREATE TABLE books (id, path); INSERT INTO books VALUES (1, zeroblob(2000000))",
    ],
)
def test_what_is_no_plain_table_is_refused(script: str) -> None:
    with pytest.raises(RefusedError):
        list(Tables(made(script)).rows("books", "id", "path"))


def test_words_in_a_log_beside_it_are_not_waited_for() -> None:
    logged = PLAIN[:18] + b"\x02\x02" + PLAIN[20:]

    assert len(list(Tables(logged).rows("books", "path"))) == 3


@given(st.integers(0, len(PLAIN)), st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=40))
def test_harmed_files_are_refused_or_read_and_nothing_else(cut: int, at: int, noise: bytes) -> None:
    harmed = (PLAIN[:at] + noise + PLAIN[at + len(noise) :])[: cut or None]
    try:
        rows = list(Tables(harmed).rows("books", "id", "path"))
    except RefusedError:
        return

    assert all(len(row) == 2 for row in rows)
