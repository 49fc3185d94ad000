"""Whole commands killed, or refused something, on their way: nothing is lost, and done again they do what they are for.

A few steps of each; `python -m bench.durability kill-commands` and `refuse-commands` try all of them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from bench.durability.drills import DRILLS
from tests.harm import commands, tracing
from tests.strategies.libraries import story, write_all

pytestmark = [
    pytest.mark.strace,
    pytest.mark.skipif(not tracing.may_trace(), reason="no process may trace another here"),
]
TRIES = 60 if os.environ.get("REMNANT_TRIES") == "campaign" else 4


@pytest.fixture(scope="module")
def tried() -> dict[str, list[dict[str, Any]]]:
    """What came of each try, by drill: in a process of its own, since whoever forks has no threads."""
    command = [sys.executable, "-m", "bench.durability.sampling", str(TRIES)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in map(json.loads, done.stdout.splitlines()):
        found[one["drill"]].append(one)
    return found


@pytest.mark.parametrize("drill", [drill.name for drill in DRILLS])
def test_a_command_stopped_on_its_way_loses_nothing_and_is_ended_by_the_next(
    drill: str, tried: dict[str, list[dict[str, Any]]]
) -> None:
    assert len(tried[drill]) == TRIES
    assert all(one["reached"] for one in tried[drill])
    assert all(one["of"] > 100 for one in tried[drill])
    assert len({one["at"] for one in tried[drill]}) > 1
    assert [(one["at"], one["wrong"]) for one in tried[drill] if one["wrong"]] == []


_FORKED = """
import sys
from pathlib import Path
from tests.harm import forking
forking.load()
place, log = Path(sys.argv[1]), Path(sys.argv[2])
sys.exit(forking.run(place, "add", "in", meddling=forking.Meddling(place, log, 0)).code)
"""


def test_a_forked_command_makes_the_calls_of_one_that_was_started(tmp_path: Path) -> None:
    """So that what is proved of the one is proved of the other."""
    made = {}
    for how in ("forked", "started"):
        place, log = tmp_path / how, tmp_path / f"{how}.calls"
        write_all(place / "in", [story()])
        begin = [sys.executable, "-m", "tests.harm.tracing", str(place), str(log), "--", *commands.REMNANT, "add", "in"]
        if how == "forked":
            begin = [sys.executable, "-c", _FORKED, str(place), str(log)]
        environ = {**os.environ, "REMNANT_LIBRARY": "library", "REMNANT_JOBS": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        environ["PYTHONPATH"] = os.pathsep.join((os.environ.get("PYTHONPATH", ""), str(Path.cwd())))
        where = place if how == "started" else None
        done = subprocess.run(begin, cwd=where, env=environ, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        made[how] = [call.step for call in tracing.calls(log)]

    assert len(made["forked"]) > 100
    assert set(made["forked"]) == set(made["started"])
