"""Joining is a union: in any order, however often, and however it was stopped on the way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from tests.strategies import libraries
from tests.strategies.libraries import READER, library_at, story, ticking, write_all, zipped

from remnant.keep.journal import Arrived, Said
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.correcting import Change, correct, undo
from remnant.library.indexing import catch_up
from remnant.library.joining import join
from remnant.library.knowing import known
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.watching import Clock
from remnant.model import Arrival, Field, Person

FEW = settings(max_examples=max(3, settings().max_examples // 25), phases=[Phase.explicit, Phase.reuse, Phase.generate])
"""Each example makes five libraries: shrinking one would take longer than reading it."""

STORIES = [story(f"Part {number}", "Ann", f"It rained {number} times.") for number in range(5)]

Facts = tuple[object, ...]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


def facts_of(library: Library) -> Facts:
    """All that a library keeps and knows, whoever wrote it down and wherever."""
    promised = frozenset(library.ledger.promised())
    firsts = [library.shelf.arrival(digest) for digest in promised]
    acts = [entry.act for entry in library.journal.acts()]
    said = frozenset((act.work, act.original, act.claim) for act in acts if isinstance(act, Said))
    sightings: dict[Arrival, datetime] = {}
    for arrival in [*firsts, *(act.arrival for act in acts if isinstance(act, Arrived))]:
        sightings[arrival] = min(arrival.at, sightings.get(arrival, arrival.at))
    return promised, said, frozenset(sightings.items())


def index_of(library: Library) -> list[object]:
    catch_up(library)
    lines = map(json.loads, library.index().dump().splitlines())
    return [line for line in lines if line[0] != "head"]


def _lives(library: Library, place: Path, deeds: list[tuple[int, str]], clock: Clock) -> None:
    """Stories come, a person says something of the first that is there, and takes something back."""
    for number, (which, deed) in enumerate(deeds):
        if deed == "add":
            add(library, [write_all(place / str(number), [STORIES[which]], which)], clock=clock)
            continue
        catch_up(library)
        found = sorted(hit.work for hit in search(library, READER).hits)
        if not found:
            continue
        work = found[which % len(found)]
        if deed == "say":
            correct(library, "ann", work, [Change(Field.TAG, (f"tag {which}",))], clock=clock)
        for claim in known(library, READER, work).claims if deed == "undo" else ():
            if isinstance(claim.witness, Person):
                undo(library, "bob", work, claim.id, clock=clock)
                break


lives = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["add", "add", "say", "undo"])), min_size=1, max_size=5)


@FEW
@given(one=lives, other=lives, third=lives)
def test_a_join_is_commutative_associative_and_idempotent(
    one: list[tuple[int, str]],
    other: list[tuple[int, str]],
    third: list[tuple[int, str]],
    pool: Pool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    clock = ticking()
    with libraries.a_folder(tmp_path_factory.getbasetemp()) as place:
        for name, deeds in (("a", one), ("b", other), ("c", third)):
            with library_at(place / name, pool) as library:
                _lives(library, place / f"in {name}", deeds, clock)
        with library_at(place / "left", pool) as left, library_at(place / "right", pool) as right:
            for name in "abc":
                join(left, place / name, clock=clock)
            with library_at(place / "c", pool) as c:
                join(c, place / "b", clock=clock)
            for name in "ca":
                join(right, place / name, clock=clock)
            facts, index = facts_of(left), index_of(left)

            assert facts_of(right) == facts
            assert index_of(right) == index
            assert join(left, place / "right", clock=clock).acts == 0
            assert facts_of(left) == facts
            rebuild(left)
            assert index_of(left) == index
            assert check(left, READER).harmed == ()
            assert not list(left.folder.staging.glob("run-*"))


@pytest.mark.parametrize("asked", [1, 2, 4])
def test_a_join_that_was_stopped_goes_on(asked: int, pool: Pool, tmp_path: Path) -> None:
    with library_at(tmp_path / "there", pool) as there:
        add(there, [write_all(tmp_path / "in", STORIES)])
        correct(there, "ann", search(there, READER).hits[0].work, [Change(Field.FANDOM, ("Harbour",))])
        with library_at(tmp_path / "here", pool) as here:
            first = join(here, there.path, stop=libraries.stops_after(asked))
            second = join(here, there.path)

            assert first.stopped
            assert len(first.originals) + len(second.originals) == len(STORIES)
            assert facts_of(here) == facts_of(there)


def test_what_is_damaged_there_is_named_and_the_rest_is_joined(pool: Pool, tmp_path: Path) -> None:
    with library_at(tmp_path / "there", pool) as there, library_at(tmp_path / "here", pool) as here:
        add(there, [write_all(tmp_path / "in", STORIES)])
        bad = sorted(there.ledger.promised())[2]
        path = there.shelf.path_of(bad)
        path.chmod(0o644)
        path.write_bytes(b"harmed")
        rehearsed = join(here, there.path, dry_run=True)
        joined = join(here, there.path)

        assert [one.original.digest for one in rehearsed.skipped] == [bad]
        assert [one.original.digest for one in joined.skipped] == [bad]
        assert "no longer matches its digest" in joined.skipped[0].why
        assert rehearsed.originals == joined.originals
        assert search(here, READER).total == len(STORIES) - 1
        assert bad not in here.ledger.promised()


def test_an_archive_and_its_members_come_along(pool: Pool, tmp_path: Path) -> None:
    with library_at(tmp_path / "there", pool) as there, library_at(tmp_path / "here", pool) as here:
        add(there, [zipped(tmp_path / "more.zip", {"a.txt": STORIES[0], "b.txt": STORIES[1]})])
        join(here, there.path)

        assert facts_of(here) == facts_of(there)
