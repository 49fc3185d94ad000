"""Excerpts: the original as it stands around a place, but for what is veiled."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.strategies.readings import READER, Page, claim

from remnant.model import Field, Role, Skip, SkipClass
from remnant.shield import veil
from remnant.shield.addresses import addresses
from remnant.shield.showing import Excerpt, Excerpts, excerpt


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


@pytest.mark.parametrize("number", [20, 40])
def test_many_places_cost_one_look_at_each_block_and_tag(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    page, tags = Page(), []
    for count in range(number):
        tags.append(Skip(page.span(f'<a class="tag" title="{count}">').source, SkipClass.TAG))
        page.block(Role.HEADER, f"tag {count:03} ")
    said = tuple(claim(Field.TAG, f"tag {count:03}", page.place_of(f"tag {count:03}")) for count in range(number))
    reading = replace(page.reading(said), skipped=tuple(tags))
    looked: list[str] = []

    def counting(text: str) -> list[tuple[int, int]]:
        looked.append(text)
        return addresses(text)

    monkeypatch.setattr(veil, "addresses", counting)
    excerpts = Excerpts(reading, READER)
    shown = [excerpts.at(region, 30).quoted for one in said for region in one.evidence]

    assert shown == [one.value for one in said]
    assert len([text for text in looked if text]) <= 5 * number


def test_places_within_places_are_all_looked_at() -> None:
    page = Page()
    page.block(Role.STORY, "It rained and rained and rained, and mara@inn.example sang.")
    whole, inner = page.region(0), page.place_of("rained")
    reading = replace(page.reading(), skipped=(Skip(whole, SkipClass.COMMENT), Skip(inner, SkipClass.TAG)))
    place = page.place_of("sang")

    assert excerpt(reading, place, READER, 10).before == "[veiled] "


def test_a_part_that_is_not_there_has_no_excerpt() -> None:
    page = Page()
    page.block(Role.STORY, "It rained.")

    with pytest.raises(KeyError):
        excerpt(page.reading(), replace(page.region(0), part="other"), READER)
