"""What was promised stays promised, line by line, each proving the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import NOW, library, no_sync, put

from remnant.durable import files
from remnant.keep.audit import Audit, Grade
from remnant.keep.chain import Harm, HeadLostError, Line, Tail, link, walk
from remnant.keep.chain_writer import ChainWriter
from remnant.keep.folder import Folder, create
from remnant.keep.ledger import Event, Ledger, Promise
from remnant.model import Digest, Original
from remnant.wire.canonical import Json


@pytest.fixture(autouse=True, scope="module")
def _no_power_fails() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        yield


def _original(number: int) -> Original:
    return Original(Digest.of(b"%d" % number), number)


def _promise(folder: Folder, *numbers: int) -> int:
    return Ledger(folder).promise(map(_original, numbers), NOW)


def _promised(folder: Folder) -> list[int]:
    return [original.size for original in Ledger(folder).promised().values()]


def _chain(folder: Folder) -> Path:
    return folder.ledger / f"{folder.replica}.jsonl"


def test_each_original_is_promised_once(tmp_path: Path) -> None:
    folder = library(tmp_path)
    ledger = Ledger(folder)

    assert ledger.promise(map(_original, [1, 2, 2]), NOW) == 2
    assert _promise(folder, 2, 3) == 1
    assert ledger.promise(map(_original, [1, 2, 3]), NOW) == 0
    assert _promised(folder) == [1, 2, 3]


def test_a_line_is_what_the_documentation_says(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _promise(folder, 1, 2)
    raw = _chain(folder).read_bytes().splitlines()
    header, first, second = map(json.loads, raw)
    opening = raw[2][raw[2].index(b',"open":') + 8 : raw[2].index(b',"hash":')]
    body = raw[2].replace(b',"hash":"' + second["hash"].encode() + b'"', b"").replace(b',"open":' + opening, b"")

    assert header.items() >= {"v": 1, "seq": 0, "kind": "chain", "chain": "ledger", "replica": folder.replica}.items()
    assert header["prev"] == "0" * 64
    assert (first["seq"], second["seq"], second["batch"]) == (1, 2, 0)
    assert second["prev"] == first["hash"]
    assert hashlib.sha256(body).hexdigest() == second["hash"]
    assert second["v"] == 2
    assert hashlib.sha256(opening).hexdigest() == second["seal"]
    assert second["open"].keys() == {"digest", "id", "salt", "size"}
    assert second["open"]["digest"] == f"sha512:{_original(2).digest.hex}"
    assert second["open"]["id"].startswith("urn:remnant:")


def test_only_what_is_new_is_read_past_the_heads(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _promise(folder, 1)
    heads = Ledger(folder).heads()
    _promise(folder, 2)
    entries = list(Ledger(folder).lines(heads))

    assert [entry.what for entry in entries] == [Promise(_original(2))]
    assert {entries[-1].replica: entries[-1].head} == Ledger(folder).heads()
    assert not list(Ledger(folder).lines(Ledger(folder).heads()))


def test_a_chain_that_was_rolled_back_is_noticed(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _promise(folder, 1)
    before = _chain(folder).read_bytes()
    _promise(folder, 2)
    heads = Ledger(folder).heads()
    _chain(folder).write_bytes(before)
    _promise(folder, 3)

    with pytest.raises(HeadLostError, match="no longer reaches line 3"):
        list(Ledger(folder).lines(heads))


def test_a_writer_that_is_behind_catches_up(tmp_path: Path) -> None:
    folder = library(tmp_path)
    one, other = Ledger(folder), Ledger(folder)
    for number in range(4):
        (one, other)[number % 2].promise([_original(number)], NOW)

    assert _promised(folder) == [0, 1, 2, 3]
    assert all(isinstance(item, Line) for item in walk(_chain(folder)))


def test_chains_of_other_copies_count_and_are_not_written(tmp_path: Path) -> None:
    folder, other = library(tmp_path), create(tmp_path / "other", NOW)
    _promise(other, 7)
    theirs = _chain(other).read_bytes()
    (folder.ledger / _chain(other).name).write_bytes(theirs)

    assert _promise(folder, 7, 8) == 1
    assert sorted(_promised(folder)) == [7, 8]
    assert (folder.ledger / _chain(other).name).read_bytes() == theirs


@given(cut=st.integers(1, 2000))
def test_a_torn_write_was_never_promised_and_hinders_nobody(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    folder = library(tmp_path_factory.mktemp("torn"))
    _promise(folder, 1)
    safe = len(_chain(folder).read_bytes())
    _promise(folder, 2, 3, 4)
    whole = _chain(folder).read_bytes()
    _chain(folder).write_bytes(whole[: safe + cut % (len(whole) - safe)])
    told = _promised(folder)
    _promise(folder, 5)

    assert told == [1, 2, 3][: len(told)]
    assert _promised(folder) == [*told, 5]
    assert all(isinstance(item, Line) for item in walk(_chain(folder)))


def test_blocks_lost_in_the_middle_of_a_torn_write_cost_only_their_lines(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _promise(folder, 1)
    _promise(folder, 2, 3, 4)
    lines = _chain(folder).read_bytes().splitlines(keepends=True)
    lines[3] = b"\0" * (len(lines[3]) - 1) + b"\n"
    _chain(folder).write_bytes(b"".join(lines))
    told = _promised(folder)
    _promise(folder, 5)

    assert told == [1, 2]
    assert _promised(folder) == [1, 2, 4, 5]
    assert [entry.what.kind for entry in Ledger(folder).lines() if isinstance(entry.what, Event)] == ["chain", "cut"]
    (aside,) = folder.aside.iterdir()
    assert aside.read_bytes() == b"".join(lines[3:])


def test_damage_before_the_last_write_is_left_where_it_is(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _promise(folder, 1, 2, 3)
    _promise(folder, 4)
    lines = _chain(folder).read_bytes().splitlines(keepends=True)
    lines[2] = lines[2].replace(b"promise", b"promise"[::-1])
    _chain(folder).write_bytes(b"".join(lines))
    _promise(folder, 5)

    assert _chain(folder).read_bytes().startswith(b"".join(lines))
    assert _promised(folder) == [1, 3, 4, 5]
    assert [item.number for item in walk(_chain(folder)) if isinstance(item, Harm)] == [3]


@given(seeds=st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), min_size=1, max_size=4), data=st.data())
def test_a_chain_with_a_line_taken_out_or_moved_is_known_for_it(
    tmp_path_factory: pytest.TempPathFactory, seeds: Sequence[Sequence[int]], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("chain") / "x.jsonl"
    writer = ChainWriter(path, {"chain": "test"}, path.parent / "aside")
    for batch in seeds:
        writer.append([{"kind": "n", "n": number} for number in batch], NOW)
    lines = path.read_bytes().splitlines(keepends=True)
    gone = data.draw(st.integers(0, len(lines) - 2))
    path.write_bytes(b"".join(lines[:gone] + lines[gone + 1 :]))
    without = list(walk(path))
    path.write_bytes(b"".join([*lines[:gone], lines[gone + 1], lines[gone], *lines[gone + 2 :]]))
    moved = list(walk(path))

    assert any(isinstance(item, Harm | Tail) for item in without)
    assert any(isinstance(item, Harm | Tail) for item in moved)


def test_an_event_comes_back_as_it_was(tmp_path: Path) -> None:
    folder = library(tmp_path)
    event = Event("mended", _original(1).digest, {"aside": "x", "harms": ["inventory.json is missing or changed"]})
    Ledger(folder).record([event], NOW)

    assert [entry.what for entry in Ledger(folder).lines()][1:] == [event]
    assert not Ledger(folder).promised()


def test_lines_of_a_newer_form_are_passed_over(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _promise(folder, 1)
    newer = link([{"kind": "promise"}], Ledger(folder).heads()[folder.replica]).replace(b'"v":1', b'"v":9')
    text = newer[: newer.index(b',"hash"')] + b"}"
    seal = hashlib.sha256(text).hexdigest().encode()
    with _chain(folder).open("ab") as file:
        file.write(text[:-1] + b',"hash":"' + seal + b'"}\n')
    _promise(folder, 2)

    assert _promised(folder) == [1, 2]


_AT = {"at": "2026-03-01T12:00:00Z"}
_DIGEST = f"sha512:{_original(9).digest.hex}"


@pytest.mark.parametrize(
    ("strange", "grade"),
    [
        ({"kind": "promise", **_AT}, Grade.HARM),
        ({"kind": "promise", "digest": _DIGEST, **_AT}, Grade.HARM),
        ({"kind": "promise", "size": 9, "digest": _DIGEST}, Grade.HARM),
        ({"kind": "promise", "size": "nine", "digest": _DIGEST, **_AT}, Grade.HARM),
        ({"kind": "promise", "size": 9, "digest": 9, **_AT}, Grade.HARM),
        ({"kind": "promise", "size": 9, "digest": "sha512:9", **_AT}, Grade.HARM),
        ({"kind": "mended"}, Grade.REMARK),
        ({"kind": "mended", "digest": "md5:9", **_AT}, Grade.REMARK),
        ({"kind": ["mended"], **_AT}, Grade.REMARK),
        ({"at": "yesterday"}, Grade.REMARK),
        ({}, Grade.REMARK),
    ],
)
def test_a_whole_line_that_lacks_something_stops_nobody_and_is_named(
    strange: Json, grade: Grade, tmp_path: Path
) -> None:
    folder = library(tmp_path)
    put(folder, b"1")
    with _chain(folder).open("ab") as file:
        file.write(link([strange], Ledger(folder).heads()[folder.replica]))
    put(folder, b"2")
    told = [verdict for verdict in Audit(folder).verdicts() if verdict.grade is not Grade.WHOLE]

    assert [(verdict.grade, "line 3 is" in verdict.what) for verdict in told] == [(grade, True)]
    assert set(Ledger(folder).promised()) == {Digest.of(b"1"), Digest.of(b"2")}
    assert len(list(Ledger(folder).lines())) == 3


@pytest.mark.parametrize(
    "text", [b"[]", b"{}", b"1", b"x", b'{"seq":2}', b'{"batch":2,"prev":3,"seq":"2"}', b"[" * 10**5]
)
def test_a_line_with_a_right_hash_and_no_place_in_the_chain_is_harm(text: bytes, tmp_path: Path) -> None:
    folder = library(tmp_path)
    _promise(folder, 1)
    body = text if text.endswith(b"}") else text + b"}"
    with _chain(folder).open("ab") as file:
        file.write(body[:-1] + b',"hash":"' + hashlib.sha256(body).hexdigest().encode() + b'"}\n')

    assert [type(item) for item in walk(_chain(folder))] == [Line, Line, Tail]
    assert _promised(folder) == [1]
    assert _promise(folder, 2) == 1


def test_what_reached_the_shelf_and_not_the_ledger_is_promised_by_the_next_adder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library(tmp_path)
    with monkeypatch.context() as crash:
        crash.setattr(Ledger, "promise", _crash)
        with pytest.raises(ZeroDivisionError):
            put(folder, b"orphan")
    before = set(Ledger(folder).promised())
    put(folder, b"next")

    assert not before
    assert set(Ledger(folder).promised()) == {Digest.of(b"orphan"), Digest.of(b"next")}
    assert not list(folder.staging.iterdir())


def _crash(*_: object) -> int:
    # `recover` promises nothing while no run was abandoned, so this is the batch itself.
    raise ZeroDivisionError


def test_promising_copies_nothing_of_what_was_promised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(library(tmp_path))
    ledger.promise([_original(1)], NOW)
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "promised", None)
        new = ledger.promise([_original(1), _original(2)], NOW)

    assert new == 1
    assert [original.size for original in ledger.promised().values()] == [1, 2]
