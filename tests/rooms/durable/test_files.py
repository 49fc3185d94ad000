"""What is written is whole or not there, and a disk that will not confirm is not asked again."""

from __future__ import annotations

import errno
import os
from functools import partial
from pathlib import Path

import pytest

from remnant.durable import files
from remnant.errors import SuspectVolumeError


def test_replacing_leaves_the_new_bytes_and_nothing_beside_them(tmp_path: Path) -> None:
    files.replace(tmp_path / "a", b"old")
    files.replace(tmp_path / "a", b"new")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"new"}


def test_a_draft_left_by_a_killed_writer_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "draft").write_bytes(b"left behind, and longer than what comes")
    files.replace(tmp_path / "a", b"new", draft=tmp_path / "draft")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"new"}


def test_a_write_that_fails_leaves_the_old_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files.replace(tmp_path / "a", b"old")
    monkeypatch.setattr(os, "rename", _full)

    with pytest.raises(OSError, match="No space"):
        files.replace(tmp_path / "a", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a": b"old"}


def test_a_file_is_never_written_over_by_mistake(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")

    with pytest.raises(FileExistsError):
        files.write_new(tmp_path / "a", b"other")
    assert (tmp_path / "a").read_bytes() == b"mine"


def test_appending_adds_to_the_end(tmp_path: Path) -> None:
    files.append(tmp_path / "a", b"one\n")
    files.append(tmp_path / "a", b"two\n")

    assert (tmp_path / "a").read_bytes() == b"one\ntwo\n"


def test_exchanging_swaps_two_folders(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    files.exchange(tmp_path / "a", tmp_path / "b")

    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["a"]


def test_a_sync_that_fails_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(os, "fsync", partial(_broken, asked))

    with pytest.raises(SuspectVolumeError, match="did not confirm"):
        files.write_new(tmp_path / "a", b"bytes")
    assert len(asked) == 1


def test_a_short_write_is_carried_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole(descriptor, data[:3]))
    files.write_new(tmp_path / "a", b"a longer text")

    assert (tmp_path / "a").read_bytes() == b"a longer text"


def test_of_many_jobs_the_failure_is_raised_and_the_results_keep_their_order() -> None:
    assert files.many([lambda: 1, lambda: 2]) == [1, 2]
    with pytest.raises(OSError, match="No space"):
        files.many([lambda: 1, _full])


def _full(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _broken(asked: list[int], descriptor: int) -> None:
    asked.append(descriptor)
    raise OSError(errno.EIO, os.strerror(errno.EIO))
