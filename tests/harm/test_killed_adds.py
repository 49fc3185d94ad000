"""An `add` killed at any moment: what was promised is whole, and the next run goes on as if nothing had been."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.harm import commands, killing, tracing
from tests.strategies.libraries import shared_pool, story, write_all, zipped

from remnant.library.pool import Pool

STORIES = [story(f"Story {number}", "Ann", f"The rain came down {number} times.") for number in range(24)]


def came_in(place: Path) -> Path:
    folder = write_all(place / "in", STORIES)
    zipped(folder / "more.zip", {"zipped.txt": story("Zipped")})
    return folder


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared_pool() as pool:
        yield pool


def assert_all_is_well(place: Path, came: Path, pool: Pool) -> None:
    """The next run completes, nothing promised is lost, and all is as after one quiet run."""
    assert killing.wrong_after_going_on(place, came, pool, works=len(STORIES) + 1) == []


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


SPREAD = 10
"""How many of all steps are tried here, beside the named; `bench.durability kill-commands --only add` tries more."""

NAMED = ("fsync ledger/*.jsonl", "rename catalogue.tsv")


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """At which call an undisturbed run does something for the first time."""
    place = tmp_path_factory.mktemp("steps")
    ended = killing.meddled(place / "library", killing.coming(place), 0)

    assert ended.code == 0
    return killing.one_of_each(ended.calls)


@pytest.mark.strace
@pytest.mark.skipif(not tracing.may_trace(), reason="no process may trace another here")
@pytest.mark.parametrize("step", [*range(SPREAD), *NAMED])
def test_an_add_killed_at_any_step_loses_nothing(
    step: int | str, tmp_path: Path, steps: dict[str, int], pool: Pool
) -> None:
    library, came = tmp_path / "library", killing.coming(tmp_path)
    for nth in _chosen(step, steps):
        ended = _killed_at(library, came, nth)

        assert ended.reached
        assert killing.wrong_at_once(library) == []
        assert killing.wrong_after_going_on(library, came, pool) == []

        shutil.rmtree(library)


def _killed_at(library: Path, came: Path, nth: int) -> killing.Ended:
    """How many calls a run makes differs by a few from run to run: one that ended before is killed a little earlier."""
    ended = killing.meddled(library, came, nth)
    for earlier in (2, 4, 8):
        if ended.reached:
            break
        shutil.rmtree(library)
        ended = killing.meddled(library, came, nth - earlier)
    return ended


def _chosen(step: int | str, steps: dict[str, int]) -> list[int]:
    """A named step, or one of those spread evenly from the first to the last; in a campaign all between."""
    if isinstance(step, str):
        return [steps[step]]
    numbers = list(steps.values())
    if os.environ.get("REMNANT_TRIES") == "campaign":
        return numbers[step::SPREAD]
    return [numbers[(2 * step + 1) * len(numbers) // (2 * SPREAD)]]
