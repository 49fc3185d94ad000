"""Without some of its rows a dump is a dump all the same, and holds every other row."""

from __future__ import annotations

from itertools import combinations

import pytest

from remnant.library.redacting import MARKED, dump_without
from remnant.library.redacting_digests import Typed, digest_without
from remnant.unpack.sql import Dump, Row

DUMP = b"""\
CREATE TABLE `t` (`a` int, `b` text);
INSERT INTO `t` VALUES (1,'x; y'),(2,'b''c')/* said twice */,
 (3,'z\\'),(');
INSERT INTO t VALUES (9,'(')  /* ; */ ;
-- (7,'not a row');
INSERT INTO u (a) VALUES (1),(2)
"""


def _rows(data: bytes) -> list[Row]:
    return list(Dump(data, lambda _table: True).rows())


def test_a_row_stands_where_it_says() -> None:
    places = [DUMP[row.start : row.end] for row in _rows(DUMP)]

    assert places == [b"(1,'x; y')", b"(2,'b''c')", b"(3,'z\\'),(')", b"(9,'(')", b"(1)", b"(2)"]


@pytest.mark.parametrize("many", range(1, 7))
def test_whichever_rows_are_cut_the_others_are_read_as_before(many: int) -> None:
    rows = _rows(DUMP)
    for gone in combinations(rows, many):
        copy = dump_without(DUMP, {row.start for row in gone})
        assert copy is not None
        left = [(row.table, row.values) for row in _rows(copy)]

        assert left == [(row.table, row.values) for row in rows if row not in gone]
        assert copy.count(MARKED.encode()) >= 1
        assert b"INSERT INTO t VALUES /*" not in copy


def test_a_mail_that_is_not_there_once_is_not_cut_out_of_a_digest() -> None:
    rule = b"-" * 30 + b"\n"
    digest = (
        b"Topics:\n\n  1. Rain\n\n" + rule + b"Subject: Rain\n\nIt rained.\n\n" + rule + b"Subject: Sun\n\nIt shone.\n"
    )
    once = digest_without(digest, [Typed("It rained.\n\n", "ascii", ("Rain",))])

    assert once is not None
    assert b"Rain" not in once
    assert b"It shone." in once
    assert digest_without(digest, [Typed("It snowed.", "ascii", ("Snow",))]) is None
    assert digest_without(digest, [Typed("It ", "ascii", ("Rain",))]) is None
    assert digest_without(digest, [Typed("It shone.", "ascii", ("Rain",))]) is None
