"""Lines that are nothing but facts, and lines that only look so."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.model import BlockKind, Digest, Field, Region, Span
from remnant.understand.draft import Line
from remnant.understand.fact_items import Kind, items_in, items_of
from remnant.understand.sheet import Remark
from remnant.understand.unlabelled import facts_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Harrow Road; Wick/Tobias; R; c. 2000 words", "NAME PAIRING RATING COUNT"),
        ("(Harrow Road, PG)", "NAME RATING"),
        ("wick, pell, nobody else // pg // 300 words", "NAME NAME NAME RATING COUNT"),
        ("Rated R. Wick/Pell, PG, K. Amery", "RATING PAIRING RATING NAME"),
        ("Rated R. Wick/Tobias. No spoilers.", "RATING PAIRING SORT"),
        ("Wick/Pell | NC-17 | 2,300 words", "PAIRING RATING COUNT"),
        ("T - English - Romance/Angst - Words: 2,100", "RATING SORT SORT COUNT"),
        ("(The Weir, gen, complete)", "NAME SORT SORT"),
        ("harrow road, wick/pell, ~450", "NAME PAIRING COUNT"),
        ("Harrow Road, all PG", "NAME RATING"),
        ("Saltmarsh legend. G. By Quillet.", "NAME RATING WRITER"),
        ("Harrow Road, gen-ish, a bit under six hundred", "NAME SORT SORT"),
    ],
)
def test_facts_are_told_by_their_own_words(text: str, kinds: str) -> None:
    assert [item.kind.name for item in items_of(text)] == kinds.split()


@pytest.mark.parametrize(
    "text",
    [
        "He ran, fell, and died.",
        "Cardiff, 2009",
        "K. Amery",
        "M. R. Hale, 2003",
        "Harrow Road, T. Amery",
        "John, Paul, George and Ringo",
        "Cardiff, by nightfall, complete",
        "Tobias, by the sea, 450",
        "Gold, Grey, Green, Blue, R",
        "They were Wick/Tobias, and R.",
        '"PG," she said, "and R."',
        "Title: A, PG",
    ],
)
def test_what_tells_or_only_lists_is_no_fact(text: str) -> None:
    assert items_of(text) == ()


def test_the_only_name_is_perhaps_the_fandom_and_none_behind_a_label() -> None:
    told = {
        text: {remark.field for remark in _said(text)} for text in ("Harrow Road, PG", "Subject: Harrow Road (1/3) PG")
    }

    assert list(told.values()) == [{Field.FANDOM, Field.RATING}, {Field.RATING}]


def _said(text: str) -> tuple[Remark, ...]:
    region = Region(Digest.of(b""), "", "utf-8", 0, len(text))
    return facts_in(0, Line(BlockKind.PARAGRAPH, (Span(text, region),)))


_words = st.sampled_from(
    ["PG-13", "R", "Wick", "Wick/Pell", "900 words", "gen", "1/3", ", ", "; ", " - ", "(", ")", ". ", "é"]
)


@given(st.lists(_words, max_size=14).map("".join) | st.text(max_size=80))
def test_items_stand_in_their_line_one_after_another(text: str) -> None:
    items = items_of(text)

    assert all(0 <= item.start < item.end <= len(text) for item in items)
    assert all(one.end <= other.start for one, other in pairwise(items))
    assert Kind.OTHER not in {item.kind for item in items}


def test_what_is_only_a_word_for_a_story_behind_a_blank_is_no_name() -> None:
    assert [item.kind for item in items_in("PG-13, *\u200afic*, 900 words")] == [Kind.RATING, Kind.OTHER, Kind.COUNT]
