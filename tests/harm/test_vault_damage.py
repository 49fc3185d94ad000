"""Random damage to a library and its vaults: within the budget all of it is named and mended, beyond it all is named.

A small share of `python -m bench.durability.damage`, on smaller packs.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bench.durability.damage import aim, make_template, run_trial
from hypothesis import settings
from tests.strategies.keep import NOW, no_sync, now

from remnant.durable import files
from remnant.keep.ledger import Ledger
from remnant.keep.shelf import Shelf
from remnant.library.mending import tend
from remnant.library.opening import open_library

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


def test_how_an_original_came_is_taken_from_the_copy_that_still_tells_it(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first vault holds every byte of the stories, and not one record of how they came."""
    monkeypatch.setattr(files, "sync", no_sync)
    place = tmp_path / "trial"
    shutil.copytree(template, place)
    aim(place)
    for file in (place / "vault0").glob("packs/*/urn*/v1/content/pack.zip*"):
        file.chmod(0o644)
        file.write_bytes(file.read_bytes().replace(b'"door": "file"', b'"door"! "file"'))
        if file.suffix == ".par2":
            file.unlink()
    for home in (place / "library" / "shelf").glob("???"):
        shutil.rmtree(home)
    with open_library(place / "library", NOW) as library:
        done = tend(library, mend=True, harmed=[], clock=now)
        doors = [Shelf(library.folder).arrival(digest).door for digest in Ledger(library.folder).promised()]

    assert done.left == ()
    assert doors == ["file"] * SHAPE[0]
