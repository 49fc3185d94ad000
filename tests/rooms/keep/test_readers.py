"""A reader's places are theirs: kept, private, and no name leads out of the folder."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies.keep import NOW, library, no_sync
from tests.strategies.testimony import any_text, spots

from remnant.durable import files
from remnant.keep import readers
from remnant.keep.audit import Audit, Grade
from remnant.keep.chain import Line, link, walk
from remnant.keep.readers import Pin, Place, ReaderFile, file_name
from remnant.model import Digest, ProfileKind, Reader, Seen, Spot, Wish, WishHow, WishKind
from remnant.wire.canonical import Json


@pytest.fixture(autouse=True, scope="module")
def _no_power_fails() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", no_sync)
        yield


@given(kept=st.lists(st.tuples(any_text, spots), max_size=6), name=any_text)
def test_the_newest_place_in_each_work_is_kept(
    tmp_path_factory: pytest.TempPathFactory, kept: list[tuple[str, Spot]], name: str
) -> None:
    folder = library(tmp_path_factory.mktemp("readers"))
    for work, spot in kept:
        ReaderFile(folder, name).keep(work, spot, NOW)
    back = ReaderFile(folder, name).spots()

    assert back == {work: Place(spot, NOW) for work, spot in kept}
    assert not kept or list(back)[-1] == kept[-1][0]


@given(one=any_text, other=any_text)
def test_every_reader_has_a_safe_file_of_their_own(one: str, other: str) -> None:
    names = [file_name(reader) for reader in (one, other)]

    assert (names[0] == names[1]) == (one == other)
    assert all(name.isascii() and name == name.lower() and len(name) < 150 for name in names)
    assert not any(set(name) & set("/\\: \0") for name in names)


def test_long_names_are_kept_apart() -> None:
    assert file_name("a" * 500) != file_name("a" * 501)
    assert len(file_name("a" * 500)) < 150


def test_what_was_seen_is_kept_by_canon(tmp_path: Path) -> None:
    folder = library(tmp_path)
    ada = ReaderFile(folder, "ada")
    ada.see("Torchwood", Seen(up_to="Day Three"), NOW)
    ada.see("Torchwood", Seen(up_to="Day Four", clips=frozenset({"Day Five"})), NOW)

    assert ReaderFile(folder, "ada").reader().seen == {"Torchwood": Seen("Day Four", clips=frozenset({"Day Five"}))}
    assert ReaderFile(folder, "béa").reader() == Reader("béa")
    assert ReaderFile(folder, "ada").spots() == {}


def test_who_a_reader_is_comes_back(tmp_path: Path) -> None:
    folder = library(tmp_path)
    kit = ReaderFile(folder, "kit")
    kit.be(ProfileKind.CHILD, Pin.of("2468", b"salt"), NOW)
    for how in (WishHow.VEIL, WishHow.HIDE):
        kit.wish(WishKind.TAG, "angst", how, NOW)
    kit.wish(WishKind.WARNING, "gore", WishHow.HIDE, NOW)
    kit.wish(WishKind.WARNING, "gore", None, NOW)
    for work, opened in (("abc", True), ("def", True), ("abc", False)):
        kit.open(work, opened, NOW)
    again = ReaderFile(folder, "kit")
    pin = again.pin()

    wishes = (Wish(WishKind.TAG, "angst", WishHow.HIDE),)
    assert again.reader() == Reader("kit", {}, wishes, ProfileKind.CHILD, frozenset({"def"}))
    assert pin is not None
    assert [pin.fits(digits) for digits in ("2468", "2467", "")] == [True, False, False]
    assert "2468" not in next(folder.readers.iterdir()).read_text("utf-8").replace(pin.key.hex(), "")
    assert readers.names(folder) == ("kit",)


def test_a_line_of_the_first_form_is_a_part_that_was_come_to(tmp_path: Path) -> None:
    folder = library(tmp_path)
    header, line = {"kind": "chain", "chain": "reader", "reader": "ada"}, {"kind": "seen", "canon": "T", "part": "3"}
    written = link([{"at": "2026-03-01T12:00:00Z", **body} for body in (header, line)], None)
    (folder.readers / file_name("ada")).write_bytes(written)

    assert ReaderFile(folder, "ada").reader().seen == {"T": Seen(up_to="3")}


def test_nobody_else_may_look(tmp_path: Path) -> None:
    folder = library(tmp_path)
    ReaderFile(folder, "ada").see("Torchwood", Seen(up_to="Day Four"), NOW)
    (path,) = folder.readers.iterdir()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.readers.stat().st_mode) == 0o700


def test_a_long_file_is_shortened_to_what_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_IDLE", 10)
    folder = library(tmp_path)
    spot = Spot(Digest.of(b""), "0", "", 1, 2, "a", "b", "c")
    reader, other = ReaderFile(folder, "ada"), ReaderFile(folder, "ada")
    for number in range(40):
        (reader, other)[number % 2].keep(f"work {number % 3}", spot, NOW)
    (path,) = folder.readers.iterdir()

    assert len(path.read_bytes().splitlines()) <= 15
    assert set(ReaderFile(folder, "ada").spots()) == {"work 0", "work 1", "work 2"}


@pytest.mark.parametrize(
    "unknown",
    [
        {"kind": "spot", "work": "abc", "spot": {"v": 2}},
        {"kind": "spot", "work": "abc"},
        {"kind": "seen", "canon": "Torchwood"},
        {"kind": "seen", "canon": ["Torchwood"], "part": "Day One"},
        {"kind": "seen", "canon": "Torchwood", "seen": ["Day One"]},
        {"kind": "wish", "wish": "weather", "value": "rain", "how": "hide"},
        {"kind": "opened", "work": "abc", "opened": "yes"},
        {"kind": "profile", "profile": "ghost", "pin": None},
        {"mood": "sad"},
    ],
)
def test_a_line_that_is_not_known_here_is_passed_over_and_never_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unknown: Json
) -> None:
    monkeypatch.setattr(readers, "_IDLE", 0)
    folder = library(tmp_path)
    ada = ReaderFile(folder, "ada")
    ada.see("Torchwood", Seen(up_to="Day Three"), NOW)
    path = folder.readers / file_name("ada")
    [*_, last] = walk(path)
    assert isinstance(last, Line)
    written = link([{"at": "2026-03-01T12:00:00Z", **unknown}], last.head)
    path.write_bytes(path.read_bytes() + written)
    for part in ("Day Four", "Day Five"):
        ReaderFile(folder, "ada").see("Torchwood", Seen(up_to=part), NOW)
    verdicts = list(Audit(folder).verdicts())

    assert ReaderFile(folder, "ada").reader().seen == {"Torchwood": Seen(up_to="Day Five")}
    assert ReaderFile(folder, "ada").spots() == {}
    assert written in path.read_bytes()
    assert [verdict.grade for verdict in verdicts] == [Grade.REMARK]
