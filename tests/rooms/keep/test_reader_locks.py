"""A reader's file under a passphrase: what they keep is there for whoever has it, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from tests.strategies.keep import NOW, library

from remnant.errors import DamageError
from remnant.keep import reader_locks, readers
from remnant.keep.audit import Audit
from remnant.keep.chain import Line, link, walk
from remnant.keep.folder import Folder
from remnant.keep.pending import Pending
from remnant.keep.reader_locks import Key, Lock, LockedError
from remnant.keep.readers import Pin, ReaderFile, file_name
from remnant.keep.readers_forgetting import forget_in_readers
from remnant.model import Digest, ProfileKind, Reader, Seen, Spot, Wish, WishHow, WishKind

PASSPHRASE = "four remembered words here"
SPOT = Spot(Digest.of(b"a story"), "0", "", 1, 2, "quoteword", "beforeword", "afterword")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return library(tmp_path)


def _kept(folder: Folder, name: str = "ann") -> ReaderFile:
    file = ReaderFile(folder, name)
    file.be(ProfileKind.ADULT, Pin.of("2468", b"salt"), NOW)
    file.see("canonword", Seen(up_to="partword"), NOW)
    file.wish(WishKind.TAG, "wishword", WishHow.VEIL, NOW)
    file.open("openedword", True, NOW)
    file.keep("workword", SPOT, NOW)
    return file


@cache
def _made(passphrase: str) -> tuple[Lock, Key]:
    """Making one takes a second, as it must."""
    return reader_locks.made(passphrase)


def _locked(folder: Folder) -> Key:
    lock, key = _made(PASSPHRASE)
    _kept(folder).lock(lock, key, NOW)
    return key


def _everything(folder: Folder) -> bytes:
    """Every file but the one that explains the folder to people."""
    return b"".join(p.read_bytes() for p in sorted(folder.path.rglob("*")) if p.is_file() and p.name != "README.txt")


def test_nothing_that_is_kept_stands_on_the_disk_and_all_of_it_is_there_with_the_passphrase(folder: Folder) -> None:
    before = _kept(folder).reader()
    key = _locked(folder)
    again = ReaderFile(folder, "ann", key)
    again.see("latercanon", Seen(everything=True), NOW)
    there = _everything(folder)

    assert [word for word in (b"word", b"canon", b"2468", SPOT.original.hex.encode()) if word in there] == []
    assert again.reader() == Reader(
        "ann",
        {**before.seen, "latercanon": Seen(everything=True)},
        (Wish(WishKind.TAG, "wishword", WishHow.VEIL),),
        ProfileKind.ADULT,
        frozenset({"openedword"}),
    )
    assert (again.spots()["workword"].spot, again.spots()["workword"].at) == (SPOT, NOW)
    assert again.pin() is None


def test_without_the_passphrase_nothing_is_read_and_nothing_lost(folder: Folder) -> None:
    key = _locked(folder)
    closed = ReaderFile(folder, "ann")
    for ask in (closed.reader, closed.spots, lambda: closed.unlock(NOW)):
        with pytest.raises(LockedError):
            ask()
    closed.see("Merlin", Seen(everything=True), NOW)
    stands = closed.locked()

    assert closed.kind() is ProfileKind.ADULT
    assert stands is not None
    assert stands.key("another passphrase") is None
    found = stands.key(PASSPHRASE)
    assert found is not None
    assert set(ReaderFile(folder, "ann", found).reader().seen) == {"canonword", "Merlin"}
    assert set(ReaderFile(folder, "ann", key).reader().seen) == {"canonword", "Merlin"}
    assert list(Audit(folder).verdicts()) == []


def test_a_passphrase_is_changed_and_taken_away(folder: Folder) -> None:
    old = _locked(folder)
    lock, new = _made("another passphrase")
    ReaderFile(folder, "ann", old).lock(lock, new, NOW)
    with pytest.raises(DamageError, match="does not open"):
        ReaderFile(folder, "ann", old).reader()
    file = ReaderFile(folder, "ann", new)
    seen = file.reader().seen
    file.unlock(NOW)

    assert seen == ReaderFile(folder, "ann").reader().seen == {"canonword": Seen(up_to="partword")}
    assert ReaderFile(folder, "ann").locked() is None


def test_what_was_locked_bit_by_bit_is_written_in_one_now_and_then(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "_IDLE_LOCKED", 10)
    key = _locked(folder)
    path = folder.readers / file_name("ann")
    for number in range(40):
        ReaderFile(folder, "ann", key).keep(f"work {number % 3}", SPOT, NOW)

    assert len(path.read_bytes().splitlines()) <= 12
    assert set(ReaderFile(folder, "ann", key).spots()) == {"workword", "work 0", "work 1", "work 2"}


def test_what_is_forgotten_goes_from_a_locked_file_when_it_is_next_opened(folder: Folder) -> None:
    key = _locked(folder)
    pending = Pending("stone", (SPOT.original,), ("openedword",))
    forget_in_readers(folder, pending, NOW)
    closed = (folder.readers / file_name("ann")).read_bytes()
    file = ReaderFile(folder, "ann", key)
    reader, spots = file.reader(), file.spots()
    file.settle(NOW)
    file.keep("openedword", SPOT, NOW)

    assert (reader.opened, set(spots), set(reader.seen)) == (frozenset(), set(), {"canonword"})
    assert not any(name.encode() in closed for name in pending.names)
    assert set(ReaderFile(folder, "ann", key).spots()) == {"openedword"}, "what is said after it counts again"


def test_a_locked_file_is_taken_over_whole_where_there_is_none(
    folder: Folder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    key = _locked(folder)
    other = library(tmp_path_factory.mktemp("other"))
    ReaderFile(other, "ann").take_from(ReaderFile(folder, "ann"), NOW + timedelta(days=1))

    assert ReaderFile(other, "ann", key).reader() == ReaderFile(folder, "ann", key).reader()
    with pytest.raises(LockedError):
        ReaderFile(other, "ann").take_from(ReaderFile(folder, "ann"), NOW)


@pytest.mark.parametrize("age", ["", "not base64 at all!", "AAAA", 7, None])
def test_a_locked_line_that_does_not_open_is_told_and_kept(folder: Folder, age: object) -> None:
    key = _locked(folder)
    path = folder.readers / file_name("ann")
    *_, last = walk(path)
    assert isinstance(last, Line)
    path.write_bytes(
        path.read_bytes() + link([{"at": "2026-03-01T12:00:00Z", "kind": "locked", "age": age}], last.head)
    )
    before = path.read_bytes()
    with pytest.raises(DamageError, match="damaged, or a newer Remnant"):
        ReaderFile(folder, "ann", key).reader()
    with pytest.raises(DamageError):
        ReaderFile(folder, "ann", key).settle(NOW)

    assert path.read_bytes() == before
