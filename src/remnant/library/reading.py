"""Understand files without keeping them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from remnant.intake.parcels import Passed, Refusal
from remnant.library import tasks
from remnant.library.adding import Refused
from remnant.library.borrowing import Borrowed, borrow
from remnant.library.bundling import Together, foreseen
from remnant.library.indexed import CONTAINERS, stopped_sentence, unread_sentence
from remnant.library.listing import Unread
from remnant.library.pool import Limits, Make, Pool, Stopped
from remnant.library.pool import Outcome as Answer
from remnant.library.watching import Stop, never
from remnant.model import Arrival, Reader, Reading, Settled
from remnant.shield.names import veiled_name, veiled_words
from remnant.shield.readings import show_reading
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


Outcome = Understood | Unread | Refused

_ANY_TIME = datetime.min.replace(tzinfo=UTC)


def understand_files(
    paths: Iterable[Path],
    reader: Reader,
    *,
    unveiled: bool = False,
    stop: Stop = never,
    jobs: int = 1,
    limits: Limits | None = None,
) -> Iterator[Outcome | Together]:
    """Read files in worker processes, in the order of the doors; nothing is written anywhere.

    What is sensitive is veiled, unless whoever holds the files asks to have it as it stands. Each file is read by
    itself; last comes what would be understood together once it is kept.
    """
    pool, came = Pool(jobs, limits or Limits()), list[Arrival]()
    try:
        for found, answer in pool.ask_all(_questions(paths, stop)):
            if isinstance(found, Borrowed):
                came.append(found.arrival(_ANY_TIME))
            outcome = _understood(found, answer) if isinstance(found, Borrowed) else found
            yield outcome if unveiled else _veiled(outcome, reader)
    finally:
        pool.close()
    yield from foreseen(came)


def _veiled(outcome: Outcome, reader: Reader) -> Outcome:
    name, inside = veiled_name(outcome.name), tuple(map(veiled_name, outcome.inside))
    match outcome:
        case Understood():
            reading, settled = show_reading(outcome.reading, outcome.settled, reader)
            unread = None if outcome.unread is None else veiled_words(outcome.unread)
            return Understood(name, inside, reading, settled, unread)
        case _:
            return replace(outcome, name=name, inside=inside, why=veiled_words(outcome.why))


def _questions(paths: Iterable[Path], stop: Stop) -> Iterator[tuple[Borrowed | Refused, Make]]:
    for coming in borrow(paths, stop):
        match coming:
            case Borrowed():
                yield coming, partial(coming.question, tasks.to_read(coming.original, voices=True))
            case Refusal():
                yield Refused(coming.name, coming.inside, coming.why), _nothing_to_ask
            case Passed():
                continue


def _nothing_to_ask() -> Stopped:
    return Stopped("it was refused", again=False)


def _understood(found: Borrowed, outcome: Answer) -> Understood | Unread:
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
