"""What is remembered of the ledger is what its lines say, or it is passed over."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import NOW, library, no_sync, put

from remnant.durable import files
from remnant.keep import chain, checkpoint, closing, ledger
from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder, create
from remnant.keep.ledger import Event, Ledger
from remnant.keep.ocfl import object_id, place_of
from remnant.model import Digest, Original


@pytest.fixture(autouse=True, scope="module")
def _remembered_at_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        patch.setattr(ledger, "WORTH", 1)
        yield


def _original(number: int) -> Original:
    return Original(Digest.of(b"%d" % number), number)


def _with_ten(path: Path) -> Folder:
    folder = library(path)
    for number in range(10):
        Ledger(folder).promise([_original(number)], NOW)
    return folder


def _chain(folder: Folder) -> Path:
    return folder.ledger / f"{folder.replica}.jsonl"


def _overwrite(path: Path, at: int, byte: int) -> int:
    data = bytearray(path.read_bytes())
    data[at % len(data)] ^= byte
    return path.write_bytes(data)


def _another_promises(folder: Folder, number: int) -> None:
    """A chain of another copy, as joining brings it."""
    other = create(folder.path.parent / "other", NOW)
    Ledger(other).promise([_original(number + 50)], NOW)
    shutil.copy(_chain(other), folder.ledger)


def _close(folder: Folder, digest: Digest) -> None:
    speaks = digest.hex.encode()
    chains = closing.speaking(folder, lambda raw: speaks in raw)
    closing.close(folder, chains, lambda raw: speaks in raw, NOW)


def _remembered(folder: Folder, harm: Callable[[Path], object]) -> None:
    if (folder.index / checkpoint.NAME).exists():
        harm(folder.index / checkpoint.NAME)


def _first_half(folder: Folder) -> bytes:
    lines = _chain(folder).read_bytes().splitlines(keepends=True)
    return b"".join(lines[: len(lines) // 2])


STEPS: dict[str, Callable[[Folder, int], object]] = {
    "promise": lambda folder, number: Ledger(folder).promise(map(_original, range(number, number + 3)), NOW),
    "check": lambda folder, number: Ledger(folder).record([Event("checked", None, {"to": number})], NOW),
    "another's": _another_promises,
    "forget": lambda folder, number: _close(folder, _original(number).digest),
    "spoil": lambda folder, number: _chain(folder).exists() and _overwrite(_chain(folder), number * 97, 1),
    "spoil what is remembered": lambda folder, number: _remembered(folder, lambda path: _overwrite(path, number, 4)),
    "cut what is remembered": lambda folder, number: _remembered(
        folder, lambda path: path.write_bytes(path.read_bytes()[:number])
    ),
    "roll back": lambda folder, _: _chain(folder).exists() and _chain(folder).write_bytes(_first_half(folder)),
}


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 30)), max_size=8))
def test_whatever_happens_it_is_as_if_every_line_were_read(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = library(Path(place))
        for name, number in (("promise", 0), *steps):
            STEPS[name](folder, number)
            known, read = Ledger(folder), Ledger(folder, whole=True)

            assert known.promised() == read.promised()
            assert known.checks() == read.checks()


def test_what_its_line_no_longer_proves_is_not_remembered(tmp_path: Path) -> None:
    folder = _with_ten(tmp_path)
    spoilt = _original(3).digest
    _overwrite(_chain(folder), _chain(folder).read_bytes().index(spoilt.hex.encode()), 1)

    assert spoilt not in Ledger(folder).promised()
    assert Ledger(folder).not_promised([_original(3), _original(4)]) == [_original(3)]


def test_what_is_remembered_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = _with_ten(tmp_path)
    read: list[int] = []
    real = chain.read_line

    def reading(raw: bytes, start: int) -> chain.Line | None:
        read.append(start)
        return real(raw, start)

    monkeypatch.setattr(chain, "read_line", reading)

    assert len(Ledger(folder).promised()) == 10
    assert len(read) <= 2


def test_a_check_reads_every_line_whatever_is_remembered(tmp_path: Path) -> None:
    """Whoever forges what is remembered, seal and all, keeps no missing original from being named."""
    folder = library(tmp_path)
    for number in range(3):
        put(folder, b"a story, %d" % number)
    lost = Digest.of(b"a story, 1")
    known = Ledger(folder)
    promised = {digest.hex: one.size for digest, one in known.promised().items() if digest != lost}
    with folder.writing("ledger", "forging"):
        checkpoint.write(folder, checkpoint.Checkpoint(known.heads(), promised, ()))
    shutil.rmtree(folder.shelf / place_of(object_id(lost)))
    harmed = [verdict.digest for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]

    assert lost not in Ledger(folder).promised()
    assert lost in harmed


def test_one_that_names_a_file_elsewhere_is_passed_over(tmp_path: Path) -> None:
    folder = _with_ten(tmp_path)
    path = folder.index / checkpoint.NAME
    body = path.read_bytes()[:-32].replace(b'"chains":{"', b'"chains":{"../ledger/')
    path.write_bytes(body + hashlib.sha256(body).digest())

    assert checkpoint.read(folder) is None
    assert len(Ledger(folder).promised()) == 10
