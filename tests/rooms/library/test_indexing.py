"""The index is written only where writing is allowed, and leaves nothing lying about."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.strategies.keep import files_of
from tests.strategies.libraries import READER, library_at, story

from remnant.durable import files
from remnant.errors import NewerFormatError, RefusedError, SuspectVolumeError
from remnant.keep.folder import MARKER
from remnant.library import indexing
from remnant.library.asking import search
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild

Put = Callable[..., tuple[str, ...]]


@pytest.mark.parametrize("gone", [False, True])
def test_in_a_newer_library_no_index_is_written(
    library: Library, put: Put, workers: Pool, tmp_path: Path, gone: bool
) -> None:
    put(story("One"))
    library.let_go_of_index()
    (library.path / MARKER).rename(library.path / "0=remnant_library_2")
    if gone:
        shutil.rmtree(library.folder.index)
    before = files_of(library.path)
    with library_at(library.path, workers) as newer:
        with pytest.raises(NewerFormatError):
            rebuild(newer)
        assert indexing.is_behind(newer) is gone
        if gone:
            with pytest.raises(NewerFormatError):
                indexing.catch_up(newer)

    assert files_of(library.path) == before


def test_on_a_suspect_disk_no_index_is_written(library: Library, put: Put) -> None:
    put(story("One"))
    library.folder.suspect.write_bytes(b"")
    before = files_of(library.path)

    with pytest.raises(SuspectVolumeError):
        rebuild(library)
    assert search(library, READER).total == 1
    assert files_of(library.path) == before


def test_a_file_in_the_place_of_the_index_is_refused_in_words(library: Library, put: Put) -> None:
    put(story("One"))
    library.let_go_of_index()
    shutil.rmtree(library.folder.index)
    library.folder.index.write_bytes(b"")

    with pytest.raises(RefusedError, match="cannot be written"):
        indexing.catch_up(library)
    with pytest.raises(RefusedError, match="cannot be written"):
        rebuild(library)


def test_a_stopped_index_is_refused_as_anything_else_is() -> None:
    assert indexing.Stale.exit_code == RefusedError.exit_code


def test_a_kill_while_the_catalogue_is_written_leaves_nothing_beside_it(
    library: Library, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts: list[Path] = []
    write = files.write_new

    def written(path: Path, data: bytes, mode: int = 0o666) -> None:
        drafts.append(path)
        write(path, data, mode)

    monkeypatch.setattr(files, "write_new", written)
    put(story("One"))

    assert library.folder.staging / "catalogue.tsv.part" in drafts
    assert not [path for path in drafts if path.parent == library.path]
    assert not [name for name in os.listdir(library.path) if name.endswith(".part")]
