"""Who speaks: cues around each turn, weighed together along a conversation.

A turn is what one paragraph says aloud. Cues give each person near it a score; along a conversation two who talk take
turns; and of each turn, what all courses of the conversation together make of it is the chance of each person. One of
the people is always somebody else, of whom nothing was heard: where the cues are poor, nobody is likely.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from math import exp

from remnant.understand.voices.cues import Cues, scenes_of, story_of
from remnant.understand.voices.people import Cast
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.weights import WEIGHTS, Weights

MOST = 8
"""People weighed for one turn: the likeliest by its own cues. More cost time and win nothing."""

SOMEBODY = ""
"""Somebody else than all that are near."""

TOLD_APART = 0.9
"""The chance of whoever a paragraph names for another of its quotes."""

SURE, LIKELY = 0.9, 0.7
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
    turns = []
    for cue, chances in zip(cues, chances_of(cues, weights), strict=True):
        chances.pop(SOMEBODY)
        speaker = max(chances, key=lambda who: (chances[who], who), default=None)
        chance = 0.0 if speaker is None else chances[speaker]
        turns.append(Turn(cue.paragraph, speaker, chance, cue.others))
    return turns


def chances_of(cues: Sequence[Cues], weights: Weights) -> list[dict[str, float]]:
    """Of every turn of one conversation, how likely each person near it has it: forwards and backwards."""
    own = [_own(cue, weights) for cue in cues]
    courses, _ = ahead(cues, own)
    return [_of_last(pairs, after) for pairs, after in zip(courses, behind_all(cues, own, courses), strict=True)]


Pairs = dict[tuple[str, str], float]
"""How likely it is that one had the turn before, and another has it now."""


def _own(cue: Cues, weights: Weights) -> dict[str, float]:
    """How likely people are by a turn's own cues, beside one another."""
    order = sorted(cue.scores, key=lambda who: (-cue.scores[who], who))[:MOST]
    scores = {who: cue.scores[who] for who in order} | {SOMEBODY: weights.somebody}
    top = max(scores.values())
    return {who: exp(max(score - top, -30.0)) for who, score in scores.items()}


def ahead(cues: Sequence[Cues], own: Sequence[dict[str, float]]) -> tuple[list[Pairs], list[float]]:
    """How likely each pair is by all that went before; and how much less likely each turn made the whole."""
    courses: list[Pairs] = [{(SOMEBODY, now): chance for now, chance in own[0].items()}]
    scales: list[float] = []
    for cue, mine in zip(cues[1:], own[1:], strict=True):
        same, back = exp(cue.same), exp(cue.back)
        before = courses[-1]
        sums: dict[str, float] = {}
        for (_, last), chance in before.items():
            sums[last] = sums.get(last, 0.0) + chance
        whole = sum(sums.values())
        after: Pairs = {}
        for last, total in sums.items():
            for now, chance in mine.items():
                if now == last:
                    weight = total * (same if now != SOMEBODY else 1.0)
                elif now != SOMEBODY and (now, last) in before:
                    weight = total + (back - 1.0) * before[now, last]
                else:
                    weight = total
                after[last, now] = weight * chance / whole
        courses.append(after)
        scales.append(whole)
    return courses, scales


def behind_all(cues: Sequence[Cues], own: Sequence[dict[str, float]], courses: Sequence[Pairs]) -> list[Pairs]:
    """How likely all that follows is after each pair, for each turn."""
    behind = [dict.fromkeys(courses[-1], 1.0)]
    for at in range(len(cues) - 2, -1, -1):
        behind.append(_behind(cues[at + 1], own[at + 1], behind[-1], courses[at]))
    return behind[::-1]


def _behind(cue: Cues, own: dict[str, float], then: Pairs, pairs: Pairs) -> Pairs:
    """How likely all that follows is after each pair; `then` is the same for the next turn."""
    same, back = exp(cue.same), exp(cue.back)
    sums: dict[str, float] = {}
    for (last, now), chance in then.items():
        weight = same if now == last and now != SOMEBODY else 1.0
        sums[last] = sums.get(last, 0.0) + weight * own[now] * chance
    whole = sum(sums.values()) / len(sums)
    behind: Pairs = {}
    for last, now in pairs:
        chance = sums[now]
        if last not in (now, SOMEBODY) and last in own:
            chance += (back - 1.0) * own[last] * then[now, last]
        behind[last, now] = chance / whole
    return behind


def _of_last(courses: Pairs, behind: Pairs) -> dict[str, float]:
    chances: dict[str, float] = {}
    for pair, chance in courses.items():
        chances[pair[1]] = chances.get(pair[1], 0.0) + chance * behind[pair]
    whole = sum(chances.values())
    return {who: chance / whole for who, chance in chances.items()}
