"""The language of questions: total, and as its page in the docs says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.find.query import All, Any, Day, Match, Node, Not, Number, Text, Untitled, filter_for, parse
from remnant.find.words import name

SYNTAX = ['"', "-", ":", "=", " OR ", " NOT ", "words:", "updated:", "fandom:", "title:=", "..", ">", "5k", "2009-03"]

anything = st.lists(st.sampled_from(SYNTAX) | st.text(max_size=6), max_size=12).map("".join)

DRAGON, WYVERN = Text(("dragon",)), Text(("wyvern",))


@given(anything)
def test_no_words_make_parsing_raise(text: str) -> None:
    query = parse(text)

    assert all(note.endswith((".", '".')) for note in query.notes)
    assert all(query.phrases) or not query.phrases


@given(st.sampled_from(["fandom", "title", "tag", "author"]), st.text(max_size=20))
def test_a_facets_own_filter_asks_for_exactly_its_value(field: str, value: str) -> None:
    if name(value):
        assert parse(filter_for(field, value)).node == Match(field, (name(value),), exact=True)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", None),
        ("dragon", DRAGON),
        ("Dragon’s", DRAGON),
        ("dragon wyvern", All((DRAGON, WYVERN))),
        ("dragon AND wyvern", All((DRAGON, WYVERN))),
        ('"dragon wyvern"', Text(("dragon", "wyvern"))),
        ("“dragon wyvern”", Text(("dragon", "wyvern"))),
        ("dragon-wyvern", Text(("dragon", "wyvern"))),
        ("-dragon", Not(DRAGON)),
        ("NOT dragon", Not(DRAGON)),
        ('-"dragon wyvern"', Not(Text(("dragon", "wyvern")))),
        ("dragon OR wyvern", Any((DRAGON, WYVERN))),
        ("dragon OR wyvern tower", All((Any((DRAGON, WYVERN)), Text(("tower",))))),
        ("fandom:torchwood", Match("fandom", ("torchwood",))),
        ('FANDOM:"Doctor Who"', Match("fandom", ("doctor who",))),
        ('fandom:="Doctor Who"', Match("fandom", ("doctor who",), exact=True)),
        ("-by:Jem", Not(Match("author", ("jem",)))),
        ("ship:ianto/jack", Match("relationship", ("ianto", "jack"))),
        ("lang:en", Match("lang", ("en",))),
        ("is:untitled", Untitled()),
        ("words:>5000", Number("words", 5001, None)),
        ("words:>=5,000", Number("words", 5000, None)),
        ("words:<5k", Number("words", None, 4999)),
        ("words:1000-5000", Number("words", 1000, 5000)),
        ("words:5k..10k", Number("words", 5000, 10000)),
        ("words:1.5k..", Number("words", 1500, None)),
        ("words:5000+", Number("words", 5000, None)),
        ("chapters:1", Number("sections", 1, 1)),
        ("updated:>2009-03", Day("updated", "2009-03-99", None)),
        ("updated:>2009-12-31", Day("updated", "2010-01-01", None)),
        ("updated:<2009", Day("updated", None, "2009-00-00")),
        ("published:2008..2010-06", Day("published", "2008-00-00", "2010-06-99")),
        ("added:2026-03-01", Day("added", "2026-03-01", "2026-03-01")),
    ],
)
def test_what_is_written_is_what_is_asked(text: str, node: Node | None) -> None:
    query = parse(text)

    assert query.node == node
    assert query.notes == ()


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("fandon:torchwood", "fandom:torchwood"),
        ("colour:red", "fandom, author"),
        ("words:many", "words:>5000"),
        ("updated:2009-13", "updated:>2009-03"),
        ("updated:2009-02-30", "updated:>2009-03"),
        ("is:lost", "is:untitled"),
        ("title:", "title:something"),
        ('"never closed', '"like this"'),
        ("dragon OR", "dragon OR wyvern"),
        ("OR dragon", "dragon OR wyvern"),
        ("dragon NOT", "NOT dragon"),
        ("dragon " * 100, "first 64"),
        ("(((", "((( was ignored: there is no letter"),
        ('dragon "..."', '"..." was ignored'),
        ("-!!!", "-!!! was ignored"),
        ("(" * 99, "(" * 40 + "… was ignored"),
    ],
)
def test_what_is_not_understood_is_said_with_what_would_work(text: str, works: str) -> None:
    notes = parse(text).notes

    assert len(notes) == 1
    assert works in notes[0]
