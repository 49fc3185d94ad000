"""What changes a library, in short scenes, each of which says what was acknowledged when."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.harm.judging import OTHER, arrived, prepared
from tests.harm.power import Tape, even_dice, record
from tests.strategies.keep import NOW, now, sealing

from remnant.keep.chain import link
from remnant.keep.folder import Folder
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


def _adding(many: int) -> Scenario:
    def add(folder: Folder, tape: Tape) -> None:
        coming = [b"one", b"harmed", *(b"many %d" % number for number in range(many))]
        for word in seal(folder, map(sealing, coming), now):
            assert isinstance(word, Kept)
            tape.acknowledge(word.arrival.original.digest)

    return add


SCENARIOS: dict[str, Scenario] = {
    "promise after a kill": _promise_after_a_kill,
    "say after a kill": _say_after_a_kill,
    "journal": _journal,
    "read": _read,
    "add": _add,
    "add after a crash": _add_after_a_crash,
    "mend": _mend,
}


AT_ONCE: dict[str, Scenario] = {"add several at once": _adding(2), "add many at once": _adding(6)}
"""With threads, where much is under way at every moment. Too many states for every day."""


def recorded(
    scenario: Scenario, path: Path, patch: pytest.MonkeyPatch, skip: str | None = None, threads: int = 1
) -> Tape:
    """What a scenario asks of the disk, in a library of its own; syncs asked for at the place `skip` are left out."""
    path.mkdir(exist_ok=True)
    with even_dice(patch):
        folder = prepared(path)
        if scenario is _add_after_a_crash:
            with _ledger(folder).open("ab") as file:
                file.write(TORN)
        with record(folder.path, patch, skip, threads) as tape:
            scenario(folder, tape)
    return tape
