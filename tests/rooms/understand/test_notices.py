"""Spoiler notices as data: what numbers and places mean, and that no line costs much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.model import Relation
from remnant.understand.part_names import numbered_in
from remnant.understand.spoiler_notices import spoilers_in
from remnant.understand.spoilers import items_in
from remnant.wire.part_name import from_text, to_text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("3x04, 3x05 and S3E6", ["episode 3x04", "episode 3x05", "episode 3x06"]),
        ("3x04-06", ["episode 3x04 .. episode 3x06"]),
        ("season 2 finale", ["last 2"]),
        ("season four's premiere", ["first 4"]),
        ("S1-3", ["season 1 .. season 3"]),
        ("seasons 1, 2 and 4", ["season 1", "season 2", "season 4"]),
        ("season 2 and 3x01", ["season 2", "episode 3x01"]),
        ("Episode 7 of season 2", ["episode 2x07"]),
        ("all seven books", ["book 1 .. book 7"]),
        ("der dritten Staffel", ["season 3"]),
        ("saison 1, épisode 4", ["episode 1x04"]),
        ("the pilot", ["first"]),
        ("in the summer of 2009", []),
        ("X-Men 3", []),
    ],
)
def test_numbers_in_every_shape_name_parts(text: str, parts: list[str]) -> None:
    assert [to_text(name) for found in numbered_in(text, 0, len(text)) for name in found.names] == parts


_words = st.sampled_from(
    ["spoilers for ", "up to ", '"', "'", "3x04", "season 2", " and ", ", ", "Torchwood ", "(", "if you haven't seen "]
)
_more = st.sampled_from(
    ["set after ", "AU ", "no spoilers past ", "- ", ". ", "finale", "everything ", "the ", "\u2028", "é", "spoil"]
)
_lines = st.lists(_words | _more, max_size=30).map("".join) | st.text(max_size=120)


@given(_lines, st.booleans())
def test_whatever_a_line_says_items_stand_in_it_and_their_names_can_be_read_back(text: str, labelled: bool) -> None:
    for item in spoilers_in(text, 0, len(text), labelled=labelled):
        assert 0 <= item.start < item.end <= len(text)
        assert [from_text(to_text(part)) for part in item.parts] == list(item.parts)


@given(_lines.filter(lambda text: any(map(str.isalnum, text))))
def test_behind_a_label_something_is_always_said(text: str) -> None:
    assert spoilers_in(f"a {text}", 0, len(text) + 2, labelled=True)


def test_what_is_not_understood_has_no_parts() -> None:
    [item] = items_in("the most recent episode", 0, 23, Relation.CONTAINS)

    assert item.parts == ()
