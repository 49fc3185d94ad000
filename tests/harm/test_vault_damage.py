"""Random damage to a library and its vaults: within the budget all of it is named and mended, beyond it all is named.

A small share of `python -m bench.durability.damage`, on smaller packs.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.durability.damage import make_template, run_trial
from hypothesis import settings
from tests.strategies.keep import no_sync

from remnant.durable import files

SHAPE = (12, 4000)
TRIALS = max(8, min(12, settings().max_examples // 8))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("damage") / "template"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        make_template(place, SHAPE)
    return place


@pytest.mark.parametrize("number", range(TRIALS))
def test_within_the_budget_every_harm_is_named_and_mended(
    number: int, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "sync", no_sync)
    trial = run_trial(template, tmp_path / "trial", "small", number)

    assert trial.missed == ()
    assert trial.wrong == ()


@pytest.mark.parametrize("number", range(3))
def test_beyond_the_budget_each_lost_original_is_named(
    number: int, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "sync", no_sync)
    trial = run_trial(template, tmp_path / "trial", "beyond", number)

    assert trial.missed == ()
    assert trial.wrong == ()
