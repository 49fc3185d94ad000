"""Keeping, promising and saying, in short scenes, each of which says what was acknowledged when."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.harm.judging import OTHER, after_going_on, arrived, complaints_of, prepared
from tests.harm.scenes.scene import Scene
from tests.harm.tape import Tape
from tests.strategies.keep import NOW, now, sealing

from remnant.keep import audited
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


def _adding(many: int) -> Scenario:
    def add(folder: Folder, tape: Tape) -> None:
        coming = [b"one", b"harmed", *(b"many %d" % number for number in range(many))]
        for word in seal(folder, map(sealing, coming), now):
            assert isinstance(word, Kept)
            tape.acknowledge(word.arrival.original.digest)

    return add


def _check(folder: Folder, tape: Tape) -> None:
    """What a check found is written down, twice."""
    for folders in (range(16), range(16, 4096)):
        look = audited.Look(NOW, frozenset(folders), frozenset({3}), 2, 9)
        audited.remember(Ledger(folder), look, NOW)
        tape.acknowledge(look)


def _wrong(place: Path, words: list[object]) -> list[str]:
    folder = open_folder(place / "library")
    looks = [word for word in words if isinstance(word, audited.Look)]
    found = audited.audited(Ledger(folder)).looks if looks else ()
    lost = ["a look at the shelf is lost" for look in looks if look not in found]
    return lost + complaints_of(folder, [word for word in words if not isinstance(word, audited.Look)])


def _after(place: Path) -> list[str]:
    folder = open_folder(place / "library")
    return after_going_on(folder) or complaints_of(folder, [])


def _prepare_torn(place: Path) -> None:
    with _ledger(prepared(place)).open("ab") as file:
        file.write(TORN)


def _scene(act: Scenario, prepare: Callable[[Path], object] = prepared) -> Scene:
    return Scene(
        prepare, lambda place, tape: act(open_folder(place / "library"), tape), _wrong, _after, only_looks=True
    )


FEW = {
    "promise after a kill": _scene(_promise_after_a_kill),
    "say after a kill": _scene(_say_after_a_kill),
    "journal": _scene(_journal),
    "read": _scene(_read),
    "check": _scene(_check),
    "add": _scene(_add),
    "add after a crash": _scene(_add_after_a_crash, _prepare_torn),
    "mend": _scene(_mend),
}
"""All their states are few enough for every day."""

AT_ONCE = {"add several at once": _scene(_adding(2)), "add many at once": _scene(_adding(6))}
"""With threads, where much is under way at every moment."""
