"""Law 7, for tellings: neither the order of files nor that of words matters to which works are one story."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import libraries
from tests.strategies.libraries import READER
from tests.strategies.tales import chapter, edited, page, text

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.kin import Kin
from remnant.library.likening import queue
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.tellings import tellings
from remnant.model import Digest, Likened, Likening, Person, Rule, Told
from remnant.wire.likened import from_json, new_likened, to_json

ONE, TWO, THREE, FOUR = (chapter(seed, 80) for seed in range(4))
HERE = "https://archiveofourown.org/works/77"
CAME = (
    text(ONE, TWO, found_at=HERE),
    text(ONE, TWO, THREE, found_at=HERE, more="Warnings: sad"),
    text(ONE, TWO, FOUR, found_at=HERE, more="Rating: Explicit"),
    page(ONE, TWO, THREE),
    text(edited(ONE), TWO, THREE, title="Again"),
    text(FOUR, title="Another"),
)
TOLD = [Told(work, Digest.of(work.encode())) for work in "abcde"]


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


def whole(pool: Pool, place: Path, came: list[bytes], at_once: int) -> tuple[list[tuple[str, ...]], object, object]:
    """All that a library tells of which works are one story, after files came in some order, so many at once."""
    with libraries.library_at(place / "library", pool) as library:
        for start in range(0, len(came), at_once):
            add(library, [libraries.write_all(place / f"in {start}", came[start : start + at_once])])
        grown = library.index().dump()
        rebuild(library)

        assert library.index().dump() == grown
        hits = search(library, READER, size=50).hits
        stand = sorted((hit.work, *(one.shown.work for one in tellings(library, READER, hit.work))) for hit in hits)
        fields = sorted((hit.work, tuple(hit.fields.items())) for hit in hits)
        return stand, fields, [(group.kinship, group.works) for group in queue(library, READER).groups]


def test_in_whatever_order_files_come_the_same_works_stand_together(pool: Pool, tmp_path: Path) -> None:
    orders = random.Random(5).sample(list(permutations(CAME)), 3)
    found = [whole(pool, tmp_path / str(n), list(order), 1 + 2 * n) for n, order in enumerate(orders)]

    assert found[0] == found[1] == found[2]
    assert [len(one) for one in found[0][0]].count(4) == 1


def _words(data: st.DataObject) -> list[Likened]:
    """Words of persons and rules, and what takes some of them back, and some of that."""
    witnesses = st.builds(
        Person,
        st.sampled_from(["ann", "bob"]),
        st.integers(0, 9).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(n)),
    ) | st.just(Rule("likeness", 1))
    pairs = st.lists(st.sampled_from(TOLD), min_size=2, max_size=2, unique=True)
    said: list[Likened] = []
    for what in data.draw(st.lists(st.sampled_from(["same", "same", "other", "first", "undo"]), max_size=14)):
        witness = data.draw(witnesses)
        if what != "undo":
            of = data.draw(pairs)[: 1 if what == "first" else 2]
            said.append(new_likened(Likening(what), of, witness, "b"))
        elif said:
            aimed = data.draw(st.sampled_from(said))
            said.append(new_likened(Likening.UNDO, aimed.of, witness, "b", undoes=aimed.id))
    return said


@given(data=st.data())
def test_in_whatever_order_words_are_said_they_come_to_the_same(data: st.DataObject) -> None:
    said = _words(data)
    kin, other = Kin(said), Kin(data.draw(st.permutations(said)))

    assert [kin.of(told.work) for told in TOLD] == [other.of(told.work) for told in TOLD]
    assert kin.standing() == other.standing()
    assert kin.first("abcde") == other.first("abcde")
    assert all(other not in kin.of(one) for one, other in kin.apart)
    assert all(kin.of(told.work) <= kin.once_said(told.work) for told in TOLD)
    assert [from_json(to_json(one)) for one in said] == said
