"""Taking in: what is told of each file, and what stopping, damage and a busy index leave behind."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.strategies import libraries
from tests.strategies.keep import files_of
from tests.strategies.libraries import READER, story, zipped

from remnant.find import embedded
from remnant.find.port import Index
from remnant.library import cataloguing, indexing
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.listing import findings, index_state, unread
from remnant.library.opening import Library
from remnant.library.pool import Limits, Pool
from remnant.library.rebuilding import rebuild
from remnant.library.rehearsing import rehearse
from remnant.library.watching import Stage, Step

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


def test_every_file_is_told_of_once(library: Library, tmp_path: Path) -> None:
    came = libraries.write_all(tmp_path / "in", [story("One"), story("Two")])
    (came / "copy.txt").write_bytes(story("One"))
    (came / "picture.png").write_bytes(PICTURE)
    (came / "Thumbs.db").write_bytes(b"x")
    (came / "out").symlink_to("/etc/passwd")
    zipped(came / "some.zip", {"three.txt": story("Three"), "../up.txt": b"x"})
    added = add(library, [came])

    assert len(added.kept) == 5
    assert len(added.works) == 3
    assert [twin.name for twin in added.twins] == ["in/story 0.txt"]
    assert [one.name for one in added.unread] == ["in/picture.png"]
    assert sorted(one.name for one in added.refused) == ["../up.txt", "in/out"]
    assert [one.name for one in added.passed] == ["in/Thumbs.db"]
    assert added.waiting == 0
    assert not added.stopped
    assert [one.name for one in unread(library, READER)] == ["in/picture.png"]


def test_a_dry_run_says_the_same_and_leaves_nothing(library: Library, tmp_path: Path) -> None:
    add(library, [libraries.write_all(tmp_path / "before", [story("One")])])
    came = libraries.write_all(tmp_path / "in", [story("One"), story("Two"), story("Two"), PICTURE])
    before = files_of(library.path)
    told = rehearse(library.path, [came])

    assert files_of(library.path) == before
    added = add(library, [came])
    assert (told.kept, told.works) == (added.kept, added.works)
    assert [one.name for one in told.unread] == [one.name for one in added.unread]
    assert len(told.twins) == len(added.twins) == 2


def test_a_dry_run_makes_no_library(tmp_path: Path) -> None:
    told = rehearse(tmp_path / "library", [libraries.write_all(tmp_path / "in", [story("One")])])

    assert len(told.works) == 1
    assert not (tmp_path / "library").exists()


def test_what_is_acknowledged_when_it_is_stopped_is_found_by_the_next_run(library: Library, tmp_path: Path) -> None:
    came = libraries.write_all(tmp_path / "in", [story(f"Story {n}", None, f"{n} rain") for n in range(30)])
    first = add(library, [came], stop=libraries.stops_after(35))
    second = add(library, [came])

    assert first.stopped
    assert len(first.works) < 30
    assert second.waiting == 0
    assert search(library, READER).total == 30
    assert set(first.works) | set(second.works) == {hit.work for hit in search(library, READER, size=99).hits}


def test_with_the_index_held_elsewhere_all_is_kept_and_waits(library: Library, workers: Pool, tmp_path: Path) -> None:
    came = libraries.write_all(tmp_path / "in", [story("One"), story("Two")])
    with libraries.library_at(library.path, workers) as other, other.folder.lock("index", "testing"):
        added = add(library, [came])

        assert len(added.kept) == added.waiting == 2
        assert index_state(library).busy
    indexing.catch_up(library)
    assert search(library, READER).total == 2
    assert index_state(library) == type(index_state(library))(2, 2, 0, busy=False)


def test_what_comes_while_the_lock_is_let_go_is_not_forgotten(
    library: Library, workers: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process keeps its file after our last look, and finds the lock still held."""
    late = []
    write = cataloguing.write

    def write_late(ours: Library, index: Index) -> None:
        write(ours, index)
        monkeypatch.setattr(cataloguing, "write", write)
        with libraries.library_at(library.path, workers) as other:
            late.append(add(other, [libraries.write_all(tmp_path / "late", [story("Late")])]))

    monkeypatch.setattr(cataloguing, "write", write_late)
    add(library, [libraries.write_all(tmp_path / "in", [story("One")])])

    assert late[0].waiting == 1
    assert search(library, READER).total == 2


def test_a_damaged_original_is_named_and_mended_by_a_good_copy(library: Library, tmp_path: Path) -> None:
    came = libraries.write_all(tmp_path / "in", [story("One")])
    [original] = add(library, [came]).kept
    path = library.shelf.path_of(original.digest)
    path.chmod(0o644)
    path.write_bytes(b"rotten")
    assert not check(library, READER).whole
    rebuild(library)
    assert [one.again for one in unread(library, READER)] == [True]
    added = add(library, [came])

    assert [twin.name for twin in added.mended] == ["in/story 0.txt"]
    assert check(library, READER).whole
    assert search(library, READER).total == 1
    assert unread(library, READER) == ()


def test_a_file_that_takes_too_much_is_kept_and_tried_again_by_a_rebuild(tmp_path: Path) -> None:
    came = libraries.write_all(tmp_path / "in", [b"x\n\n" * 1_200_000, story("Small")])
    with (
        libraries.shared_pool(limits=Limits(seconds=30, memory=128)) as narrow,
        libraries.library_at(tmp_path / "library", narrow) as library,
    ):
        added = add(library, [came])
        [left] = unread(library, READER)

    assert len(added.kept) == 2
    assert len(added.works) == 1
    assert left.again
    assert "memory" in left.why


def test_findings_are_told_gravest_first_and_by_work(library: Library, tmp_path: Path) -> None:
    bad = b"Title: Torn\nAuthor: Ann\n\nThe rain\xff\xfe\xfd came down \x81 here.\n\nNobody came.\n"
    [work] = add(library, [libraries.write_all(tmp_path / "in", [bad])]).works
    noted = findings(library, READER, work=work)

    assert noted
    assert all(one.works == (work,) for one in noted)
    ranks = [["loss", "warning", "note"].index(one.finding.severity) for one in findings(library, READER)]
    assert ranks == sorted(ranks)
    assert findings(library, READER, noted[0].finding.severity)


def test_progress_goes_up_to_the_whole(library: Library, tmp_path: Path) -> None:
    steps: list[Step] = []
    add(library, [libraries.write_all(tmp_path / "in", [story(f"{n}") for n in range(5)])], progress=steps.append)
    keeping = [step.done for step in steps if step.stage is Stage.KEEPING]
    reading = [step for step in steps if step.stage is Stage.UNDERSTANDING]

    assert keeping == sorted(keeping)
    assert keeping[-1] == 5
    assert (reading[-1].done, reading[-1].total) == (5, 5)


def test_an_index_of_another_reader_version_is_made_again(library: Library, tmp_path: Path) -> None:
    add(library, [libraries.write_all(tmp_path / "in", [story("One")])])
    with library.folder.lock("index", "testing"):
        index = embedded.open_to_write(library.folder.index)
        index.remove([hit.work for hit in search(library, READER).hits])
        index.store_heads(dict(index.heads()) | {"reader": "0"})
        index.commit()
        index.close()

    assert indexing.is_behind(library)
    indexing.catch_up(library)
    assert search(library, READER).total == 1
    assert not indexing.is_behind(library)


def test_the_library_folder_may_be_moved(library: Library, workers: Pool, tmp_path: Path) -> None:
    add(library, [libraries.write_all(tmp_path / "in", [story("One")])])
    library.let_go_of_index()
    shutil.move(library.path, tmp_path / "elsewhere")
    with libraries.library_at(tmp_path / "elsewhere", workers) as moved:
        assert not indexing.is_behind(moved)
        assert search(moved, READER).total == 1
