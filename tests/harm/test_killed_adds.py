"""An `add` killed at any moment: what was promised is whole, and the next run goes on as if nothing had been."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.harm import commands
from tests.strategies.libraries import READER, library_at, shared_pool, story, write_all, zipped

from remnant.keep.folder import open_folder
from remnant.keep.ledger import Ledger
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.model import Digest

STORIES = [story(f"Story {number}", "Ann", f"The rain came down {number} times.") for number in range(24)]


def came_in(place: Path) -> Path:
    folder = write_all(place / "in", STORIES)
    zipped(folder / "more.zip", {"zipped.txt": story("Zipped")})
    return folder


def promised(library: Path) -> set[Digest]:
    try:
        return set(Ledger(open_folder(library)).promised())
    except Exception:  # noqa: BLE001 - killed before there was a library
        return set()


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared_pool() as pool:
        yield pool


def assert_all_is_well(place: Path, came: Path, pool: Pool) -> None:
    """The next run completes, nothing promised is lost, and all is as after one quiet run."""
    before = promised(place)
    with library_at(place, pool) as library:
        add(library, [came])

        assert check(library).harmed == ()
        assert before <= promised(place)
        assert search(library, READER).total == len(STORIES) + 1
        assert add(library, [came]).kept == ()
        grown = library.index().dump()
        rebuild(library)
        assert library.index().dump() == grown


@pytest.mark.parametrize("share", [0.15, 0.3, 0.45, 0.6, 0.75, 0.9])
def test_a_killed_add_loses_nothing_that_was_promised(
    share: float, tmp_path: Path, quiet_seconds: float, pool: Pool
) -> None:
    library, came = tmp_path / "library", came_in(tmp_path)
    adding = commands.begin(library, "add", str(came))
    time.sleep(share * quiet_seconds)
    adding.kill()
    adding.communicate()

    assert_all_is_well(library, came, pool)


@pytest.fixture(scope="module")
def quiet_seconds(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long one undisturbed run takes here."""
    place = tmp_path_factory.mktemp("quiet")
    began = time.monotonic()
    commands.run(place / "library", "add", str(came_in(place)))
    return time.monotonic() - began


def test_ctrl_c_ends_tidily_and_the_next_run_goes_on(tmp_path: Path, quiet_seconds: float, pool: Pool) -> None:
    library, came = tmp_path / "library", came_in(tmp_path)
    adding = commands.begin(library, "add", str(came))
    time.sleep(0.6 * quiet_seconds)
    os.killpg(adding.pid, signal.SIGINT)
    _, err = adding.communicate(timeout=60)

    assert adding.returncode in (0, 130)
    assert b"Traceback" not in err
    assert_all_is_well(library, came, pool)


CALLS = {
    "rename": (1, 3, 9),
    "fsync": (1, 6, 20, 60),
    "mkdir": (5, 30),
    "pwrite64": (2, 9),
    "unlink": (1, 4),
    "ftruncate": (1, 3),
    "write": (30, 120),
}


def kills() -> Iterator[tuple[str, int]]:
    return ((call, when) for call, times in CALLS.items() for when in times)


@pytest.mark.strace
@pytest.mark.parametrize(("call", "when"), list(kills()))
def test_an_add_killed_at_a_system_call_loses_nothing(call: str, when: int, tmp_path: Path, pool: Pool) -> None:
    if not _may_trace():
        pytest.skip("strace is not here, or may not trace")
    library, came = tmp_path / "library", came_in(tmp_path)
    strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}"]
    adding = commands.begin(
        library, "add", str(came), before=[*strace, "-e", f"inject={call}:signal=SIGKILL:when={when}"]
    )
    adding.communicate(timeout=120)

    assert_all_is_well(library, came, pool)


def _may_trace() -> bool:
    return (
        bool(shutil.which("strace"))
        and not subprocess.run(
            ["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True, check=False
        ).returncode
    )
