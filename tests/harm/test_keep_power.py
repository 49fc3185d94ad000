"""Whenever the power fails: nothing acknowledged is lost, nothing half made is seen, and it goes on.

A share of `python -m bench.durability power`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from tests.harm import scenarios, scenes
from tests.harm.judging import after_going_on, complaints_of
from tests.harm.power import Tape, Tree, crashes, lay_out
from tests.harm.scenarios import SCENARIOS
from tests.harm.scenes import SCENES
from tests.strategies.keep import no_sync

from remnant.durable import files
from remnant.keep.folder import open_folder

ONE_IN = 60
"""Of the states of a large scene."""

SMALL = ("wish", "exports written anew")

Wrong = Callable[[Path, list[object]], list[str]]
After = Callable[[Path], list[str]]


def _wrong_library(state: Path, words: list[object]) -> list[str]:
    return complaints_of(open_folder(state), words)


def _after_adding(state: Path) -> list[str]:
    return after_going_on(open_folder(state)) or _wrong_library(state, [])


def _first_complaint(
    states: Iterator[tuple[Tree, list[object]]], path: Path, wrong: Wrong, after: After, go_on: int
) -> tuple[int, list[str]]:
    """How many states were looked at, and what was wrong with the first bad one; it goes on in every nth."""
    number = 0
    for number, (tree, words) in enumerate(states, 1):
        state = path / "state"
        lay_out(tree, state)
        complaints = wrong(state, words)
        if not complaints and number % go_on == 0:
            complaints = after(state)
        if complaints:
            return number, complaints
        shutil.rmtree(state)
    return number, []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_power_cut_loses_nothing_acknowledged(scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = scenarios.recorded(SCENARIOS[scenario], tmp_path, monkeypatch)
    monkeypatch.setattr(files, "sync", no_sync)
    states, complaints = _first_complaint(crashes(tape), tmp_path, _wrong_library, _after_adding, go_on=3)

    assert complaints == []
    assert states > 4


@pytest.mark.parametrize("name", SCENES)
def test_a_power_cut_loses_nothing_in_vaults_and_between_libraries(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = SCENES[name]
    tape = scenes.recorded(scene, tmp_path / "place", monkeypatch)
    monkeypatch.setattr(files, "sync", no_sync)
    step = 1 if name in SMALL else ONE_IN
    states, complaints = _first_complaint(
        islice(crashes(tape), 0, None, step), tmp_path, scene.wrong, scene.after, go_on=4
    )

    assert complaints == []
    assert states > 4


Record = Callable[[Path, pytest.MonkeyPatch, str | None], Tape]


def _shows() -> Iterator[tuple[Record, Wrong, After]]:
    for scenario in SCENARIOS.values():
        yield partial(scenarios.recorded, scenario), _wrong_library, _after_adding
    for name in SMALL:
        yield partial(scenes.recorded, SCENES[name]), SCENES[name].wrong, SCENES[name].after


def test_every_sync_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sync left out in turn: an explorer that could not see that would prove nothing."""
    asked: set[str] = set()
    needed: set[str] = set()
    # The smallest first: what is seen to be needed there is not left out again in a longer one.
    for number, (recorded, wrong, after) in enumerate(reversed(list(_shows()))):
        sites = set(recorded(tmp_path / f"{number}", monkeypatch, None).sites)
        asked |= sites
        for at, site in enumerate(sorted(sites - needed)):
            place = tmp_path / f"{number} without {at}"
            tape = recorded(place, monkeypatch, site)
            with monkeypatch.context() as quick:
                quick.setattr(files, "sync", no_sync)
                _, complaints = _first_complaint(crashes(tape), place, wrong, after, go_on=2)
            needed |= {site} if complaints else set()

    assert asked - needed == set()
    assert len(needed) > 12
