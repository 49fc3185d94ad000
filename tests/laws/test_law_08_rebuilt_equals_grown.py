"""Law 8: the index rebuilt equals the index grown. Deleting it loses nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies import libraries
from tests.strategies.libraries import READER

from remnant.errors import UsageError
from remnant.library import indexing
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import Change, How, correct, undo
from remnant.library.knowing import known
from remnant.library.listing import index_state
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.watching import Clock
from remnant.model import Field, Person

SOME = settings(max_examples=max(5, settings().max_examples // 12))


@dataclass(frozen=True)
class Adds:
    files: list[bytes]
    stop: int | None = None


@dataclass(frozen=True)
class Says:
    which: int
    field: Field
    values: tuple[str, ...]
    how: How


@dataclass(frozen=True)
class Undoes:
    which: int


@dataclass(frozen=True)
class Harms:
    """The index deleted, or filled with garbage."""

    garbage: bool


says = st.builds(
    Says, st.integers(0, 9), libraries.fields, st.lists(libraries.values, max_size=2).map(tuple), st.sampled_from(How)
)
deeds = st.lists(
    st.one_of(
        st.builds(Adds, st.lists(libraries.files, min_size=1, max_size=4)),
        st.builds(Adds, st.lists(libraries.files, min_size=1, max_size=4), st.integers(0, 12)),
        says,
        says,
        st.builds(Undoes, st.integers(0, 9)),
        st.builds(Harms, st.booleans()),
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


@SOME
@given(first=st.lists(libraries.files, min_size=1, max_size=3), then=deeds)
def test_an_index_grown_in_any_way_equals_the_one_made_again(
    first: list[bytes], then: list[Adds | Says | Undoes | Harms], pool: Pool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with (
        libraries.a_folder(tmp_path_factory.getbasetemp()) as place,
        libraries.library_at(place / "library", pool) as library,
    ):
        clock = libraries.ticking()
        for number, deed in enumerate([Adds(first), *then]):
            _do(library, deed, place / f"came {number}", clock)
        indexing.catch_up(library)
        grown = library.index().dump()
        rebuild(library)

        assert library.index().dump() == grown
        assert index_state(library).waiting == 0


@pytest.mark.parametrize("asked", [9, 11, 13])
def test_an_interrupted_index_goes_on_where_it_was(asked: int, pool: Pool, tmp_path: Path) -> None:
    came = libraries.write_all(tmp_path / "in", [libraries.story(f"Part {number}") for number in range(8)])
    with libraries.library_at(tmp_path / "library", pool) as library:
        add(library, [came], stop=libraries.stops_after(asked))
        add(library, [came])
        grown = library.index().dump()
        rebuild(library)

        assert library.index().dump() == grown
        assert search(library, READER).total == 8


def test_a_deleted_index_comes_back_with_every_word_said(pool: Pool, tmp_path: Path) -> None:
    with libraries.library_at(tmp_path / "library", pool) as library:
        add(library, [libraries.write_all(tmp_path / "in", [libraries.story("Old"), libraries.story(None)])])
        work = search(library, READER, "old").hits[0].work
        correct(library, "ann", work, [Change(Field.TITLE, ("New",))])
        library.let_go_of_index()
        shutil.rmtree(library.folder.index)
        indexing.catch_up(library)

        assert known(library, READER, work).label == "New"
        assert [hit.label for hit in search(library, READER, "title:new").hits] == ["New"]
        assert search(library, READER).total == 2


def test_the_catalogue_is_the_same_grown_and_made_again(pool: Pool, tmp_path: Path) -> None:
    with libraries.library_at(tmp_path / "library", pool) as library:
        for number in range(3):
            add(library, [libraries.write_all(tmp_path / f"in {number}", [libraries.story(f"Part {number}")])])
        grown = (library.path / "catalogue.tsv").read_bytes()
        rebuild(library)

        assert (library.path / "catalogue.tsv").read_bytes() == grown
        assert grown.count(b"\n") == 4


def _do(library: Library, deed: Adds | Says | Undoes | Harms, place: Path, clock: Clock) -> None:
    match deed:
        case Adds(files, None):
            add(library, [libraries.write_all(place, files)], clock=clock)
        case Adds(files, int(stop)):
            add(library, [libraries.write_all(place, files)], clock=clock, stop=libraries.stops_after(stop))
        case Says(which, field, values, how):
            _say(library, which, Change(field, values, how), clock)
        case Undoes(which):
            _undo(library, which, clock)
        case Harms(garbage):
            _harm(library, garbage=garbage)
        case _:
            raise AssertionError(deed)


def _say(library: Library, which: int, change: Change, clock: Clock) -> None:
    works = _works(library)
    if works:
        with suppress(UsageError):  # a second title
            correct(library, "ann", works[which % len(works)], [change], clock=clock)


def _undo(library: Library, which: int, clock: Clock) -> None:
    for work in _works(library)[which:]:
        said = [claim for claim in known(library, READER, work).claims if isinstance(claim.witness, Person)]
        if said:
            undo(library, "bob", work, said[0].id, clock=clock)
            return


def _works(library: Library) -> list[str]:
    indexing.catch_up(library)
    return sorted(hit.work for hit in search(library, READER, size=100).hits)


def _harm(library: Library, *, garbage: bool) -> None:
    library.let_go_of_index()
    if not garbage:
        shutil.rmtree(library.folder.index, ignore_errors=True)
        return
    for path in sorted(library.folder.index.rglob("*")):
        if path.is_file():
            path.write_bytes(b"garbage" * 40)
