"""A library that may not be written, or not by us: it answers as far as it can, and says in words what it cannot."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.rooms.cli.faces import Do, work_of

from remnant.keep.chain import link
from remnant.keep.folder import MARKER


def test_a_library_that_cannot_be_written_still_answers_and_says_so(do: Do, came: Path, tmp_path: Path) -> None:
    do("add", came)
    do("correct", work_of(do, "ferry"), "title=The Boat")
    library = tmp_path / "library"
    journal = next((library / "journal").glob("*.jsonl"))
    do("rebuild")
    words = journal.read_bytes()
    journal.write_bytes(b"".join(words.splitlines(keepends=True)[:1]))
    do("rebuild")
    journal.write_bytes(words)
    for lock in (library / "locks").iterdir():
        lock.unlink()
    (library / "locks").rmdir()
    (library / "locks").write_bytes(b"no folder: as on a disk that may only be read")
    code, out, remarks = do("find", "ferry")

    assert code == 0
    assert "The Ferry" in out
    assert "cannot be written" in remarks
    assert "What is not indexed yet is not found." in remarks


def test_a_library_without_index_that_cannot_be_written_refuses_in_words(do: Do, came: Path, tmp_path: Path) -> None:
    do("add", came)
    shutil.rmtree(tmp_path / "library" / "index")
    lock = tmp_path / "library" / "locks" / "index.lock"
    lock.unlink()
    lock.mkdir()
    code, _, remarks = do("find", "ferry")

    assert code == 3
    assert "cannot be written" in remarks


@pytest.mark.parametrize("harm", ["SUSPECT.txt", "replica.json", "newer"])
def test_where_nothing_may_be_written_the_index_as_it_is_answers(do: Do, came: Path, tmp_path: Path, harm: str) -> None:
    do("add", came)
    library = tmp_path / "library"
    begun = {"kind": "chain", "chain": "ledger", "replica": "a" * 16, "at": "2026-03-01T12:00:00Z"}
    (library / "ledger" / f"{'a' * 16}.jsonl").write_bytes(link([begun], None))
    if harm == "newer":
        (library / MARKER).rename(library / "0=remnant_library_2")
    else:
        (library / harm).write_bytes(b"{")
    code, out, remarks = do("find", "ferry")

    assert code == 0
    assert "The Ferry" in out
    assert "What is not indexed yet is not found." in remarks


def test_a_newer_library_without_index_refuses_in_words(do: Do, came: Path, tmp_path: Path) -> None:
    do("add", came)
    (tmp_path / "library" / "0=remnant_library_2").touch()
    shutil.rmtree(tmp_path / "library" / "index")

    for command in (["find", "ferry"], ["rebuild"]):
        code, _, remarks = do(*command)
        assert code == 3
        assert "newer Remnant" in remarks


def test_a_file_in_the_place_of_the_index_refuses_in_words(do: Do, came: Path, tmp_path: Path) -> None:
    do("add", came)
    shutil.rmtree(tmp_path / "library" / "index")
    (tmp_path / "library" / "index").touch()

    for command in (["find", "ferry"], ["rebuild"]):
        code, _, remarks = do(*command)
        assert code == 3
        assert "cannot be written" in remarks
