"""The example stories are what their parts make, on every machine."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples.make import files

STORIES = Path(__file__).parent.parent.parent / "examples" / "stories"
MADE = files()


@pytest.mark.parametrize("name", sorted(MADE))
def test_an_example_is_what_its_parts_make(name: str) -> None:
    assert (STORIES / name).read_bytes() == MADE[name]


def test_there_is_a_story_for_everyone() -> None:
    assert len(list(STORIES.iterdir())) >= 14
