"""Excerpts: the original as it stands around a place, but for what is veiled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.strategies.readings import READER, Page, claim

from remnant.model import Field, Role, Skip, SkipClass
from remnant.shield.showing import Excerpt, excerpt


def test_an_excerpt_is_the_original_letter_for_letter() -> None:
    page = Page()
    page.block(Role.STORY, "It rained.\r\n  Nobody  sang.")

    assert excerpt(page.reading(), page.place_of("Nobody"), READER, 6) == Excerpt("d.\r\n  ", "Nobody", "  sang", "")


def test_at_the_ends_of_a_part_there_is_less_around() -> None:
    page = Page()
    page.block(Role.STORY, "rain")

    assert excerpt(page.reading(), page.place_of("rain"), READER) == Excerpt("", "rain", "\n\n", "")


def test_an_address_cut_by_the_window_is_veiled_all_the_same() -> None:
    page = Page()
    page.block(Role.BYLINE, "mara@inn.example wrote this")

    assert excerpt(page.reading(), page.place_of("wrote"), READER, 4).before == "[veiled] "


def test_markup_is_shown_and_what_it_gives_away_is_not() -> None:
    page = Page()
    tag = page.span('<a href="mailto:mara&#64;inn.example">').source
    page.block(Role.STORY, "It rained.")
    reading = replace(page.reading(), skipped=(Skip(tag, SkipClass.TAG),))

    assert excerpt(reading, page.place_of("rained"), READER).before == "[veiled]It "


def test_the_place_of_a_sensitive_claim_is_veiled_itself() -> None:
    page = Page()
    page.block(Role.STORY, "by Jane Doe, who sings")
    place = page.place_of("Jane Doe")
    reading = page.reading((claim(Field.AUTHOR, "Jane Doe", place, sensitive=True),))

    assert excerpt(reading, place, READER, 3) == Excerpt("by ", "[veiled]", ", w", "")


def test_a_part_that_is_not_there_has_no_excerpt() -> None:
    page = Page()
    page.block(Role.STORY, "It rained.")

    with pytest.raises(KeyError):
        excerpt(page.reading(), replace(page.region(0), part="other"), READER)
