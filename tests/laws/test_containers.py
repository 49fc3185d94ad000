"""Files that hold many things: each is read by itself, and the laws hold for all of them together."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from tests.laws.accounting import check_reading
from tests.strategies import containers

from remnant.library.works import works_of
from remnant.model import Bundle, Digest, Original, Reading
from remnant.understand.reader import stories_of, understand, understand_bytes
from remnant.wire import reading as reading_wire
from remnant.wire.canonical import canonical, parse

ADDED = datetime(2026, 3, 1, tzinfo=UTC)


def _stories(data: bytes) -> tuple[Reading, ...]:
    return stories_of(Bundle.of_one(Original(Digest.of(data), len(data))), {"": data})


@given(containers.files)
def test_every_character_of_every_part_is_accounted_for(data: bytes) -> None:
    reading = understand_bytes(data)

    check_reading(reading)
    assert len({part.path for part in reading.parts}) == len(reading.parts)


@given(containers.files)
def test_pieces_have_keys_of_their_own_and_cover_the_sections(data: bytes) -> None:
    reading = understand_bytes(data)
    keys = [piece.key for piece in reading.pieces]

    assert len(set(keys)) == len(keys)
    assert [piece.first for piece in reading.pieces] == [0, *(piece.last + 1 for piece in reading.pieces)][: len(keys)]
    assert {claim.piece for claim in reading.claims} <= set(keys)
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    assert (
        reading_wire.from_json(parse(canonical(reading_wire.to_json(reading))), reading_wire.texts_of(reading))
        == reading
    )


@given(containers.files)
def test_each_piece_is_in_one_work(data: bytes) -> None:
    reading = understand_bytes(data)
    works = works_of(reading, (), ADDED)

    assert Counter(key for work in works for key in work.editions[0].pieces) == Counter(p.key for p in reading.pieces)
    assert len({work.id for work in works}) == len(works)
    assert sum(work.measure.blocks for work in works) == len(reading.blocks)


@given(containers.files)
def test_stories_apart_are_the_same_as_stories_together(data: bytes) -> None:
    whole, apart = understand_bytes(data), _stories(data)
    for story in apart:
        check_reading(story)
    works = [work for story in apart for work in works_of(story, (), ADDED)]

    assert sorted(works, key=lambda work: work.id) == sorted(works_of(whole, (), ADDED), key=lambda work: work.id)
    assert Counter(f for story in apart for f in story.findings) == Counter(whole.findings)
    assert {p.path for story in apart for p in story.parts} == {p.path for p in whole.parts}


@given(containers.files)
def test_a_story_asked_for_alone_reads_as_it_does_among_the_others(data: bytes) -> None:
    bundle, files = Bundle.of_one(Original(Digest.of(data), len(data))), {"": data}
    whole = understand(bundle, files)
    for work in works_of(whole, (), ADDED)[:3]:
        alone = stories_of(bundle, files, frozenset(work.editions[0].pieces))

        assert [work] == [other for story in alone for other in works_of(story, (), ADDED) if other.id == work.id]
