"""How surely whoever came out likeliest speaks: what a chain of cues cannot know of itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from math import exp, log

from remnant.understand.voices.cues import Cues
from remnant.understand.voices.story import Story
from remnant.understand.voices.weights import Sureness

AROUND = 4
"""Turns before and after that count as those around."""

LEAST = 1e-6
"""Chances are not smaller."""

RARE = 1e-3
"""What part of all turns nobody's is smaller than."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who comes out likeliest of one turn, and how likely that is, the second, and somebody else of whom nothing was
    heard."""

    cue: Cues
    speaker: str | None
    best: float
    second: float
    somebody: float


def chances(story: Story, outcomes: Sequence[Outcome], sureness: Sureness) -> Iterator[float]:
    """Of each of a story's turns, in order, the chance that its likeliest speaker is the right one."""
    weights = astuple(sureness)
    for outcome, signs in zip(outcomes, signs_of(story, outcomes), strict=True):
        odds = sum(weight * sign for weight, sign in zip(weights, signs, strict=True))
        yield 1.0 / (1.0 + exp(-odds)) if outcome.speaker is not None else 0.0


def signs_of(story: Story, outcomes: Sequence[Outcome]) -> Iterator[tuple[float, ...]]:
    """Of each turn what `Sureness` weighs, in its order."""
    parts: dict[str | None, float] = defaultdict(float)
    for one in outcomes:
        parts[one.speaker] += one.best
    most = 1 + max(story.tagged.values(), default=0)
    for at, one in enumerate(outcomes):
        who = one.speaker or ""
        around = outcomes[max(0, at - AROUND) : at + AROUND + 1]
        before = outcomes[at - 1] if at else None
        after = outcomes[at + 1] if at + 1 < len(outcomes) else None
        yield (
            _odds(one.best),
            log(one.best + LEAST) - log(one.second + LEAST),
            _odds(one.second),
            _odds(one.somebody),
            float(who == one.cue.said),
            float(who in one.cue.fitting),
            log(parts[one.speaker] / len(outcomes) + RARE),
            log((1 + story.tagged[who]) / most),
            sum(other.best for other in around) / len(around),
            float(len({other.speaker for other in around})),
            float(before is not None and _follows(before, one)),
            float(after is not None and _follows(one, after)),
            float(" " in who),
            float(who[:1].isupper()),
            1.0,
        )


def _odds(chance: float) -> float:
    return log(max(chance, LEAST) / max(1.0 - chance, LEAST))


def _follows(one: Outcome, other: Outcome) -> bool:
    """Whether the same one has the next turn, in the next paragraph."""
    return one.speaker == other.speaker and other.cue.place - one.cue.place == 1
