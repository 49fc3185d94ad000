"""Two libraries that grew apart become one here: what the other keeps, and what people said there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from remnant.durable import files
from remnant.errors import DamageError, RefusedError, UsageError
from remnant.keep import folder as folders
from remnant.keep.folder import Folder
from remnant.keep.journal import Act, Arrived, Despite, Forgotten, Journal, Said
from remnant.keep.ledger import Event, Ledger
from remnant.keep.readers import ReaderFile, file_name
from remnant.keep.sealing import Sealing, Unreadable, seal
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.library import indexing
from remnant.library.canons import ENDING, FOLDER
from remnant.library.containing import holding
from remnant.library.opening import Library
from remnant.library.watching import Clock, Progress, Stage, Step, Stop, never, nobody_watches, utc_now
from remnant.library.wished import private_in
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
    forgotten here; `private` counts what is wished private there and stayed. `asked` are originals kept here that the
    other library was asked to forget. `canons` were copied; of `differing` both have one, and ours stayed.
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
    there = _There(_opened(library, other), library.tombstones, despite)
    readers = tuple(readers)
    _readers_there(there.folder, readers)
    coming = there.coming(library.ledger.promised())
    if dry_run:
        return _rehearsed(library, there, coming, readers)
    taken, skipped, stopped = _take(library, there, coming, clock, progress, stop)
    if stopped:
        indexed = not indexing.catch_up(library).busy
        return _joined(library, there, taken, skipped, 0, (), ((), ()), indexed=indexed, stopped=True)
    with library.folder.writing():
        acts = library.journal.append(there.acts(library), clock())
        canons = _canons(library.folder, there.folder)
        for name in readers:
            ReaderFile(library.folder, name).take_from(ReaderFile(there.folder, name), clock())
        _note(library.ledger, there, clock)
    indexed = not indexing.catch_up(library).busy
    return _joined(library, there, taken, skipped, acts, readers, canons, indexed=indexed, stopped=False)


class _There:
    """The other library, read and never written."""

    def __init__(self, folder: Folder, stones: Tombstones, despite: bool) -> None:
        self.folder = folder
        self.shelf = Shelf(folder)
        self.promised = Ledger(folder).promised()
        self.journal = Journal(folder)
        private = private_in(self.journal)
        self.private = private | holding(self.shelf, self.promised, private)
        self.unwanted = frozenset() if despite else stones.among(self.promised)
        self.despite = despite

    def coming(self, here: dict[Digest, Original]) -> list[Original]:
        """What is not kept here, in the order in which it was promised there."""
        return [one for digest, one in self.promised.items() if digest not in here and digest not in self.private]

    def acts(self, library: Library) -> list[Act]:
        """All that was said there and may be told, and every sighting, the first ones too."""
        firsts = (self._first(library, digest) for digest in self.promised if not self._left_out(digest))
        found = [Arrived(arrival) for arrival in firsts if arrival is not None]
        return [*found, *(act for act in self._told() if not _known_first(library, act))]

    def _told(self) -> Iterator[Act]:
        for entry in self.journal.acts():
            match entry.act:
                case Said(original=digest) if not self._left_out(digest):
                    yield entry.act
                case Arrived(arrival=arrival) if not self._left_out(arrival.original.digest):
                    yield entry.act
                case Forgotten():
                    yield entry.act
                case Despite():
                    # Whoever keeps a thing despite a wish decides for their own library.
                    continue

    def _left_out(self, digest: Digest) -> bool:
        return digest in self.private or digest in self.unwanted

    def _first(self, library: Library, digest: Digest) -> Arrival | None:
        with suppress(DamageError):
            theirs = self.shelf.arrival(digest)
            return None if _known_first(library, Arrived(theirs)) else theirs
        return None


def _known_first(library: Library, act: Act) -> bool:
    """Whether it says no more than the arrival an original is kept with here."""
    if not isinstance(act, Arrived):
        return False
    try:
        ours = library.shelf.arrival(act.arrival.original.digest)
    except DamageError:
        return False
    return ours == act.arrival and ours.at <= act.arrival.at


def _opened(library: Library, other: Path) -> Folder:
    if other.resolve() == library.path.resolve():
        raise UsageError(f"{other} is this library itself. Name another one to join to it.")
    return folders.open_folder(other)


def _take(
    library: Library, there: _There, coming: list[Original], clock: Clock, progress: Progress, stop: Stop
) -> tuple[list[Original], list[Skipped], bool]:
    taken: list[Original] = []
    skipped: list[Skipped] = []
    words = seal(library.folder, _sealings(there, coming, clock, stop), clock, despite=there.despite)
    # The words first: asked once more, they end well and leave nothing in staging.
    for number, (word, original) in enumerate(zip(words, coming, strict=False), 1):
        if isinstance(word, Unreadable):
            skipped.append(Skipped(original, word.why))
        else:
            taken.append(original)
        progress(Step(Stage.KEEPING, number, len(coming)))
    return taken, skipped, stop()


def _sealings(there: _There, coming: list[Original], clock: Clock, stop: Stop) -> Iterator[Sealing]:
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


def _note(ledger: Ledger, there: _There, clock: Clock) -> None:
    """One line for each state of the other library that was joined."""
    head = Ledger(there.folder).heads().get(there.folder.replica, "").rpartition(":")[2]
    detail = {"replica": there.folder.replica, "head": head}
    known = (entry.what for entry in ledger.lines() if isinstance(entry.what, Event))
    if not any(event.kind == "joined" and event.detail == detail for event in known):
        ledger.record([Event("joined", None, detail)], clock())


def _readers_there(there: Folder, readers: Iterable[str]) -> None:
    for name in readers:
        if not (there.readers / file_name(name)).is_file():
            raise RefusedError(f"{there.path} has no reader {name!r}. Nothing was changed.")


def _rehearsed(library: Library, there: _There, coming: list[Original], readers: tuple[str, ...]) -> Joined:
    """What would come: the bytes are looked through there, and nothing is written here."""
    skipped = [Skipped(one, "Forgotten here by somebody's wish.") for one in coming if one.digest in there.unwanted]
    wanted = [one for one in coming if one.digest not in there.unwanted]
    harmed = [one for one in wanted if there.shelf.check(one.digest).original is None]
    skipped += [Skipped(one, "Its bytes are damaged or missing there.") for one in harmed]
    whole = [one for one in wanted if one not in set(harmed)]
    acts = library.journal.unknown(there.acts(library))
    return _joined(library, there, whole, skipped, acts, readers, ((), ()), indexed=False, stopped=False)


def _joined(
    library: Library,
    there: _There,
    taken: list[Original],
    skipped: list[Skipped],
    acts: int,
    readers: tuple[str, ...],
    canons: tuple[tuple[str, ...], tuple[str, ...]],
    *,
    indexed: bool,
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
        indexed=indexed,
        stopped=stopped,
    )
