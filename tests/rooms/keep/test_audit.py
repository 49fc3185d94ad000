"""A check names what is harmed or missing, calls nothing harmed that is whole, and changes nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.strategies.keep import NOW, files_of, library, put, put_all, sealing

from remnant.keep.audit import Audit, Grade, Verdict, look_along
from remnant.keep.folder import MARKER, Folder, create, open_folder
from remnant.keep.journal import Arrived, Journal
from remnant.keep.ocfl import object_id, place_of, sidecar
from remnant.keep.readers import ReaderFile
from remnant.model import Arrival, Digest, Original, Seen

STORIES = [b"one", b"two", b"", b"\x00\xff" * 99]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = library(tmp_path)
    put(folder, *STORIES)
    arrival = Arrival(Original(Digest.of(b"one"), 3), "zip", "again.txt", NOW)
    Journal(folder).append([Arrived(arrival)], NOW)
    ReaderFile(folder, "ada").see("Torchwood", Seen("Day Four"), NOW)
    return folder


def _home(folder: Folder, data: bytes) -> Path:
    return folder.shelf / place_of(object_id(Digest.of(data)))


def _check(folder: Folder) -> list[Verdict]:
    return list(Audit(open_folder(folder.path)).verdicts())


def _of(grade: Grade, verdicts: list[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.grade is grade]


def test_a_whole_library_is_whole(folder: Folder) -> None:
    before = files_of(folder.path)
    verdicts = _check(folder)

    assert {verdict.digest: verdict.size for verdict in verdicts} == {Digest.of(data): len(data) for data in STORIES}
    assert {verdict.grade for verdict in verdicts} == {Grade.WHOLE}
    assert Audit(folder).total == len(STORIES)
    assert files_of(folder.path) == before


def test_a_whole_object_that_is_gone_is_missed(folder: Folder) -> None:
    shutil.rmtree(_home(folder, b"one").parent)
    verdicts = _check(folder)

    assert [verdict.digest for verdict in _of(Grade.HARM, verdicts)] == [Digest.of(b"one")]
    assert len(_of(Grade.WHOLE, verdicts)) == 3


def _truncate(path: Path) -> None:
    path.chmod(0o644)
    os.truncate(path, path.stat().st_size - 1)


def _rename(path: Path) -> None:
    path.rename(path.with_name("moved.txt"))


def _link(path: Path) -> None:
    path.rename(path.parent / "x")
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("harm", [_truncate, _rename, Path.unlink, _link])
@pytest.mark.parametrize(
    "name", ["v1/content/original.txt", "v1/content/arrival.json", "v1/inventory.json.sha512", "0=ocfl_object_1.1"]
)
def test_every_harm_to_an_object_names_it(folder: Folder, harm: Callable[[Path], None], name: str) -> None:
    harm(_home(folder, b"two") / name)
    verdicts = _check(folder)

    assert [verdict.digest for verdict in _of(Grade.HARM, verdicts)] == [Digest.of(b"two")]
    assert Digest.of(b"two") not in [verdict.digest for verdict in _of(Grade.WHOLE, verdicts)]


def test_two_objects_with_their_contents_exchanged_are_both_named(folder: Folder) -> None:
    one, two = _home(folder, b"one"), _home(folder, b"two")
    for name in ("one", "two"):
        shutil.move(locals()[name], folder.path / name)
    shutil.move(folder.path / "one", two)
    shutil.move(folder.path / "two", one)
    harmed = {verdict.digest for verdict in _of(Grade.HARM, _check(folder))}

    assert harmed == {Digest.of(b"one"), Digest.of(b"two")}


def test_strays_are_remarked_on_and_harm_nothing(folder: Folder) -> None:
    strays = [folder.shelf / ".DS_Store", folder.shelf / "fff" / "Thumbs.db", _home(folder, b"one") / ".DS_Store"]
    for stray in [*strays, _home(folder, b"two") / "v1" / "content" / "notes.txt"]:
        stray.parent.mkdir(exist_ok=True)
        stray.touch()
    (_home(folder, b"one") / "v1" / "empty").mkdir()
    verdicts = _check(folder)

    assert not _of(Grade.HARM, verdicts)
    assert len(_of(Grade.WHOLE, verdicts)) == 4
    assert len(_of(Grade.REMARK, verdicts)) == 5


@pytest.mark.parametrize("place", ["ledger", "journal/readers"])
def test_a_flipped_bit_anywhere_in_a_chain_is_noticed(folder: Folder, place: str) -> None:
    (path,) = (folder.path / place).glob("*.jsonl")
    header = {"chain": "ledger", "replica": folder.replica} if place == "ledger" else {"chain": "reader"}
    whole = b"".join(path.read_bytes().splitlines(keepends=True)[:2])
    missed = []
    # One bit of every byte of the long ones.
    for at in range(0, len(whole) * 8, 9 if place == "ledger" else 3):
        harmed = bytearray(whole)
        harmed[at // 8] ^= 1 << at % 8
        path.write_bytes(harmed)
        if not _of(Grade.HARM, list(look_along("It", path, header, lambda _line: True))):
            missed.append(at)

    assert missed == []


def test_a_chain_under_another_name_is_noticed(folder: Folder) -> None:
    (path,) = folder.ledger.glob("*.jsonl")
    shutil.copy(path, path.with_name("a" * 16 + ".jsonl"))

    assert ["is not the chain" in verdict.what for verdict in _of(Grade.HARM, _check(folder))] == [True]


@pytest.mark.parametrize("name", ["README.txt", MARKER, "shelf/0=ocfl_1.1", "shelf/ocfl_layout.json", "replica.json"])
def test_the_frame_is_looked_at_too(folder: Folder, name: str) -> None:
    path = folder.path / name
    path.write_bytes(path.read_bytes()[:-4])

    assert [name in verdict.what for verdict in _of(Grade.HARM, _check(folder))] == [True]


def test_what_is_not_promised_is_remarked_on(folder: Folder, tmp_path: Path) -> None:
    other = create(tmp_path / "other", NOW)
    put_all(other, [sealing(b"stranger")])
    shutil.copytree(_home(other, b"stranger"), _home(folder, b"stranger"))
    verdicts = _check(folder)

    assert [verdict.digest for verdict in _of(Grade.REMARK, verdicts)] == [Digest.of(b"stranger")]
    assert len(_of(Grade.WHOLE, verdicts)) == 5


def test_what_was_mended_leaves_a_remark(folder: Folder) -> None:
    _truncate(_home(folder, b"one") / "v1/content/original.txt")
    put(folder, b"one")
    verdicts = _check(folder)

    assert not _of(Grade.HARM, verdicts)
    assert ["set aside" in verdict.what for verdict in _of(Grade.REMARK, verdicts)] == [True]


def test_a_newer_library_is_not_called_damaged(folder: Folder) -> None:
    (folder.path / MARKER).rename(folder.path / "0=remnant_library_2")
    verdicts = _check(open_folder(folder.path))

    assert not _of(Grade.HARM, verdicts)
    assert "newer Remnant" in _of(Grade.REMARK, verdicts)[0].what


def test_an_inventory_that_another_program_wrote_well_is_told_from_damage(folder: Folder) -> None:
    home = _home(folder, b"one")
    data = json.dumps(json.loads((home / "inventory.json").read_bytes())).encode()
    for above in (home, home / "v1"):
        for name, text in (("inventory.json", data), ("inventory.json.sha512", sidecar(data))):
            (above / name).chmod(0o644)
            (above / name).write_bytes(text)
    (told,) = _of(Grade.HARM, _check(folder))
    (home / "v1/inventory.json").write_bytes(data + b" ")
    (spoilt,) = _of(Grade.HARM, _check(folder))

    assert "left a valid OCFL object; its bytes are unharmed" in told.what
    assert "is missing or changed; its bytes are unharmed" in spoilt.what
