"""A check names what is harmed, comes round to everything a little at a time, and says how far it came."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path

import pytest
from tests.strategies.keep import put
from tests.strategies.libraries import BEGAN, READER, stops_after, story, write_all

from remnant.keep.ledger import Event
from remnant.library import checking
from remnant.library.adding import add
from remnant.library.checking import Checked, check
from remnant.library.opening import Library
from remnant.library.rates import Pace
from remnant.model import Digest, ProfileKind, Reader

MANY = 12


@pytest.fixture
def kept(library: Library) -> Library:
    put(library.folder, *(b"%d" % number for number in range(MANY)))
    return library


def _a_little(library: Library) -> Checked:
    """As much as is done when there is no time at all."""
    return check(library, READER, seconds=1e-9, clock=lambda: BEGAN)


def _looked_at(library: Library) -> list[tuple[object, object]]:
    return [
        (entry.what.detail["folders"], entry.what.detail["originals"])
        for entry in library.ledger.lines()
        if isinstance(entry.what, Event) and entry.what.kind == "checked"
    ]


def test_a_whole_check_is_whole_and_written_down(kept: Library) -> None:
    checked = check(kept, READER, clock=lambda: BEGAN)

    assert (checked.originals, checked.promised, checked.complete, checked.since) == (MANY, MANY, True, BEGAN)
    assert _looked_at(kept) == [("000-fff", MANY)]


def test_a_little_every_night_comes_round_to_everything(kept: Library) -> None:
    nights = [_a_little(kept) for _ in range(MANY)]

    assert [night.originals >= 1 for night in nights] == [True] * MANY
    assert sum(night.originals for night in nights) == MANY
    assert [night.since for night in nights] == [None] * (MANY - 1) + [BEGAN]
    assert not any(night.complete for night in nights)
    assert check(kept, READER).originals == MANY


def test_what_was_harmed_last_time_is_named_again_the_next_night(kept: Library) -> None:
    gone, changed = Digest.of(b"3"), Digest.of(b"5")
    shutil.rmtree(kept.shelf.path_of(gone).parents[2])
    path = kept.shelf.path_of(changed)
    path.chmod(0o644)
    path.write_bytes(b"?")
    first = check(kept, READER)
    second = _a_little(kept)

    assert {harm.original for harm in first.harmed} == {gone, changed}
    assert {harm.original for harm in second.harmed} == {gone, changed}
    assert second.originals == 1


def test_what_is_lost_between_two_nights_is_missed(kept: Library) -> None:
    check(kept, READER)
    shutil.rmtree(kept.shelf.path_of(Digest.of(b"3")).parents[2])
    harmed = [harm for _ in range(MANY) for harm in _a_little(kept).harmed]

    assert {harm.original for harm in harmed} == {Digest.of(b"3")}


def test_one_that_is_stopped_goes_on_where_it_was(kept: Library) -> None:
    first = check(kept, READER, stop=stops_after(2000))
    again = _a_little(kept)

    assert first.stopped
    assert first.since is None
    assert 0 < first.originals < MANY
    assert again.originals == 1
    looked_at = [set(str(folders).split(",")) for folders, _ in _looked_at(kept)]
    assert len(looked_at) == 2
    assert not looked_at[0] & looked_at[1]


def test_a_long_check_writes_down_what_it_did_now_and_then(kept: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "WRITTEN_EVERY", 0)
    check(kept, READER)

    assert len(_looked_at(kept)) > MANY
    assert sum(int(str(originals)) for _, originals in _looked_at(kept)) == MANY


def test_where_nothing_may_be_written_it_says_so_and_checks_all_the_same(kept: Library) -> None:
    kept.folder.suspect.write_text("The disk refused.")
    checked = check(kept, READER)

    assert checked.originals == MANY
    assert checked.complete
    assert checked.since is None
    assert "could not be written down" in checked.remarks[-1].what
    assert [harm.what for harm in checked.harmed] == ["The disk once refused to confirm a write: see SUSPECT.txt."]


def test_nobody_reads_faster_than_was_wished(kept: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    pace = Pace(1000)
    for _ in range(5):
        pace(500)

    assert slept == pytest.approx([0.5, 1.0, 1.5, 2.0, 2.5], abs=0.1)


def test_the_ledger_says_what_the_documentation_says(kept: Library) -> None:
    check(kept, READER, clock=lambda: BEGAN)
    [chain] = Path(kept.folder.ledger).glob("*.jsonl")
    last = json.loads(chain.read_bytes().splitlines()[-1])

    assert {key: last[key] for key in ("kind", "begun", "folders", "harmed", "originals")} == {
        "kind": "checked", "begun": "2026-03-01T12:00:00Z", "folders": "000-fff", "harmed": "", "originals": MANY,
    }  # fmt: skip
    assert last["bytes"] == sum(len(str(number)) for number in range(MANY))


def _harm_everything(library: Library) -> None:
    for digest in library.ledger.promised():
        path = library.shelf.path_of(digest)
        path.chmod(0o644)
        path.write_bytes(b"?")


def test_what_is_harmed_is_called_by_its_name(library: Library, tmp_path: Path) -> None:
    came = write_all(tmp_path / "in", [story("The Ferry")])
    (came / "for jess@inn.example.mobi").write_bytes(b"\x00\x01\x02" * 99)
    add(library, [came])
    _harm_everything(library)
    names = sorted(str(harm.name) for harm in check(library, READER).harmed)

    assert names == ["The Ferry", "in/for [veiled].mobi"]


def test_what_a_reader_is_not_shown_is_not_named_to_them(library: Library, tmp_path: Path) -> None:
    add(library, [write_all(tmp_path / "in", [story("The Ferry")])])
    _harm_everything(library)
    [harm] = check(library, Reader("kim", kind=ProfileKind.CHILD)).harmed

    assert harm.name is None
    assert "Ferry" not in harm.what
    assert "story" not in harm.what


def test_without_an_index_harm_has_a_digest_and_no_name(library: Library, tmp_path: Path) -> None:
    add(library, [write_all(tmp_path / "in", [story("The Ferry")])])
    library.let_go_of_index()
    shutil.rmtree(library.folder.index)
    _harm_everything(library)

    assert [harm.name for harm in check(library, READER).harmed] == [None]
