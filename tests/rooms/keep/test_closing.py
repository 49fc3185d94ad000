"""Lines that no longer tell: they prove themselves, and nobody can close one unseen."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from tests.strategies.keep import NOW, library, put

from remnant.keep import closing
from remnant.keep.audit import Audit, Grade
from remnant.keep.chain import Line, link, read_line, sealed, walk
from remnant.keep.folder import Folder
from remnant.keep.ledger import Event, Ledger
from remnant.model import Digest
from remnant.wire.canonical import canonical

ONE = Digest.of(b"one")


def _speaks(raw: bytes) -> bool:
    return ONE.hex.encode() in raw


def _chain(folder: Folder) -> Path:
    return folder.ledger / f"{folder.replica}.jsonl"


def _harms(folder: Folder) -> list[str]:
    return [verdict.what for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]


def _lines(folder: Folder) -> list[Line]:
    return [item for item in walk(_chain(folder)) if isinstance(item, Line)]


def _close(folder: Folder) -> tuple[closing.Speaking, ...]:
    found = closing.speaking(folder, _speaks)
    closing.close(folder, found, _speaks, NOW)
    return found


def test_a_closed_line_proves_itself_and_its_place(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, b"one", b"two")
    before = _lines(folder)
    (found,) = _close(folder)
    after = _lines(folder)

    assert found.seqs == (1,)
    assert [line.hash for line in after] == [line.hash for line in before]
    assert [line.closed for line in after] == [False, True, False]
    assert ONE.hex not in _chain(folder).read_text()
    assert set(Ledger(folder).promised()) == {Digest.of(b"two")}
    assert not closing.speaking(folder, _speaks)


def test_a_line_that_was_closed_and_is_named_nowhere_is_harm(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, b"one", b"two")
    _close(folder)

    assert any("no longer says what it said" in harm for harm in _harms(folder))
    lines = {f"ledger/{folder.replica}": [1]}
    Ledger(folder).record([Event(closing.REMOVED, None, {"stone": "0" * 16, "lines": lines})], NOW)
    assert not any("no longer says" in harm for harm in _harms(folder))


def test_what_is_sealed_cannot_be_guessed_by_its_seal(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, b"one")
    opening = dict(_lines(folder)[1].opening or {})
    guess = {**opening, "salt": ""}
    _close(folder)

    assert len(opening["salt"]) == 32
    assert sealed("promise", a=1)["open"]["salt"] != sealed("promise", a=1)["open"]["salt"]
    assert hashlib.sha256(canonical(guess)).hexdigest() != _lines(folder)[1].seal


def test_a_changed_byte_under_the_seal_is_seen() -> None:
    raw = link([sealed("promise", digest="sha512:00")], None)
    harmed = raw.replace(b"sha512:00", b"sha512:01")

    assert read_line(raw, 0) is not None
    assert read_line(harmed, 0) is None


def test_a_chain_with_old_and_damaged_lines_is_linked_anew(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, b"two")
    head = Ledger(folder).heads()[folder.replica]
    old = {"kind": "promise", "at": "2026-03-01T12:00:00Z", "digest": f"sha512:{ONE.hex}", "size": 3}
    with _chain(folder).open("ab") as file:
        file.write(link([old, {**old, "size": 4}], head))
    raws = _chain(folder).read_bytes().splitlines(keepends=True)
    _chain(folder).write_bytes(b"".join([*raws[:-1], raws[-1].replace(b'"size":4', b'"size":5')]))
    put(folder, b"three")
    (found,) = _close(folder)
    lines = _lines(folder)

    assert found.anew
    assert [line.fields["kind"] for line in lines].count("lost") <= 1
    assert [line.seq for line in lines] == list(range(len(lines)))
    assert ONE.hex not in _chain(folder).read_text()
    assert all(json.loads(raw)["v"] in (1, 2) for raw in _chain(folder).read_bytes().splitlines())
    assert set(Ledger(folder).promised()) == {Digest.of(b"two"), Digest.of(b"three")}
