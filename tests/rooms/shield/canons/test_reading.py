"""A canon file: read whole, or told what is wrong with it and where; whatever it holds."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.library.canons import canons
from remnant.model import Canon, PartKind
from remnant.shield.canons import Problem, read

GOOD = """\
format = 1
name = "The Northern Line"
aliases = ["NL"]

[[series]]
number = 1
parts = [
  "First Light",
  {title = "The Depot", GB = 2009-07-06, US = 2009-07-20},
  {number = 4, title = "Last Train"},
]

[[series]]
id = "film"
name = "Films"
kind = "film"
track = "films"
parts = [{title = "Last Train: The Film", adapts = "1.4"}]

[[arcs]]
name = "The Long Night"
parts = ["1.2", "1.4"]
"""


def canon(text: str = GOOD) -> Canon:
    found = read(text)
    assert isinstance(found, Canon), found
    return found


def problems(text: str) -> tuple[Problem, ...]:
    found = read(text)
    assert not isinstance(found, Canon)
    return found


def test_a_canon_is_read_as_it_is_written() -> None:
    found = canon()

    assert (found.id, found.name, found.aliases) == ("northern-line", "The Northern Line", ("NL",))
    assert [part.id for part in found.parts()] == ["1.1", "1.2", "1.4", "film.1"]
    depot, train, film = list(found.parts())[1:]
    assert depot.released == {"GB": date(2009, 7, 6), "US": date(2009, 7, 20)}
    assert (train.number, film.kind, film.adapts) == (4, PartKind.FILM, "1.4")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("GB = 2009-07-06", 'GB = "July"', 9, "not a day"),
        ("GB = 2009", "Gb = 2009", 9, "'Gb' means nothing here"),
        ('title = "Last Train"},', 'title = "Last Train"},\n  {number = 4},', 11, "Two parts have the id '1.4'"),
        ('parts = ["1.2", "1.4"]', 'parts = ["1.2", "9.9"]', 22, "no part '9.9'"),
        ('adapts = "1.4"', 'adapts = "book.1"', 18, "no part 'book.1'"),
        ('name = "The Northern Line"', 'name = "!!"', 2, "`name` is not a name"),
        ("format = 1", "format = 2", 1, "format = 1"),
        ('"First Light",', '"First Light"', 9, "not TOML"),
        ('kind = "film"', 'kind = "movie"', 16, "'movie' is none"),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_to_do(old: str, new: str, line: int, says: str) -> None:
    found = problems(GOOD.replace(old, new, 1))

    assert len(found) == 1
    assert says in found[0].message
    assert found[0].line == line
    assert found[0].remedy


def test_every_fault_is_told_at_once() -> None:
    broken = GOOD.replace("format = 1", "", 1).replace('"First Light"', "7").replace('"1.2", "1.4"', '"9.9"')

    assert len(problems(broken)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "[" + "a." * 100_000 + "a]",
        "format = 1\nname = 0x" + "f" * 50_000,
        "format = " + "9" * 50_000,
        "[[series]]\nparts = [{title = 0x" + "f" * 50_000 + "}]",
        "x" * 600_000,
        "format = 1\nname = 'x'\n[[series]]\nnumber = 1\nparts = [" + "'a'," * 5_001 + "]",
        "[[series]]\n" * 30_000,
    ],
)
def test_hostile_files_are_refused_in_words(text: str) -> None:
    found = problems(text)

    assert found
    assert all(len(problem.message) < 300 for problem in found)


@given(
    st.text(max_size=300)
    | st.sampled_from(GOOD.splitlines()).flatmap(
        lambda line: st.text(max_size=20).map(
            lambda more: GOOD.replace(line, line[: len(more)] + more + line[len(more) :])
        )
    )
)
def test_no_text_makes_reading_raise(text: str) -> None:
    found = read(text)

    assert isinstance(found, Canon) or all(problem.message and problem.remedy for problem in found)


def test_the_canons_that_come_with_us_are_whole() -> None:
    known = canons(None)

    assert set(known.by_id) == {"torchwood", "doctor-who", "buffy", "angel", "harry-potter"}
    for one in known:
        parts = {place for other in known for place in ((other.id, part.id) for part in other.parts())}
        assert one.sources
        for crossing in one.crossings:
            for place in (crossing.after, crossing.before):
                assert place is None or (place.canon, place.part) in parts
        assert all(other in known.by_id for other in one.related)
