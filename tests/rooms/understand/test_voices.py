"""Whose voice is heard inside a story: what may never go wrong, and how well it goes on scenes of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bench.voices.baselines import nearest_name, taking_turns
from bench.voices.scenes import Labelled, scenes
from bench.voices.scores import judged, total
from hypothesis import given
from hypothesis import strategies as st

from remnant.model import RangeKind, Reading, VoiceKind
from remnant.understand.reader import understand_bytes
from remnant.understand.voices.hearing import heard
from remnant.understand.voices.people import cast_of
from remnant.understand.voices.quotes import LONGEST, marks_of, quotations
from remnant.understand.voices.speakers import turns_of

_WORDS = (
    'Jack Ianto "Hello," said he she I thought ’ ‘ “ ” « » \' " remembers ... anto You will Mr. Miss King, the man # *'
)
WORDS = st.sampled_from([*_WORDS.split(), "\n\n"])
STORIES = st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=80).map(" ".join)


def listened(text: str) -> Reading:
    return heard(understand_bytes(text.encode()))


@given(STORIES)
def test_hearing_adds_voices_and_changes_nothing_else(text: str) -> None:
    reading = understand_bytes(text.encode())
    listened = heard(reading)

    assert replace(listened, blocks=(), ranges=()) == replace(reading, blocks=(), ranges=())
    assert tuple(replace(block, voices=()) for block in listened.blocks) == reading.blocks
    assert listened.ranges[: len(reading.ranges)] == reading.ranges
    for block in listened.blocks:
        ends = [0, *(end for voice in block.voices for end in (voice.start, voice.end)), len(block.text)]
        assert ends == sorted(ends), "voices stand in order and apart, inside their block"
    for stretch in listened.ranges:
        assert 0 <= stretch.first <= stretch.last < len(listened.blocks)


@given(STORIES)
def test_the_same_story_is_heard_the_same_way(text: str) -> None:
    assert listened(text) == listened(text)


def test_a_turn_with_nobody_near_it_hides_none_that_follow() -> None:
    told = listened("""trees," said Reyes.\n\n"Now many?"\n"There now."\n"There's it."\n"That's thing," said Reyes.""")

    last = told.blocks[-1]
    assert [voice.speaker for voice in last.voices if voice.kind is VoiceKind.SPEECH] == ["Reyes"]


def test_a_hostile_paragraph_costs_what_a_long_one_costs() -> None:
    """Counts work, not time: only so much of a paragraph, so many quotations and names are looked at."""
    text = '"Jack," said Jack, he thought, "' * 4_000
    marks = marks_of([text])

    assert max(quote.end for quote in quotations(text, marks)) <= LONGEST
    assert len(quotations(text, marks)) <= 400
    names = " ".join(f"said Nam{number:x}q," for number in range(3_000))
    assert len(cast_of([names] * 3, [()] * 3).people) <= 1_000


@pytest.mark.parametrize("scene", scenes(), ids=lambda scene: scene.name)
def test_speech_is_told_from_telling(scene: Labelled) -> None:
    found = judged(scene)

    assert found.invented == 0
    assert found.voices - found.voices_found <= 1


def test_speakers_are_named_rightly_or_not_at_all() -> None:
    """Floors under what `python -m bench.voices` measured: more are named than were (46 of 53), and two wrongly."""
    found = total(map(judged, scenes()))

    assert found.right >= 0.96 * found.named
    assert found.named >= 0.9 * found.turns


def test_cues_weighed_together_beat_the_nearest_name_and_taking_turns() -> None:
    ours = others = by_turns = 0
    for scene in scenes():
        texts = [text for _, text in scene.paragraphs]
        spoken = [quotations(text, marks_of(texts)) for text in texts]
        cast = cast_of(texts, spoken)
        best = {turn.paragraph: turn.speaker for turn in turns_of(texts, spoken, cast)}
        near, turns = nearest_name(texts, spoken, cast), taking_turns(texts, spoken, cast)
        for at, (who, _) in enumerate(scene.paragraphs):
            ours += (best.get(at) or "").casefold() == who.casefold()
            others += near.get(at, "").casefold() == who.casefold()
            by_turns += turns.get(at, "").casefold() == who.casefold()

    assert ours > max(others, by_turns)


def test_one_person_by_several_names_is_one_person() -> None:
    reading = listened(
        "Owen Marsh opened the hatch. Marsh had done it before, and Owen hated it every time.\n\n"
        '"Steady," said Owen.\n\n"I am steady," Captain Vale said. Vale was not.\n\n'
        '"Captain," said Mr. Marsh, "you are standing on my hand."\n\n"... wen? Is that you?" said Vale.'
    )
    story = [block.text for block in reading.blocks]
    cast = cast_of(story, [quotations(text, marks_of(story)) for text in story])

    names = {person.name: set(person.names) for person in cast.people}
    assert {"Owen Marsh", "Owen", "Marsh"} <= names["Owen Marsh"]
    assert any({"Captain Vale", "Vale"} <= known for known in names.values())


def test_a_remembered_passage_ends_where_another_voice_breaks_in() -> None:
    reading = listened(
        '"Stay awake," said Brannoch.\n\nHe remembers the winter they met, and the dog.\n\n"Is it yours?"\n\n'
        '"Is what mine?"\n\nAnd the dog had sat down on both of them.\n\nYou will be disconnected.\n\n'
        "Brannoch shakes him by the shoulder, and the rain goes on."
    )
    [memory] = [stretch for stretch in reading.ranges if stretch.kind is RangeKind.MEMORY]

    assert reading.blocks[memory.first].text.startswith("He remembers")
    assert reading.blocks[memory.last].text.startswith("And the dog had")
    assert [voice.kind for voice in reading.blocks[memory.last + 1].voices] == [VoiceKind.OTHER]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"Come in," said Ada.', ['"Come in,"']),
        ('Ada said, "Come in."', ['"Come in."']),
        ("“Come in,” said Ada, “and sit.”", ["“Come in,”", "“and sit.”"]),
        ("'It's Ada's,' she said. 'Don't.'", ["'It's Ada's,'", "'Don't.'"]),
        ('"It never closes, said Ada.', ['"It never closes, said Ada.']),
        ("« Entrez », dit Ada.", ["« Entrez »"]),
        ("„Komm herein“, sagte Ada.", ["„Komm herein“"]),
    ],
)
def test_what_is_said_goes_from_mark_to_mark(text: str, said: list[str]) -> None:
    assert [text[quote.start : quote.end] for quote in quotations(text, marks_of([text]))] == said
    assert all(quote.end <= len(text) for quote in quotations(text, marks_of([text])))


def test_words_in_scare_quotes_are_not_said() -> None:
    reading = listened(
        '"Come in," said Ada.\n\nWhoever "they" were, they had left the "good" chairs.\n\n"Sit," Ada said.'
    )

    assert [bool(block.voices) for block in reading.blocks if block.text.strip()] == [True, False, True]
