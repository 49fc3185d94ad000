"""The catalogue: every feed keeps the rules of OPDS, whatever stands in a story; warnings come before the summary."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import catalogues
from tests.strategies.readings import READER, WHEN, Page, claim, readings, work_of

from remnant.give import opds, opds_atom, opds_json
from remnant.give.opds import Addresses, Facet, Feed, Pages, Search, Way
from remnant.model import Field, Reader, Reading, Role, Shown
from remnant.shield.showing import show

ADDRESSES = Addresses(lambda work: f"/opds/work/{work}", lambda work, form: f"/work/{work}/{form}")
SUMMARY = f"{catalogues.ATOM}summary"

odd = st.text(max_size=12) | st.sampled_from(["<b>&amp;", "]]>", "\x00\x0b", "\ud800", "a\n\nb", "'\"", "\u2028", " "])
"""What people and hostile files put into fields."""

FIELDS = (
    Field.TITLE, Field.AUTHOR, Field.SUMMARY, Field.FANDOM, Field.TAG, Field.SERIES, Field.LANGUAGE, Field.PUBLISHED,
    Field.WARNING, Field.STATUS, Field.RATING,
)  # fmt: skip


def _feed(*works: Shown, ways: tuple[Way, ...] = (), facets: tuple[Facet, ...] = (), says: str = "") -> Feed:
    pages = Pages(len(works), 50, 1, (("first", "/opds/a"), ("next", "/opds/b"))) if works else None
    return Feed(
        "a", "All works", "/opds/a", "/opds", ADDRESSES, Search("/opds/works", "/opds/search.xml"),
        up="/opds", says=says, ways=ways, works=works, lists_works=bool(works), facets=facets, pages=pages,
    )  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(FIELDS), odd), max_size=6), odd)
def test_whatever_is_said_of_a_work_its_feeds_keep_the_rules(said: list[tuple[Field, str]], says: str) -> None:
    page = Page()
    page.block(Role.STORY, "It rained.")
    reading = page.reading(tuple(claim(field, value or None) for field, value in said))
    shown = show(work_of(reading), None, READER)
    facets = (Facet("Order", "Any", "/opds/a", on=True), Facet("Order", says, "/opds/b", 3))
    ways = (Way(says, "/opds/c", works=3),)

    catalogues.atom(opds_atom.feed(_feed(shown, facets=facets, says=says)))
    catalogues.atom(opds_atom.feed(_feed(ways=ways)))
    catalogues.opds2(opds_json.feed(_feed(ways=ways)))
    catalogues.atom(opds_atom.entry(shown, ADDRESSES))
    catalogues.opds2(opds_json.feed(_feed(shown, facets=facets, says="")))
    catalogues.opds2(opds_json.entry(shown, ADDRESSES))


@given(readings())
def test_a_whole_work_makes_the_entry_that_its_card_makes(reading: Reading) -> None:
    """But for its notices: with the text at hand they are in its own words."""
    whole, card = show(work_of(reading), reading, READER), show(work_of(reading), None, READER)

    for shown in (whole, card):
        catalogues.atom(opds_atom.entry(shown, ADDRESSES))
        catalogues.opds2(opds_json.entry(shown, ADDRESSES))
        assert opds_atom.feed(_feed(shown)) == opds_atom.feed(_feed(shown))
    assert opds.entry_id(whole) == opds.entry_id(card)


def test_feeds_of_ways_and_of_nothing_keep_the_rules() -> None:
    ways = (Way("By <fandom>", "/opds/by/fandom", to_works=False), Way("Newest", "/opds/new", works=3, rel=opds.NEWEST))

    for feed in (_feed(), _feed(ways=ways, says="3 works")):
        root = catalogues.atom(opds_atom.feed(feed))
        record = catalogues.opds2(opds_json.feed(feed))
        assert len(root.findall(f"{catalogues.ATOM}entry")) == len(feed.ways)
        assert "publications" not in record
    assert root.findtext(f"{catalogues.ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_authors_warnings_stand_before_the_summary_and_late_ones_are_only_counted() -> None:
    page = Page()
    page.block(Role.STORY, "It rained.")
    said = (claim(Field.WARNING, "drowning"), claim(Field.SUMMARY, "A weir & a boat."), claim(Field.RATING, "teen"))
    reading = page.reading(said)
    work = replace(work_of(reading), late=frozenset())
    root = catalogues.atom(opds_atom.entry(show(work, None, READER), ADDRESSES))
    late = replace(work, late=frozenset({said[0].id}))
    told = catalogues.opds2(opds_json.entry(show(late, None, READER), ADDRESSES))["metadata"]["description"]

    assert root.findtext(SUMMARY) == "Warning: drowning\n\nA weir & a boat.\n\nRated teen · 2 words"
    assert told == (
        "One more warning stands before it in the book, and may tell of the story.\n\n"
        "A weir & a boat.\n\nRated teen · 2 words"
    )


def test_a_veiled_work_is_never_offered() -> None:
    page = Page()
    page.block(Role.STORY, "It rained.")
    veiled = show(work_of(page.reading((claim(Field.SPOILER, "Night Four"),))), None, Reader("Bea"))

    assert veiled.veiled
    for make in (opds_atom.feed, opds_json.feed):
        with pytest.raises(ValueError, match="veiled"):
            make(_feed(veiled))
    for alone in (opds_atom.entry, opds_json.entry):
        with pytest.raises(ValueError, match="veiled"):
            alone(veiled, ADDRESSES)


def test_what_is_veiled_in_a_field_stands_in_no_entry_and_an_author_is_never_made_up() -> None:
    page = Page()
    page.block(Role.STORY, "It rained.")
    reading = page.reading((claim(Field.TAG, "jane@canary.example", sensitive=True), claim(Field.LANGUAGE, "wrong")))
    shown = show(work_of(reading), None, READER)
    atom, record = opds_atom.entry(shown, ADDRESSES), opds_json.entry(shown, ADDRESSES)

    assert b"canary" not in atom + record
    assert b"veiled" not in atom + record
    assert b"Author not stated" in atom
    assert "author" not in catalogues.opds2(record)["metadata"]
    assert b"language" not in atom + record


def test_very_long_fields_make_no_very_long_entry() -> None:
    page = Page()
    page.block(Role.STORY, "It rained.")
    many = [claim(Field.WARNING, f"{n} " + "w" * 9_000) for n in range(40)]
    tags = [claim(Field.TAG, f"tag {n}") for n in range(500)]
    reading = page.reading((*many, *tags, claim(Field.SUMMARY, "s" * 50_000)))
    entry = opds_atom.entry(show(work_of(reading), None, READER), ADDRESSES)

    catalogues.atom(entry)
    assert len(entry) < 80_000
    assert b"And 28 more, which stand before the story." in entry


def test_an_entrys_id_outlives_what_becomes_known_of_the_work() -> None:
    page = Page()
    page.block(Role.STORY, "It rained.")
    reading = page.reading()
    work = work_of(reading)
    later = replace(work_of(page.reading((claim(Field.TITLE, "The Weir"),))), since=WHEN)

    assert opds.entry_id(show(work, None, READER)) == opds.entry_id(show(later, None, READER))
    assert opds.feed_id("a") != opds.feed_id("b")
