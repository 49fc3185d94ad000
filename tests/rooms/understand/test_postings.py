"""Posts of one story sorted into tellings: every post in one, every number once, in order."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from remnant.understand.postings import MOST_TELLINGS, names_of, tellings, together


@dataclass(frozen=True)
class Post:
    number: int
    file: str = "box"
    mark: int = 0


def told(*numbers: int) -> list[list[int]]:
    return [[post.number for post in one] for one in tellings(Post(number) for number in numbers)]


@given(st.lists(st.builds(Post, st.integers(1, 6), st.sampled_from("abc"), st.integers()), max_size=90))
def test_every_post_is_in_one_telling_and_every_number_of_it_once(posts: list[Post]) -> None:
    found = tellings(posts)

    assert sorted(map(repr, posts)) == sorted(repr(post) for one in found for post in one)
    assert all(sorted({post.number for post in one}) == [post.number for post in one] for one in found)


@given(st.permutations(range(1, 8)))
def test_parts_that_came_in_any_order_are_one_telling(numbers: list[int]) -> None:
    assert told(*numbers) == [[1, 2, 3, 4, 5, 6, 7]]


def test_what_is_posted_again_from_the_beginning_is_another_telling_and_goes_on() -> None:
    assert told(1, 2, 3, 1, 2, 3, 4) == [[1, 2, 3], [1, 2, 3, 4]]


def test_a_mended_part_takes_nothing_from_the_first_telling() -> None:
    assert told(1, 2, 2, 3, 4) == [[1, 2, 3, 4], [2]]
    assert told(1, 2, 3, 2, 3, 4) == [[1, 2, 3, 4], [2, 3]]


def test_what_is_posted_every_week_costs_no_more_than_it_should() -> None:
    found = told(*[1] * 5000)

    assert len(found) == 5000
    assert MOST_TELLINGS < 5000


def test_posts_of_one_story_have_a_name_in_common_however_they_are_written() -> None:
    one = names_of("o@example.org", "Ottoline", "The Harbour")
    moved = names_of("new@example.net", "ottoline", "the harbour - REVISED")
    unnamed = names_of("new@example.net", None, "The Harbour!")
    another = names_of("o@example.org", "Ottoline", "The Rope")
    nobody = names_of("x@example.org", "Anonymous", "The Harbour")

    assert together([one, another, moved, unnamed, nobody]) == [[0, 2, 3], [1], [4]]
