"""What is an address and what is not, and that no text makes the search slow."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remnant.shield.addresses import addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("write to jane@aol.com please", "jane@aol.com"),
        ("<jane.doe+fic@mail.co.uk>", "jane.doe+fic@mail.co.uk"),
        ("mailto:jane@aol.com", "jane@aol.com"),
        ("jane @ aol.com", "jane @ aol.com"),
        ("jane [at] aol [dot] com", "jane [at] aol [dot] com"),
        ("jane(at)aol.com", "jane(at)aol.com"),
        ("JANE AT AOL DOT COM", "JANE AT AOL DOT COM"),
        ("zoë@exämple.org", "zoë@exämple.org"),
        ("Archived at squidge.org", None),
        ("Look at me. Dot said so.", None),
        ("I was @ home", None),
        ("follow @jane", None),
        ("a@b", None),
        ("", None),
    ],
)
def test_an_address_is_known_in_its_disguises(text: str, found: str | None) -> None:
    assert [text[start:end] for start, end in addresses(text)] == ([] if found is None else [found])


def test_two_addresses_are_two() -> None:
    text = "jane@aol.com, mara@inn.example"

    assert [text[start:end] for start, end in addresses(text)] == ["jane@aol.com", "mara@inn.example"]


@given(st.text(st.sampled_from("a@. ()[]<>dotAT-\n"), max_size=60))
def test_stretches_are_in_order_apart_and_hold_something(text: str) -> None:
    found = addresses(text)

    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    "text", ["@" * 10**6, "a@" * 10**6, "a" * 10**6, " at " * 10**6, "a.b@c." * 10**5, " " * 10**6]
)
@pytest.mark.timeout(20)
def test_no_text_makes_the_search_go_back_over_itself(text: str) -> None:
    assert isinstance(addresses(text), list)
