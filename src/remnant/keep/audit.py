"""Is everything here still whole? Every byte against its digest, every promise against the shelf."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from remnant.keep import closing, journal, ledger, ocfl, readers
from remnant.keep.chain import Harm, Line, Tail, read_line, walk
from remnant.keep.folder import Folder, fixed_files
from remnant.keep.ledger import Ledger
from remnant.keep.migrating import is_earlier_readme
from remnant.keep.objects import Examined, examine
from remnant.keep.shelf import Shelf
from remnant.model import Digest, Original
from remnant.wire.canonical import Json

THREADS = 4
_AHEAD = 64


class Grade(StrEnum):
    """`WHOLE`: one original, every byte right. `HARM`: damage. `REMARK`: odd, and nothing is lost."""

    WHOLE = "whole"
    HARM = "harm"
    REMARK = "remark"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing found. A `WHOLE` one has a digest and the bytes that were read; exactly one per whole original."""

    grade: Grade
    digest: Digest | None
    what: str
    size: int = 0


class Audit:
    """One check of a library. Changes nothing; needs no lock; adding may go on beside it."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    @cached_property
    def _promised(self) -> dict[str, Original]:
        """What was promised when the check began, by object id."""
        return {ocfl.object_id(digest): original for digest, original in Ledger(self._folder).promised().items()}

    @property
    def total(self) -> int:
        """How many originals are promised: what `WHOLE` and harmed ones will come to, if nothing is added."""
        return len(self._promised)

    def verdicts(self) -> Iterator[Verdict]:
        """Go through everything once, the originals last. Stop whenever you like."""
        promised = dict(self._promised)
        yield from self._frame()
        yield from self._chains()
        yield from self._aside()
        yield from self._strays()
        for identity, found in self._examined():
            yield from _judged(identity, found, promised.pop(identity, None))
        for original in promised.values():
            yield _harm(f"Original {original.digest.short} was promised and is not on the shelf.", original.digest)

    def _frame(self) -> Iterator[Verdict]:
        """The files that stand in every library alike."""
        if self._folder.newer:
            yield _remark("The library was written by a newer Remnant; what only that one knows of was not looked at.")
        for name, data in {} if self._folder.newer else fixed_files().items():
            path = self._folder.path / name
            if not path.is_file():
                yield _harm(f"{name} is missing.")
            elif (found := path.read_bytes()) != data and not is_earlier_readme(found):
                yield _harm(f"{name} is changed.")
        if not self._folder.replica:
            yield _harm("replica.json is damaged or missing: nothing can be added until it is written again.")
        if self._folder.suspect.exists():
            yield _harm(f"The disk once refused to confirm a write: see {self._folder.suspect.name}.")

    def _chains(self) -> Iterator[Verdict]:
        kinds = (("ledger", self._folder.ledger, ledger.readable), ("journal", self._folder.journal, journal.readable))
        for about, place, readable in kinds:
            for path in sorted(place.glob("*.jsonl")):
                yield from look_along(
                    f"The {about} {path.stem}", path, {"chain": about, "replica": path.stem}, readable
                )
        for chain, seq in closing.unexplained(self._folder):
            yield _harm(f"{chain}: line {seq + 1} no longer says what it said, and no removal is written down.")
        for path in sorted(self._folder.readers.glob("*.jsonl")):
            yield from look_along(f"A reader's file, {path.name},", path, {"chain": "reader"}, readers.readable)

    def _aside(self) -> Iterator[Verdict]:
        for path in sorted(self._folder.aside.glob("*")):
            yield _remark(f"aside/{path.name} holds damaged bytes that were set aside.")

    def _examined(self) -> Iterator[tuple[str, Examined]]:
        """Every object, looked through a few at a time: on a cold disk most of it is waiting."""
        with ThreadPoolExecutor(THREADS, "check") as pool:
            waiting: deque[tuple[str, Future[Examined]]] = deque()
            for identity, home in Shelf(self._folder).objects():
                waiting.append((identity, pool.submit(examine, home, identity)))
                if len(waiting) >= _AHEAD:
                    yield _next(waiting)
            while waiting:
                yield _next(waiting)

    def _strays(self) -> Iterator[Verdict]:
        """What stands among the objects and is none."""
        shelf = self._folder.shelf
        known = {Path(name).parts[0] for name in ocfl.root_files()}
        for path in sorted(shelf.iterdir()):
            if path.name not in known and not path.is_dir():
                yield _remark(f"shelf/{path.name} does not belong there.")
        for place in Shelf(self._folder).places():
            if ocfl.id_at(place) is None:
                yield _remark(f"shelf/{place} does not belong there.")


def _next(waiting: deque[tuple[str, Future[Examined]]]) -> tuple[str, Examined]:
    identity, future = waiting.popleft()
    return identity, future.result()


def _judged(identity: str, found: Examined, promised: Original | None) -> Iterator[Verdict]:
    original = promised or found.original
    digest = original.digest if original else None
    name = f"Original {digest.short}" if digest else f"The object {identity}"
    if found.harms:
        state = "its bytes are unharmed" if found.original else "its bytes are harmed"
        yield _harm(f"{name}: {', '.join(found.harms)}; {state}.", digest)
    elif found.original is None or found.original != original:
        yield _harm(f"{name}: other bytes than those promised stand in its place.", digest)
    else:
        yield Verdict(Grade.WHOLE, digest, f"{name} is whole.", found.original.size)
    if promised is None:
        yield _remark(f"{name} is not promised yet; added again, it will be.", digest)
    for stray in found.strays:
        yield _remark(f"{name}: {stray}.", digest)


def look_along(name: str, path: Path, header: Json, readable: Callable[[Line], bool]) -> Iterator[Verdict]:
    """What is wrong with a chain that should begin with this header, and what in it is not `readable` here."""
    for item in walk(path):
        match item:
            case Harm(number=number, what=what):
                yield _harm(f"{name}: line {number} {what}.")
            case Tail(start=start):
                yield _end(name, path.read_bytes()[start:])
            case Line(seq=0, fields=fields) if not header.items() <= fields.items():
                yield _harm(f"{name} is not the chain that its name says.")
            case Line(seq=seq) if ledger.is_lost_promise(item):
                yield _harm(f"{name}: line {seq + 1} is a promise, and does not say of what.")
            case Line(seq=seq) if not readable(item):
                yield _remark(f"{name}: line {seq + 1} is whole, cannot be read by this Remnant, and was passed over.")


def _end(name: str, torn: bytes) -> Verdict:
    if b"\n" in torn or read_line(torn[:-1] + b"\n", 0):
        return _harm(f"{name}: its last lines are damaged, or were cut off in writing ({len(torn)} bytes).")
    return _remark(f"{name} ends in a line that was cut off in writing. It was never acknowledged.")


def _harm(what: str, digest: Digest | None = None) -> Verdict:
    return Verdict(Grade.HARM, digest, what)


def _remark(what: str, digest: Digest | None = None) -> Verdict:
    return Verdict(Grade.REMARK, digest, what)
