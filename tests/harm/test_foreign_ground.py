"""Disks that are not like ours: no links, no syncing of folders, no locks, names folded, nothing may be written.

What cannot be mounted here is played by the calls that such a disk refuses.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.harm.commands import run
from tests.strategies.keep import NOW, library, put, put_all, sealing
from tests.strategies.vaults import pushed, stories, troubles, vault_of

from remnant.durable import files
from remnant.errors import RefusedError, SuspectVolumeError
from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder
from remnant.keep.readers import ReaderFile
from remnant.keep.shelf import Shelf
from remnant.model import Digest, Seen

ODD_NAMES = [
    "A" * 5000,
    "\udcff\udc80.txt",
    "Naïve.TXT",
    "NAÏVE.txt",
    "nai\u0308ve.txt",
    "CON",
    "a:b?.txt",
    "..",
    "a\nb",
]
"""Too long for any disk, undecodable, the same but for case or composition, or not to be written elsewhere."""


def _refusing(call: Callable[..., object], number: int) -> Callable[..., object]:
    def refused(*_given: object, **_named: object) -> object:
        raise OSError(number, os.strerror(number))

    return refused


def _is_whole(folder: Folder) -> bool:
    return {verdict.grade for verdict in Audit(folder).verdicts()} == {Grade.WHOLE}


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP, errno.EMLINK])
def test_where_there_are_no_links_everything_works(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", _refusing(os.link, number))
    folder = library(tmp_path)
    put(folder, *stories(3, 200))
    vault = vault_of(folder, tmp_path / "vault", "usb")
    pushed(folder, vault)
    files.add_new(tmp_path / "new.txt", b"new")

    assert _is_whole(folder)
    assert troubles(folder, vault) == []
    assert (tmp_path / "new.txt").read_bytes() == b"new"
    with pytest.raises(FileExistsError):
        files.add_new(tmp_path / "new.txt", b"other")


def _no_sync_of_folders(descriptor: int) -> None:
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


def test_where_a_folder_cannot_be_synced_everything_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", _no_sync_of_folders)
    folder = library(tmp_path)
    put(folder, b"one")

    assert _is_whole(folder)
    assert not folder.suspect.exists()


@pytest.mark.parametrize("number", [errno.EIO, errno.EINVAL])
def test_a_file_that_cannot_be_synced_is_no_such_thing(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library(tmp_path)
    monkeypatch.setattr(os, "fsync", _refusing(os.fsync, number))
    with pytest.raises(SuspectVolumeError):
        put(folder, b"one")

    assert folder.suspect.exists()


def test_a_folder_that_the_disk_could_not_write_is_no_such_thing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", _refusing(os.fsync, errno.EIO))
    with pytest.raises(SuspectVolumeError):
        files.sync_path(tmp_path)


def test_where_there_are_no_locks_nothing_is_written_and_it_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library(tmp_path)
    put(folder, b"one")
    monkeypatch.setattr(fcntl, "flock", _refusing(fcntl.flock, errno.ENOLCK))
    with pytest.raises(RefusedError, match="No locks available"):
        put(folder, b"two")

    assert _is_whole(folder)


def test_every_name_is_plain_and_none_differs_by_case_alone(tmp_path: Path) -> None:
    """So a library can be copied to any disk and back."""
    folder = library(tmp_path)
    put_all(folder, [sealing(name.encode("utf-8", "surrogateescape"), name) for name in ODD_NAMES])
    for name in ("Ann", "ann", "ÄNN", "a" * 90):
        ReaderFile(folder, name).see("Torchwood", Seen("Day One"), NOW)
    pushed(folder, vault_of(folder, tmp_path / "vault", "usb"))
    names = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")]
    folded = {unicodedata.normalize("NFC", name).casefold() for name in names}

    assert len(folded) == len(names)
    assert all(name.isascii() and not set(name) & set('<>:"\\|?*') for name in names)
    assert max(len(part) for name in names for part in name.split("/")) < 200
    assert len(list(Shelf(folder).objects())) == len(
        {Digest.of(name.encode("utf-8", "surrogateescape")) for name in ODD_NAMES}
    )


def test_a_library_that_may_only_be_read_is_checked_searched_and_taken_from(tmp_path: Path) -> None:
    """Through the command line, where not even the owner may write: as on a disc, if whoever runs this is not root."""
    place = tmp_path / "library"
    came = tmp_path / "in"
    came.mkdir()
    (came / "ferry.txt").write_text("Title: The Ferry\nAuthor: Ann\n\nIt rained on the ferry.\n")
    run(place, "add", str(came))
    for path in (place, *place.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        assert "every one is whole" in run(place, "check")
        assert "The Ferry" in run(place, "find", "ferry")
        run(place, "export", "ferry", "--to", "txt", str(tmp_path / "out"))
        assert "rained" in next((tmp_path / "out").iterdir()).read_text()
    finally:
        for path in (place, *place.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)
