"""Take things in: sealed first, acknowledged, and only then read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from remnant.errors import BusyError
from remnant.find.port import IndexStale
from remnant.intake.parcels import Passed, Refusal
from remnant.keep.heeding import REDACTED
from remnant.keep.placing import How
from remnant.keep.sealing import Kept
from remnant.library import indexing
from remnant.library.arriving import Arrivals
from remnant.library.bundling import Together
from remnant.library.indexed import Indexed
from remnant.library.listing import Noted, Unread, arrival_of, noted_of, unread_of, waiting
from remnant.library.opening import Library
from remnant.library.watching import Clock, Progress, Stop, never, nobody_watches, utc_now
from remnant.model import Arrival, Digest, Original
from remnant.shield.names import veiled_name, veiled_words


@dataclass(frozen=True, slots=True)
class Twin:
    """A file whose bytes were already kept."""

    name: str
    inside: tuple[str, ...]
    original: Original


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was not taken in, and why; nothing of it was changed."""

    name: str
    inside: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Added:
    """What came of an `add`, as it may be shown. What is `kept` or a twin is safe, whatever happened to the rest.

    `works`, `unread` and `findings` speak of everything that was understood in this run, also of what an earlier one
    had only kept. `mended` are good copies that took the place of damaged ones. `passed` were passed over without
    loss. `waiting` counts what is kept and not yet indexed: another process is at it, or this one was stopped.
    Of `redacted` ones a copy is kept, without something that was forgotten here. `alike` are works that say much the
    same as something forgotten, in a file of their own: for a person to decide about. `together` is told by a dry run,
    which reads each file by itself: what an `add` would understand with what stands beside it.
    """

    kept: tuple[Original, ...]
    works: tuple[str, ...]
    twins: tuple[Twin, ...]
    mended: tuple[Twin, ...]
    unread: tuple[Unread, ...]
    refused: tuple[Refused, ...]
    passed: tuple[Refused, ...]
    findings: tuple[Noted, ...]
    waiting: int
    stopped: bool
    redacted: tuple[Twin, ...] = ()
    alike: tuple[str, ...] = ()
    together: tuple[Together, ...] = ()


def add(
    library: Library,
    paths: Iterable[Path],
    *,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
    despite: bool = False,
) -> Added:
    """Take in files, folders and archives. Doing it twice adds nothing; stopping it loses nothing acknowledged.

    What was forgotten here by somebody's wish is refused, unless it is to be kept `despite` that; so is an archive
    that holds it, whose other members are kept by themselves.
    `progress` is called from two threads. What stops the sealing (a full disk, a disk that fails) is raised after
    everything acknowledged has been indexed.
    """
    arrivals = Arrivals(library.folder, paths, clock, progress, stop, despite=despite)
    arrivals.start()
    try:
        done, stopped = _index_as_they_come(library, arrivals, progress, stop)
    except BaseException:
        arrivals.abandon()
        raise
    arrivals.finish()
    return _summary(library, arrivals, done, stopped or stop())


def _index_as_they_come(
    library: Library, arrivals: Arrivals, progress: Progress, stop: Stop
) -> tuple[list[Indexed], bool]:
    """Read what is safe while more is made safe. If another process holds the index, it will see to ours too."""
    done: list[Indexed] = []
    stopped = False
    while arrivals.more():
        caught = indexing.catch_up(library, more=arrivals.more, progress=progress, stop=stop)
        done += caught.done
        stopped = stopped or caught.stopped
    return done, stopped


def _summary(library: Library, arrivals: Arrivals, done: list[Indexed], stopped: bool) -> Added:
    came = {word.arrival.original.digest: word.arrival for word in arrivals.kept}
    copies = [word.arrival for word in arrivals.kept if word.arrival.door == REDACTED]
    return Added(
        kept=tuple(word.arrival.original for word in arrivals.kept if word.how is How.NEW),
        works=tuple(work for indexed in done for work in indexed.works),
        twins=_twins(arrivals.kept, How.KEPT),
        mended=_twins(arrivals.kept, How.MENDED),
        unread=tuple(_unread(library, came, indexed) for indexed in done if indexed.unread is not None),
        refused=tuple(map(refused_of, arrivals.refused)),
        passed=tuple(map(refused_of, arrivals.passed)),
        findings=tuple(noted for indexed in done for noted in _noted(library, came, indexed)),
        waiting=_waiting(library),
        stopped=stopped,
        redacted=tuple(twin_of(one.name, one.inside, one.original) for one in copies),
        alike=tuple(work for indexed in done for work in indexed.alike),
    )


def _twins(kept: Iterable[Kept], how: How) -> tuple[Twin, ...]:
    arrivals = [word.arrival for word in kept if word.how is how and word.arrival.door != REDACTED]
    return tuple(twin_of(arrival.name, arrival.inside, arrival.original) for arrival in arrivals)


def twin_of(name: str, inside: tuple[str, ...], original: Original) -> Twin:
    return Twin(veiled_name(name), tuple(map(veiled_name, inside)), original)


def refused_of(refusal: Refusal | Passed) -> Refused:
    return Refused(veiled_name(refusal.name), tuple(map(veiled_name, refusal.inside)), veiled_words(refusal.why))


def _unread(library: Library, came: dict[Digest, Arrival], indexed: Indexed) -> Unread:
    return unread_of(indexed.original, _how(library, came, indexed), indexed.unread or "")


def _noted(library: Library, came: dict[Digest, Arrival], indexed: Indexed) -> list[Noted]:
    arrival = _how(library, came, indexed) if indexed.findings else None
    name = arrival.name if arrival else indexed.original.digest.short
    return [noted_of(indexed.original, name, indexed.works, finding) for finding in indexed.findings]


def _how(library: Library, came: dict[Digest, Arrival], indexed: Indexed) -> Arrival | None:
    """How it came in this run; else how it first came."""
    return came.get(indexed.original.digest) or arrival_of(library, indexed.original.digest)


def _waiting(library: Library) -> int:
    try:
        return waiting(library, library.index())
    except (IndexStale, BusyError):
        library.let_go_of_index()
        return library.tally.originals()
