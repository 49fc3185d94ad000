"""One pool of workers for all tests of this room; a library of its own for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.strategies import libraries

from remnant.library.adding import add
from remnant.library.opening import Library
from remnant.library.pool import Pool


@pytest.fixture(scope="session")
def workers() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


@pytest.fixture
def library(workers: Pool, tmp_path: Path) -> Iterator[Library]:
    with libraries.library_at(tmp_path / "library", workers) as library:
        yield library


@pytest.fixture
def put(library: Library, tmp_path: Path) -> Callable[..., tuple[str, ...]]:
    """Add stories; the ids of their works, in the order given."""

    def added(*stories: bytes) -> tuple[str, ...]:
        folder = tmp_path / f"in {len(list(tmp_path.iterdir()))}"
        return add(library, [libraries.write_all(folder, list(stories))], clock=libraries.ticking()).works

    return added
