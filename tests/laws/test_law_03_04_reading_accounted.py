"""Laws 3 and 4 of a whole reading: rules give roles and say things; they never touch a character."""

from __future__ import annotations

from hypothesis import given
from tests.laws.accounting import check_reading
from tests.strategies import soup

from remnant.understand.reader import understand_bytes


@given(soup.files)
def test_every_character_of_a_reading_is_accounted_for_exactly_once(data: bytes) -> None:
    check_reading(understand_bytes(data))
