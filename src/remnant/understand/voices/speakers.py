"""Who speaks: cues around each turn, weighed together along a conversation.

A turn is what one paragraph says aloud. Cues give each person near it a score; along a conversation two who talk take
turns; and of each turn, what all courses of the conversation together make of it is the chance of each person. One of
the people is always somebody else, of whom nothing was heard: where the cues are poor, nobody is likely.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import exp, log
from operator import mul

from remnant.understand.voices.chain import SOMEBODY, Link, ahead, behind
from remnant.understand.voices.cues import Cues, scenes_of
from remnant.understand.voices.people import Cast
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.story import story_of
from remnant.understand.voices.weights import WEIGHTS, Weights

MOST = 8
"""People weighed for one turn: the likeliest by its own cues. More cost time and win nothing."""

HOPELESS = 9.0
"""So far behind the best by their own cues, people are not weighed at all."""

TOLD_APART = 0.9
"""The chance of whoever a paragraph names for another of its quotes."""

SURE, LIKELY = 0.9, 0.65
"""Chances from which a speaker is sure, or likely."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who most likely has the turn in one paragraph, and what chance; `others` say some of its quotes."""

    paragraph: int
    speaker: str | None
    chance: float
    others: dict[int, str] = field(default_factory=dict)


def turns_of(
    texts: Sequence[str],
    quotes: Sequence[tuple[Quote, ...]],
    cast: Cast,
    divided: Collection[int] = (),
    weights: Weights = WEIGHTS,
) -> list[Turn]:
    """Every paragraph in which somebody speaks, with its likeliest speaker, in order."""
    story = story_of(texts, quotes, cast, divided)
    return [turn for scene in scenes_of(story, weights) for turn in _decided(scene, weights)]


def _decided(cues: Sequence[Cues], weights: Weights) -> list[Turn]:
    links = [_link(cue, weights) for cue in cues]
    courses, _ = ahead(links)
    turns = []
    for cue, link, before, after in zip(cues, links, courses, behind(links), strict=True):
        chances = [
            sum(map(mul, *both)) for both in zip(zip(*before, strict=True), zip(*after, strict=True), strict=True)
        ]
        place = max(range(len(chances) - 1), key=chances.__getitem__, default=-1)
        speaker = link.people[place] if place >= 0 else None
        chance = _evened(chances[place] / sum(chances), weights) if speaker else 0.0
        turns.append(Turn(cue.paragraph, speaker, chance, cue.others))
    return turns


def _evened(chance: float, weights: Weights) -> float:
    odds = log(max(chance, 1e-9) / max(1.0 - chance, 1e-9))
    return 1.0 / (1.0 + exp(-weights.evened * odds - weights.raised))


def _link(cue: Cues, weights: Weights) -> Link:
    """Those who may have the turn at all, the likeliest first, and somebody else."""
    order = sorted(cue.scores.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    top = max(order[0][1], weights.somebody) if order else weights.somebody
    near = [(who, exp(score - top)) for who, score in order if score > top - HOPELESS]
    near.append((SOMEBODY, exp(max(weights.somebody - top, -HOPELESS))))
    people, own = zip(*near, strict=True)
    return Link(people, own, exp(cue.same), exp(cue.back))
