"""Text made fit: its line ends stay, its layout goes, and a run of blanks costs no more than its length."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from remnant.give.clean import lined

# Far more than a careful look back over every blank could bear: it would take minutes.
A_LONG_WAY = 400_000


@given(st.text("ab \t\r\n", max_size=30))
def test_each_run_of_line_ends_is_one_and_no_blank_stands_beside_it(text: str) -> None:
    lines = lined(text).split("\n")

    assert lined(text).split() == text.split()
    assert len(lines) == len(re.findall(r"[\r\n][ \t\r\n]*", text)) + 1
    assert all(line == line.strip() for line in lines[1:-1])
    assert not any(re.search(r"[\t\r]|  ", line) for line in lines)


def test_a_long_run_of_blanks_is_one_blank() -> None:
    assert lined("x" + " " * A_LONG_WAY + "y") == "x y"
