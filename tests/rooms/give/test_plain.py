"""Plain text: signs of emphasis where they cannot tear a word."""

from __future__ import annotations

import pytest
from tests.strategies.readings import READER, Page, work_of

from remnant.give import plain
from remnant.model import Mark, Role
from remnant.shield.showing import show

EMPHASIS = frozenset({Mark.EMPHASIS})


@pytest.mark.parametrize(
    ("before", "marked", "after", "said"),
    [
        ("It was ", "never", " so.", "It was _never_ so."),
        ("Abso", "bloody", "lutely.", "Absobloodylutely."),
        ("un", "known", " to all", "unknown to all"),
        ("so ", "kind", "ly done", "so kindly done"),
    ],
)
def test_signs_of_emphasis_never_stand_inside_a_word(before: str, marked: str, after: str, said: str) -> None:
    page = Page()
    page.block(Role.STORY, before, page.span(marked, EMPHASIS), after)
    reading = page.reading()

    text = plain.text(show(work_of(reading), reading, READER)).decode("utf-8")

    assert said in text
