"""Is everything here still whole? Every byte against its digest, every promise against the shelf."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from remnant.keep import closing, journal, ledger, ocfl, pending, reader_lines
from remnant.keep.audited import FOLDERS
from remnant.keep.chain import Harm, Line, Tail, read_line, walk
from remnant.keep.folder import Folder, fixed_files
from remnant.keep.ledger import Ledger
from remnant.keep.migrating import is_earlier_readme
from remnant.keep.objects import Examined, Pace, examine, unhurried
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.model import Digest, Original
from remnant.wire.canonical import Json

THREADS = 4
_GROUP = 16
_AHEAD = 8
"""How many groups are under way before the first is waited for."""

_FOLDER = re.compile(r"[0-9a-f]{3}")


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


@dataclass(frozen=True, slots=True)
class Through:
    """Everything that stands, or should stand, in this folder of the shelf has been looked at."""

    folder: int


class Audit:
    """One check of a library. Changes nothing; needs no lock; adding may go on beside it."""

    def __init__(self, folder: Folder, pace: Pace = unhurried) -> None:
        self._folder = folder
        self._pace = pace

    @cached_property
    def _promised(self) -> dict[str, dict[str, Original]]:
        """What was promised when the check began, by folder of the shelf and by object id."""
        found: dict[str, dict[str, Original]] = {}
        # Every line is read: whether what is remembered of them is so is not for a check to believe.
        for digest, original in Ledger(self._folder, whole=True).promised().items():
            identity = ocfl.object_id(digest)
            found.setdefault(ocfl.place_of(identity).partition("/")[0], {})[identity] = original
        return found

    @property
    def total(self) -> int:
        """How many originals are promised: what `WHOLE` and harmed ones will come to, if nothing is added."""
        return sum(map(len, self._promised.values()))

    def verdicts(self) -> Iterator[Verdict]:
        """Go through everything once, the originals last. Stop whenever you like."""
        yield from self.frame()
        yield from (found for found in self.originals(sorted(self._standing())) if isinstance(found, Verdict))

    def frame(self) -> Iterator[Verdict]:
        """All but the originals: quick."""
        # Asked first: what is promised later may not be on the shelf when it is looked at.
        _ = self._promised
        yield from self._frame()
        yield from self._chains()
        yield from self._aside()
        yield from self._strays()

    def originals(self, folders: Iterable[int] = range(FOLDERS)) -> Iterator[Verdict | Through]:
        """Look at every original in these folders of the shelf, in this order, whether it is there or missing."""
        for item in self._examined(folders):
            if isinstance(item, Through):
                yield item
                continue
            identity, found, promised = item
            if found is not None:
                yield from self._judged(identity, found, promised)
            elif promised is not None:
                short = promised.digest.short
                yield _harm(f"Original {short} was promised and is not on the shelf.", promised.digest)

    def _frame(self) -> Iterator[Verdict]:
        """The files and folders that stand in every library alike."""
        yield from self._rooms()
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
        if (self._folder.path / pending.NAME).exists():
            yield _remark("A forgetting was stopped before its end. remnant wish --finish goes on with it.")
        for owed in sorted(self._folder.path.glob("vaults/*/forgetting-owed")):
            yield _remark(
                f"Something was to be forgotten in the vault {owed.parent.name} while it was away, and is in it still. "
                "remnant vault push sees to it."
            )
        if self._folder.suspect.exists():
            yield _harm(f"The disk once refused to confirm a write: see {self._folder.suspect.name}.")

    def _rooms(self) -> Iterator[Verdict]:
        """A folder that was deleted takes with it what would have told of it, so each is asked after by name."""
        for place, lost in _ROOMS.items():
            if not (self._folder.path / place).is_dir():
                yield _harm(f"The folder {place} is gone: {lost}")

    def _judged(self, identity: str, found: Examined, promised: Original | None) -> Iterator[Verdict]:
        if promised is None and found.original and self._stones.met(found.original.digest):
            yield _remark(
                f"Original {found.original.digest.short} was to be forgotten and stands on the shelf again: a backup "
                "or a sync program brought it back. remnant wish --finish takes it away.",
                found.original.digest,
            )
        else:
            yield from _judged(identity, found, promised)

    @cached_property
    def _stones(self) -> Tombstones:
        return Tombstones(self._folder)

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
            yield from look_along(f"A reader's file, {path.name},", path, {"chain": "reader"}, reader_lines.readable)

    def _aside(self) -> Iterator[Verdict]:
        for path in sorted(self._folder.aside.glob("*")):
            yield _remark(f"aside/{path.name} holds damaged bytes that were set aside.")

    def _examined(self, folders: Iterable[int]) -> Iterator[Through | _Looked]:
        """A few at a time: on a cold disk most of it is waiting. In groups: handing over costs as much as a story."""
        with ThreadPoolExecutor(THREADS, "check") as pool:
            waiting: deque[Future[list[Through | _Looked]]] = deque()
            try:
                for group in _groups(self._asked(folders)):
                    waiting.append(pool.submit(self._look_at, group))
                    if len(waiting) > _AHEAD:
                        yield from waiting.popleft().result()
                while waiting:
                    yield from waiting.popleft().result()
            finally:
                pool.shutdown(cancel_futures=True)

    def _look_at(self, group: list[Through | _Asked]) -> list[Through | _Looked]:
        return [item if isinstance(item, Through) else self._looked_at(*item) for item in group]

    def _looked_at(self, identity: str, home: Path | None, promised: Original | None) -> _Looked:
        return identity, examine(home, identity, self._pace) if home else None, promised

    def _asked(self, folders: Iterable[int]) -> Iterator[Through | _Asked]:
        standing = self._standing()
        for folder in folders:
            if folder in standing:
                yield from self._asked_in(f"{folder:03x}")
            yield Through(folder)

    def _standing(self) -> frozenset[int]:
        """Folders of the shelf that hold something, or should."""
        names = Shelf(self._folder).folders() | self._promised.keys()
        return frozenset(int(name, 16) for name in names if _FOLDER.fullmatch(name))

    def _asked_in(self, above: str) -> Iterator[_Asked]:
        promised = self._promised.get(above, {})
        homes: dict[str, Path | None] = dict.fromkeys(promised)
        homes.update(Shelf(self._folder).objects_in(above))
        yield from ((identity, home, promised.get(identity)) for identity, home in sorted(homes.items()))

    def _strays(self) -> Iterator[Verdict]:
        """What stands among the objects and is none."""
        shelf = self._folder.shelf
        known = {Path(name).parts[0] for name in ocfl.root_files()}
        for path in sorted(shelf.iterdir()) if shelf.is_dir() else ():
            if path.name not in known and not path.is_dir():
                yield _remark(f"shelf/{path.name} does not belong there.")
        for place in Shelf(self._folder).places():
            if ocfl.id_at(place) is None:
                yield _remark(f"shelf/{place} does not belong there.")


_ROOMS = {
    "shelf": "the originals stood there. A vault or another copy of the library has them.",
    "ledger": "it proved that nothing is missing. What stands on the shelf is promised anew by the next add; what was "
    "lost before that, only a vault or another copy can tell.",
    "journal": "what people said of works stood there. A vault or another copy of the library has it.",
}
"""Folders without which something is lost, and what."""

_Asked = tuple[str, Path | None, Original | None]
_Looked = tuple[str, Examined | None, Original | None]


def _groups(asked: Iterable[Through | _Asked]) -> Iterator[list[Through | _Asked]]:
    group: list[Through | _Asked] = []
    objects = 0
    for item in asked:
        group.append(item)
        objects += not isinstance(item, Through)
        if objects >= _GROUP:
            yield group
            group, objects = [], 0
    if group:
        yield group


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
                yield _harm(f"{name} is not the chain that its name says. {_as_a_copy(path)}")
            case Line() if not readable(item):
                yield _unread(name, item)


def _as_a_copy(path: Path) -> str:
    """What is to be done with what a sync program may have made as a copy of a chain beside it."""
    others = {line for other in path.parent.glob("*.jsonl") if other != path for line in _lines(other)}
    alone = sum(line not in others for line in _lines(path))
    advice = "If a sync program made it as a copy of another, move it out of the library"
    if not alone:
        return f"{advice}; nothing is lost by that."
    return (
        f"{advice}, and keep it: {alone} of its lines stand in no other chain here. Another computer wrote them at the "
        "same time; what came there is added again with remnant add, and what was said there can be read in it."
    )


def _lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


def _unread(name: str, line: Line) -> Verdict:
    if ledger.is_lost_promise(line):
        return _harm(f"{name}: line {line.seq + 1} is a promise, and does not say of what.")
    return _remark(f"{name}: line {line.seq + 1} is whole, cannot be read by this Remnant, and was passed over.")


def _end(name: str, torn: bytes) -> Verdict:
    if b"\n" in torn or read_line(torn[:-1] + b"\n", 0):
        return _harm(f"{name}: its last lines are damaged, or were cut off in writing ({len(torn)} bytes).")
    return _remark(f"{name} ends in a line that was cut off in writing. It was never acknowledged.")


def _harm(what: str, digest: Digest | None = None) -> Verdict:
    return Verdict(Grade.HARM, digest, what)


def _remark(what: str, digest: Digest | None = None) -> Verdict:
    return Verdict(Grade.REMARK, digest, what)
