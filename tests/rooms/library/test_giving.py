"""An export lays books beside what is there, never over it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.strategies.libraries import READER, story

from remnant.durable import files
from remnant.library.giving import export
from remnant.library.opening import Library

Put = Callable[..., tuple[str, ...]]


def test_a_link_that_leads_nowhere_is_left_as_it_is(library: Library, put: Put, tmp_path: Path) -> None:
    put(story("One"))
    [path] = export(library, READER, "", "txt", tmp_path / "out", dry_run=True).written
    path.parent.mkdir()
    path.symlink_to(tmp_path / "elsewhere")
    for dry in (True, False):
        made = export(library, READER, "", "txt", tmp_path / "out", dry_run=dry)

        assert made.written == ()
        assert "left as it is" in made.passed[0].why
    assert path.is_symlink()
    assert not (tmp_path / "elsewhere").exists()


def test_what_comes_between_the_look_and_the_writing_is_left_as_it_is(
    library: Library, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(story("One"))
    [path] = export(library, READER, "", "txt", tmp_path / "out", dry_run=True).written
    write = files.write_new

    def somebody_is_faster(draft: Path, data: bytes, mode: int = 0o666) -> None:
        write(draft, data, mode)
        path.write_bytes(b"dear")

    monkeypatch.setattr(files, "write_new", somebody_is_faster)
    made = export(library, READER, "", "txt", tmp_path / "out")

    assert made.written == ()
    assert "left as it is" in made.passed[0].why
    assert path.read_bytes() == b"dear"
    assert os.listdir(path.parent) == [path.name]


def test_where_there_are_no_links_books_are_written_all_the_same(
    library: Library, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_source: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    put(story("One"))
    with monkeypatch.context() as stick:
        stick.setattr(os, "link", no_links)
        [path] = export(library, READER, "", "txt", tmp_path / "out").written

    assert export(library, READER, "", "txt", tmp_path / "out").same == (path,)
    assert os.listdir(path.parent) == [path.name]
