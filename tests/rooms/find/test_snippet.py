"""The piece of a text that shows why it was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.find import WORDS, queries

from remnant.find.query import Query, parse
from remnant.find.snippet import snippet
from remnant.find.words import words

FILLER = "It rained on the town all night. "

texts = st.lists(st.sampled_from([*WORDS, "\n\n", FILLER * 20]), max_size=60).map(" ".join)


def hits(text: str, query: str) -> list[str]:
    found = snippet(text, parse(query))
    return [piece for piece, hit in found.pieces if hit] if found else []


@given(texts, queries())
def test_a_snippet_says_only_what_stands_there_and_marks_only_what_was_asked(text: str, query: Query) -> None:
    found = snippet(text, query)
    if found is None:
        return
    said = "".join(piece for piece, _ in found.pieces)

    assert said.strip("…") in " ".join(text.split()) or said.strip("… ") in " ".join(text.split())
    assert any(hit for _, hit in found.pieces)
    wanted = {word for phrase in query.phrases for word in phrase}
    assert all(wanted >= set(words(piece)) for piece, hit in found.pieces if hit)


@given(texts, queries())
def test_there_is_a_snippet_wherever_a_phrase_stands(text: str, query: Query) -> None:
    key = f" {' '.join(words(text))} "
    stands = any(f" {' '.join(phrase)} " in key for phrase in query.phrases)

    assert (snippet(text, query) is not None) == stands


def test_hits_far_into_a_text_are_found_with_a_little_before_them() -> None:
    text = FILLER * 300 + "“They swear that sailing\nis like walking uphill,” said Jack’s half-brother. " + FILLER * 300
    found = snippet(text, parse('jack "sailing is like" half-brother'))

    assert found is not None
    assert [piece for piece, hit in found.pieces if hit] == ["sailing is like", "Jack’s", "half-brother"]
    assert found.pieces[0][0].endswith("They swear that ")
    assert found.pieces[0][0].startswith("…")
    assert found.pieces[-1][0].endswith("…")


def test_the_stretch_with_more_of_the_words_is_better_than_the_first() -> None:
    text = f"A dragon. {FILLER * 100} A dragon and a wyvern. {FILLER * 100}"

    assert hits(text, "dragon wyvern") == ["dragon", "wyvern"]


def test_refused_words_are_not_marked() -> None:
    assert hits("A dragon in a tower.", "dragon -tower") == ["dragon"]


def test_a_text_of_one_endless_line_is_still_cut() -> None:
    found = snippet("東" * 50_000 + "京", parse("京"))

    assert found is not None
    assert sum(len(piece) for piece, _ in found.pieces) < 300
