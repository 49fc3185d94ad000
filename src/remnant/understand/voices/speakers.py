"""Who speaks: cues around each turn, weighed together along a conversation.

A turn is what one paragraph says aloud. Cues give each person near it a score; then the best course of the whole
conversation is found, in which two who talk take turns. What the course gains over the best one in which somebody else
has the turn is the margin: how surely it is so. Rules abstain where the margin is small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from remnant.understand.voices.cues import Cues, Scene, cues_of
from remnant.understand.voices.people import Cast
from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.telling import NARRATOR

MOST = 5
"""People weighed for one turn: those near it. More cost time and win nothing."""

HOPELESS = 8.0
"""So far behind the best by their own cues, people are not weighed at all."""

GOES_ON = 8.0
"""A speech whose closing mark is missing goes on in the next paragraph that opens with one."""

SAME_AGAIN, SAME_AFTER_TELLING = -3.0, -0.25
"""One who has just spoken speaks again, in the next paragraph or with some telling between."""

BACK_AND_FORTH = 2.0
"""One who spoke before the last speaker speaks again: two people talk."""

NOBODY = ""
"""Stands before the first turn, and in the place of whoever has a turn with nobody near it."""

CALLED_OFTEN, TOLD_RARELY = 2, 5
"""A narrator is called by name at least so often, and so many times as often as told of beside what is spoken."""

SURE, LIKELY = 6.0, 2.5
"""Margins from which a speaker is sure, or likely."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has the turn in one paragraph, if anybody is near it, and by what margin; `others` say some of its quotes."""

    paragraph: int
    speaker: str | None
    margin: float
    others: dict[int, str] = field(default_factory=dict)


def turns_of(texts: Sequence[str], quotes: Sequence[tuple[Quote, ...]], cast: Cast) -> list[Turn]:
    """Every paragraph in which somebody speaks, with its likeliest speaker, in order."""
    scenes = list(cues_of(texts, quotes, cast))
    narrator = _narrator(scenes)
    if narrator is not None:
        for scene in scenes:
            for cue in scene.turns:
                cue.rename_narrator(narrator)
    return [turn for scene in scenes for turn in _decided(scene)]


def _narrator(scenes: Sequence[Scene]) -> str | None:
    """By what name the others call whoever says "I": one that is called, and hardly ever told of."""
    called, told = Counter[str](), Counter[str]()
    for scene in scenes:
        told.update(scene.told)
        for cue in scene.turns:
            if not cue.is_plain(NARRATOR):
                called.update(cue.called)
    if not any(cue.is_plain(NARRATOR) for scene in scenes for cue in scene.turns):
        return None
    fitting = [name for name in called if called[name] >= CALLED_OFTEN and TOLD_RARELY * told[name] <= called[name]]
    return max(fitting, key=lambda name: (called[name], name), default=None)


def _decided(scene: Scene) -> list[Turn]:
    """The best course of one conversation, by the pair of who spoke last and who speaks now."""
    cues = scene.turns
    people = [_near(cue) for cue in cues]
    ahead = _forward(cues, people)
    behind = _backward(cues, people)
    turns = []
    for at, cue in enumerate(cues):
        best: dict[str, float] = {}
        for pair, score in ahead[at].items():
            total = score + behind[at][pair]
            best[pair[1]] = max(best.get(pair[1], total), total)
        order = sorted(best, key=lambda who: (-best[who], who))
        if order == [NOBODY]:
            turns.append(Turn(cue.paragraph, None, 0.0))
            continue
        margin = (
            best[order[0]] - best[order[1]]
            if len(order) > 1
            else max(cue.alone, HOPELESS if len(cue.scores) > 1 else 0.0)
        )
        turns.append(Turn(cue.paragraph, order[0], margin, cue.others))
    return turns


def _near(cue: Cues) -> list[str]:
    if not cue.scores:
        return [NOBODY]
    order = sorted(cue.scores, key=lambda who: (-cue.scores[who], who))[:MOST]
    return [who for who in order if cue.scores[who] >= cue.scores[order[0]] - HOPELESS]


Pairs = dict[tuple[str, str], float]


def _step(before: str, last: str, now: str, cue: Cues) -> float:
    """What it costs or gains that `now` follows `last`, who followed `before`."""
    if now == last:
        return GOES_ON if cue.goes_on else SAME_AGAIN if cue.adjacent else SAME_AFTER_TELLING
    if now == before:
        return BACK_AND_FORTH if cue.adjacent else BACK_AND_FORTH / 3
    return 0.0


def _forward(cues: Sequence[Cues], people: Sequence[list[str]]) -> list[Pairs]:
    ahead: list[Pairs] = []
    for at, cue in enumerate(cues):
        if at == 0:
            ahead.append({(NOBODY, now): cue.scores.get(now, 0.0) for now in people[0]})
            continue
        pairs: Pairs = {}
        for (before, last), score in ahead[-1].items():
            for now in people[at]:
                total = score + _step(before, last, now, cue) + cue.scores.get(now, 0.0)
                if total > pairs.get((last, now), float("-inf")):
                    pairs[last, now] = total
        ahead.append(pairs)
    return ahead


def _backward(cues: Sequence[Cues], people: Sequence[list[str]]) -> list[Pairs]:
    lasts = [[NOBODY], *people[:-1]]
    behind: list[Pairs] = [{} for _ in cues]
    behind[-1] = {(last, now): 0.0 for last in lasts[-1] for now in people[-1]}
    for at in range(len(cues) - 2, -1, -1):
        after, cue = behind[at + 1], cues[at + 1]
        behind[at] = {
            (last, now): max(
                _step(last, now, then, cue) + cue.scores.get(then, 0.0) + after[now, then] for then in people[at + 1]
            )
            for last in lasts[at]
            for now in people[at]
        }
    return behind
