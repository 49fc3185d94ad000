"""A reader from whom something is hidden has an index of their own, whatever becomes of the library."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from tests.strategies.libraries import READER, library_at, stops_after
from tests.strategies.unearthing import found_in

from remnant.errors import NotFoundError
from remnant.find.embedded import setting_apart as engine
from remnant.find.embedded.index import ReadingIndex
from remnant.find.port import Eyes
from remnant.library import readers, setting_apart
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import Change, correct
from remnant.library.forgetting import forget
from remnant.library.forgetting_plans import plan_of_work
from remnant.library.indexing import catch_up, is_behind
from remnant.library.knowing import known
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.readers import reader_of, take_in
from remnant.library.rebuilding import rebuild
from remnant.library.watching import Stage, Step
from remnant.library.wishing import wish
from remnant.model import Field, ProfileKind, Reader, WishHow, WishKind, WorkWish

KIT = Reader("kitty", kind=ProfileKind.CHILD)


def a_story(title: str, rating: str = "G", text: str = "The lantern went out.") -> bytes:
    body = "\n\n".join(f"{text} It was night {night}, and nobody came." for night in range(9))
    return f"Title: {title}\nAuthor: Ann\nFandom: Harbour\nRating: {rating}\n\n{body}\n".encode()


@pytest.fixture
def library(tmp_path: Path, workers: Pool) -> Iterator[Library]:
    """A child reads here; one story is theirs, one is not."""
    with library_at(tmp_path / "library", workers) as made:
        take_in(made, READER, KIT.name, ProfileKind.CHILD)
        put(made, tmp_path, fine=a_story("The Quay"), foul=a_story("The Weir", "NC-17", "Wormwood by the lantern."))
        yield made


def put(library: Library, place: Path, **stories: bytes) -> None:
    for name, data in stories.items():
        (place / f"{name}.txt").write_bytes(data)
    add(library, [place / f"{name}.txt" for name in stories])


def own(library: Library) -> list[Path]:
    return sorted(library.folder.index.glob("data-*/apart/*"))


def titles(library: Library, reader: Reader = KIT, text: str = "lantern") -> list[str]:
    return sorted(hit.label for hit in search(library, reader, text).hits)


def the_id(library: Library, title: str) -> str:
    return next(hit.work for hit in search(library, READER).hits if hit.label == title)


@contextmanager
def waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """How often an answer was held back, to take a whole step."""
    slept: list[float] = []
    with monkeypatch.context() as patched:
        patched.setattr("time.sleep", slept.append)
        yield slept


def test_it_is_made_when_something_is_added(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    with waits(monkeypatch) as slept:
        found = titles(library)

    assert found == ["The Quay"]
    assert (len(own(library)), slept) == (1, [])
    assert found_in(own(library)[0], ["wormwood", "weir"]) == {}
    assert found_in(library.folder.index, [KIT.name]) == {}


def test_grown_ups_from_whom_nothing_is_hidden_have_none(tmp_path: Path, workers: Pool) -> None:
    with library_at(tmp_path / "library", workers) as library:
        take_in(library, READER, "bea", ProfileKind.ADULT)
        put(library, tmp_path, foul=a_story("The Weir", "NC-17"))

        assert titles(library, reader_of(library, "bea")) == ["The Weir"]
        assert own(library) == []


def test_what_somebody_wishes_hidden_is_not_in_theirs(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    bea = readers.wish(library, Reader("bea"), "bea", WishKind.FANDOM, "Harbour", WishHow.HIDE)
    before = titles(library, bea)
    with waits(monkeypatch) as slept:
        found = titles(library, bea)

    assert (before, found, slept) == ([], [], [])


def test_it_grows_with_the_library_and_is_made_again_with_it(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = own(library)
    put(library, tmp_path, third=a_story("The Pier"))
    grown = own(library)
    rebuild(library)
    with waits(monkeypatch) as slept:
        found = titles(library)

    assert before == grown != own(library)
    assert (found, slept, len(own(library))) == (["The Pier", "The Quay"], [], 1)


def test_a_rating_that_is_corrected_hides_at_once_and_leaves_no_word(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path, third=a_story("The Pier", text="Wolfsbane by the lantern."))
    (before,) = own(library)
    correct(library, "ann", the_id(library, "The Pier"), [Change(Field.RATING, ("explicit",))])

    assert titles(library) == ["The Quay"]
    (after,) = {*own(library)} - {before}
    assert found_in(after, ["wolfsbane", "pier"]) == {}


def test_a_wish_that_a_work_stay_here_keeps_it_from_who_asks_from_beyond(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path, third=a_story("The Pier"))
    wish(library, "ann", the_id(library, "The Pier"), WorkWish.PRIVATE)

    assert titles(library) == ["The Pier", "The Quay"]
    assert titles(library, replace(KIT, beyond=True)) == ["The Quay"]
    assert len(own(library)) == 2


def test_a_limit_that_was_raised_or_lowered_holds_at_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    readers.wish(library, READER, KIT.name, WishKind.RATING, "any", WishHow.HIDE)
    with waits(monkeypatch) as slept:
        raised = titles(library, reader_of(library, KIT.name))
        readers.wish(library, READER, KIT.name, WishKind.RATING, "teen", WishHow.HIDE)
        lowered = titles(library, reader_of(library, KIT.name))

    assert (raised, lowered, slept) == (["The Quay", "The Weir"], ["The Quay"], [])


def test_what_brings_their_index_up_to_date_is_told_in_steps_only(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library.folder.lock(setting_apart.LOCK, "making another"):
        put(library, tmp_path, third=a_story("The Pier"))
    with waits(monkeypatch) as slept:
        found = [titles(library), titles(library)]

    assert found == [["The Pier", "The Quay"]] * 2
    assert len(slept) == 1


def test_what_is_forgotten_is_in_none(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path, third=a_story("The Pier", text="Wolfsbane by the lantern."))
    assert found_in(own(library)[0], ["wolfsbane"])
    forget(library, plan_of_work(library, READER, the_id(library, "The Pier")))

    assert found_in(library.folder.index, ["wolfsbane"]) == {}
    assert titles(library) == ["The Quay"]
    assert len(own(library)) == 1
    assert found_in(library.folder.index, ["wolfsbane"]) == {}


def test_until_there_is_one_answers_take_a_whole_step(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where somebody else is making it, where it would take too long, and where nothing may be written."""
    monkeypatch.setattr(setting_apart, "AT_ONCE", 0)
    with library.folder.lock(setting_apart.LOCK, "making another"):
        put(library, tmp_path, third=a_story("The Pier"))
    with waits(monkeypatch) as slept:
        found = titles(library), known(library, KIT, the_id(library, "The Quay")).label

    assert found == (["The Pier", "The Quay"], "The Quay")
    assert len(slept) == 2
    setting_apart.keep_apart(library)
    with waits(monkeypatch) as slept:
        assert titles(library) == ["The Pier", "The Quay"]
    assert slept == []


def test_an_id_that_nobody_may_know_of_is_looked_for_at_an_even_pace(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether there is such an id is asked of the index that all share, since another telling may stand before it."""
    times = {}
    for work in (the_id(library, "The Weir"), "0" * 20, the_id(library, "The Quay")):
        with waits(monkeypatch) as slept, suppress(NotFoundError):
            known(library, KIT, work)
        times[work] = len(slept)

    assert list(times.values()) == [1, 1, 0]


def test_it_says_how_far_it_is_and_goes_on_where_it_was_stopped(library: Library, tmp_path: Path) -> None:
    told: list[Step] = []
    with library.folder.lock(setting_apart.LOCK, "making another"):
        put(library, tmp_path, third=a_story("The Pier"))
    setting_apart.keep_apart(library, told.append, stops_after(3))
    setting_apart.keep_apart(library, told.append)

    assert {*told} == {Step(Stage.SETTING_APART, 1, 1)}
    assert titles(library) == ["The Pier", "The Quay"]


def test_damage_met_while_one_is_made_is_mended_by_catching_up(library: Library, tmp_path: Path) -> None:
    with library.folder.lock(setting_apart.LOCK, "making another"):
        put(library, tmp_path, third=a_story("The Pier"))
    for path in library.folder.index.glob("data-*/catalogue.sqlite"):
        with closing(sqlite3.connect(path)) as sql, sql:
            sql.execute("UPDATE told SET texts = zeroblob(20)")
    before = is_behind(library)
    setting_apart.keep_apart(library)

    assert (before, is_behind(library)) == (False, True)
    catch_up(library)
    assert not is_behind(library)
    assert titles(library) == ["The Pier", "The Quay"]


@contextmanager
def asked_whether_apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Eyes]]:
    """Of whose eyes it was asked whether they are answered apart."""
    real, asked = ReadingIndex.is_apart, list[Eyes]()

    def is_apart(self: ReadingIndex, eyes: Eyes) -> bool:
        asked.append(eyes)
        return real(self, eyes)

    with monkeypatch.context() as patched:
        patched.setattr(ReadingIndex, "is_apart", is_apart)
        yield asked


def test_as_many_may_lie_there_as_the_household_has_views(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "MOST", 1)
    take_in(library, READER, "pim", ProfileKind.CHILD)
    readers.wish(library, READER, "pim", WishKind.FANDOM, "Sea", WishHow.HIDE)
    put(library, tmp_path, third=a_story("The Pier").replace(b"Harbour", b"Sea"))
    before = own(library)
    put(library, tmp_path, fourth=a_story("The Mole"))

    assert len(before) == 2
    assert own(library) == before
    assert titles(library) == ["The Mole", "The Pier", "The Quay"]
    assert titles(library, reader_of(library, "pim")) == ["The Mole", "The Quay"]
    assert own(library) == before


def test_where_nothing_changed_nothing_is_looked_at(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with asked_whether_apart(monkeypatch) as asked:
        setting_apart.keep_apart(library)
        idle = list(asked)
        put(library, tmp_path, third=a_story("The Pier"))
        setting_apart.keep_apart(library)
        grown = len(asked)
        readers.wish(library, READER, KIT.name, WishKind.RATING, "teen", WishHow.HIDE)
        setting_apart.keep_apart(library)

    assert idle == []
    assert 0 < grown < len(asked)


def test_one_that_is_gone_is_made_again_once_it_was_missed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    (place,) = own(library)
    (place / "doubted").touch()
    library.let_go_of_index()
    monkeypatch.setattr(setting_apart, "AT_ONCE", 0)
    with waits(monkeypatch):
        titles(library)
    setting_apart.keep_apart(library)

    with waits(monkeypatch) as slept:
        assert titles(library) == ["The Quay"]
    assert slept == []


def test_one_that_would_fill_the_disk_is_not_begun_nor_tried_again_at_once(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library.folder.lock(setting_apart.LOCK, "making another"):
        put(library, tmp_path, third=a_story("The Pier"))
    before, tried, real = own(library), list[Path](), os.statvfs

    def little(path: Path) -> os.statvfs_result:
        tried.append(path)
        said = list(real(path))
        said[4] = (1 << 20) // said[1]
        return os.statvfs_result(said)

    with monkeypatch.context() as patched:
        patched.setattr(os, "statvfs", little)
        patched.setattr(engine, "_grow", None)
        setting_apart.keep_apart(library)
        at_first = len(tried)
        setting_apart.keep_apart(library)

    assert own(library) == before
    assert len(tried) == at_first
    with waits(monkeypatch):
        assert titles(library) == ["The Pier", "The Quay"]
