"""What tests of the command line share: a library that does not veil, two stories, and Ctrl-C left as it was."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rooms.cli.faces import Do, speaking_of
from tests.strategies.libraries import story, write_all

STORY = (
    b"Title: The Ferry\nAuthor: Ann\nRating: PG-13\nWarnings: sad\n\nSpoilers: Season Two\n\n"
    b"The rain came down on the last ferry.\n\nNobody came.\n"
)


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Do:
    monkeypatch.delenv("REMNANT_READER", raising=False)
    do = speaking_of(tmp_path / "library", monkeypatch, capsys)

    def done(*words: object) -> tuple[int, str, str]:
        answer = do(*words)
        if words[0] == "add" and (tmp_path / "library").exists():
            # Who asks here minds no spoilers: what is veiled has tests of its own.
            do("seen", "*", "--dont-mind")
        return answer

    return done


@pytest.fixture
def came(tmp_path: Path) -> Path:
    return write_all(tmp_path / "in", [STORY, story("Other", "Bob", "Sunshine all day.")])


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    before = signal.getsignal(signal.SIGINT)
    yield
    assert signal.getsignal(signal.SIGINT) == before
