"""A check done in parts comes round to everything, and the ledger proves it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import NOW, library, no_sync, put

from remnant.durable import files
from remnant.keep.audit import Audit, Grade, Through, Verdict
from remnant.keep.audited import FOLDERS, Look, audited, remember
from remnant.keep.folder import Folder, create
from remnant.keep.ledger import Event, Ledger
from remnant.keep.shelf import Shelf
from remnant.model import Digest


@pytest.fixture(autouse=True, scope="module")
def _no_power_fails() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        yield


def _look(*folders: int, harmed: frozenset[int] = frozenset(), hours: int = 0) -> Look:
    return Look(NOW + timedelta(hours=hours), frozenset(folders), harmed, 7, 700)


def _remembered(folder: Folder, *looks: Look) -> list[Look]:
    for look in looks:
        remember(Ledger(folder), look, NOW)
    return list(audited(Ledger(folder)).looks)


some_folders = st.frozensets(st.integers(0, FOLDERS - 1), max_size=20) | st.builds(
    lambda first, many: frozenset(range(first, min(first + many, FOLDERS))), st.integers(0, 4095), st.integers(0, 4095)
)


@given(folders=some_folders, harmed=some_folders)
def test_a_look_is_remembered_as_it_was(
    folders: frozenset[int], harmed: frozenset[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    look = Look(NOW, folders, harmed, 3, 99)

    assert _remembered(library(tmp_path_factory.mktemp("look")), look) == [look]


def test_what_was_never_looked_at_comes_first_and_then_the_longest_ago(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _remembered(folder, _look(1, 2, 3), _look(2), _look(*range(5, FOLDERS)))
    found = audited(Ledger(folder))

    assert found.order()[:5] == [0, 4, 1, 3, 2]
    assert found.since is None


def test_where_something_was_harmed_is_looked_at_again_before_all_else(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _remembered(folder, _look(*range(FOLDERS), harmed=frozenset({9, 4})), _look(9, hours=1))

    assert audited(Ledger(folder)).order()[:2] == [4, 0]


def test_a_whole_round_is_proved_since_its_oldest_look(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _remembered(folder, _look(*range(4000), hours=1), _look(*range(3000, FOLDERS), hours=2), _look(0, hours=3))

    assert audited(Ledger(folder)).since == NOW + timedelta(hours=1)


def test_a_clock_set_back_does_not_change_the_order(tmp_path: Path) -> None:
    folder = library(tmp_path)
    _remembered(folder, _look(*range(100), hours=50), _look(*range(100, FOLDERS), hours=0))

    assert audited(Ledger(folder)).order()[0] == 0


@pytest.mark.parametrize("folders", ["1000", "-1", "0", "xyz", "000-", "000-1000"])
def test_a_look_that_cannot_be_read_counts_as_none(folders: str, tmp_path: Path) -> None:
    folder = library(tmp_path)
    detail = {"begun": "2026-03-01T12:00:00Z", "folders": folders, "harmed": "", "originals": 1, "bytes": 1}
    Ledger(folder).record([Event("checked", None, detail)], NOW)

    assert _remembered(folder) == []


def test_looks_at_another_copy_prove_nothing_of_this_one(tmp_path: Path) -> None:
    folder, other = library(tmp_path), create(tmp_path / "other", NOW)
    _remembered(other, _look(*range(FOLDERS)))
    for chain in other.ledger.iterdir():
        shutil.copy(chain, folder.ledger)

    assert audited(Ledger(folder)).since is None


def _of(folder: Folder, folders: list[int]) -> list[Verdict]:
    return [found for found in Audit(folder).originals(folders) if isinstance(found, Verdict)]


def test_parts_of_the_shelf_together_are_the_whole_of_it(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, *(b"%d" % number for number in range(40)))
    gone = Digest.of(b"7")
    shutil.rmtree(Shelf(folder).path_of(gone).parents[2])
    parts = [_of(folder, list(range(first, FOLDERS, 16))) for first in range(16)]
    whole = _of(folder, list(range(FOLDERS)))

    assert sorted(verdict.what for part in parts for verdict in part) == sorted(verdict.what for verdict in whole)
    assert [verdict.digest for verdict in whole if verdict.grade is Grade.HARM] == [gone]
    assert len(whole) == 40


def test_each_folder_is_done_when_all_in_it_was_looked_at(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, *(b"%d" % number for number in range(40)))
    seen = list(Audit(folder).originals())
    standing = [int(path.name, 16) for path in sorted(folder.shelf.glob("???"))]
    done = [found.folder for found in seen if isinstance(found, Through)]
    after = [seen[place + 1 :][0] for place, found in enumerate(seen) if isinstance(found, Verdict)]

    assert done == list(range(FOLDERS))
    assert [found.folder for found in after if isinstance(found, Through)] == standing


def test_the_pace_is_told_of_every_byte(tmp_path: Path) -> None:
    folder = library(tmp_path)
    put(folder, b"x" * 3_000_000, b"y" * 10)
    read: list[int] = []
    list(Audit(folder, read.append).originals())

    assert sum(read) == sum(path.stat().st_size for path in folder.shelf.rglob("v1/content/*"))
    assert max(read) <= 1 << 20


def test_a_folder_that_cannot_be_read_is_named_and_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library(tmp_path)
    put(folder, b"one", b"two")
    above = next(folder.shelf.glob("???"))
    real = os.listdir

    def listed(path: Path) -> list[str]:
        if Path(path) == above:
            raise PermissionError
        return real(path)

    monkeypatch.setattr(os, "listdir", listed)
    harms = [verdict for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]

    assert len(harms) == 1
