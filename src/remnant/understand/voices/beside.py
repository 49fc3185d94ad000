"""What the turns of a conversation say of one another: who is called answers, who takes part, who goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from remnant.understand.voices.cues import Cues, Weigher
from remnant.understand.voices.telling import Telling

PARTNERS_WITHIN, PARTNERS = 8, 3
"""Turns before and after in which a tag speaks for somebody who takes part, and how many count."""

CROWDED = 6
"""Turns before and after that say how many are talking."""


def weigh_beside(weigher: Weigher, turns: Sequence[Cues], following: Sequence[Telling | None]) -> None:
    """Adds to the turns of one conversation what others of them say. `following`: the paragraph after each."""
    for one, other in pairwise(turns):
        if other.place - one.place == 1:
            _weigh_neighbours(weigher, one, other)
    _weigh_what_follows(weigher, turns, following)
    _weigh_partners(weigher, turns)
    _weigh_steps(weigher, turns)


def _weigh_neighbours(weigher: Weigher, one: Cues, other: Cues) -> None:
    """Who is called answers, who has spoken is called."""
    weights = weigher.weights
    for who in sorted(one.telling.called):
        weigher.add(other, who, weights.called_before)
    for who in sorted(one.telling.spoken_of):
        weigher.add(other, who, weights.spoken_of_before)
    for who in dict.fromkeys(one.telling.name(mention) for mention in one.telling.outside):
        if who != one.plain:
            weigher.add(other, who, weights.told_of_before)
    for who in sorted(other.telling.called):
        weigher.add(one, who, weights.called_after)
    for turn, sir in ((other, one.telling.sir), (one, other.telling.sir)):
        if sir is not None:
            weigher.add_by_sex(turn, sir, weights.sir_beside, weights.sir_not_beside)


def _weigh_what_follows(weigher: Weigher, turns: Sequence[Cues], following: Sequence[Telling | None]) -> None:
    """Whoever speaks next, or does something next, has not just spoken: else it were told in one paragraph."""
    weights = weigher.weights
    for at, (cue, telling) in enumerate(zip(turns, following, strict=True)):
        for later, weight in zip(turns[at + 1 : at + 3], (weights.soon, weights.soon_two), strict=False):
            if later.plain is not None:
                weigher.add(cue, later.plain, weight)
        if telling is not None and telling.outside and not telling.spoken:
            weigher.add(cue, telling.name(telling.outside[0]), weights.told_next)


def _weigh_partners(weigher: Weigher, turns: Sequence[Cues]) -> None:
    """Whoever is said to have other turns, near or anywhere in the conversation, may have this one."""
    weights = weigher.weights
    plain = [cue.plain for cue in turns]
    parts = Counter(plain)
    for at, cue in enumerate(turns):
        for who in cue.scores:
            if parts[who] > (who == cue.plain):
                cue.scores[who] += weights.takes_part
        near = plain[max(0, at - PARTNERS_WITHIN) : at + PARTNERS_WITHIN + 1]
        for partner in dict.fromkeys(near):
            if partner is not None and partner != plain[at]:
                weigher.add(cue, partner, weights.partner * min(near.count(partner), PARTNERS))


def _weigh_steps(weigher: Weigher, turns: Sequence[Cues]) -> None:
    """What it weighs that the last speaker goes on, or that the one before answers."""
    weights = weigher.weights
    plain = [cue.plain for cue in turns]
    for at in range(1, len(turns)):
        cue, before = turns[at], turns[at - 1]
        apart = cue.place - before.place
        if apart == 1 and before.telling.spoken[-1].open and cue.telling.spoken[0].start == 0:
            cue.same = weights.goes_on
            continue
        bare = cue.telling.is_bare
        cue.same = weights.same_after if apart > 1 else weights.same_bare if bare else weights.same_told
        in_turn = apart == 1 and at > 1 and cue.place - turns[at - 2].place == 2
        cue.back = weights.back_after if not in_turn else weights.back_bare if bare else weights.back_told
        if apart == 1 and before.telling.asks:
            cue.same += weights.same_asked
        if before.telling.called and (at < 2 or turns[at - 2].plain not in before.telling.called):
            cue.back += weights.back_turned
        if apart > 2:
            cue.same += weights.same_far
            cue.back += weights.back_far
        if len({*plain[max(0, at - CROWDED) : at + CROWDED + 1]} - {None}) > 2:
            cue.back += weights.back_in_a_crowd
