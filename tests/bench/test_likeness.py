"""A small share of the likeness bench: what is one story is found, what are two is neither joined nor asked about."""

from __future__ import annotations

from bench.likeness.__main__ import SEEN, scored


def test_two_stories_are_never_taken_for_one() -> None:
    scores = scored(1, SEEN)

    assert len(scores) == 10
    assert all(score.asked == score.pairs == 1 for score in scores.values() if score.one)
    assert all(score.asked == score.unasked == 0 for score in scores.values() if not score.one)
    assert sum(score.one for score in scores.values()) == 6
