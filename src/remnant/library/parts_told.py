"""What an archive's account says of stories that were posted in parts: how many there are, what is missing, what came
again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remnant.library.serials import MOST_PARTS, parts_in
from remnant.model import PieceKind
from remnant.understand.postings import tellings, together
from remnant.wire.canonical import Json


@dataclass(frozen=True, slots=True)
class Carded:
    """A work of one file alone: what kind it is, and which parts of which story it has."""

    kind: str
    serial: Json


@dataclass(frozen=True, slots=True)
class PartsTold:
    """`stories` were posted in `parts`. `kinds` is what these make of the works that the files alone hold.

    `missing` and `again` are titles with what there is to say of each.
    """

    stories: int
    parts: int
    kinds: Counter[str]
    missing: tuple[tuple[str, str], ...]
    again: tuple[tuple[str, str], ...]


def told(carded: Sequence[Carded]) -> PartsTold:
    """The parts of all the files taken together, whichever stands in which."""
    groups = [[carded[at] for at in group] for group in together([one.serial["keys"] for one in carded])]
    kinds = Counter[str]()
    for one in carded:
        kinds[one.kind] -= 1
    for group in groups:
        for telling in tellings(sorted(parts_in(one.serial for one in group))):
            kinds[group[0].kind if len(telling) == 1 else PieceKind.STORY.value] += 1
    return PartsTold(
        stories=len(groups),
        parts=sum(len(one.serial["parts"]) for one in carded),
        kinds=kinds,
        missing=tuple(sorted(said for group in groups for said in _missing(group))),
        again=tuple(sorted(said for group in groups for said in _again(group))),
    )


def _missing(group: Sequence[Carded]) -> Iterator[tuple[str, str]]:
    total = max((one.serial["total"] for one in group if one.serial["total"] is not None), default=0)
    there = {number for one in group for number in _numbers(one)}
    lacking = [number for number in range(1, min(total, MOST_PARTS) + 1) if number not in there]
    if lacking:
        are = "Part {} of {} is not here." if len(lacking) == 1 else "Parts {} of {} are not here."
        yield group[0].serial["title"], are.format(listed(lacking), total)


def _numbers(one: Carded) -> Iterator[int]:
    for part in one.serial["parts"]:
        yield from range(part["number"], min(part["through"], part["number"] + MOST_PARTS) + 1)


def _again(group: Sequence[Carded]) -> Iterator[tuple[str, str]]:
    counted = Counter(number for one in group for number in _numbers(one))
    often = sorted(number for number, times in counted.items() if times > 1)
    if often:
        were = "Part {} was posted more than once." if len(often) == 1 else "Parts {} were posted more than once."
        yield group[0].serial["title"], were.format(listed(often))


def listed(numbers: Sequence[int]) -> str:
    """Numbers in order, those that follow one another as a run: "3, 5 to 7"."""
    return ", ".join(_runs(numbers))


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    first = 0
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield str(number) if first == at else f"{numbers[first]} to {number}"
            first = at + 1
