"""Two libraries that grew apart become one here: what the other keeps, and what people said there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from remnant.durable import files
from remnant.errors import DamageError, RefusedError, UsageError
from remnant.keep import folder as folders
from remnant.keep.folder import Folder
from remnant.keep.heeding import TURNED_AWAY, Unreadable, judged
from remnant.keep.ledger import Event, Ledger
from remnant.keep.placing import How
from remnant.keep.readers import ReaderFile, file_name
from remnant.keep.sealing import Sealing, seal
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.library import indexing
from remnant.library.canons import ENDING, FOLDER
from remnant.library.indexing import CaughtUp
from remnant.library.joined_from import There
from remnant.library.looking_inside import INSIDE
from remnant.library.opening import Library
from remnant.library.readers import file_of
from remnant.library.watching import Clock, Progress, Stage, Step, Stop, never, nobody_watches, utc_now
from remnant.model import Arrival, Digest, Original

DOOR = "join"
"""How an original came whose own arrival is damaged over there."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An original of the other library that was not taken, and why."""

    original: Original
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    """What came (or would come) of a join.

    `originals` are new here, `acts` counts words and sightings that were not known here. `skipped` are damaged there or
    forgotten here; `private` counts what is wished private there and stayed. Of `redacted` ones a copy came, without
    what was forgotten here; `alike` are works that came and say much the same as that. `asked` are originals kept here
    that the other library was asked to forget. `canons` were copied; of `differing` both have one, and ours stayed.
    """

    replica: str
    originals: tuple[Original, ...]
    acts: int
    skipped: tuple[Skipped, ...]
    private: int
    asked: tuple[Digest, ...]
    canons: tuple[str, ...]
    differing: tuple[str, ...]
    readers: tuple[str, ...]
    indexed: bool
    stopped: bool
    redacted: tuple[Original, ...] = ()
    alike: tuple[str, ...] = ()


def join(
    library: Library,
    other: Path,
    *,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
    readers: Iterable[str] = (),
    despite: bool = False,
    dry_run: bool = False,
) -> Joined:
    """Take in what another library keeps and what was said there; it is only ever read.

    Whichever is joined to which, and how often, both come to keep and know the same. Every byte is proved on the way.
    Stopped or killed at any moment, it goes on when it is done again.
    """
    there = There(_opened(library, other), library.tombstones, despite)
    readers = tuple(readers)
    _readers_there(library, there.folder, readers)
    coming = there.coming(library.ledger.promised())
    if dry_run:
        return _rehearsed(library, there, coming, readers)
    taken, skipped, stopped = _take(library, there, coming, clock, progress, stop)
    if stopped:
        caught = indexing.catch_up(library)
        return _joined(library, there, taken, skipped, 0, (), ((), ()), caught, stopped=True)
    with library.folder.writing():
        acts = library.journal.append(there.acts(library), clock())
        canons = _canons(library.folder, there.folder)
        for name in readers:
            file_of(library, name).take_from(ReaderFile(there.folder, name), clock())
        _note(library.ledger, there, clock)
    caught = indexing.catch_up(library)
    if there.copies:
        with library.folder.writing():
            acts += library.journal.append(there.retold(library), clock())
        caught.busy = indexing.catch_up(library).busy
    return _joined(library, there, taken, skipped, acts, readers, canons, caught, stopped=False)


def _opened(library: Library, other: Path) -> Folder:
    if other.resolve() == library.path.resolve():
        raise UsageError(f"{other} is this library itself. Name another one to join to it.")
    return folders.open_folder(other)


def _take(
    library: Library, there: There, coming: list[Original], clock: Clock, progress: Progress, stop: Stop
) -> tuple[list[Original], list[Skipped], bool]:
    taken: list[Original] = []
    skipped: list[Skipped] = []
    words = seal(library.folder, _sealings(there, coming, clock, stop), clock, despite=there.despite, inside=INSIDE)
    # The words first: asked once more, they end well and leave nothing in staging.
    for number, (word, original) in enumerate(zip(words, coming, strict=False), 1):
        if isinstance(word, Unreadable):
            skipped.append(Skipped(original, word.why))
            if word.why in TURNED_AWAY:
                there.turned_away(original)
        elif word.arrival.original != original:
            there.turned_away(original, word.arrival.original)
            taken += [word.arrival.original] if word.how is How.NEW else []
        else:
            taken.append(original)
        progress(Step(Stage.KEEPING, number, len(coming)))
    return taken, skipped, stop()


def _sealings(there: There, coming: list[Original], clock: Clock, stop: Stop) -> Iterator[Sealing]:
    for original in coming:
        if stop():
            return
        yield Sealing(partial(_proved, there.shelf, original.digest), partial(_arrived, there.shelf, clock))


def _proved(shelf: Shelf, digest: Digest) -> BinaryIO:
    """The bytes, read through and found right; what is damaged there is refused and stops nothing."""
    try:
        return shelf.open(digest)
    except DamageError as error:
        raise RefusedError(f"There: {error}") from error


def _arrived(shelf: Shelf, clock: Clock, original: Original) -> Arrival:
    try:
        return shelf.arrival(original.digest)
    except DamageError:
        return Arrival(original, DOOR, original.digest.short, clock())


def _canons(here: Folder, there: Folder) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Copy the canons people wrote there; one of a name that stands here, and differs, stays there."""
    copied, differing = [], []
    for path in sorted((there.path / FOLDER).glob(f"*{ENDING}")):
        data, ours = path.read_bytes(), here.path / FOLDER / path.name
        try:
            if not ours.exists():
                files.make_folder(ours.parent)
                files.add_new(ours, data)
                copied.append(path.name)
            elif ours.read_bytes() != data:
                differing.append(path.name)
        except FileExistsError:
            differing.append(path.name)
    return tuple(copied), tuple(differing)


def _note(ledger: Ledger, there: There, clock: Clock) -> None:
    """One line for each state of the other library that was joined."""
    head = Ledger(there.folder).heads().get(there.folder.replica, "").rpartition(":")[2]
    detail = {"replica": there.folder.replica, "head": head}
    known = (entry.what for entry in ledger.lines() if isinstance(entry.what, Event))
    if not any(event.kind == "joined" and event.detail == detail for event in known):
        ledger.record([Event("joined", None, detail)], clock())


def _readers_there(library: Library, there: Folder, readers: Iterable[str]) -> None:
    for name in readers:
        if not (there.readers / file_name(name)).is_file():
            raise RefusedError(f"{there.path} has no reader {name!r}. Nothing was changed.")
        ours = file_of(library, name)
        if ours.exists() and (ours.locked() or ReaderFile(there, name).locked()):
            raise RefusedError(
                f"What {name} keeps is under a passphrase, and there is something of theirs in both libraries. Nothing "
                "was changed. Take the passphrase away in both (remnant reader set --no-passphrase), then join."
            )


def _rehearsed(library: Library, there: There, coming: list[Original], readers: tuple[str, ...]) -> Joined:
    """What would come: the bytes are looked through there, and nothing is written here."""
    harmed = [one for one in coming if there.shelf.check(one.digest).original is None]
    skipped = [Skipped(one, "Its bytes are damaged or missing there.") for one in harmed]
    whole: list[Original] = []
    for one in (one for one in coming if one not in set(harmed)):
        verdict = None if there.despite else _judged(library, there, one)
        if isinstance(verdict, str):
            skipped.append(Skipped(one, verdict))
            there.turned_away(one)
        elif verdict is not None:
            copy = Original(Digest.of(verdict), len(verdict))
            there.turned_away(one, copy)
            whole += [] if library.shelf.has(copy.digest) else [copy]
        else:
            whole.append(one)
    acts = library.journal.unknown(there.acts(library))
    return _joined(library, there, whole, skipped, acts, readers, ((), ()), CaughtUp(busy=True), stopped=False)


def _judged(library: Library, there: There, one: Original) -> str | bytes | None:
    if not library.tombstones.all():
        return None
    path = there.shelf.path_of(one.digest)
    return judged(one.digest, lambda: path.open("rb"), library.tombstones, INSIDE)


def _joined(
    library: Library,
    there: There,
    taken: list[Original],
    skipped: list[Skipped],
    acts: int,
    readers: tuple[str, ...],
    canons: tuple[tuple[str, ...], tuple[str, ...]],
    caught: CaughtUp,
    *,
    stopped: bool,
) -> Joined:
    asked = Tombstones(there.folder).among(library.ledger.promised())
    return Joined(
        replica=there.folder.replica,
        originals=tuple(taken),
        acts=acts,
        skipped=tuple(skipped),
        private=len(there.private),
        asked=tuple(sorted(asked)),
        canons=canons[0],
        differing=canons[1],
        readers=readers,
        indexed=not caught.busy,
        stopped=stopped,
        redacted=tuple(there.promised[digest] for digest in there.copies),
        alike=tuple(work for one in caught.done for work in one.alike),
    )
