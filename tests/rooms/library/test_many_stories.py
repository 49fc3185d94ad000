"""One original with many stories: each is a work of its own, on every way from the file to the reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.strategies import libraries
from tests.strategies.libraries import READER

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import change_of, correct
from remnant.library.giving import book
from remnant.library.knowing import known
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.model import PieceKind

STORIES = Path(__file__).parents[2] / "stories"
BOX = STORIES / "mbox_story_in_two_parts" / "story.mbox"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


@pytest.fixture
def library(pool: Pool, tmp_path: Path) -> Iterator[Library]:
    with libraries.library_at(tmp_path / "library", pool) as library:
        add(library, [BOX], clock=libraries.ticking())
        yield library


def test_parts_of_one_story_are_one_work_and_an_answer_is_a_letter(library: Library) -> None:
    hits = search(library, READER, "-kind:other").hits

    assert sorted((hit.kind, hit.measure.sections) for hit in hits) == [(PieceKind.LETTER, 1), (PieceKind.STORY, 2)]


def test_a_book_of_it_says_every_part_in_order_and_nothing_of_the_others(library: Library) -> None:
    [story] = search(library, READER, "corridor kind:story").hits
    text = book(library, READER, story.work, "txt").data.decode()

    assert text.index("You came") < text.index("whistling") < text.index("Sixty-one lamps") < text.index("on the wall")
    assert "I loved this" not in text
    assert "example.org" not in text


def test_a_correction_lands_on_its_own_story(library: Library) -> None:
    [letter] = search(library, READER, "kind:letter").hits
    [story] = search(library, READER, "kind:story").hits
    correct(library, "Ann", letter.work, [change_of("title=A word of thanks")], clock=libraries.ticking())
    grown = library.index().dump()

    assert known(library, READER, letter.work).label == "A word of thanks"
    assert known(library, READER, story.work).label == "The Long Corridor"
    rebuild(library)
    assert library.index().dump() == grown
