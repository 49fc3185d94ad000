"""Make the index again from what is kept."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.library import indexing
from remnant.library.opening import Library
from remnant.library.watching import Progress, Stop, never, nobody_watches


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the new index holds; if it was stopped, the old one still serves."""

    originals: int
    works: int
    unread: int
    stopped: bool


def rebuild(library: Library, *, progress: Progress = nobody_watches, stop: Stop = never) -> Rebuilt:
    """Make the index from nothing; the old one serves until the new one is whole. BusyError if another writes it."""
    made = indexing.rebuild(library, progress=progress, stop=stop)
    works = sum(len(indexed.works) for indexed in made.done)
    unread = sum(indexed.unread is not None for indexed in made.done)
    return Rebuilt(len(made.done), works, unread, made.stopped)
