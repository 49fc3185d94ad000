"""What was reached is not lost: the figures over our labelled stories stay above their floors, and floors only rise."""

from __future__ import annotations

from datetime import date

from bench.quality import floors
from bench.quality.__main__ import all_sets, opened
from bench.quality.answers import Answer
from bench.quality.report import by_remnant, judged
from bench.quality.scores import total

TODAY, LATER = date(2026, 11, 23), date(2026, 12, 1)


def at(figure: float, invented: int = 0, labels: str = "a") -> list[floors.Measured]:
    return [floors.Measured("open", labels, {"lines right": figure}, invented)]


def test_every_floor_holds_over_the_open_stories_and_the_totals_of_those_held_out() -> None:
    sets = [floors.measured(name, truths, total(by_remnant(truths))) for name, truths in all_sets().items()]

    assert list(floors.below(sets, floors.kept())) == []


def test_a_floor_rises_with_what_is_reached_and_never_falls() -> None:
    low = floors.raised(at(0.8), {}, TODAY)
    high = floors.raised(at(0.9), low, LATER)
    after = floors.raised(at(0.7), high, LATER)

    assert list(floors.below(at(0.89), high)) == []
    assert len(list(floors.below(at(0.88), high))) == 1
    assert after == high


def test_an_invented_value_more_is_a_fall_whatever_else_rose() -> None:
    kept = floors.raised(at(0.8), {}, TODAY)

    assert len(list(floors.below(at(1.0, invented=1), kept))) == 1


def test_floors_of_other_labels_hold_for_nothing() -> None:
    kept = floors.raised(at(0.8), {}, TODAY)

    assert len(list(floors.below(at(1.0, labels="b"), kept))) == 1
    assert list(floors.below(at(0.5, labels="b"), floors.raised(at(0.5, labels="b"), kept, LATER))) == []


def test_saying_nothing_falls_through_the_floors_of_recall() -> None:
    blank = Answer(False, {}, {}, None, None, ())
    figures = floors.measured("open", opened(), total(judged(opened(), [blank] * len(opened()))))

    fallen = list(floors.below([figures], floors.kept()))

    assert any("field title, recall" in line for line in fallen)
    assert any("fields, recall" in line for line in fallen)
    assert not any("invented" in line for line in fallen)
