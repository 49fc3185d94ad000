"""Is everything here still whole? All at once, or a few hours a night, coming round to everything."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import datetime

from remnant.errors import RemnantError
from remnant.keep.audit import Audit, Grade, Through, Verdict
from remnant.keep.audited import FOLDERS, Look, audited, remember
from remnant.keep.ledger import Ledger
from remnant.keep.objects import unhurried
from remnant.library.naming import names_of
from remnant.library.opening import Library
from remnant.library.rates import Pace
from remnant.library.watching import Clock, Progress, Stage, Step, Stop, never, nobody_watches, utc_now
from remnant.model import Digest, Reader

WRITTEN_EVERY = 15 * 60.0
"""Seconds of looking that a power cut may take: then what was looked at is written down."""


@dataclass(frozen=True, slots=True)
class Harm:
    """One thing that is not as promised; `original` is None where it is not about one original.

    `name` is what the reader calls it: the works in it or its file, None where nothing may be said of it.
    """

    original: Digest | None
    what: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """`originals` and `bytes` count what was read and found whole. `harmed` is damage; `remarks` lose nothing.

    `promised` is how many there are. `complete`: all of the shelf was looked at in this run. `since`: all of it was
    looked at since then, in this run or an earlier one; None if some never was, or nothing could be written down.
    """

    originals: int
    bytes: int
    harmed: tuple[Harm, ...]
    remarks: tuple[Harm, ...]
    stopped: bool
    promised: int
    complete: bool
    since: datetime | None

    @property
    def whole(self) -> bool:
        return not self.harmed


def check(
    library: Library,
    reader: Reader,
    *,
    seconds: float | None = None,
    rate: int | None = None,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
) -> Checked:
    """Read what is kept against what was promised, and every chain, at no more than `rate` bytes a second.

    Begins where something was harmed when it was last looked at, then with what was looked at longest ago, and ends
    after `seconds`, at the end of a folder of the shelf and not before the first. Changes nothing, but for a line in
    the ledger that says what was looked at; where nothing may be written, that is left out.
    """
    was_suspect = library.folder.suspect.exists()
    audit = Audit(library.folder, Pace(rate) if rate else unhurried)
    found, memory = _Found(audit.total, progress), _Memory(library.ledger, clock)
    for verdict in audit.frame():
        found.take(verdict)
    until = float("inf") if seconds is None else time.monotonic() + seconds
    for item in audit.originals(audited(library.ledger).order()):
        if isinstance(item, Through):
            memory.through(item.folder)
        elif memory.is_between_folders and found.originals and time.monotonic() >= until:
            break
        else:
            found.take(item)
            memory.take(item)
        if stop():
            break
    memory.write()
    found.remarks += memory.remarks
    if library.folder.suspect.exists() and not was_suspect:
        found.harmed.append(Harm(None, "The disk refused just now to confirm a write: see SUSPECT.txt."))
    harmed, remarks = _named(library, reader, found)
    complete, since = memory.folders == FOLDERS, audited(library.ledger).since
    return Checked(found.originals, found.size, harmed, remarks, stop(), found.promised, complete, since)


def _named(library: Library, reader: Reader, found: _Found) -> tuple[tuple[Harm, ...], ...]:
    """What was found, with the names by which this reader knows it."""
    originals = {harm.original for harm in (*found.harmed, *found.remarks) if harm.original}
    names = names_of(library, reader, originals)
    return tuple(
        tuple(replace(harm, name=names.get(harm.original)) if harm.original else harm for harm in harms)
        for harms in (found.harmed, found.remarks)
    )


@dataclass
class _Found:
    """What this run came upon."""

    promised: int
    progress: Progress
    originals: int = 0
    size: int = 0
    harmed: list[Harm] = field(default_factory=list)
    remarks: list[Harm] = field(default_factory=list)

    def take(self, verdict: Verdict) -> None:
        match verdict.grade:
            case Grade.WHOLE:
                self.originals += 1
                self.size += verdict.size
            case Grade.HARM:
                self.harmed.append(Harm(verdict.digest, verdict.what))
            case Grade.REMARK:
                self.remarks.append(Harm(verdict.digest, verdict.what))
        self.progress(Step(Stage.CHECKING, self.originals, self.promised))


class _Memory:
    """Writes down which folders were looked through, now and then: a kill costs little of a long night."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger = ledger
        self._clock = clock
        self.folders = 0
        self.remarks: list[Harm] = []
        self._here: list[Verdict] = []
        self._begin()

    def _begin(self) -> None:
        self._begun, self._written = self._clock(), time.monotonic()
        self._folders: set[int] = set()
        self._harmed: set[int] = set()
        self._originals = self._size = 0

    @property
    def is_between_folders(self) -> bool:
        return not self._here

    def take(self, verdict: Verdict) -> None:
        self._here.append(verdict)

    def through(self, folder: int) -> None:
        whole = [verdict for verdict in self._here if verdict.grade is Grade.WHOLE]
        self.folders += 1
        self._folders.add(folder)
        self._originals += len(whole)
        self._size += sum(verdict.size for verdict in whole)
        if any(verdict.grade is Grade.HARM for verdict in self._here):
            self._harmed.add(folder)
        self._here = []
        if time.monotonic() - self._written >= WRITTEN_EVERY:
            self.write()

    def write(self) -> None:
        """Where nothing may be written, what was found counts all the same; only the next check will not know."""
        look = Look(self._begun, frozenset(self._folders), frozenset(self._harmed), self._originals, self._size)
        if look.folders and not self.remarks:
            try:
                remember(self._ledger, look, self._clock())
            except RemnantError as why:
                self.remarks.append(Harm(None, f"What was looked at could not be written down. {why}"))
        self._begin()
