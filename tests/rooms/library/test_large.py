"""A file too large to be read is kept all the same, and streamed: memory does not hold it."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

from tests.strategies.libraries import READER

from remnant.library.adding import add
from remnant.library.listing import unread
from remnant.library.opening import Library
from remnant.library.readings import READ_UP_TO

SIZE = READ_UP_TO + 2**20


def test_a_file_too_large_to_read_is_kept_in_little_memory(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(SIZE)
    tracemalloc.start()
    added = add(library, [path])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [original.size for original in added.kept] == [SIZE]
    assert [one.why for one in unread(library, READER)] == ["Not read: it is larger than 64 MiB."]
    assert not added.unread[0].again
    assert most < SIZE // 4
    assert library.shelf.path_of(added.kept[0].digest).stat().st_size == SIZE
