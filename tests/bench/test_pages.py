"""Pages of makers that nobody described: the story is found whole, its notes are kept, and little else is in it."""

from __future__ import annotations

import pytest
from bench.pages import shapes_known, shapes_unseen
from bench.pages.measure import measured


@pytest.mark.parametrize(("shapes", "clean"), [(shapes_known.SHAPES, 0.98), (shapes_unseen.SHAPES, 0.96)])
def test_on_pages_of_unknown_makers_nothing_of_a_story_is_lost(shapes: shapes_known.Shapes, clean: float) -> None:
    count = measured(shapes)

    assert count.pages == 36
    assert count.lost == []
    assert count.hidden == 0
    assert count.precision >= clean
