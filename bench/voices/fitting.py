"""Fits what each cue weighs: `python -m bench.voices.fitting FOLDER` prints the weights.

FOLDER is the Project Dialogism Novel Corpus. `--fold N` leaves every fourth novel out, beginning with the Nth, so that
it can be judged by weights that never saw it (`folds.json`); without it all are read. The likelihood of the labelled
speakers is climbed from the weights that stand in the code, held near them by a spring, since some cues are rare.
`--sureness` fits how sure what comes out is. Nobody's words are kept in what comes out: some seventy numbers.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from math import exp, log
from pathlib import Path

from bench.voices.pdnc import FOLDS, fold_of, labelled_turns, named

from remnant.understand.voices.chain import SOMEBODY, Link, Pairs, ahead, behind
from remnant.understand.voices.cues import Cues
from remnant.understand.voices.scenes import scenes_of
from remnant.understand.voices.speakers import MOST, outcomes
from remnant.understand.voices.story import Story
from remnant.understand.voices.sureness import signs_of
from remnant.understand.voices.weights import WEIGHTS, Sureness, Weights

NAMES = tuple(field.name for field in fields(Weights))
ROUNDS = 40
SPRING = 0.05
"""How strongly a weight is drawn back to where it was: as much as that many quotations."""

LIGHTLY = 0.1
"""How strongly a sign of sureness is drawn to weigh nothing."""

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """One turn: of each person near it the cues, those of speaking again, and who may be the labelled speaker."""

    people: Mapping[str, Features]
    same: Features
    back: Features
    right: frozenset[str] | None


Conversation = tuple[Example, ...]


def examples(story: Story, right: Mapping[int, frozenset[str]]) -> list[Conversation]:
    """The cues of a story's turns, one by one: a score is linear in the weights, so each is raised by one in turn."""
    plain = list(scenes_of(story, WEIGHTS))
    people: list[list[dict[str, Features]]] = [[{who: {} for who in cue.scores} for cue in scene] for scene in plain]
    same: list[list[Features]] = [[{} for _ in scene] for scene in plain]
    back: list[list[Features]] = [[{} for _ in scene] for scene in plain]
    for name in NAMES:
        raised = scenes_of(story, replace(WEIGHTS, **{name: getattr(WEIGHTS, name) + 1.0}))
        for at, (one, other) in enumerate(zip(plain, raised, strict=True)):
            for turn, (cue, higher) in enumerate(zip(one, other, strict=True)):
                for who, score in higher.scores.items():
                    if abs(score - cue.scores[who]) > 1e-6:
                        people[at][turn][who][name] = score - cue.scores[who]
                if higher.same != cue.same:
                    same[at][turn][name] = 1.0
                if higher.back != cue.back:
                    back[at][turn][name] = 1.0
    return [
        tuple(_example(cue, people[at][turn], same[at][turn], back[at][turn], right) for turn, cue in enumerate(scene))
        for at, scene in enumerate(plain)
    ]


def _example(
    cue: Cues, people: Mapping[str, Features], same: Features, back: Features, right: Mapping[int, frozenset[str]]
) -> Example:
    near = _likeliest(cue, people)
    # The labelled speaker, if near; somebody else, if not.
    meant = right[cue.paragraph] & near.keys() or frozenset((SOMEBODY,)) if cue.paragraph in right else None
    return Example(near, same, back, meant)


def _likeliest(cue: Cues, people: Mapping[str, Features]) -> dict[str, Features]:
    order = sorted(cue.scores, key=lambda who: (-cue.scores[who], who))[: MOST + 2]
    return {who: people[who] for who in order} | {SOMEBODY: {"somebody": 1.0}}


def fitted(conversations: Sequence[Conversation], rounds: int = ROUNDS) -> dict[str, float]:
    """Weights under which the labelled speakers are likeliest; each goes its own pace, by the sign of its slope."""
    start = {name: float(getattr(WEIGHTS, name)) for name in NAMES}
    weights, paces = dict(start), dict.fromkeys(NAMES, 0.1)
    last = dict.fromkeys(NAMES, 0.0)
    for _ in range(rounds):
        gain, slopes = likelihood(conversations, weights)
        print(f"likelihood {gain:.4f}", flush=True)
        for name in NAMES:
            slope = slopes[name] - SPRING * (weights[name] - start[name])
            turned = slope * last[name]
            paces[name] *= 1.3 if turned > 0 else 0.5 if turned < 0 else 1.0
            weights[name] += (slope > 0) * paces[name] - (slope < 0) * paces[name]
            last[name] = slope
    return weights


Sign = tuple[tuple[float, ...], bool]
"""Of one turn its signs of sureness, and whether its speaker is right."""


def signs(story: Story, right: Mapping[int, frozenset[str]]) -> list[Sign]:
    """Of every turn of a story with one labelled speaker."""
    found = [one for scene in scenes_of(story, WEIGHTS) for one in outcomes(scene, WEIGHTS)]
    return [
        (met, one.speaker in right[one.cue.paragraph])
        for one, met in zip(found, signs_of(story, found), strict=True)
        if one.cue.paragraph in right and one.speaker is not None
    ]


def made_sure(turns: Sequence[Sign], rounds: int = 12) -> tuple[float, ...]:
    """What each sign weighs, so that what is said to be likely comes true as often; by Newton, lightly held to zero."""
    width = len(turns[0][0])
    weights = [0.0] * width
    for _ in range(rounds):
        slopes = [-LIGHTLY * weight for weight in weights]
        bends = [[LIGHTLY * (row == column) for column in range(width)] for row in range(width)]
        for met, right in turns:
            said = 1.0 / (1.0 + exp(-sum(weight * sign for weight, sign in zip(weights, met, strict=True))))
            spread = said * (1.0 - said)
            for row, sign in enumerate(met):
                slopes[row] += (right - said) * sign
                bends[row] = [bend + spread * sign * other for bend, other in zip(bends[row], met, strict=True)]
        weights = [weight + step for weight, step in zip(weights, _solved(bends, slopes), strict=True)]
    return tuple(weights)


def _solved(rows: Sequence[Sequence[float]], sums: Sequence[float]) -> list[float]:
    """The one answer of as many equations as unknowns, by elimination."""
    whole = [[*row, total] for row, total in zip(rows, sums, strict=True)]
    for at in range(len(whole)):
        best = max(range(at, len(whole)), key=lambda row: abs(whole[row][at]))
        whole[at], whole[best] = whole[best], whole[at]
        whole[at] = [one / whole[at][at] for one in whole[at]]
        for row in range(len(whole)):
            if row != at and whole[row][at]:
                by = whole[row][at]
                whole[row] = [one - by * other for one, other in zip(whole[row], whole[at], strict=True)]
    return [row[-1] for row in whole]


def likelihood(conversations: Iterable[Conversation], weights: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """The mean logarithm of the labelled speakers' chances, and the slope of the whole along each weight."""
    slopes: dict[str, float] = defaultdict(float)
    gain, labelled = 0.0, 0
    for conversation in conversations:
        count = sum(example.right is not None for example in conversation)
        if not count:
            continue
        labelled += count
        gain -= _course(conversation, weights, slopes, free=True)
        gain += _course(conversation, weights, slopes, free=False)
    return gain / max(labelled, 1), slopes


def _course(conversation: Conversation, weights: Mapping[str, float], slopes: dict[str, float], *, free: bool) -> float:
    """The logarithm of how likely all courses are, or those with the labelled speakers; adds to the slopes."""
    sign = -1.0 if free else 1.0
    links, tops = zip(*(_link(example, weights, free=free) for example in conversation), strict=True)
    courses, scales = ahead(links)
    after = behind(links)
    for at, (example, link) in enumerate(zip(conversation, links, strict=True)):
        total = sum(a * b for both in zip(courses[at], after[at], strict=True) for a, b in zip(*both, strict=True))
        last = links[at - 1].people if at else (SOMEBODY,)
        for row, (before, one, other) in enumerate(zip(last, courses[at], after[at], strict=True)):
            for place, now in enumerate(link.people):
                share = sign * one[place] * other[place] / total
                for name, met in example.people[now].items():
                    slopes[name] += share * met
                if at == 0 or now == SOMEBODY:
                    continue
                if now == before:
                    for name in example.same:
                        slopes[name] += share
                else:
                    again = _back(courses[at - 1], links, at, row, now)
                    for name in example.back if again else ():
                        slopes[name] += share * again
    end: float = sum(map(sum, courses[-1]))
    return float(sum(tops)) + sum(map(log, scales)) + log(end)


def _back(before: Pairs, links: Sequence[Link], at: int, last: int, now: str) -> float:
    """The share of all courses through a pair in which whoever speaks now spoke before the last speaker too."""
    first = links[at - 2].people if at > 1 else (SOMEBODY,)
    if now not in first:
        return 0.0
    again = before[first.index(now)][last]
    whole = sum(row[last] for row in before)
    return links[at].back * again / (whole + (links[at].back - 1.0) * again) if again else 0.0


def _link(example: Example, weights: Mapping[str, float], *, free: bool) -> tuple[Link, float]:
    """One turn's people, or those alone who are the labelled speaker; and how likely the likeliest is."""
    scores = {
        who: _weighed(met, weights)
        for who, met in example.people.items()
        if free or example.right is None or who in example.right
    }
    top = max(scores.values())
    own = tuple(exp(max(score - top, -30.0)) for score in scores.values())
    same, back = (exp(_weighed(met, weights)) for met in (example.same, example.back))
    return Link(tuple(scores), own, same, back), top


def _weighed(met: Features, weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in met.items())


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.voices.fitting", description=__doc__)
    parser.add_argument("pdnc", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="the novels that are left out")
    parser.add_argument("--sureness", action="store_true", help="only how sure what comes out is")
    told = parser.parse_args()
    read = labelled_turns(told.pdnc, [name for name in named(told.pdnc) if fold_of(told.pdnc, name) != told.fold])
    if told.sureness:
        weights = made_sure([sign for story, right in read for sign in signs(story, right)])
        found = dict(zip((field.name for field in fields(Sureness)), weights, strict=True))
    else:
        found = fitted([one for story, right in read for one in examples(story, right)], told.rounds)
    for name, weight in found.items():
        print(f"    {name}: float = {weight:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
