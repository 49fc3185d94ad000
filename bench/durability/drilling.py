"""One drill: its command stopped or refused at a call, done again, and judged."""

from __future__ import annotations

import itertools
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from errno import EINTR
from pathlib import Path

from bench.durability.campaign import Campaign, Tried
from bench.durability.drills import DRILLS, Drill, remnant, work_in, wrong_at_once
from tests.harm import forking, tracing
from tests.harm.killing import one_of_each

_TOLD = (0, 1, 3, 4, 5)
"""Exit codes that say what happened."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A drill with the words of its command, and the state that each try begins with.

    Tried always in the same place: a library knows its vaults by where they are.
    """

    drill: Drill
    words: tuple[str, ...]
    base: Path
    place: Path

    @classmethod
    def of(cls, drill: Drill, scratch: Path) -> Prepared:
        place = scratch / "try"
        place.mkdir()
        drill.prepare(place)
        words = tuple(work_in(place) if word == "WORK" else word for word in drill.words)
        place.rename(scratch / "base")
        return cls(drill, words, scratch / "base", place)

    def tried(self, nth: int, errno: int = 0) -> Tried:
        """Killed at its nth call, or refused it, and done again; which call that was, and what is wrong then."""
        ended, calls = self._done(nth, errno)
        reached = 0 < nth <= len(calls)
        call = calls[nth - 1] if reached else None
        wrong = self._falsely_told(ended, call, errno) if errno else []
        wrong += self._judged()
        shutil.rmtree(self.place)
        return {"at": call and call.step, "reached": reached, "code": ended.code, "wrong": wrong}

    def calls(self) -> list[tracing.Call]:
        """The calls of an undisturbed run."""
        _, calls = self._done(0)
        shutil.rmtree(self.place)
        return calls

    def _done(self, nth: int, errno: int = 0) -> tuple[forking.Ended, list[tracing.Call]]:
        shutil.copytree(self.base, self.place, symlinks=True)
        log = self.place.with_suffix(".calls")
        ended = forking.run(self.place, *self.words, meddling=forking.Meddling(self.place, log, nth, errno))
        return ended, tracing.calls(log)

    def _falsely_told(self, ended: forking.Ended, call: tracing.Call | None, errno: int) -> list[str]:
        """What a command that was refused something said that is not so."""
        wrong = ["a traceback"] * ("Traceback" in ended.err)
        wrong += [f"ended with {ended.code}: {ended.err[-300:]}"] * (ended.code not in _TOLD)
        # What a check finds is its result.
        words = ended.err + (ended.out if self.drill.mends else "")
        wrong += ["no word of why"] * (ended.code > 1 and not words.strip())
        wrong += [f"said to be done: {what}" for what in (self.drill.undone(self.place) if not ended.code else ())]
        wrong += _unsaid(ended) if call and errno != EINTR and _is_sync(call) else []
        # Of a sync that was refused a person has to take notice.
        for path in self.place.rglob("SUSPECT.txt"):
            path.unlink()
        return wrong

    def _judged(self) -> list[str]:
        wrong = [] if self.drill.mends else wrong_at_once(self.place)
        done = remnant(self.place, *self.words)
        wrong += [f"again: {done.code} {done.err[-300:]}"] * (done.code not in self.drill.ends)
        return wrong + self.drill.wrong(self.place) + self.drill.undone(self.place)


def _is_sync(call: tracing.Call) -> bool:
    """Whether a promise may hang on it: of what is derived, the engines sync what they will."""
    return call.name in ("fsync", "fdatasync") and "index" not in call.path.split("/")


def _unsaid(ended: forking.Ended) -> list[str]:
    told = " ".join(f"{ended.out} {ended.err}".split())
    return ["a sync was refused, and nobody is told"] * (not re.search("did not confirm|refused to confirm", told))


Way = Callable[[Prepared, str], Tried]
"""Tries a drill in the way that is named."""


def drilled(
    campaign: Campaign, place: Path | None, only: list[str], ways: Callable[[Prepared], Iterator[str]], one: Way
) -> None:
    """Try every drill, or `only` these, in each of the ways, until a call is named that it does not come to."""
    forking.load()
    for drill in DRILLS:
        if not only or drill.name in only:
            with tempfile.TemporaryDirectory(dir=place) as scratch:
                prepared = Prepared.of(drill, Path(scratch))
                _drill(campaign, prepared, ways(prepared), one)


def _drill(campaign: Campaign, prepared: Prepared, ways: Iterator[str], one: Way) -> None:
    def steps() -> Iterator[str]:
        for way in ways:
            yield (step := f"{prepared.drill.name} {way}")
            if not campaign.done[step]["reached"]:
                return

    campaign.try_all(steps(), lambda step: one(prepared, step.partition(" ")[2]))


def numbers(prepared: Prepared, stride: int, shift: int = 0) -> Iterator[int]:
    """Which calls are tried: every nth, without end; with 0, the first that takes each different step."""
    if not stride:
        return iter(one_of_each(prepared.calls()).values())
    # With another beginning for each kind of trial, so that together they come to more calls.
    return itertools.count(1 + shift % stride, stride)


def which(stride: int) -> str:
    """The same, in words."""
    return {0: "the first call that takes each different step", 1: "every call"}.get(stride, f"one call in {stride}")


def of_drill(campaign: Campaign, drill: Drill) -> list[Tried]:
    """What was tried of it and came to its call."""
    return [one for step, one in campaign.done.items() if step.startswith(f"{drill.name} ") and one["reached"]]
