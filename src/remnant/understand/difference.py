"""How two texts differ, paragraph by paragraph and word by word, in time that hostile texts cannot stretch."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from remnant.understand.likeness import words_of

WORDS = 2000
"""Words on either side of a changed stretch up to which it is told word by word; a longer one is told whole."""

EDITS = 200
"""Words taken out and put in up to which the same."""

AHEAD = 8
"""Paragraphs that are looked at for one that became of another."""

EFFORT = 1_000_000
"""Steps for all paragraphs together. What is changed after that is told by whole paragraphs."""


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text, and whether both have it, only the first, or only the second."""

    change: Change
    text: str


Row = tuple[Stretch, ...]
"""One paragraph, or what became of one."""


def difference(first: Sequence[str], second: Sequence[str]) -> tuple[Row, ...]:
    """The paragraphs of both, in order; those that differ only in type are the same, and told as the second has them.

    Every row but those wholly gone is one paragraph of the second.
    """
    ours, theirs = _keys(first), _keys(second)
    rows: list[Row] = []
    effort = _Effort()
    a = b = 0
    for one, other in [*_anchors(ours, theirs), (len(first), len(second))]:
        rows += _between(first[a:one], second[b:other], ours[a:one], theirs[b:other], effort)
        if one < len(first):
            rows.append((Stretch(Change.SAME, second[other]),))
        a, b = one + 1, other + 1
    return tuple(rows)


class _Effort:
    """How many steps may still be taken."""

    def __init__(self) -> None:
        self._left = EFFORT

    def spent(self, steps: int) -> bool:
        """Whether these were too many."""
        self._left -= steps
        return self._left < 0


def _keys(paragraphs: Sequence[str]) -> list[str]:
    return [" ".join(words_of(paragraph)) for paragraph in paragraphs]


def _anchors(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """Paragraphs that stand once in both: the longest run of them that is in order in both (patience)."""
    once, there = Counter(ours), Counter(theirs)
    places = {key: place for place, key in enumerate(theirs) if there[key] == 1}
    pairs = [(place, places[key]) for place, key in enumerate(ours) if once[key] == 1 and key in places]
    return [pairs[at] for at in _rising([other for _, other in pairs])]


def _rising(numbers: Sequence[int]) -> list[int]:
    """The places of the longest rising run within these numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    found = tails[-1:]
    while found and (earlier := before[found[-1]]) is not None:
        found.append(earlier)
    return found[::-1]


def _between(
    first: Sequence[str], second: Sequence[str], ours: Sequence[str], theirs: Sequence[str], effort: _Effort
) -> Iterator[Row]:
    """What stands between two anchors: the same at its ends, and a changed stretch in the middle."""
    head = 0
    while head < min(len(ours), len(theirs)) and ours[head] == theirs[head]:
        head += 1
    tail = 0
    while tail < min(len(ours), len(theirs)) - head and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    yield from ((Stretch(Change.SAME, text),) for text in second[:head])
    yield from _changed(first[head : len(first) - tail], second[head : len(second) - tail], effort)
    yield from ((Stretch(Change.SAME, text),) for text in second[len(second) - tail :])


def _changed(first: Sequence[str], second: Sequence[str], effort: _Effort) -> Iterator[Row]:
    """Each paragraph beside the next that says half of the same, if one soon does; else what went, then what came."""
    ours, theirs = ([Counter(words_of(text)) for text in side] for side in (first, second))
    at = 0
    for text, words in zip(first, ours, strict=True):
        beside = next((n for n in range(at, min(at + AHEAD, len(second))) if _is_near(words, theirs[n])), None)
        row = None if beside is None else _words(text, second[beside], effort)
        if beside is None or row is None:
            yield (Stretch(Change.GONE, text),)
            continue
        yield from ((Stretch(Change.NEW, new),) for new in second[at:beside])
        yield row
        at = beside + 1
    yield from ((Stretch(Change.NEW, new),) for new in second[at:])


def _is_near(ours: Counter[str], theirs: Counter[str]) -> bool:
    return 2 * (ours & theirs).total() >= max(ours.total(), theirs.total())


def _words(first: str, second: str, effort: _Effort) -> Row | None:
    """One paragraph that became another; None if little of it stayed, or it is too long to say."""
    ours, theirs = first.split(), second.split()
    longer = max(len(ours), len(theirs))
    if longer > WORDS:
        return None
    steps = _shortest([_plain(word) for word in ours], [_plain(word) for word in theirs], effort)
    if steps is None or 2 * sum(change is Change.SAME for change, _ in steps) < longer:
        return None
    told = [(change, ours[at] if change is Change.GONE else theirs[at]) for change, at in steps]
    return tuple(Stretch(change, " ".join(w for _, w in run)) for change, run in groupby(told, lambda one: one[0]))


def _plain(word: str) -> str:
    return " ".join(words_of(word)) or word


def _shortest(ours: Sequence[str], theirs: Sequence[str], effort: _Effort) -> list[tuple[Change, int]] | None:
    """The fewest words out and in that make one of the other (Myers), or None beyond EDITS.

    What stays and what is new goes by its place in the second, what is gone by its place in the first.
    """
    reached: dict[int, int] = {1: 0}
    trail: list[dict[int, int]] = []
    for edits in range(EDITS + 1):
        if effort.spent(edits + 1):
            return None
        trail.append(dict(reached))
        for diagonal in range(-edits, edits + 1, 2):
            down = diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])
            x = reached[diagonal + 1] if down else reached[diagonal - 1] + 1
            while x < len(ours) and x - diagonal < len(theirs) and ours[x] == theirs[x - diagonal]:
                x += 1
            reached[diagonal] = x
            if x >= len(ours) and x - diagonal >= len(theirs):
                return _walked_back(trail, len(ours), len(theirs))
    return None


def _walked_back(trail: Sequence[dict[int, int]], x: int, y: int) -> list[tuple[Change, int]]:
    steps: list[tuple[Change, int]] = []
    for edits in range(len(trail) - 1, 0, -1):
        diagonal, reached = x - y, trail[edits]
        down = diagonal == -edits or (diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1])
        before = diagonal + 1 if down else diagonal - 1
        start = reached[before]
        while x > (start if down else start + 1):
            x, y = x - 1, y - 1
            steps.append((Change.SAME, y))
        x, y = start, start - before
        steps.append((Change.NEW, y) if down else (Change.GONE, x))
    steps += [(Change.SAME, place) for place in range(y - 1, -1, -1)]
    return steps[::-1]
