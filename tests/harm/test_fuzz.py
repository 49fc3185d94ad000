"""Files made worse, two hundred of those that `python -m bench.fuzz` tries by the hundred thousand."""

from __future__ import annotations

import pytest
from bench.fuzz import campaign
from bench.fuzz.mutations import made
from bench.fuzz.seeds import seeds

START = seeds()
EACH = 50


@pytest.mark.parametrize("first", range(0, 200, EACH))
def test_no_file_made_worse_breaks_a_law(first: int) -> None:
    found = {number: campaign.judge(made(number, START), voices=True) for number in range(first, first + EACH)}

    assert {number: why for number, why in found.items() if why} == {}


def test_an_input_is_always_the_same() -> None:
    assert [made(number, START) for number in range(40)] == [made(number, START) for number in range(40)]
