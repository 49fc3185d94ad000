"""Weights are fitted along slopes that are true ones, and what is fitted makes the labelled speakers likelier."""

from __future__ import annotations

import pytest
from bench.voices.fitting import NAMES, Conversation, examples, fitted, likelihood, made_sure
from bench.voices.pdnc import FOLDS, folds
from bench.voices.scenes import TWO_HANDERS, scenes
from bench.voices.scores import labelled_as

from remnant.understand.voices.people import cast_of
from remnant.understand.voices.quotes import speech
from remnant.understand.voices.story import story_of
from remnant.understand.voices.weights import WEIGHTS


@pytest.fixture(scope="module")
def conversations() -> list[Conversation]:
    read: list[Conversation] = []
    for scene in scenes(TWO_HANDERS)[:3]:
        texts = [text for _, text in scene.paragraphs]
        spoken = speech(texts)
        cast = cast_of(texts, spoken)
        labels = {who for who, _ in scene.paragraphs if who[0].isalpha()}
        right = {
            at: frozenset(person.name for person in cast.people if labelled_as(person.name, labels) == who)
            for at, (who, _) in enumerate(scene.paragraphs)
            if who in labels
        }
        read += examples(story_of(texts, spoken, cast), right)
    return read


def test_a_slope_is_what_a_small_step_gains(conversations: list[Conversation]) -> None:
    at = {name: float(getattr(WEIGHTS, name)) for name in NAMES}
    labelled = sum(example.right is not None for talk in conversations for example in talk)
    here, slopes = likelihood(conversations, at)
    for name in ("tag", "rank", "back_bare", "same_bare", "back_told", "somebody", "called_before"):
        there, _ = likelihood(conversations, at | {name: at[name] + 1e-4})

        assert (there - here) * labelled / 1e-4 == pytest.approx(slopes[name], rel=0.05, abs=0.01), name


def test_fitting_makes_the_labelled_speakers_likelier(conversations: list[Conversation]) -> None:
    at = {name: float(getattr(WEIGHTS, name)) for name in NAMES}

    assert likelihood(conversations, fitted(conversations, 4))[0] > likelihood(conversations, at)[0]


def test_what_is_said_too_surely_is_drawn_in() -> None:
    """Right as often as three in four where nine in ten was said, and one in four where one in ten was."""
    odds = {0.9: 2.1972, 0.1: -2.1972}
    turns = [((odds[chance], 1.0), at < right) for chance, right in ((0.9, 1500), (0.1, 500)) for at in range(2000)]
    slope, always = made_sure(turns)

    assert slope == pytest.approx(0.5, abs=0.01)
    assert always == pytest.approx(0.0, abs=0.01)


def test_every_fold_has_weights_of_its_own() -> None:
    kept = folds()

    assert len({fold.weights.tag for fold in kept} | {WEIGHTS.tag}) > FOLDS / 2
    assert len(kept) == FOLDS
