"""Whenever the power fails: nothing acknowledged is lost, nothing half made is seen, and adding goes on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.harm.judging import after_going_on, complaints_of
from tests.harm.power import Tape, crashes, lay_out
from tests.harm.scenarios import SCENARIOS, recorded
from tests.strategies.keep import no_sync

from remnant.durable import files
from remnant.keep.folder import open_folder


def _first_complaint(tape: Tape, path: Path, go_on: int) -> tuple[int, list[str]]:
    """How many states were looked at, and what was wrong with the first bad one; adding goes on in every nth."""
    number = 0
    for number, (tree, words) in enumerate(crashes(tape), 1):
        state = path / "state"
        lay_out(tree, state)
        found = open_folder(state)
        complaints = complaints_of(found, words)
        if not complaints and number % go_on == 0:
            complaints = after_going_on(found) or complaints_of(found, words)
        if complaints:
            return number, complaints
        shutil.rmtree(state)
    return number, []


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_power_cut_loses_nothing_acknowledged(scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tape = recorded(SCENARIOS[scenario], tmp_path, monkeypatch)
    monkeypatch.setattr(files, "sync", no_sync)
    states, complaints = _first_complaint(tape, tmp_path, go_on=3)

    assert complaints == []
    assert states > 4


def test_every_sync_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sync left out in turn: an explorer that could not see that would prove nothing."""
    idle: dict[str, None] = {}
    needed: set[str] = set()
    for number, scenario in enumerate(SCENARIOS.values()):
        for site in sorted(set(recorded(scenario, tmp_path / f"{number}", monkeypatch).sites) - needed):
            place = tmp_path / f"{number} without {len(idle)} {len(needed)}"
            tape = recorded(scenario, place, monkeypatch, site)
            with monkeypatch.context() as quick:
                quick.setattr(files, "sync", no_sync)
                _, complaints = _first_complaint(tape, place, go_on=2)
            idle[site] = None
            needed |= {site} if complaints else set()

    # What `replace` promises by itself, the append that follows in this one place promises again.
    spare = {site for site in idle if site.startswith("files.replace") and "chain_writer._put" in site}
    assert [site for site in idle if site not in needed | spare] == []
    assert len(needed) > 12
