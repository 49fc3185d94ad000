"""Originals back onto the shelf: staged, their digests proved, and swapped in for what is missing or damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from remnant.keep import staging
from remnant.keep.folder import Folder
from remnant.keep.ledger import Event, Ledger
from remnant.keep.objects import Staged, stage
from remnant.keep.placing import How, Placed, mended_event, place_many, was_lost
from remnant.keep.vaults.opening import Held, Members
from remnant.model import Arrival, Digest, Original

BATCH = 256
_BATCH_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Coming:
    """An original on its way to the shelf. Bytes with another digest are not placed."""

    original: Original
    arrival: Arrival
    pieces: Callable[[], Iterator[bytes]]


def out_of(members: Members, wanted: Iterable[Held], now: datetime) -> Iterator[Coming]:
    """Members of an opened pack, as they are put back."""
    for held in wanted:
        yield Coming(held.original, members.arrival(held, now), partial(members.pieces, held))


def put_back(
    folder: Folder, coming: Iterable[Coming], source: dict[str, object] | None, now: datetime
) -> Iterator[Digest]:
    """Place originals on the shelf, a batch at a time; what stands there whole is left. Gives each that is safe now.

    With a `source`, each that was missing or damaged is written to the ledger as `mended`, from there. What was never
    promised is promised.
    """
    ledger = Ledger(folder)
    with folder.writing(), staging.run(folder) as room:
        for group in _groups(coming):
            staged = [(stage(one.pieces(), room / str(number)), one) for number, one in enumerate(group)]
            right = [(found, one.arrival) for found, one in staged if found.original == one.original]
            placed = place_many(folder, right)
            ledger.promise([found.original for found, _ in right], now)
            if source is not None:
                ledger.record(list(_events(right, placed, source)), now)
            yield from (found.original.digest for found, _ in right)
            for found, _ in staged:
                found.discard()


def _events(
    right: Sequence[tuple[Staged, Arrival]], placed: Sequence[Placed], source: dict[str, object]
) -> Iterator[Event]:
    for (staged, _), one in zip(right, placed, strict=True):
        if one.how is not How.KEPT:
            back = was_lost(one) if one.how is How.NEW else one
            yield mended_event(staged.original.digest, back, source)


def _groups(coming: Iterable[Coming]) -> Iterator[list[Coming]]:
    group: list[Coming] = []
    size = 0
    for one in coming:
        group.append(one)
        size += one.original.size
        if len(group) >= BATCH or size >= _BATCH_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
