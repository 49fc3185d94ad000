"""A lock is held by one, says by whom, and dies with its holder."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from remnant.durable.locks import hold, is_held
from remnant.errors import BusyError

HOLDER = """
import sys
from pathlib import Path
from remnant.durable.locks import hold
with hold(Path(sys.argv[1]), "adding files"):
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_another_process_is_told_who_holds_it(tmp_path: Path) -> None:
    process = _holder(tmp_path / "lock")
    try:
        with (
            pytest.raises(BusyError, match=rf"Process {process.pid} on .* is adding files\.") as busy,
            hold(tmp_path / "lock", "checking", patience=0),
        ):
            pass
    finally:
        _end(process)

    assert busy.value.exit_code == 5


def test_a_kill_releases_it(tmp_path: Path) -> None:
    process = _holder(tmp_path / "lock")
    held = is_held(tmp_path / "lock")
    _end(process)

    assert held
    with hold(tmp_path / "lock", "checking", patience=5):
        assert is_held(tmp_path / "lock")
    assert not is_held(tmp_path / "lock")


def test_threads_of_one_process_take_turns(tmp_path: Path) -> None:
    counter = [0]

    def add() -> None:
        for _ in range(50):
            with hold(tmp_path / "lock", "counting"):
                before = counter[0]
                counter[0] = before + 1

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counter[0] == 200


def test_a_lock_nobody_made_is_held_by_nobody(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "lock")
