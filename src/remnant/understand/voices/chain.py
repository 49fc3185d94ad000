"""All courses of a conversation weighed at once: who had the turn before and who has it now, both ways."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import mul

SOMEBODY = ""
"""Somebody else than all that are near: the last of every link."""

Pairs = list[list[float]]
"""How likely it is that one had the turn before (the row), and another has it now."""


@dataclass(frozen=True, slots=True)
class Link:
    """One turn: the people near it, how likely each is by its own cues, and by how much more likely if they have just
    spoken, or spoke before the last."""

    people: tuple[str, ...]
    own: tuple[float, ...]
    same: float = 1.0
    back: float = 1.0

    def places(self, *rows: Sequence[str]) -> tuple[list[int], ...]:
        """Of each of these rows where its people stand here; -1 where one does not, and for somebody else."""
        at = {who: place for place, who in enumerate(self.people)}
        at.pop(SOMEBODY, None)
        return tuple([at.get(who, -1) for who in row] for row in rows)


def ahead(links: Sequence[Link]) -> tuple[list[Pairs], list[float]]:
    """How likely each pair is by all that went before; and how much less likely each turn made the whole."""
    courses: list[Pairs] = [[list(links[0].own)]]
    scales: list[float] = []
    first: Sequence[str] = (SOMEBODY,)
    for before, link in pairwise(links):
        pairs = courses[-1]
        sums = [sum(column) for column in zip(*pairs, strict=True)]
        whole = sum(sums)
        back, same = link.places(first, before.people)
        rows: Pairs = []
        for last, total in enumerate(sums):
            share = total / whole
            row = [share * chance for chance in link.own]
            if same[last] >= 0:
                row[same[last]] *= link.same
            for one, place in enumerate(back):
                if place >= 0 and place != same[last]:
                    row[place] += (link.back - 1.0) * pairs[one][last] * link.own[place] / whole
            rows.append(row)
        courses.append(rows)
        scales.append(whole)
        first = before.people
    return courses, scales


def behind(links: Sequence[Link]) -> list[Pairs]:
    """How likely all that follows is after each pair."""
    firsts: list[Sequence[str]] = [(SOMEBODY,), *(link.people for link in links[:-1])]
    after: list[Pairs] = [[[1.0] * len(links[-1].people) for _ in firsts[-1]]]
    for at in range(len(links) - 2, -1, -1):
        after.append(_behind(firsts[at], links[at].people, links[at + 1], after[-1]))
    return after[::-1]


def _behind(first: Sequence[str], last: Sequence[str], link: Link, then: Pairs) -> Pairs:
    back, same = link.places(first, last)
    sums = [sum(map(mul, link.own, row)) for row in then]
    for at, again in enumerate(same):
        if again >= 0:
            sums[at] += (link.same - 1.0) * link.own[again] * then[at][again]
    whole = max(sums)
    sums = [total / whole for total in sums]
    follows = list(zip(*then, strict=True))
    rows: Pairs = []
    for place in back:
        if place < 0:
            rows.append(sums)
            continue
        more = (link.back - 1.0) * link.own[place] / whole
        row = [total + more * chance for total, chance in zip(sums, follows[place], strict=True)]
        if place in same:
            at = same.index(place)
            row[at] = sums[at]
        rows.append(row)
    return rows
