"""The index that needs nothing started: a SQLite catalogue and a tantivy text index in one folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remnant.find.port import Index


def create(folder: Path) -> None:
    """Make an empty index in place of whatever is there; processes that read the old one go over to it."""
    raise NotImplementedError


def open_to_read(folder: Path) -> Index:
    """Open for questions, beside a writer or not; IndexStale if there is no index of ours. Threads may share it."""
    raise NotImplementedError


def open_to_write(folder: Path) -> Index:
    """Open for questions and writing; BusyError while another process writes, IndexStale as for reading."""
    raise NotImplementedError


@contextmanager
def making_again(folder: Path) -> Iterator[Index]:
    """A new empty index beside the old; readers go over to it when the block ends well, and else it is dropped."""
    raise NotImplementedError
