"""A library folder is made whole, opened carefully, and never made of somebody's other folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.strategies.keep import NOW, files_of, library, put

from remnant.durable import files
from remnant.errors import DamageError, NewerFormatError, RefusedError, SuspectVolumeError
from remnant.keep.folder import MARKER, Folder, create, open_folder
from remnant.keep.journal import Arrived, Journal
from remnant.keep.ledger import Ledger
from remnant.keep.readers import ReaderFile
from remnant.keep.sealing import Kept
from remnant.keep.shelf import Shelf
from remnant.model import Arrival, Digest, Original, Seen


def test_a_new_library_can_be_opened_again(tmp_path: Path) -> None:
    made = library(tmp_path)

    assert open_folder(made.path) == made
    assert create(made.path, NOW) == made


def test_a_folder_of_somebody_elses_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_bytes(b"dear")

    with pytest.raises(RefusedError, match="is not empty and is no library"):
        create(tmp_path, NOW)
    assert files_of(tmp_path) == {"letter.txt": b"dear"}


@pytest.mark.parametrize("name", ["creating", ".remnant-creating"])
def test_a_file_that_is_called_as_ours_makes_no_library_of_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a poem")
    (tmp_path / "letter.txt").write_bytes(b"dear")

    with pytest.raises(RefusedError, match="is not empty and is no library"):
        create(tmp_path, NOW)
    assert files_of(tmp_path) == {name: b"a poem", "letter.txt": b"dear"}


@pytest.mark.parametrize("place", ["nowhere", "empty", "file"])
def test_what_is_no_library_is_not_opened(tmp_path: Path, place: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()

    with pytest.raises(RefusedError, match="There is no library"):
        open_folder(tmp_path / place)


def test_making_that_was_cut_off_is_finished(tmp_path: Path) -> None:
    library(tmp_path)
    path = tmp_path / "library"
    for name in (MARKER, "README.txt"):
        (path / name).unlink()
    (path / ".remnant-creating").touch()

    with pytest.raises(RefusedError):
        open_folder(path)
    assert put(create(path, NOW), b"story")


def test_a_newer_library_is_read_and_not_written(tmp_path: Path) -> None:
    put(library(tmp_path), b"story")
    (tmp_path / "library" / MARKER).rename(tmp_path / "library" / "0=remnant_library_2")
    before = files_of(tmp_path)
    newer = open_folder(tmp_path / "library")

    assert newer.newer
    assert Shelf(newer).get(Digest.of(b"story")) == b"story"
    assert len(Ledger(newer).promised()) == 1
    with pytest.raises(NewerFormatError):
        put(newer, b"another")
    with pytest.raises(NewerFormatError):
        _write_journal(newer)
    with pytest.raises(NewerFormatError):
        ReaderFile(newer, "ada").see("canon", Seen("1"), NOW)
    assert files_of(tmp_path) == before


def test_a_disk_that_refused_once_is_not_trusted_again_until_a_person_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library(tmp_path)
    put(folder, b"safe")
    with monkeypatch.context() as broken:
        broken.setattr(files, "sync", _refuse)
        with pytest.raises(SuspectVolumeError):
            put(folder, b"lost")

    with pytest.raises(SuspectVolumeError, match=r"SUSPECT\.txt"):
        put(open_folder(folder.path), b"lost")
    assert Shelf(folder).get(Digest.of(b"safe")) == b"safe"
    assert "delete this file" in folder.suspect.read_text()
    folder.suspect.unlink()
    assert isinstance(put(folder, b"lost")[0], Kept)


def test_without_its_name_a_library_is_read_and_not_written(tmp_path: Path) -> None:
    put(library(tmp_path), b"story")
    (tmp_path / "library" / "replica.json").write_bytes(b"{")
    folder = open_folder(tmp_path / "library")

    assert Shelf(folder).get(Digest.of(b"story")) == b"story"
    with pytest.raises(DamageError, match=r"replica\.json"):
        put(folder, b"another")


def _write_journal(folder: Folder) -> None:
    arrival = Arrival(Original(Digest.of(b"story"), 5), "file", "a.txt", NOW)
    Journal(folder).append([Arrived(arrival)], NOW)


def _refuse(_descriptor: int) -> None:
    raise SuspectVolumeError("The disk did not confirm a write.")
