"""A library that each module of tests fills once, in `kept`, and each test has a copy of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from remnant.library.opening import Library, open_library
from remnant.library.watching import utc_now


@pytest.fixture
def library(tmp_path: Path, kept: Path) -> Iterator[Library]:
    shutil.copytree(kept, tmp_path / "library")
    with open_library(tmp_path / "library", utc_now()) as opened:
        yield opened
