"""Whenever the power fails: nothing acknowledged is lost, nothing half made is seen, and adding goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.harm.judging import OTHER, after_going_on, arrived, complaints_of, prepared
from tests.harm.power import Tape, crashes, lay_out, record
from tests.strategies.keep import NOW, no_sync, now, sealing

from remnant.durable import files
from remnant.keep.chain import link
from remnant.keep.folder import Folder, open_folder
from remnant.keep.journal import Journal
from remnant.keep.ledger import Ledger
from remnant.keep.readers import ReaderFile
from remnant.keep.sealing import Kept, seal
from remnant.model import Seen
from remnant.wire.arrival import original_to_json
from remnant.wire.canonical import time_to_json

TORN = b'{"torn'

Scenario = Callable[[Folder, Tape], None]


def _add(folder: Folder, tape: Tape) -> None:
    for word in seal(folder, map(sealing, [b"two", b"one"]), now):
        assert isinstance(word, Kept)
        tape.acknowledge(word.arrival.original.digest)


def _add_after_a_crash(folder: Folder, tape: Tape) -> None:
    (folder.staging / "run-0").mkdir()
    folder.aside.rmdir()
    tape.acknowledge(TORN)
    _add(folder, tape)


def _promise_after_a_kill(folder: Folder, tape: Tape) -> None:
    """The line stands there, but whoever wrote it was killed before the sync."""
    head = Ledger(folder).heads()[folder.replica]
    lines = link([{"kind": "promise", "at": time_to_json(NOW), **original_to_json(OTHER)}], head)
    _write_unsynced(_ledger(folder), lines)
    Ledger(folder).promise([OTHER], NOW)
    tape.acknowledge(OTHER)


def _ledger(folder: Folder) -> Path:
    return folder.ledger / f"{folder.replica}.jsonl"


def _write_unsynced(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, data)
    os.close(descriptor)


def _mend(folder: Folder, tape: Tape) -> None:
    folder.aside.rmdir()
    for word in seal(folder, [sealing(b"harmed")], now):
        assert isinstance(word, Kept)
        tape.acknowledge(word.arrival.original.digest)


def _journal(folder: Folder, tape: Tape) -> None:
    for name in ("b.txt", "c.txt"):
        Journal(folder).append([arrived(name)], NOW)
        tape.acknowledge(arrived(name))


def _say_after_a_kill(folder: Folder, tape: Tape) -> None:
    """Nor did whoever was killed sync the folder of the file they made."""
    path = folder.journal / f"{folder.replica}.jsonl"
    _write_unsynced(
        path, link([{"kind": "chain", "at": time_to_json(NOW), "chain": "journal", "replica": folder.replica}], None)
    )
    _journal(folder, tape)


def _read(folder: Folder, tape: Tape) -> None:
    for part in ("Day 1", "Day 2"):
        ReaderFile(folder, "ada").see("Torchwood", Seen(part), NOW)
        tape.acknowledge(part)


SCENARIOS: dict[str, Scenario] = {
    "promise after a kill": _promise_after_a_kill,
    "say after a kill": _say_after_a_kill,
    "journal": _journal,
    "read": _read,
    "add": _add,
    "add after a crash": _add_after_a_crash,
    "mend": _mend,
}


def _tape(scenario: Scenario, path: Path, patch: pytest.MonkeyPatch, skip: str | None = None) -> Tape:
    path.mkdir(exist_ok=True)
    folder = prepared(path)
    if scenario is _add_after_a_crash:
        with _ledger(folder).open("ab") as file:
            file.write(TORN)
    with record(folder.path, patch, skip) as tape:
        scenario(folder, tape)
    return tape


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
    tape = _tape(SCENARIOS[scenario], tmp_path, monkeypatch)
    monkeypatch.setattr(files, "sync", no_sync)
    states, complaints = _first_complaint(tape, tmp_path, go_on=3)

    assert complaints == []
    assert states > 4


def test_every_sync_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sync left out in turn: an explorer that could not see that would prove nothing."""
    idle: dict[str, None] = {}
    needed: set[str] = set()
    for number, scenario in enumerate(SCENARIOS.values()):
        for site in sorted(set(_tape(scenario, tmp_path / f"{number}", monkeypatch).sites) - needed):
            place = tmp_path / f"{number} without {len(idle)} {len(needed)}"
            tape = _tape(scenario, place, monkeypatch, site)
            with monkeypatch.context() as quick:
                quick.setattr(files, "sync", no_sync)
                _, complaints = _first_complaint(tape, place, go_on=2)
            idle[site] = None
            needed |= {site} if complaints else set()

    # What `replace` promises by itself, the append that follows in this one place promises again.
    spare = {site for site in idle if site.startswith("files.replace") and "chain_writer._put" in site}
    assert [site for site in idle if site not in needed | spare] == []
    assert len(needed) > 12
