"""Files that are all of one thing: what the rules do with them grows with their length and no faster."""

from __future__ import annotations

import pytest
from tests.laws.accounting import check_reading

from remnant.understand.reader import understand_bytes
from remnant.understand.titles import bounds_of

LENGTH = 150_000


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        "<hr>",
        "oOo\n\n",
        "~\n\n",
        "* * *\n\n",
        "Title: x\n",
        "she ran.\n\n***\n\nA/N: hi\n\n",
        "Chapter 1\n\nhe ran.\n\n",
    ],
)
def test_one_thing_over_and_over_is_read_to_the_end(unit: str) -> None:
    data = (unit * (LENGTH // len(unit))).encode()

    reading = understand_bytes(data)

    assert reading.blocks
    check_reading(reading)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("gap", [" ", "- ", "[", "\t\t"])
def test_a_line_drawn_wide_apart_is_asked_for_a_title_once(gap: str) -> None:
    line = f"The Weather House{gap * LENGTH}x"

    start, end = bounds_of(line)

    assert 0 <= start < end <= len(line)
