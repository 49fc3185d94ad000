"""Understand files without keeping them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from remnant.intake.parcels import Passed, Refusal
from remnant.library import tasks
from remnant.library.adding import Refused
from remnant.library.borrowing import Borrowed, borrow
from remnant.library.growing import CONTAINERS, stopped_sentence, unread_sentence
from remnant.library.listing import Unread
from remnant.library.pool import Limits, Make, Outcome, Pool, Stopped
from remnant.library.watching import Stop, never
from remnant.model import Reading, Settled
from remnant.understand.settle import settle
from remnant.wire import reading as reading_wire
from remnant.wire.canonical import Json


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file is; `settled` has one entry a piece, by the piece's key. `unread` says why there is no piece."""

    name: str
    inside: tuple[str, ...]
    reading: Reading
    settled: dict[str, Settled]
    unread: str | None

    def to_json(self) -> Json:
        """The contract object. Its `settled` is that of the first piece."""
        first = next(iter(self.settled.values()), Settled({}))
        return reading_wire.to_json(self.reading, first)


def understand_files(
    paths: Iterable[Path], *, stop: Stop = never, jobs: int = 1, limits: Limits | None = None
) -> Iterator[Understood | Unread | Refused]:
    """Read files in worker processes, in the order of the doors; nothing is written anywhere."""
    pool = Pool(jobs, limits or Limits())
    try:
        for found, outcome in pool.ask_all(_questions(paths, stop)):
            yield _understood(found, outcome) if isinstance(found, Borrowed) else found
    finally:
        pool.close()


def _questions(paths: Iterable[Path], stop: Stop) -> Iterator[tuple[Borrowed | Refused, Make]]:
    for coming in borrow(paths, stop):
        match coming:
            case Borrowed():
                yield coming, partial(coming.question, tasks.to_read(coming.original))
            case Refusal():
                yield Refused(coming.name, coming.inside, coming.why), _nothing_to_ask
            case Passed():
                continue


def _nothing_to_ask() -> Stopped:
    return Stopped("it was refused", again=False)


def _understood(found: Borrowed, outcome: Outcome) -> Understood | Unread:
    if isinstance(outcome, Stopped):
        return Unread(found.original, found.name, found.inside, stopped_sentence(outcome), outcome.again)
    reading = reading_wire.from_json(outcome.head, outcome.texts)
    settled = {
        piece.key: settle(claim for claim in reading.claims if claim.piece == piece.key) for piece in reading.pieces
    }
    return Understood(found.name, found.inside, reading, settled, _why_unread(reading))


def _why_unread(reading: Reading) -> str | None:
    if reading.pieces or reading.format in CONTAINERS:
        return None
    return unread_sentence(reading.format, reading.findings)
