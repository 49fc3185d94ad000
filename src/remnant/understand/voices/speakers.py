"""Who speaks: cues around each turn, weighed together along a conversation.

A turn is what one paragraph says aloud. Cues give each person near it a score; along a conversation two who talk take
turns; and what all courses of the conversation together make of each turn is how likely each person is. One of
the people is always somebody else, of whom nothing was heard: where the cues are poor, nobody is likely. How surely
the likeliest speaks is weighed last (`sureness`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from math import exp
from operator import mul

from remnant.understand.voices.chain import SOMEBODY, Link, ahead, behind
from remnant.understand.voices.cues import Cues
from remnant.understand.voices.people import Cast
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.scenes import scenes_of
from remnant.understand.voices.story import story_of
from remnant.understand.voices.sureness import Outcome, chances
from remnant.understand.voices.weights import SURENESS, WEIGHTS, Sureness, Weights

MOST = 7
"""People weighed for one turn: the likeliest by its own cues. More cost time and win nothing."""

HOPELESS = 8.0
"""So far behind the best by their own cues, people are not weighed at all."""

TOLD_APART = 0.75
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
    asides: Collection[int] = (),
    *,
    weights: Weights = WEIGHTS,
    sureness: Sureness = SURENESS,
) -> list[Turn]:
    """Every paragraph in which somebody speaks, with its likeliest speaker, in order. See `story_of`."""
    story = story_of(texts, quotes, cast, divided, asides)
    chosen = [outcome for scene in scenes_of(story, weights) for outcome in outcomes(scene, weights)]
    sure = chances(story, chosen, sureness)
    return [
        Turn(one.cue.paragraph, one.speaker, chance, one.cue.others) for one, chance in zip(chosen, sure, strict=True)
    ]


def outcomes(cues: Sequence[Cues], weights: Weights) -> Iterator[Outcome]:
    """Who comes out likeliest of each turn of a conversation, all its courses weighed together."""
    links = [_link(cue, weights) for cue in cues]
    courses, _ = ahead(links)
    for cue, link, before, after in zip(cues, links, courses, behind(links), strict=True):
        likely = [
            sum(map(mul, *both)) for both in zip(zip(*before, strict=True), zip(*after, strict=True), strict=True)
        ]
        whole = sum(likely)
        *order, somebody = (chance / whole for chance in likely)
        first = max(range(len(order)), key=order.__getitem__, default=-1)
        speaker = link.people[first] if order else None
        best, second, *_ = (*sorted(order, reverse=True), 0.0, 0.0)
        yield Outcome(cue, speaker, best, second, somebody)


def _link(cue: Cues, weights: Weights) -> Link:
    """Those who may have the turn at all, the likeliest first, and somebody else."""
    order = sorted(cue.scores.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    top = max(order[0][1], weights.somebody) if order else weights.somebody
    near = [(who, exp(score - top)) for who, score in order if score > top - HOPELESS]
    near.append((SOMEBODY, exp(max(weights.somebody - top, -HOPELESS))))
    people, own = zip(*near, strict=True)
    return Link(people, own, exp(cue.same), exp(cue.back))
