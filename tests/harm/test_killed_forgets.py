"""A whole forgetting, killed: the next run ends it, it is nowhere, and nothing else is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.durability.drills import Drill, forgotten, one_to_forget, prepared, tried
from tests.harm import tracing

DRILL = Drill("forget", one_to_forget, ("wish", "WORK", "forget", "--yes"), forgotten, ends=(0, 1, 3))
SHARES = (0.35, 0.75)
"""Where of its way it is killed; `python -m bench.durability kill-commands --only forget away` tries all of it."""


@pytest.mark.strace
@pytest.mark.skipif(not tracing.may_trace(), reason="no process may trace another here")
def test_a_forgetting_killed_on_its_way_is_ended_by_the_next_run(tmp_path: Path) -> None:
    base, place = tmp_path / "base", tmp_path / "try"
    words = prepared(DRILL, base, place)
    quiet = tried(DRILL, base, words, place, 0)
    calls = len(tracing.calls(place.with_suffix(".calls")))

    assert quiet["wrong"] == []
    assert calls > 100
    for share in SHARES:
        killed = tried(DRILL, base, words, place, int(share * calls))
        assert killed["reached"]
        assert killed["wrong"] == [], killed["at"]
