"""Normal forms stand beside the value and never guess."""

from __future__ import annotations

import pytest

from remnant.model import Field
from remnant.understand.headings import heading_of, is_divider, number_of
from remnant.understand.normal import normal


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        (Field.RATING, "NC-17", "explicit"),
        (Field.RATING, "Fiction T", "teen"),
        (Field.RATING, "PG-13 for language", "teen"),
        (Field.RATING, "K+", "general"),
        (Field.RATING, "Mature", "mature"),
        (Field.RATING, "whatever you like", None),
        (Field.RATING, "NSFW", None),
        (Field.RATING, "not rated", "not rated"),
        (Field.RATING, "PG-13/R", "mature"),
        (Field.RATING, "PG to NC-17", "explicit"),
        (Field.RATING, "General (but M later)", "mature"),
        (Field.RATING, "R for language", "mature"),
        (Field.RATING, "PG-13; R in later chapters", "mature"),
        (Field.RATING, "P18-AVL", "explicit"),
        (Field.RATING, "MA15+", "mature"),
        (Field.RATING, "arancione", "mature"),
        (Field.RATING, "FSK 12", "teen"),
        (Field.RATING, "a solid PG", "general"),
        (Field.WARNING, "MCD", "major character death"),
        (Field.WARNING, "Rape/Non-Con", "rape or non-consent"),
        (Field.WARNING, "Graphic Depictions Of Violence", "graphic violence"),
        (Field.WARNING, "Muerte de un personaje", "character death"),
        (Field.WARNING, "swearing", "language"),
        (Field.WARNING, "NC-17", "explicit sexual content"),
        (Field.WARNING, "no character death", None),
        (Field.WARNING, "implied rape", None),
        (Field.WARNING, "CNTW", "chose not to warn"),
        (Field.WARNING, "keine", "none apply"),
        (Field.SPOILER, "none", "none"),
        (Field.STATUS, "Completed", "complete"),
        (Field.STATUS, "WIP", "in progress"),
        (Field.STATUS, "Abandoned, sorry", "abandoned"),
        (Field.LANGUAGE, "English", "en"),
        (Field.LANGUAGE, "Deutsch", "de"),
        (Field.LANGUAGE, "Klingon", None),
        (Field.DATE, "12 Mar 2009", "2009-03-12"),
        (Field.DATE, "March 12th, 2009", "2009-03-12"),
        (Field.DATE, "Mar 2009", "2009-03"),
        (Field.DATE, "2009", "2009"),
        (Field.DATE, "12-27-11", "2011-12-27"),
        (Field.DATE, "03/04/2009", "2009"),
        (Field.DATE, "31 Feb 2009", None),
        (Field.WORDCOUNT, "7,526", "7526"),
        (Field.WORDCOUNT, "about 12k", "12000"),
        (Field.WORDCOUNT, "many", None),
        (Field.CHAPTER, "3/?", "3/?"),
        (Field.CHAPTER, "3 of 10", "3/10"),
        (Field.PERMISSION, "Ask first, please", "ask"),
        (Field.PERMISSION, "no", "no"),
        (Field.PERMISSION, "Anywhere, sure", "yes"),
        (Field.TITLE, "The Lamp", None),
    ],
)
def test_a_normal_form(field: Field, value: str, expected: str | None) -> None:
    assert normal(field, value)[0] == expected


def test_a_spoiler_stated_as_a_value_says_of_what() -> None:
    assert dict(normal(Field.SPOILER, "S1, S2 of Buffy")[1]) == {
        "canon": "Buffy",
        "part": "S1, S2 of Buffy",
        "parts": ("season 1", "season 2"),
        "relation": "contains",
    }
    assert normal(Field.SPOILER, "Torchwood 2x12; DW 4x01")[1]["parts"] == ()


def test_a_date_says_how_exact_it_is_and_whether_it_can_be_read_two_ways() -> None:
    assert dict(normal(Field.DATE, "Mar 2009")[1]) == {"precision": "month"}
    assert dict(normal(Field.DATE, "03/04/2009")[1]) == {"precision": "year", "ambiguous": True}


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("Chapter 1", 1, None),
        ("~Chapter 3~", 3, None),
        ("CHAPTER TWENTY-ONE", 21, None),
        ("Part Two: The Gate", 2, "The Gate"),
        ("Chapter IV - The Hedge", 4, "The Hedge"),
        ("Chapter 5 of 9", 5, None),
        ("The Third Part", 3, None),
        ("Prologue", None, "Prologue"),
        ("Epilogue: Ash", None, "Epilogue: Ash"),
        ("第3章 灯", 3, "灯"),
    ],
)
def test_a_heading_says_its_number_and_title(line: str, number: int | None, title: str | None) -> None:
    heading = heading_of(line)

    assert heading is not None
    assert (heading.number, heading.title) == (number, title)


@pytest.mark.parametrize(
    "line",
    [
        "Part of me wanted to go.",
        "Chapter 11 bankruptcy was filed by noon.",
        "Day one was the worst of it.",
        "Book a room",
        "",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert heading_of(line) is None


@pytest.mark.parametrize(
    "line", ["* * *", "~*~", "-----", "xxx", "oOo", "###", "<><><>", ". . .", "#", "=====", "-scene break-"]
)
def test_a_divider_is_only_drawn(line: str) -> None:
    assert is_divider(line)


@pytest.mark.parametrize("line", ["...", '"..."', "No.", "ox", "?!", "I", "2."])
def test_a_silence_is_no_divider(line: str) -> None:
    assert not is_divider(line)


@pytest.mark.parametrize(
    ("written", "number"), [("XIV", 14), ("twelve", 12), ("thirty-one", 31), ("7", 7), ("lamp", None)]
)
def test_numbers_as_people_write_them(written: str, number: int | None) -> None:
    assert number_of(written) == number
