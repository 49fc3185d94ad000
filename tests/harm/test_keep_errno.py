"""Whatever the disk refuses, at whichever step: no false success, nobody else harmed, and it works once put right."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.harm.judging import after_going_on, arrived, complaints_of, prepared
from tests.strategies.keep import NOW, no_sync, now, sealing

from remnant.durable import files
from remnant.errors import RemnantError, SuspectVolumeError
from remnant.keep.folder import Folder, open_folder
from remnant.keep.journal import Journal
from remnant.keep.readers import ReaderFile
from remnant.keep.sealing import Kept, seal
from remnant.model import Seen

CALLS = ("open", "write", "fsync", "mkdir", "rename", "unlink", "rmdir", "ftruncate")


class Fault:
    """Lets the changing calls through to the system, and fails the nth of one kind."""

    def __init__(self, name: str, nth: int, number: int, patch: pytest.MonkeyPatch) -> None:
        self.left = nth
        self.number = number
        self.name = name
        self.real = getattr(os, name)
        patch.setattr(os, name, self)

    def __call__(self, *given: Any, **named: Any) -> Any:
        if self.name == "open" and not given[1] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
            return self.real(*given, **named)
        self.left -= 1
        if self.left == 0:
            raise OSError(self.number, os.strerror(self.number), str(given[0]))
        return self.real(*given, **named)


def _everything(folder: Folder, words: list[object]) -> None:
    for word in seal(folder, map(sealing, [b"two", b"harmed", b"one"]), now, batch=2):
        assert isinstance(word, Kept)
        words.append(word.arrival.original.digest)
    Journal(folder).append([arrived("b.txt")], NOW)
    words.append(arrived("b.txt"))
    ReaderFile(folder, "ada").see("Torchwood", Seen("Day 1"), NOW)
    words.append("Day 1")


def _with_fault(folder: Folder, fault: Callable[[pytest.MonkeyPatch], Fault]) -> tuple[Fault, list[object], object]:
    words: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "THREADS", 1)
        patch.setattr(os, "fsync", no_sync)
        planted = fault(patch)
        try:
            _everything(folder, words)
        except RemnantError as error:
            return planted, words, error
    return planted, words, None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES])
@pytest.mark.parametrize("name", CALLS)
def test_no_refused_call_is_taken_for_a_success(name: str, number: int, tmp_path: Path) -> None:
    base = prepared(tmp_path / "base")
    nth = 0
    reached = True
    while reached:
        nth += 1
        folder = open_folder(shutil.copytree(base.path, tmp_path / str(nth)))
        fault, words, error = _with_fault(folder, lambda patch: Fault(name, nth, number, patch))  # noqa: B023
        reached = fault.left <= 0
        suspect = isinstance(error, SuspectVolumeError)
        assert suspect == (name == "fsync" and reached)
        assert folder.suspect.exists() == suspect
        folder.suspect.unlink(missing_ok=True)
        assert complaints_of(folder, words) == [], f"{name} {nth}"
        with pytest.MonkeyPatch.context() as quick:
            quick.setattr(files, "sync", no_sync)
            assert after_going_on(folder) == [], f"{name} {nth}"

    assert nth > 1


def test_a_full_disk_is_spoken_of_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = prepared(tmp_path)
    Fault("write", 3, errno.ENOSPC, monkeypatch)

    with pytest.raises(RemnantError, match=r"The disk is full\. Everything acknowledged is safe\."):
        _everything(folder, [])


def test_what_the_disk_takes_in_no_file_is_refused_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As FAT refuses what has 4 GiB and more."""
    folder, real = prepared(tmp_path), files.write_all

    def write_all(descriptor: int, data: bytes) -> None:
        if b"large" in data:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        real(descriptor, data)

    monkeypatch.setattr(files, "write_all", write_all)
    words = list(seal(folder, map(sealing, [b"first", b"too large", b"last"]), now))
    monkeypatch.undo()

    assert [isinstance(word, Kept) for word in words] == [True, False, True]
    assert "too large for the disk" in str(words[1])
    assert complaints_of(folder, []) == []
    assert list(folder.staging.iterdir()) == []
