"""Killed at any step: the library is as it was or as it should be, and the next adder needs no help."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.harm.judging import after_going_on, arrived, complaints_of, prepared
from tests.strategies.keep import NOW, no_sync

from remnant.durable import files
from remnant.keep.folder import Folder, create, open_folder
from remnant.model import Digest

ADDER = """
import io, os, sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from remnant.durable import files
from remnant.keep.folder import open_folder
from remnant.keep.journal import Arrived, Journal
from remnant.keep.readers import ReaderFile
from remnant.keep.sealing import Sealing, seal
from remnant.model import Arrival, Digest, Original, Seen

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
# In one thread: strace counts the calls of each thread by itself.
files.many = lambda jobs: [job() for job in jobs]
folder = open_folder(Path(sys.argv[1]))
say = open(sys.argv[2], "w", buffering=1)
sealings = [
    Sealing(partial(io.BytesIO, data), partial(Arrival, door="file", name="story.txt", at=NOW))
    for data in (b"two", b"harmed", b"one")
]
for word in seal(folder, sealings, lambda: NOW, batch=2):
    say.write(word.arrival.original.digest.hex + "\\n")
Journal(folder).append([Arrived(Arrival(Original(Digest.of(b"one"), 3), "file", "b.txt", NOW))], NOW)
say.write("journal\\n")
ReaderFile(folder, "ada").see("Torchwood", Seen("Day 1"), NOW)
say.write("reader\\n")
"""

STRACE = shutil.which("strace")
CALLS = ["mkdir", "rename", "fsync", "write", "unlink", "rmdir"]


def _kinds(call: str) -> str:
    """A call under every name that some machine has for it."""
    names = {"rename": ["rename", "renameat", "renameat2"], "unlink": ["unlink", "unlinkat"], "rmdir": ["rmdir"]}
    return ",".join(f"?{name}" for name in names.get(call, [call, f"{call}at"]))


def _killed_at(folder: Folder, call: str, nth: int, said: Path) -> bool:
    """Whether the adder was killed as it made its nth call of this kind."""
    inject = f"inject={_kinds(call)}:signal=KILL:when={nth}"
    command = [str(STRACE), "-qq", "-f", "-e", f"trace={_kinds(call)}", "-e", inject, "-o", os.devnull]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, sys.executable, "-c", ADDER, str(folder.path), str(said)],
        env=environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, -signal.SIGKILL, 128 + signal.SIGKILL), done.stderr.decode()
    return done.returncode != 0


def _words(said: Path) -> list[object]:
    known: dict[str, object] = {"journal": arrived("b.txt"), "reader": "Day 1"}
    lines = said.read_text().splitlines() if said.exists() else []
    return [known.get(line) or Digest(line) for line in lines]


@pytest.mark.strace
@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
@pytest.mark.parametrize("call", CALLS)
def test_a_kill_at_any_step_loses_nothing_acknowledged(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = prepared(tmp_path / "base")
    monkeypatch.setattr(files, "sync", no_sync)
    nth, killed, at_all = 0, True, 0
    while killed:
        nth += 1
        place = tmp_path / str(nth)
        shutil.copytree(base.path, place)
        killed = _killed_at(open_folder(place), call, nth, tmp_path / f"{nth}.said")
        at_all += killed
        folder, words = open_folder(place), _words(tmp_path / f"{nth}.said")
        assert complaints_of(folder, words) == [], f"{call} {nth}"
        assert after_going_on(folder) == [], f"{call} {nth}"
        assert complaints_of(folder, words) == [], f"{call} {nth}"
        shutil.rmtree(place)

    assert at_all > 0


MAKER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from remnant.keep.folder import create
create(Path(sys.argv[1]), datetime(2026, 3, 1, tzinfo=UTC))
"""


@pytest.mark.strace
@pytest.mark.skipif(STRACE is None, reason="strace is not installed")
@pytest.mark.parametrize("nth", [1, 3, 8, 12, 20, 30])
def test_a_library_whose_maker_was_killed_can_be_made(nth: int, tmp_path: Path) -> None:
    inject = f"inject=fsync:signal=KILL:when={nth}"
    command = [str(STRACE), "-qq", "-f", "-e", "trace=fsync", "-e", inject, "-o", os.devnull]
    subprocess.run([*command, sys.executable, "-c", MAKER, str(tmp_path / "library")], capture_output=True, check=False)
    folder = create(tmp_path / "library", NOW)

    assert after_going_on(folder) == []
