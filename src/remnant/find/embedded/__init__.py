"""The index that needs nothing started: a SQLite catalogue and a tantivy text index in one folder.

A second writer is refused with BusyError by the text engine's own lock; the library's lock comes before it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from remnant.find.embedded import schema, stamp, wholeness
from remnant.find.embedded.index import ReadingIndex, WritingIndex
from remnant.find.embedded.opened import TEXT
from remnant.find.embedded.setting_apart import set_apart
from remnant.find.embedded.sound import catalogue_sound
from remnant.find.embedded.texts import Texts
from remnant.find.port import Index, IndexStale

__all__ = ["create", "is_doubted", "making_again", "open_to_read", "open_to_write", "set_apart"]


def create(folder: Path) -> None:
    """Make an empty index in place of whatever is there; processes that read the old one go over to it."""
    stamp.write(folder, _made(folder))


def open_to_read(folder: Path) -> Index:
    """Open for questions, beside a writer or not; IndexStale if there is no index of ours. Threads may share it."""
    return ReadingIndex(folder)


def open_to_write(folder: Path) -> Index:
    """Open for questions and writing; BusyError while another process writes, IndexStale as for reading."""
    return WritingIndex(folder, stamp.read(folder))


def is_doubted(folder: Path) -> bool:
    """Whether somebody met damage in the index that is there: it answers what it can until it is made again."""
    try:
        return wholeness.is_doubted(stamp.read(folder).data)
    except IndexStale:
        return False


@contextmanager
def making_again(folder: Path) -> Iterator[Index]:
    """A new empty index beside the old; readers go over to it when the block ends well, and else it is dropped.

    Only what was committed in the block counts.
    """
    data = _made(folder)
    try:
        index = WritingIndex(folder, stamp.Stamp(data, stamp.NOWHERE), held=True)
        try:
            yield index
        finally:
            index.close()
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        raise
    stamp.write(folder, data)


def _made(folder: Path) -> Path:
    data = stamp.new_data(folder)
    with catalogue_sound():
        schema.make(data)
    Texts.make(data / TEXT)
    return data
