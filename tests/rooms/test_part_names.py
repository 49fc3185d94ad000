"""A name of a part has one text, and the text means that name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.model import NameKind, PartName
from remnant.wire.part_name import from_text, to_text

_number = st.integers(0, 999)
_one = st.one_of(
    st.builds(PartName, st.just(NameKind.EPISODE), st.none() | _number, _number),
    st.builds(PartName, st.just(NameKind.SEASON), _number),
    st.builds(PartName, st.sampled_from([NameKind.FIRST, NameKind.LAST]), st.none() | _number),
    st.builds(PartName, st.sampled_from([NameKind.BOOK, NameKind.FILM, NameKind.GAME]), st.none(), _number),
    st.sampled_from(["Exit Wounds", "It's... Time", "42", "a .. b", "ALL"]).map(
        lambda title: PartName(NameKind.TITLE, title=" ".join(title.replace("..", " ").split()))
    ),
    st.sampled_from([PartName(NameKind.ALL), PartName(NameKind.AIRED)]),
)


@given(_one, st.none() | _one)
def test_a_name_comes_back_as_it_went(name: PartName, to: PartName | None) -> None:
    whole = PartName(name.kind, name.season, name.number, name.title, to)

    assert from_text(to_text(whole)) == whole


@given(st.text(max_size=40))
def test_another_text_is_refused(text: str) -> None:
    try:
        found = from_text(text)
    except ValueError:
        return
    assert from_text(to_text(found)) == found


def test_texts_are_what_the_docs_say() -> None:
    assert to_text(PartName(NameKind.EPISODE, 3, 4)) == "episode 3x04"
    assert to_text(PartName(NameKind.LAST, 2)) == "last 2"
    with pytest.raises(ValueError, match="No name"):
        from_text("season finale")
