"""Who speaks: what a clause says of it, whose names are one person's, what the courses of a conversation add up to."""

from __future__ import annotations

from itertools import product
from math import isclose

import pytest
from bench.voices.scenes import TWO_HANDERS, scenes
from bench.voices.scores import judged, total
from hypothesis import given
from hypothesis import strategies as st

from remnant.understand.voices.chain import SOMEBODY, Link, ahead, behind
from remnant.understand.voices.clauses import Way
from remnant.understand.voices.people import Cast, cast_of
from remnant.understand.voices.quotes import speech
from remnant.understand.voices.scenes import MOST_TURNS, scenes_of
from remnant.understand.voices.speakers import Turn, turns_of
from remnant.understand.voices.story import story_of
from remnant.understand.voices.telling import Telling
from remnant.understand.voices.weights import WEIGHTS

CAST = (
    '"Well," said Jack. Jack nodded.',
    '"Well," said Ada Marsh. Ada laughed.',
    '"Well," said Ada, and she looked at Jack.',
)


def cast(*texts: str) -> Cast:
    return cast_of(texts, speech(texts))


def turns(*texts: str, asides: frozenset[int] = frozenset()) -> list[Turn]:
    spoken = speech(texts)
    return turns_of(texts, spoken, cast_of(texts, spoken), asides=asides)


def subjects(text: str) -> list[tuple[str, Way]]:
    texts = (*CAST, text)
    return [(one.who, one.way) for one in Telling(text, speech(texts)[-1], cast(*texts)).subjects]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"Go," said Jack.', [("Jack", Way.TAG)]),
        ('"Go!" Jack said.', [("Jack", Way.TAG)]),
        ('"Go," drummed Jack.', [("Jack", Way.TAG)]),
        ('"Go," Jack smiled.', [("Jack", Way.TAG)]),
        ('"Go." Jack turned away.', [("Jack", Way.AFTER)]),
        ('Jack turned away. "Go."', [("Jack", Way.BEFORE)]),
        ('Jack looked up. Ada sat down. "Go."', [("Ada Marsh", Way.BEFORE)]),
        ('She turned to Jack and said, "Go."', [("she", Way.APART)]),
        ('"Go," said the old man.', [("the old man", Way.TAG)]),
        ('"Go," said Jack\'s mother.', [("Jack's mother", Way.TAG)]),
        ('"Go," said Jack\'s voice.', [("Jack", Way.TAG)]),
        ('"Go," said the voice of Jack.', [("Jack", Way.TAG)]),
        ('"Go." The room was cold.', []),
        ('"Go," and Jack turned away.', [("Jack", Way.AFTER)]),
        ('"Go." All the way home Jack slept.', [("Jack", Way.AFTER)]),
        ('"Go."', []),
    ],
)
def test_a_clause_says_who_acts_and_how_near_the_words(text: str, found: list[tuple[str, Way]]) -> None:
    assert subjects(text) == found


def test_a_telling_that_ends_in_a_colon_brings_in_who_speaks_next() -> None:
    told = turns(
        '"No," said Jack.', '"Yes," said Ada.', "Jack sat down. Then Ada looked at him and said:", '"Go away."'
    )

    assert told[-1].speaker == "Ada"


def test_a_number_that_begins_a_sentence_is_nobody() -> None:
    people = cast('"Sixty, sir," said Ada.', '"Sixty, you say?"', '"Sixty, sir. Sixty-one."', '"Well," said Ada.')

    assert [person.name for person in people.people] == ["Ada"]


def test_miss_marsh_is_ada_unless_they_are_told_of_side_by_side() -> None:
    told = ['"Well," said Ada Marsh.', '"No," said Ada.', '"Oh," said Miss Marsh.', "Miss Marsh sat down.", "Ada rose."]
    together = [*told, "Miss Marsh looked at Ada.", "Ada looked at Miss Marsh, and Miss Marsh at Ada."]

    assert len(cast(*told).people) == 1
    assert {person.name for person in cast(*together).people} == {"Miss Marsh", "Ada Marsh"}


def test_what_a_sentence_runs_on_through_is_quoted_and_not_said() -> None:
    texts = (
        '"Well," said Ada.',
        'They called it "the end of the line," and it was.',
        'She said "the end of the line," and it was.',
        '"The end," it said.',
    )

    assert [len(spoken) for spoken in speech(texts)] == [1, 0, 1, 1]


NAMES = ("Ada", "Jack", "Hew", SOMEBODY)
CHANCE = st.floats(0.05, 1.0)
LINKS = st.lists(
    st.builds(
        lambda count, own, same, back: Link((*NAMES[: count - 1], SOMEBODY), tuple(own[:count]), same, back),
        st.integers(1, 4),
        st.lists(CHANCE, min_size=4, max_size=4),
        st.floats(0.1, 9.0),
        st.floats(0.1, 9.0),
    ),
    min_size=1,
    max_size=5,
)


@given(LINKS)
def test_both_ways_together_weigh_every_course_of_a_conversation(links: list[Link]) -> None:
    courses, after = ahead(links)[0], behind(links)
    for at, link in enumerate(links):
        columns = zip(zip(*courses[at], strict=True), zip(*after[at], strict=True), strict=True)
        found = [sum(one * other for one, other in zip(*both, strict=True)) for both in columns]
        true = [sum(_weight(links, course) for course in _all(links) if course[at] == who) for who in link.people]

        for one, other in zip(found, true, strict=True):
            assert isclose(one / sum(found), other / sum(true), rel_tol=1e-9)


def _all(links: list[Link]) -> list[tuple[str, ...]]:
    return list(product(*(link.people for link in links)))


def _weight(links: list[Link], course: tuple[str, ...]) -> float:
    """How likely one course is: somebody else is never the same as before."""
    whole = 1.0
    for at, (link, now) in enumerate(zip(links, course, strict=True)):
        whole *= link.own[link.people.index(now)]
        if now == SOMEBODY or at == 0:
            continue
        if now == course[at - 1]:
            whole *= link.same
        elif at > 1 and now == course[at - 2]:
            whole *= link.back
    return whole


def test_a_chance_is_one_and_small_where_nobody_is_near() -> None:
    rain = ["The rain fell on the roof and on the road."] * 6
    told = turns('"Who is there?"', '"Nobody."', *rain, '"Ada, is it you?" said Jack.', '"It is," said Ada.')

    assert all(0.0 <= turn.chance <= 1.0 for turn in told)
    assert min(turn.chance for turn in told[:2]) < 0.7
    assert [turn.speaker for turn in told[2:]] == ["Jack", "Ada"]
    assert min(turn.chance for turn in told[2:]) > 0.95


def test_two_of_one_kind_are_told_apart() -> None:
    """Floors under what `python -m bench.voices` measured; they only rise."""
    found = total(map(judged, scenes(TWO_HANDERS)))

    assert found.right >= 0.97 * found.named
    assert found.named >= 0.8 * found.turns


def test_the_end_of_a_name_recalls_a_few_names_at_most() -> None:
    names = " ".join(f'"Well," said B{letter}{other}rowen.' for letter in "aeiou" for other in "bcdfgklm")

    assert 1 <= len(list(cast(names).ending("owen"))) <= 20


def test_a_talk_without_end_is_weighed_in_stretches() -> None:
    texts = ['"Well," said Ada.', '"Well," said Jack.'] * MOST_TURNS
    spoken = speech(texts)
    story = story_of(texts, spoken, cast_of(texts, spoken))

    assert {len(scene) for scene in scenes_of(story, WEIGHTS)} == {MOST_TURNS}
    assert [turn.speaker for turn in turns(*texts)] == ["Ada", "Jack"] * MOST_TURNS


TALK = ('"Well," said Ada. Ada laughed.', '"No," said Hew. Hew sat down.', '"Why not?" said Ada.')


def test_a_voice_that_nobody_speaks_parts_no_talk() -> None:
    told = turns(*TALK, "You will be late.", '"It is raining."', asides=frozenset((3,)))
    telling = turns(*TALK, "The rain had not stopped.", '"It is raining."')

    assert told[-1].speaker == "Hew"
    assert telling[-1].speaker == "Ada"


def test_who_speaks_before_the_words_has_them_and_not_who_acts_behind_them() -> None:
    told = turns(*TALK, 'Ada looked up. "I know." Then Hew said, "Now," and Ada rose. "Go," said Hew.')

    assert told[-1].others.get(1) in (None, "Hew")


def test_a_given_name_belongs_to_whoever_does_not_go_by_the_surname() -> None:
    told = [
        '"Well," said John Marsh.',
        '"No," said John Bell.',
        *['"Oh," said Marsh. Marsh sat down.', "Marsh rose.", "Marsh went."] * 2,
        *['"Yes," said John. John laughed.'] * 3,
    ]

    assert {person.names for person in cast(*told).people} >= {("John Bell", "John")}


def test_a_sure_turn_is_likelier_than_a_guessed_one() -> None:
    told = turns(
        *TALK, '"It is raining."', '"So it is."', '"Come," said Ada.', "The rain went on.", '"Look," she said.'
    )

    assert told[0].chance > told[-1].chance
    assert told[0].chance > told[3].chance
