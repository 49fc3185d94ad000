"""Looking after the index goes on, whatever one look meets."""

from __future__ import annotations

import threading
from typing import cast

import pytest

from remnant.library.opening import Library
from remnant.web import upkeep


@pytest.mark.parametrize("fault", [OSError, ValueError])
def test_a_look_that_fails_does_not_end_the_looking(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: type[Exception]
) -> None:
    looks: list[None] = []
    again = threading.Event()

    def look(_library: Library) -> bool:
        looks.append(None)
        if len(looks) == 1:
            raise fault("The Ferry.txt")
        again.set()
        return False

    monkeypatch.setattr(upkeep, "is_behind", look)
    monkeypatch.setattr(upkeep, "EVERY", 0.01)
    with upkeep.kept_up(cast(Library, None)):
        came_back = again.wait(5)

    assert came_back
    assert fault.__name__ in caplog.text
    assert "Ferry" not in caplog.text
