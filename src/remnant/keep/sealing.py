"""Taking in, safely: originals, then the ledger, then the journal, and only then the word that they are kept."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from remnant.durable import files
from remnant.errors import RefusedError
from remnant.keep import ocfl, staging
from remnant.keep.folder import Folder, fixed_files
from remnant.keep.heeding import Coming, Inside, Unreadable, heeded, kept_despite
from remnant.keep.journal import Arrived, Journal
from remnant.keep.ledger import Ledger
from remnant.keep.objects import examine, pieces, stage
from remnant.keep.pending import being_forgotten
from remnant.keep.placing import How, mended_event, place_many, sync_above, was_lost
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.model import Arrival, Original

TOO_LARGE = (
    "It is too large for the disk that the library is on, which takes no file of its size (FAT takes none of 4 GiB and "
    "more). A library on a disk of another kind takes it."
)
BATCH = 256
_BATCH_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Sealing:
    """Bytes to keep, and how they came: `partial(Arrival, door=..., name=..., at=...)` does for `arrived`.

    `open` is called once, in the caller's thread, when its turn comes; the stream is closed. What it and its stream
    raise as OSError or RefusedError makes this one unreadable and stops no other.
    """

    open: Callable[[], BinaryIO]
    arrived: Callable[[Original], Arrival]


@dataclass(frozen=True, slots=True)
class Kept:
    """An acknowledgement: these bytes are on the shelf and promised, and a power cut will not take them."""

    arrival: Arrival
    how: How


class _SourceError(Exception):
    """What came could not be read; the library is not at fault."""


def seal(
    folder: Folder,
    sealings: Iterable[Sealing],
    now: Callable[[], datetime],
    *,
    batch: int = BATCH,
    despite: bool = False,
    inside: Inside | None = None,
) -> Iterator[Kept | Unreadable]:
    """Keep everything given, and say so of each in order, a batch at a time, when it is safe and not before.

    What was forgotten by somebody's wish is refused, unless the caller keeps it `despite` that; `inside` finds it in
    other things too. Of some of those a redacted copy is kept in their place: its arrival's door says so.

    Equal bytes are kept once; a later arrival of them is journaled. Stop iterating, and what was not yet
    acknowledged may or may not be kept: adding it again is harmless. RefusedError when the disk is full.
    """
    ledger, journal, stones = Ledger(folder), Journal(folder), Tombstones(folder)
    with folder.writing():
        _put_back_rooms(folder)
        recover(folder, ledger, now)
        with staging.run(folder) as room:
            for group in _batches(sealings, room, batch):
                if despite:
                    kept_despite(group, stones, inside, journal, now())
                else:
                    group = heeded(group, stones, inside, Shelf(folder))
                yield from _keep(folder, ledger, journal, group, now())


def _put_back_rooms(folder: Folder) -> None:
    """What somebody deleted stands again, empty: a check told of it, and what is promised from now on must be kept."""
    for room in (folder.shelf, folder.ledger, folder.journal):
        if not room.is_dir():
            files.make_folder(room)
    for name, data in fixed_files().items():
        if not (folder.path / name).exists():
            files.make_folder((folder.path / name).parent)
            files.replace(folder.path / name, data, draft=folder.staging / "draft")


def recover(folder: Folder, ledger: Ledger, now: Callable[[], datetime]) -> None:
    """Look after what stopped adders left: promise what reached the shelf, throw away what did not.

    Where this copy's ledger is gone, what it promised is promised anew as far as it stands on the shelf.
    """
    is_gone = not (folder.ledger / f"{folder.replica}.jsonl").exists()
    with staging.abandoned(folder) as rooms:
        if rooms or is_gone or ledger.torn():
            waiting = _unpromised(folder, ledger)
            if waiting or rooms or not is_gone:
                ledger.promise(waiting, now())


def _unpromised(folder: Folder, ledger: Ledger) -> list[Original]:
    found = unpromised(folder, ledger)
    gone = being_forgotten(folder) | Tombstones(folder).among(one.digest for one in found)
    wanted = [one for one in found if one.digest not in gone]
    sync_above(folder, [ocfl.object_id(one.digest) for one in wanted])
    return wanted


def unpromised(folder: Folder, ledger: Ledger) -> list[Original]:
    """What stands whole on the shelf and in no line of the ledger."""
    promised = {ocfl.object_id(digest) for digest in ledger.promised()}
    unknown = [(identity, home) for identity, home in Shelf(folder).objects() if identity not in promised]
    found = (examine(home, identity) for identity, home in unknown)
    return [one.original for one in found if one.original and not one.harms]


def _batches(sealings: Iterable[Sealing], room: Path, batch: int) -> Iterator[list[Coming]]:
    """Stage what comes, in groups small enough to acknowledge soon."""
    group: list[Coming] = []
    size = 0
    for number, sealing in zip(count(), sealings, strict=False):
        coming = _staged(sealing, room / str(number))
        group.append(coming)
        size += 0 if isinstance(coming, Unreadable) else coming[0].original.size
        if len(group) >= batch or size >= _BATCH_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group


def _staged(sealing: Sealing, file: Path) -> Coming:
    try:
        staged = stage(_source(sealing), file)
    except _SourceError as error:
        file.unlink()
        return Unreadable(str(error))
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        file.unlink()
        return Unreadable(TOO_LARGE)
    return staged, sealing.arrived(staged.original)


def _source(sealing: Sealing) -> Iterator[bytes]:
    try:
        with sealing.open() as stream:
            yield from pieces(stream)
    except OSError as error:
        raise _SourceError(f"It cannot be read ({error.strerror or error}).") from error
    except RefusedError as error:
        raise _SourceError(str(error)) from error


def _keep(
    folder: Folder, ledger: Ledger, journal: Journal, group: Sequence[Coming], now: datetime
) -> Iterator[Kept | Unreadable]:
    """One batch, in the order that survives a power cut."""
    coming = [one for one in group if not isinstance(one, Unreadable)]
    fresh = {one.digest for one in ledger.not_promised(staged.original for staged, _ in coming)}
    placed = [
        (one, was_lost(how) if how.how is How.NEW and one[0].original.digest not in fresh else how)
        for one, how in zip(coming, place_many(folder, coming), strict=True)
    ]
    ledger.promise([staged.original for staged, _ in coming], now)
    ledger.record(
        [mended_event(staged.original.digest, how) for (staged, _), how in placed if how.how is How.MENDED], now
    )
    journal.append([Arrived(arrival) for (_, arrival), how in placed if arrival != how.first], now)
    words = iter([Kept(arrival, how.how) for (_, arrival), how in placed])
    yield from (one if isinstance(one, Unreadable) else next(words) for one in group)
