"""What an `add` would do, keeping nothing: the dry run."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from remnant.intake.parcels import Passed, Refusal
from remnant.keep.folder import open_folder
from remnant.keep.heeding import judged
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.library import tasks
from remnant.library.adding import Added, Refused, Twin, refused_of, twin_of
from remnant.library.borrowing import Borrowed, borrow
from remnant.library.bundling import foreseen
from remnant.library.cards import finding_from_json
from remnant.library.indexed import CONTAINERS, stopped_sentence, unread_sentence
from remnant.library.listing import Noted, Unread, noted_of
from remnant.library.looking_inside import INSIDE
from remnant.library.pool import Limits, Make, Outcome, Pool, Stopped
from remnant.library.same_words import was_forgotten
from remnant.library.watching import Clock, Progress, Stage, Step, Stop, never, nobody_watches, utc_now
from remnant.model import Arrival, Digest, Original
from remnant.shield.names import veiled_name, veiled_words


def rehearse(
    library: Path,
    paths: Iterable[Path],
    *,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
    jobs: int = 1,
    limits: Limits | None = None,
    despite: bool = False,
) -> Added:
    """Say what `add` would say. There need be no library yet, and none is made."""
    folder = open_folder(library) if library.exists() else None
    stones = Tombstones(folder) if folder and not despite else None
    rehearsal, pool = _Rehearsal(Shelf(folder) if folder else None, stones), Pool(jobs, limits or Limits())
    try:
        questions = rehearsal.questions(borrow(paths, stop, library), clock)
        for found, outcome in pool.ask_all(questions):
            rehearsal.hear(found, outcome)
            progress(Step(Stage.UNDERSTANDING, len(rehearsal.kept)))
    finally:
        pool.close()
    return rehearsal.added(stopped=stop())


@dataclass
class _Rehearsal:
    """What has been seen so far."""

    shelf: Shelf | None
    stones: Tombstones | None
    kept: list[Original] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    twins: list[Twin] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    passed: list[Refused] = field(default_factory=list)
    findings: list[Noted] = field(default_factory=list)
    redacted: list[Twin] = field(default_factory=list)
    alike: list[str] = field(default_factory=list)
    met: set[Digest] = field(default_factory=set)
    came: list[Arrival] = field(default_factory=list)

    def questions(self, coming: Iterable[Borrowed | Refusal | Passed], clock: Clock) -> Iterator[tuple[Borrowed, Make]]:
        """Ask of what is new, and count the rest."""
        for one in coming:
            if isinstance(one, Borrowed):
                self.came.append(one.arrival(clock()))
            match one:
                case Borrowed() if self._is_here(one.original.digest):
                    self.twins.append(twin_of(one.name, one.inside, one.original))
                case Borrowed():
                    heeded = self._heeded(one)
                    if heeded is not None and not self._is_here(heeded.original.digest):
                        self.met.add(heeded.original.digest)
                        yield heeded, partial(heeded.question, tasks.to_index(heeded.original, (), clock()))
                case Refusal():
                    self.refused.append(refused_of(one))
                case Passed():
                    self.passed.append(refused_of(one))

    def _heeded(self, one: Borrowed) -> Borrowed | None:
        """What would be kept of it: itself, a redacted copy, or nothing."""
        if self.stones is None or not self.stones.all():
            return one
        verdict = judged(one.original.digest, partial(_opened, one), self.stones, INSIDE)
        if isinstance(verdict, bytes):
            original = Original(Digest.of(verdict), len(verdict))
            self.redacted.append(twin_of(one.name, one.inside, original))
            return replace(one, original=original, data=verdict)
        if verdict is not None:
            self.refused.append(refused_of(Refusal(one.name, one.inside, verdict)))
        return one if verdict is None else None

    def hear(self, found: Borrowed, outcome: Outcome) -> None:
        self.kept.append(found.original)
        if isinstance(outcome, Stopped):
            self._leave(found, stopped_sentence(outcome), again=outcome.again)
            return
        works = tuple(entry["work"] for entry in outcome.head["entries"])
        made = tuple(map(finding_from_json, outcome.head["findings"]))
        self.works += works
        self.alike += [one["work"] for one in outcome.head["entries"] if self._is_alike(one["story"])]
        self.findings += [noted_of(found.original, found.name, works, finding) for finding in made]
        if not works and outcome.head["format"] not in CONTAINERS:
            self._leave(found, unread_sentence(outcome.head["format"], made), again=False)

    def added(self, *, stopped: bool) -> Added:
        return Added(
            kept=tuple(self.kept),
            works=tuple(self.works),
            twins=tuple(self.twins),
            mended=(),
            unread=tuple(self.unread),
            refused=tuple(self.refused),
            passed=tuple(self.passed),
            findings=tuple(self.findings),
            waiting=0,
            stopped=stopped,
            redacted=tuple(self.redacted),
            alike=tuple(self.alike),
            together=tuple(foreseen(self.came)),
        )

    def _is_here(self, digest: Digest) -> bool:
        return digest in self.met or (self.shelf is not None and self.shelf.has(digest))

    def _is_alike(self, story: str) -> bool:
        return self.stones is not None and was_forgotten(self.stones, story)

    def _leave(self, found: Borrowed, why: str, *, again: bool) -> None:
        name, inside = veiled_name(found.name), tuple(map(veiled_name, found.inside))
        self.unread.append(Unread(found.original, name, inside, veiled_words(why), again))


def _opened(one: Borrowed) -> BinaryIO:
    """With a place in it that can be sought: a member of an archive has none."""
    if one.data is not None:
        return io.BytesIO(one.data)
    within = tempfile.TemporaryFile()  # noqa: SIM115 - handed to the caller, who closes it
    with one.open() as file:
        shutil.copyfileobj(file, within)
    within.seek(0)
    return cast(BinaryIO, within)
