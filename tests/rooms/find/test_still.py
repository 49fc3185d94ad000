"""An index where nothing can be written is read as it stands, and nothing is written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.rooms.find.contract import ONE, asked, entry

from remnant.errors import RefusedError
from remnant.find import embedded
from remnant.find.port import Index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of one entry and one cached reading."""
    embedded.create(tmp_path / "index")
    with closing(embedded.open_to_write(tmp_path / "index")) as index:
        index.put([entry("a1", "rain on the roof")])
        index.put_reading(ONE, "7", b"a reading")
        index.commit()
    return tmp_path / "index"


@contextmanager
def read_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if no folder could be written. Root may write everywhere, so what is written is looked for besides."""
    with monkeypatch.context() as patched:
        patched.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
        yield


@contextmanager
def full(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the disk had no room left."""
    real = os.statvfs

    def no_room(path: Path) -> os.statvfs_result:
        said = list(real(path))
        said[4] = 0
        return os.statvfs_result(said)

    with monkeypatch.context() as patched:
        patched.setattr(os, "statvfs", no_room)
        yield


def what_lies_in(folder: Path) -> list[tuple[str, int, int]]:
    found = sorted(folder.rglob("*"))
    return [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in found]


def works(index: Index, words: str) -> list[str]:
    return [hit.work for hit in index.search(asked(words)).hits]


def test_it_is_read_and_left_as_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = what_lies_in(folder)
    with read_only(monkeypatch), closing(embedded.open_to_read(folder)) as index:
        found, cached, during = works(index, "rain"), index.reading(ONE, "7"), what_lies_in(folder)

    assert found == ["a1"]
    assert cached == b"a reading"
    assert before == during == what_lies_in(folder)


def test_on_a_full_disk_no_more_than_an_empty_lock_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path.name for path in folder.rglob("*")}
    with full(monkeypatch), closing(embedded.open_to_read(folder)) as index:
        found, cached, during = works(index, "rain"), index.reading(ONE, "7"), list(folder.rglob("*"))

    assert found == ["a1"]
    assert cached == b"a reading"
    for path in during:
        assert path.name in before or (path.suffix == ".lock" and not path.stat().st_size)


def test_what_was_written_after_all_is_seen(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with read_only(monkeypatch):
        reader = embedded.open_to_read(folder)
    with closing(reader):
        with closing(embedded.open_to_write(folder)) as index:
            index.put([entry("a2", "rain at sea")])
            index.commit()
        with read_only(monkeypatch):
            found = works(reader, "rain")

    assert sorted(found) == ["a1", "a2"]


def test_a_change_that_is_not_folded_in_is_refused_in_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(embedded.open_to_write(folder)) as index:
        index.put([entry("a2", "rain at sea")])
        index.commit()
        with read_only(monkeypatch), pytest.raises(RefusedError, match="in the middle of a change") as refused:
            embedded.open_to_read(folder)

    assert "copy the library to where it can be written" in str(refused.value)


def test_on_a_full_disk_a_change_that_others_have_open_is_read_with_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(embedded.open_to_write(folder)) as index:
        index.put([entry("a2", "rain at sea")])
        index.commit()
        with full(monkeypatch), closing(embedded.open_to_read(folder)) as reader:
            found = works(reader, "rain")

    assert sorted(found) == ["a1", "a2"]


def test_the_links_go_when_it_is_closed(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "elsewhere"))
    with read_only(monkeypatch), closing(embedded.open_to_read(folder)):
        during = list((tmp_path / "elsewhere").iterdir())

    assert len(during) == 1
    assert list((tmp_path / "elsewhere").iterdir()) == []
