"""Originals come back as they came, by digest, and the shelf stays a valid OCFL root whatever is put there."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

import ocfl
import pytest
from ocfl.layout_registry import get_layout
from tests.strategies.keep import NOW, files_of, library, put, put_all, sealing

from remnant.errors import DamageError, RefusedError, TooLargeError
from remnant.keep import objects, placing
from remnant.keep.folder import Folder
from remnant.keep.heeding import Unreadable
from remnant.keep.journal import Arrived, Journal
from remnant.keep.ledger import Event, Ledger
from remnant.keep.objects import Staged
from remnant.keep.ocfl import LAYOUT, object_id, original_name, place_of
from remnant.keep.placing import How, Placed
from remnant.keep.sealing import Kept, Sealing, seal
from remnant.keep.shelf import Shelf
from remnant.model import Arrival, Digest, Original

NAMES = ["a.txt", "naïve café.HTML", "赵.epub", "\udcff\udc80.md", "a\nb\x00.txt", "x.exe", "none", ".txt", "zip", ""]


def _valid(folder: Folder) -> bool:
    root = ocfl.StorageRoot(str(folder.shelf))
    valid = root.validate(log_warnings=True)
    return bool(valid and root.good_objects == root.num_objects and not root.errors)


def test_ocfl_py_finds_nothing_to_say(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put_all(folder, [sealing(f"story {n}".encode() * n, NAMES[n % len(NAMES)]) for n in range(60)])

    assert len(list(Shelf(folder).objects())) == 60
    assert _valid(folder)


def test_an_empty_shelf_is_valid(tmp_path: Path) -> None:
    assert _valid(library(tmp_path))


def test_the_name_on_the_shelf_is_plain_and_the_name_it_came_with_is_kept(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put_all(folder, [sealing(name.encode("utf-8", "surrogateescape") + b"!", name) for name in NAMES])
    shelf = Shelf(folder)
    came = {name: Digest.of(name.encode("utf-8", "surrogateescape") + b"!") for name in NAMES}

    assert {name: shelf.arrival(digest).name for name, digest in came.items()} == {name: name for name in NAMES}
    assert [shelf.path_of(came[name]).name.removeprefix("original.") for name in NAMES] == [
        *("txt", "html", "epub", "md", "txt", "bin", "bin", "txt", "bin", "bin")
    ]


def test_of_equal_bytes_in_one_batch_the_first_is_kept_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the threads that write them take turns: here the first is slow."""
    place = placing._place

    def slowly(folder: Folder, staged: Staged, arrival: Arrival) -> Placed:
        time.sleep(0.1 if arrival.name == "first.txt" else 0)
        return place(folder, staged, arrival)

    monkeypatch.setattr(placing, "_place", slowly)
    kept = put_all(library(tmp_path), [sealing(b"one", name) for name in ("first.txt", "second.txt", "third.txt")])

    assert [one.how for one in kept if isinstance(one, Kept)] == [How.NEW, How.KEPT, How.KEPT]


def test_paths_are_what_the_layout_says() -> None:
    digest = Digest.of(b"")
    layout = get_layout(LAYOUT)
    layout.number_of_tuples = 1

    assert object_id(digest) == "urn:remnant:z6b6cnl6564l34kufbinm3maa7"
    assert place_of(object_id(digest)) == layout.identifier_to_path(object_id(digest))
    assert original_name("archive.tar.GZ") == "original.gz"


def test_a_stream_of_any_size_is_kept_a_piece_at_a_time(tmp_path: Path) -> None:
    folder = library(tmp_path)
    data = bytes(range(256)) * 4096 * 5 + b"end"
    greatest = [0]

    class Counting(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            greatest[0] = max(greatest[0], len(data) if size in (None, -1) else size or 0)
            return super().read(size)

    put_all(folder, [Sealing(partial(Counting, data), partial(Arrival, door="file", name="big.txt", at=NOW))])

    assert greatest[0] <= 1 << 20
    assert Shelf(folder).get(Digest.of(data)) == data
    with Shelf(folder).open(Digest.of(data)) as stream:
        assert stream.read() == data


def test_a_source_that_fails_half_way_keeps_nothing_and_stops_nobody(tmp_path: Path) -> None:
    folder = library(tmp_path)

    def half(fault: Exception) -> BinaryIO:
        def read(_size: int) -> Iterator[bytes]:
            yield b"half of it"
            raise fault

        steps = read(0)
        stream = io.BytesIO()
        stream.read = lambda size=-1, /: next(steps)  # type: ignore[method-assign]
        return stream

    faults = [OSError(5, "Input/output error"), TooLargeError("Too large.")]
    bad = [Sealing(partial(half, fault), partial(Arrival, door="file", name="x", at=NOW)) for fault in faults]
    gone = Sealing(lambda: (tmp_path / "gone").open("rb"), partial(Arrival, door="file", name="x", at=NOW))
    words = put_all(folder, [sealing(b"one"), *bad, gone, sealing(b"two")])

    assert [type(word) for word in words] == [Kept, Unreadable, Unreadable, Unreadable, Kept]
    assert [word.why for word in words if isinstance(word, Unreadable)][1] == "Too large."
    assert len(Ledger(folder).promised()) == 2
    assert not list(folder.staging.iterdir())


def test_equal_bytes_are_kept_once_and_said_to_be(tmp_path: Path) -> None:
    folder = library(tmp_path)
    words = put(folder, b"same", b"same", b"other", b"same")
    hows = [word.how for word in words if isinstance(word, Kept)]

    assert sorted(hows) == [How.KEPT, How.KEPT, How.NEW, How.NEW]
    assert len(list(Shelf(folder).objects())) == 2
    assert put(folder, b"same") == [Kept(_arrival(b"same"), How.KEPT)]


def test_a_later_arrival_is_journaled_once(tmp_path: Path) -> None:
    folder = library(tmp_path)
    for _ in range(2):
        put_all(folder, [sealing(b"same", "first.txt"), sealing(b"other")], batch=1)
        put_all(folder, [sealing(b"same", "second.txt", "zip")])

    assert Shelf(folder).arrival(Digest.of(b"same")).name == "first.txt"
    assert [entry.act for entry in Journal(folder).acts()] == [Arrived(_arrival(b"same", "second.txt", "zip"))]


@pytest.mark.parametrize("harmed", ["v1/content/original.txt", "inventory.json", "v1/inventory.json.sha512"])
@pytest.mark.parametrize("gone", [False, True])
def test_a_damaged_copy_is_set_aside_for_a_good_one(tmp_path: Path, harmed: str, gone: bool) -> None:
    folder = library(tmp_path)
    put_all(folder, [sealing(b"precious", "first.txt")])
    digest = Digest.of(b"precious")
    home = folder.shelf / place_of(object_id(digest))
    _harm(home / harmed, gone)
    damaged = files_of(home)
    words = put_all(folder, [sealing(b"precious", "second.txt")])
    events = [entry.what for entry in Ledger(folder).lines() if isinstance(entry.what, Event)]

    assert words == [Kept(_arrival(b"precious", "second.txt"), How.MENDED)]
    assert Shelf(folder).get(digest) == b"precious"
    assert not Shelf(folder).check(digest).harms
    assert _valid(folder)
    (aside,) = folder.aside.iterdir()
    assert files_of(aside) == damaged
    assert (events[-1].kind, events[-1].digest, events[-1].detail["aside"]) == ("mended", digest, aside.name)
    assert Shelf(folder).arrival(digest).name == "first.txt"


def test_a_damaged_copy_is_set_aside_where_the_system_cannot_swap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library(tmp_path)
    put(folder, b"precious")
    digest = Digest.of(b"precious")
    _harm(Shelf(folder).path_of(digest), gone=False)
    monkeypatch.setattr("remnant.keep.placing.files.exchange", _cannot)

    assert put(folder, b"precious") == [Kept(_arrival(b"precious"), How.MENDED)]
    assert Shelf(folder).get(digest) == b"precious"
    assert len(list(folder.aside.iterdir())) == 1


def test_damage_is_named_and_never_handed_out(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, b"precious")
    digest = Digest.of(b"precious")
    _harm(Shelf(folder).path_of(digest), gone=False)

    with pytest.raises(DamageError, match=digest.short):
        Shelf(folder).get(digest)
    with pytest.raises(DamageError, match=digest.short):
        Shelf(folder).open(digest)


def test_what_was_never_kept_or_is_gone_is_said_so(tmp_path: Path) -> None:
    folder = library(tmp_path)

    with pytest.raises(DamageError, match="is not on the shelf"):
        Shelf(folder).get(Digest.of(b"never"))
    with pytest.raises(DamageError):
        Shelf(folder).arrival(Digest.of(b"never"))
    assert not Shelf(folder).has(Digest.of(b"never"))


def test_other_bytes_with_the_same_short_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = library(tmp_path)
    with monkeypatch.context() as short:
        short.setattr("remnant.keep.ocfl.object_id", lambda _digest: object_id(Digest.of(b"one")))
        put(folder, b"one")
        with pytest.raises(RefusedError, match="taken by other bytes"):
            put(folder, b"two")

    assert Shelf(folder).get(Digest.of(b"one")) == b"one"
    assert not Shelf(folder).check(Digest.of(b"one")).harms


def test_without_links_the_second_inventory_is_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = library(tmp_path)
    with monkeypatch.context() as no_links:
        no_links.setattr(os, "link", _not_permitted)
        put(folder, b"one")

    assert not Shelf(folder).check(Digest.of(b"one")).harms
    assert _valid(folder)


def test_whoever_stops_listening_loses_nothing(tmp_path: Path) -> None:
    folder = library(tmp_path)
    words = seal(folder, map(sealing, [b"one", b"two", b"three"]), lambda: NOW, batch=1)
    next(words)
    words.close()  # type: ignore[attr-defined]
    put(folder, b"two")

    assert set(Ledger(folder).promised()) == {Digest.of(data) for data in (b"one", b"two")}
    assert not list(folder.staging.iterdir())


def test_records_are_for_people_too(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put_all(folder, [sealing(b"x", "Où.txt")])
    record = Shelf(folder).path_of(Digest.of(b"x")).with_name("arrival.json").read_bytes()

    assert record == objects.arrival_record(_arrival(b"x", "Où.txt"))
    assert json.loads(record)["name"] == "Où.txt"
    assert record.isascii()


def _arrival(data: bytes, name: str = "story.txt", door: str = "file") -> Arrival:
    return Arrival(Original(Digest.of(data), len(data)), door, name, NOW)


def _harm(path: Path, gone: bool) -> None:
    data = path.read_bytes()
    path.unlink()
    if not gone:
        path.write_bytes(data[:3] + b"?" + data[4:])


def _cannot(*_: object) -> None:
    raise OSError(38, "Function not implemented")


def _not_permitted(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")
