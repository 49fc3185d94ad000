"""The power cut at any moment of a forgetting: nothing else is lost, and finished, nothing of it is left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.harm.power import crashes, lay_out, record
from tests.strategies.keep import NOW, library, no_sync, now, put
from tests.strategies.unearthing import found_in

from remnant.durable import files
from remnant.keep import pending as note
from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder, open_folder
from remnant.keep.forgetting import take_away
from remnant.keep.journal import Arrived, Forgotten, Journal
from remnant.keep.ledger import Ledger
from remnant.keep.ocfl import object_id
from remnant.keep.pending import Pending
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones, mac_of
from remnant.model import Arrival, Digest, Original

GONE, STAYS = b"gone for good", b"stays"
TORN = "or were cut off in writing"
"""Said of a line that was never acknowledged; the next writer sets it aside."""

STONE, KEY = "0123456789abcdef", "ab" * 32
PENDING = Pending(STONE, (Digest.of(GONE),), ())
SECRETS = [GONE.decode(), Digest.of(GONE).hex, object_id(Digest.of(GONE)).rpartition(":")[2]]


def _prepared(path: Path) -> Folder:
    folder = library(path)
    put(folder, GONE, STAYS)
    again = (Arrival(Original(Digest.of(data), len(data)), "file", "again.txt", NOW) for data in (GONE, STAYS))
    Journal(folder).append(map(Arrived, again), NOW)
    folder.aside.mkdir(exist_ok=True)
    return folder


def _forget(folder: Folder) -> None:
    with folder.writing("wish", "forgetting"):
        note.write(folder, PENDING)
        Journal(folder).append([Forgotten(STONE, KEY, (mac_of(KEY, Digest.of(GONE)),))], NOW)
        take_away(folder, PENDING, now)
        note.clear(folder)


def _wrong(folder: Folder) -> list[str]:
    """What is wrong at once: whatever was not to go is there, proved, and no line is closed unsaid."""
    harms = [verdict.what for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
    wrong = [harm for harm in harms if TORN not in harm]
    wrong += ["what stays is lost"] * (Shelf(folder).check(Digest.of(STAYS)).original is None)
    wrong += ["a promise is gone"] * (Digest.of(STAYS) not in Ledger(folder).promised())
    acts = [entry.act for entry in Journal(folder).acts()]
    arrived = {act.arrival.original.digest for act in acts if isinstance(act, Arrived)}
    return wrong + ["a word is gone"] * (Digest.of(STAYS) not in arrived)


def _finish(folder: Folder) -> None:
    """As whoever finds the note does."""
    if note.read(folder) is None:
        return
    if Tombstones(folder).all():
        take_away(folder, PENDING, now)
    note.clear(folder)


def test_a_power_cut_while_forgetting_loses_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _prepared(tmp_path)
    with record(folder.path, monkeypatch) as tape:
        _forget(folder)
    monkeypatch.setattr(files, "sync", no_sync)
    states = begun = 0
    for states, (tree, _) in enumerate(crashes(tape), 1):
        state = tmp_path / "state"
        lay_out(tree, state)
        found = open_folder(state)

        assert _wrong(found) == [], states
        _finish(found)
        assert _wrong(found) == [], states
        if Tombstones(found).all():
            begun += 1
            assert found_in(state, SECRETS) == {}, states
        else:
            assert Digest.of(GONE) in Ledger(found).promised(), states
        shutil.rmtree(state)

    assert begun > 20
    assert states > begun
