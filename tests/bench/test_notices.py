"""Spoiler notices: floors that only rise, on both halves of our own, and a ruler that can be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.quality.notices.cases import Case, Want, cases
from bench.quality.notices.scoring import Score, score, upper_bound

HALVES = Path(__file__).parents[2] / "bench" / "quality" / "notices"


@pytest.fixture(scope="module", params=["open", "heldout"])
def half(request: pytest.FixtureRequest) -> Score:
    return score(cases(HALVES / f"{request.param}.notices"))


def test_hardly_a_notice_leaks(half: Score) -> None:
    assert half.gating >= 130
    assert half.leaks + half.narrow <= 2


def test_hardly_a_work_is_veiled_for_nothing(half: Score) -> None:
    assert half.harmless >= 20
    assert half.veiled <= 2


def test_canon_part_and_relation_are_understood(half: Score) -> None:
    assert half.canons.f1 >= 0.95
    assert half.parts.f1 >= 0.95
    assert half.relations.f1 >= 0.95


def test_the_halves_have_no_notice_in_common() -> None:
    one, other = ({case.text for case in cases(HALVES / f"{half}.notices")} for half in ("open", "heldout"))

    assert not one & other
    assert len(one) + len(other) >= 300


def test_the_ruler_sees_a_leak_a_narrow_reading_and_an_idle_veil() -> None:
    unread = Case("It rained on the quay, and nobody came.", (Want("contains", None, ("season 2",)),))
    narrow = Case("Spoilers: 2x01.", (Want("contains", None, ("episode 2x01", "episode 2x02")),))
    idle = Case("Spoilers: 2x01.", (Want("none", None, ()),))

    assert score([unread]).leaks == 1
    assert score([narrow]).narrow == 1
    assert score([idle]).veiled == 1


def test_the_bound_of_no_leaks_is_not_nothing() -> None:
    assert upper_bound(0, 100) == pytest.approx(0.0362, abs=1e-3)
    assert upper_bound(5, 100) == pytest.approx(0.1128, abs=1e-3)
