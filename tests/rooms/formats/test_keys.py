"""Names of leaves: no two alike, and never much longer than what they name."""

from __future__ import annotations

from remnant.understand.formats.keys import Keys


def test_equal_names_are_told_apart_in_a_few_letters() -> None:
    keys = Keys()
    assert [keys.give("a") for _ in range(4)] == ["a", "a'", "a'2", "a'3"]
    assert keys.give("a'2") == "a'2'"

    many = [keys.give("b") for _ in range(20_000)]
    assert len(set(many)) == 20_000
    assert max(map(len, many)) <= 8
