"""Whenever the power fails: nothing acknowledged is lost, nothing half made is seen, and it goes on.

A share of `python -m bench.durability power`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.harm.crashing import crashes, lay_out
from tests.harm.scenes.every import FEW, MANY
from tests.harm.scenes.scene import Scene, recorded
from tests.harm.tape import Tree
from tests.strategies.keep import no_sync

from remnant.durable import files
from remnant.errors import RemnantError

ONE_IN = 211
"""Of the choices that a disk has in a large scene."""


def _first_complaint(
    states: Iterator[tuple[Tree, list[object]]], place: Path, scene: Scene, go_on: int
) -> tuple[int, list[str]]:
    """How many states were looked at, and what was wrong with the first bad one; it goes on in every nth."""
    number = 0
    for number, (tree, words) in enumerate(states, 1):
        shutil.rmtree(place)
        lay_out(tree, place)
        complaints = _told(scene.wrong, place, words)
        if not complaints and number % go_on == 0:
            complaints = _told(scene.after, place)
        if complaints:
            return number, complaints
    return number, []


def _told(judge: Callable[..., list[str]], *given: object) -> list[str]:
    """What a judge found wrong; that it could not go on is wrong too."""
    try:
        return judge(*given)
    except (RemnantError, OSError) as error:
        return [f"{type(error).__name__}: {error}"]


@pytest.mark.parametrize("name", FEW)
def test_a_power_cut_loses_nothing_acknowledged(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = recorded(FEW[name], tmp_path / "place", monkeypatch)
    monkeypatch.setattr(files, "sync", no_sync)
    states, complaints = _first_complaint(crashes(tape), tmp_path / "place", FEW[name], go_on=3)

    assert complaints == []
    assert states > 4


@pytest.mark.parametrize("whole_renames", [True, False])
@pytest.mark.parametrize("name", MANY)
def test_a_power_cut_loses_nothing_in_vaults_and_between_libraries(
    name: str, whole_renames: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, scene = tmp_path / "place", MANY[name]
    tape = recorded(scene, place, monkeypatch, whole_renames=whole_renames)
    monkeypatch.setattr(files, "sync", no_sync)
    states, complaints = _first_complaint(crashes(tape, one_in=ONE_IN), place, scene, go_on=3)

    assert complaints == []
    assert states > 4


def test_every_sync_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sync left out in turn: an explorer that could not see that would prove nothing."""
    asked: set[str] = set()
    needed: set[str] = set()
    # The smallest first: what is seen to be needed there is not left out again in a longer one. Some are for sticks.
    sizes = {name: len(recorded(scene, tmp_path / name, monkeypatch).ops) for name, scene in FEW.items()}
    every = [(whole, name) for whole in (True, False) for name in sorted(FEW, key=lambda name: sizes[name])]
    for number, (whole, name) in enumerate(every):
        place = tmp_path / f"{number}"
        sites = set(recorded(FEW[name], place, monkeypatch, whole_renames=whole).sites)
        asked |= sites
        for site in sorted(sites - needed):
            shutil.rmtree(place)
            tape = recorded(FEW[name], place, monkeypatch, site, whole_renames=whole)
            with monkeypatch.context() as quick:
                quick.setattr(files, "sync", no_sync)
                _, complaints = _first_complaint(crashes(tape), place, FEW[name], go_on=2)
            needed |= {site} if complaints else set()

    assert asked - needed == set()
    assert len(needed) > 12
