"""A question stands in its address, whole; no address is wrong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from remnant.web.shelf import Question, question_of

words = st.text(st.characters(exclude_categories=("Cs", "Z", "C")), min_size=1, max_size=12)


def asked(address: str) -> Question:
    path, _, query = address.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode("ascii"), "headers": []}
    return question_of(Request(scope))


@given(st.lists(words).map(" ".join), st.sampled_from(("relevance", "title", "words")), st.integers(1, 99_999))
def test_a_question_comes_back_from_its_address(text: str, sort: str, page: int) -> None:
    question = Question(text, sort, page)  # type: ignore[arg-type]

    assert asked(question.address) == question


@given(st.text(st.characters(codec="ascii")))
def test_no_address_is_wrong(query: str) -> None:
    question = asked("/?" + query)

    assert question.page >= 1


@given(st.lists(words, max_size=3).map(" ".join), words)
def test_a_filter_put_in_and_taken_out_leaves_the_question_as_it_was(text: str, value: str) -> None:
    words_asked = f'fandom:"{value} of the sea"'
    question = Question(text)
    narrowed = question.turned(words_asked)

    assert narrowed.has(words_asked)
    assert narrowed.turned(words_asked) == question
