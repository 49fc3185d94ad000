"""Tombstones at the door: what was forgotten is turned away, by itself and inside of something else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from remnant.keep.journal import Despite, Journal
from remnant.keep.objects import Staged, stage
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.model import Arrival, Digest

REDACTED = "redacted"
"""The door of a copy that took the place of something with a part that was forgotten."""

FORGOTTEN = (
    "Somebody asked that this be forgotten, and it was. Nothing was kept of it. "
    "Whoever wants it here all the same adds it with --despite-wish."
)
HOLDS_FORGOTTEN = (
    "In it stands something that somebody asked to be forgotten, so it is not kept as a whole. What else is in it and "
    "can be taken out is kept by itself. Whoever wants all of it here all the same adds it with --despite-wish."
)

TURNED_AWAY = frozenset({FORGOTTEN, HOLDS_FORGOTTEN})


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The bytes could not be read where they came from, or are not wanted. Nothing was kept of them."""

    why: str


@dataclass(frozen=True, slots=True)
class Inside:
    """How to look into a file, whatever it is, and how to make a copy of it without some of what is in it.

    `same` gives other digests by which a tombstone may know the file itself, `holds` those of everything in it.
    `without` gives None where what is in it comes to the shelf by itself anyway, or cannot be cut out.
    """

    same: Callable[[BinaryIO], Iterable[Digest]]
    holds: Callable[[BinaryIO], Iterable[Digest]]
    without: Callable[[BinaryIO, Collection[Digest]], bytes | None]


Coming = tuple[Staged, Arrival] | Unreadable


def judged(
    digest: Digest, opened: Callable[[], BinaryIO], stones: Tombstones, inside: Inside | None
) -> str | bytes | None:
    """None for what may come; for the rest why it is turned away, or the copy that is kept in its place."""
    within = _within(opened, stones, inside)
    if not within:
        return FORGOTTEN if _itself(digest, opened, stones, inside) else None
    assert inside is not None
    with opened() as file:
        copy = inside.without(file, within)
    return HOLDS_FORGOTTEN if copy is None else copy


def heeded(group: list[Coming], stones: Tombstones, inside: Inside | None, shelf: Shelf) -> list[Coming]:
    """The group without what was to be forgotten. What only holds such a thing is turned away too, or redacted.

    What is on the shelf in spite of all that somebody decided about, so it may come again.
    """
    if not stones.all():
        return group
    return [one if isinstance(one, Unreadable) else _heeded(*one, stones, inside, shelf) for one in group]


def kept_despite(
    group: list[Coming], stones: Tombstones, inside: Inside | None, journal: Journal, now: datetime
) -> None:
    """Write down that all of it is kept in spite of a wish, if there was one."""
    if stones.all():
        staged = [one[0] for one in group if isinstance(one, tuple)]
        met = (found for one in staged for found in _met(one, stones, inside))
        journal.append([Despite(one.stone, one.mac) for digest in met for one in stones.met(digest)], now)


def _heeded(staged: Staged, arrival: Arrival, stones: Tombstones, inside: Inside | None, shelf: Shelf) -> Coming:
    digest = staged.original.digest
    if shelf.has(digest) and not stones.met(digest):
        return staged, arrival
    verdict = judged(digest, _opened(staged.file), stones, inside)
    if verdict is None:
        return staged, arrival
    staged.discard()
    if isinstance(verdict, str):
        return Unreadable(verdict)
    made = stage(iter([verdict]), staged.file.with_name(f"{staged.file.name}-{REDACTED}"))
    return made, replace(arrival, original=made.original, door=REDACTED)


def _met(staged: Staged, stones: Tombstones, inside: Inside | None) -> frozenset[Digest]:
    opened = _opened(staged.file)
    return _itself(staged.original.digest, opened, stones, inside) | _within(opened, stones, inside)


def _opened(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")


def _itself(
    digest: Digest, opened: Callable[[], BinaryIO], stones: Tombstones, inside: Inside | None
) -> frozenset[Digest]:
    """The digests by which it is known itself to be forgotten."""
    if inside is None:
        return stones.among([digest])
    with opened() as file:
        return stones.among([digest, *inside.same(file)])


def _within(opened: Callable[[], BinaryIO], stones: Tombstones, inside: Inside | None) -> frozenset[Digest]:
    """The digests of what is in it and was to be forgotten."""
    if inside is None:
        return frozenset()
    with opened() as file:
        return stones.among(inside.holds(file))
