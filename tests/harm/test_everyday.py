"""What happens at home: a folder deleted, copies by a sync program, malware, a full disk, a clock set back.

Each ends in words that say what is safe and what to do, and what is put right is right again. A lost laptop is drilled
in `test_heirs_drill.py`: a whole library grown from a vault.
"""

from __future__ import annotations

import errno
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.libraries import READER, library_at, shared_pool, story, write_all

from remnant.cli import main as face
from remnant.durable import files
from remnant.keep.ocfl import object_id, place_of
from remnant.keep.readers import file_name
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.correcting import Change, correct, undo
from remnant.library.knowing import known
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.model import Digest, Field

STORIES = [story(f"Story {number}", "Ann", f"It rained {number} times.") for number in range(3)]
Say = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with shared_pool() as pool:
        yield pool


@pytest.fixture(scope="module")
def kept(pool: Pool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library as it was before anything happened."""
    place = tmp_path_factory.mktemp("kept")
    with library_at(place / "library", pool) as library:
        add(library, [write_all(place / "in", STORIES)])
    return place


@pytest.fixture
def home(kept: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kept / "library", tmp_path / "library"))


@pytest.fixture
def say(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    monkeypatch.setenv("REMNANT_LIBRARY", str(home))
    monkeypatch.setenv("REMNANT_JOBS", "1")

    def said(*words: object) -> tuple[int, str]:
        code = face.main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert code != 70, err
        return code, " ".join((out + err).split())

    return said


def _original(home: Path, data: bytes) -> Path:
    return home / "shelf" / place_of(object_id(Digest.of(data))) / "v1" / "content" / "original.txt"


def _write(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def _is_right_again(say: Say, came: Path) -> None:
    """What the words advise is done, and helps."""
    code, told = say("add", came)
    assert code == 0, told
    code, told = say("check")
    assert code == 0, told
    assert "every promise is kept" in told


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("shelf", "The folder shelf is gone"),
        ("ledger", "The folder ledger is gone: it proved that nothing is missing"),
        ("journal", "The folder journal is gone: what people said"),
    ],
)
def test_a_deleted_folder_is_named_with_what_it_held(folder: str, words: str, home: Path, kept: Path, say: Say) -> None:
    shutil.rmtree(home / folder)
    code, told = say("check")

    assert code == 4
    assert words in told
    assert "All else is safe" in told
    assert "remnant check --mend" in told
    assert say("check")[0] == 4  # it is not forgotten by being looked at
    _is_right_again(say, kept / "in")


def test_what_a_deleted_ledger_promised_is_promised_anew(home: Path, tmp_path: Path, say: Say) -> None:
    shutil.rmtree(home / "ledger")
    code, told = say("add", write_all(tmp_path / "more", [story("Another", "Bea", "Sunshine.")]))
    checked, words = say("check")

    assert (code, checked) == (0, 0), told
    assert "4 originals read" in words
    assert "not promised" not in words
    assert "4 works" in say("find", "")[1]


def test_a_deleted_story_is_named_by_its_title_and_comes_back(home: Path, kept: Path, say: Say) -> None:
    shutil.rmtree(_original(home, STORIES[1]).parents[3])
    code, told = say("check")

    assert code == 4
    assert "(Story 1): Original" in told
    assert "was promised and is not on the shelf" in told
    _is_right_again(say, kept / "in")


def test_a_deleted_library_is_not_made_anew_unasked(home: Path, say: Say) -> None:
    shutil.rmtree(home)
    code, told = say("find", "rain")

    assert code == 3
    assert "There is no library at" in told
    assert not home.exists()


@pytest.mark.parametrize("made", [[], ["shelf"], ["shelf", "ledger", "journal", "staging", "README.txt"]])
def test_a_library_whose_making_was_cut_off_is_finished_by_the_next_add(
    made: list[str], kept: Path, home: Path, say: Say
) -> None:
    for path in home.iterdir():
        if path.name not in made:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for room in made:
        if (home / room).is_dir():
            shutil.rmtree(home / room)
            (home / room).mkdir()
    (home / ".remnant-creating").touch()
    code, told = say("find", "rain")

    assert code == 3
    assert "that was cut off before anything was kept in it. `remnant add PATH` finishes it." in told
    _is_right_again(say, kept / "in")


def test_copies_that_a_sync_program_made_harm_nothing(home: Path, kept: Path, say: Say) -> None:
    chain = next((home / "ledger").glob("*.jsonl"))
    copy = shutil.copy(chain, chain.with_name(f"{chain.stem} (conflicted copy 2026-11-23).jsonl"))
    shutil.copy(_original(home, STORIES[0]), _original(home, STORIES[0]).with_name("original (1).txt"))
    code, told = say("check")

    assert code == 4
    assert "If a sync program made it as a copy of another, move it out of the library" in told
    assert "original (1).txt does not belong there" in told
    Path(copy).unlink()
    _is_right_again(say, kept / "in")


def test_a_copy_of_a_ledger_that_knows_more_is_not_called_needless(home: Path, tmp_path: Path, say: Say) -> None:
    """Two computers wrote to one library at once: a sync program keeps one of the ledgers under another name."""
    chain = next((home / "ledger").glob("*.jsonl"))
    before = chain.read_bytes()
    say("add", write_all(tmp_path / "there", [story("Written There")]))
    shutil.copy(chain, chain.with_name(f"{chain.stem}.sync-conflict-20261123-101010-ABCDEFG.jsonl"))
    chain.write_bytes(before)
    code, told = say("check")

    assert code == 4
    assert "keep it: 1 of its lines stand in no other chain here" in told
    assert "nothing is lost by that" not in told


def test_what_was_missing_and_came_again_is_called_mended(home: Path, kept: Path, say: Say) -> None:
    shutil.rmtree(_original(home, STORIES[0]).parents[2])
    code, told = say("add", kept / "in")

    assert code == 0
    assert "0 new files kept" in told
    assert "1 damaged or missing original mended by a good copy" in told
    assert b"the object was missing" in b"".join(path.read_bytes() for path in (home / "ledger").iterdir())
    assert "0 new files kept, 0 works understood. 3 files were here already" in say("add", kept / "in")[1]


@pytest.mark.parametrize(
    "command", [["check"], ["find", "rain"], ["add", "in"], ["export", "rain", "--to", "txt", "out"]]
)
@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_a_library_that_cannot_be_read_is_no_fault_of_ours(
    command: list[str], number: int, home: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: object) -> list[str]:
        raise OSError(number, os.strerror(number), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(os, "listdir", refused)
        code, told = say(*command)

    assert code == 3
    assert f"The system refused something ({os.strerror(number)}: {home})" in told
    assert "When that is put right, do the same again." in told


def test_a_check_whose_own_word_the_disk_does_not_confirm_ends_as_damage(
    home: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refused)
        code, told = say("check")

    assert code == 4
    assert "The disk refused just now to confirm a write: see SUSPECT.txt." in told
    assert (home / "SUSPECT.txt").exists()
    assert "The disk once refused to confirm a write: see SUSPECT.txt." in say("check")[1]


def test_what_a_killed_mending_left_is_tidied_by_the_next(home: Path, say: Say) -> None:
    left = home / "staging" / "run-0123456789abcdef"
    (left / "0.object").mkdir(parents=True)
    (left / "lock").touch()
    say("check")
    assert left.exists()
    code, _ = say("check", "--mend")

    assert code == 0
    assert not left.exists()


@pytest.mark.parametrize("left", [None, b""])
def test_a_placeholder_is_no_story(left: bytes | None, home: Path, kept: Path, say: Say) -> None:
    """Some programs put another file there, some leave an empty one."""
    path = _original(home, STORIES[2])
    if left is None:
        path.with_name(".original.txt.icloud").write_bytes(b"bplist00")
        path.unlink()
    else:
        _write(path, left)
    code, told = say("check")

    assert code == 4
    assert "original.txt is missing or changed" in told
    assert "have it download the whole folder" in told
    if left is None:
        path.with_name(".original.txt.icloud").unlink()
    _is_right_again(say, kept / "in")


def test_a_library_whose_files_were_renamed_is_not_taken_for_an_empty_place(home: Path, kept: Path, say: Say) -> None:
    for path in [path for path in home.rglob("*") if path.is_file()]:
        path.with_name(f"{path.name}.locked").write_bytes(os.urandom(200))
        path.unlink()
    before = sorted(path.name for path in home.rglob("*"))
    for command in (["check"], ["find"], ["add", kept / "in"]):
        code, told = say(*command)

        assert code == 3
        assert "renamed, or encrypted by somebody. Nothing was changed" in told
        assert "remnant restore" in told
    assert sorted(path.name for path in home.rglob("*")) == before


def test_files_that_were_encrypted_in_place_are_all_named_and_nothing_is_added(
    home: Path, kept: Path, say: Say
) -> None:
    for path in [path for path in home.rglob("*") if path.is_file()]:
        _write(path, os.urandom(200))
    code, told = say("check")
    again, refused = say("add", kept / "in")

    assert code == 4
    assert "0 originals read" in told
    assert told.count("its bytes are harmed") == len(STORIES)
    assert "a program that encrypts files: add nothing, disconnect your vaults" in told
    assert again == 4
    assert "nothing was changed" in refused


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(
    home: Path, tmp_path: Path, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = write_all(tmp_path / "more", [story("One more")])

    def full(_descriptor: int, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(files, "write_all", full)
        code, told = say("add", came)

    assert code == 3
    assert "The disk is full. Everything acknowledged is safe. Make room and do it again" in told
    _is_right_again(say, came)


CLOCKS = [datetime(1970, 1, 1, tzinfo=UTC), datetime(2038, 1, 20, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)]


def _at(moment: datetime) -> datetime:
    return moment


def test_a_clock_that_jumps_loses_no_word_and_no_order(pool: Pool, tmp_path: Path) -> None:
    with library_at(tmp_path / "library", pool) as library:
        for number, at in enumerate([datetime(2026, 3, 1, tzinfo=UTC), *CLOCKS, datetime(2026, 3, 2, tzinfo=UTC)]):
            add(library, [write_all(tmp_path / "in", [story(f"Part {number}")], number)], clock=partial(_at, at))
        work = search(library, READER, "title:part").hits[0].work
        first = correct(library, "ann", work, [Change(Field.TAG, ("later",))], clock=lambda: CLOCKS[-1])
        correct(library, "ann", work, [Change(Field.TAG, ("back",))], clock=lambda: CLOCKS[0] + timedelta(days=1))
        undo(library, "ann", work, first.claims[0].id, clock=lambda: CLOCKS[0])
        grown = library.index().dump()
        rebuild(library)

        assert library.index().dump() == grown
        assert known(library, READER, work).fields[Field.TAG] == ("back",)
        assert search(library, READER).total == 5
        assert check(library, READER).harmed == ()


@given(st.lists(st.text(max_size=40), min_size=2, max_size=6, unique=True))
def test_no_two_names_of_ours_meet_on_any_file_system(names: list[str]) -> None:
    """Folding case, composing or decomposing letters, dropping dots at the end: what we write stays apart."""
    written = [file_name(name) for name in names] + [place_of(object_id(Digest.of(n.encode()))) for n in names]
    folded = [{form(name.casefold()).rstrip(". ") for form in _FORMS} for name in written]

    assert all(len(forms) == 1 for forms in folded)
    assert len({next(iter(forms)) for forms in folded}) == len(written)
    assert all(len(part.encode()) <= 200 for name in written for part in name.split("/"))
    assert not [name for name in written if set(name) & set('<>:"\\|?*')]


_FORMS = [partial(unicodedata.normalize, form) for form in ("NFC", "NFD", "NFKC", "NFKD")]


def test_long_and_undecodable_names_come_and_are_told(home: Path, tmp_path: Path, say: Say) -> None:
    came = tmp_path / "odd"
    came.mkdir()
    names = [b"a" * 251 + b".txt", b"\xff\xfe.txt", "Ꞌ é e\u0301.txt".encode(), b"two\nlines.txt", b"CON.txt"]
    for number, name in enumerate(names):
        with open(os.path.join(os.fsencode(came), name), "wb") as file:
            file.write(story(f"Odd {number}"))
    code, told = say("add", came)

    assert code == 0
    assert "5 new files kept, 5 works understood" in told
    assert say("check")[0] == 0
    assert say("export", "odd", "--to", "txt", tmp_path / "out")[0] == 0
