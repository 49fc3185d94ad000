"""What counts as a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.find.words import LONGEST, name, placed, words

ODD = "'’s S\"“_-—\u0301\u0338éß東ก\u0e34한\u1100\u1161がİ.x\u200d\ud800\u0345"

texts = st.text(st.characters(exclude_categories=[]) | st.sampled_from(ODD), max_size=24)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Don't “don’t” DON'T dont", ["dont"] * 4),
        ("Jack’s dogs' 'Jack'", ["jack", "dogs", "jack"]),
        ("half-blood half—blood half_blood", ["half", "blood"] * 3),
        ("café CAFE\u0301 cafe", ["cafe"] * 3),
        ("Straße STRASSE ﬁn", ["strasse", "strasse", "fin"]),
        ("東京 タワー", ["東", "京", "タ", "ワ", "ー"]),
        ("한국어 हिन्दी", ["한국어", "हिन्दी"]),
        ("3,000 … ♥ -- *", ["3", "000"]),
        ("soft\u00adhyphen", ["softhyphen"]),
        ("a" * 1000, ["a" * LONGEST]),
    ],
)
def test_words_are_compared_without_what_typing_varies_in(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(texts)
def test_words_are_the_same_words_again(text: str) -> None:
    """The index is handed words with spaces between them; it must not find others in that."""
    assert words(" ".join(words(text))) == words(text)
    assert name(name(text)) == name(text)


@given(texts)
def test_placed_words_are_the_words_and_stand_in_order_in_the_text(text: str) -> None:
    there = list(placed(text))

    assert [word for word, _, _ in there] == words(text)
    assert all(0 <= start < end <= len(text) for _, start, end in there)
    assert [start for _, start, _ in there] == sorted(start for _, start, _ in there)


def test_names_keep_what_tells_two_values_apart() -> None:
    assert name("Jack/Ianto") != name("Jack & Ianto")
    assert name("  Doctor  WHO ") == name("doctor who")
