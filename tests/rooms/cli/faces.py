"""The command line with a library of its own to speak of."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from remnant.cli import main as face

Do = Callable[..., tuple[int, str, str]]
"""Does one command: its exit code, its result, its remarks."""


def speaking_of(library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Do:
    """Commands of this library, by one worker."""
    monkeypatch.setenv("REMNANT_LIBRARY", str(library))
    monkeypatch.setenv("REMNANT_JOBS", "1")

    def done(*words: object) -> tuple[int, str, str]:
        code = face.main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, out, err

    return done


def answered(do: Do, *words: object) -> dict[str, Any]:
    code, out, err = do(*words, "--json")
    assert code == 0, err
    answer = json.loads(out)
    assert isinstance(answer, dict)
    assert answer["v"] == 1
    return answer


def work_of(do: Do, query: str) -> str:
    return str(answered(do, "find", query)["works"][0]["work"])
