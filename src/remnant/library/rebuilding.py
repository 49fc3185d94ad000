"""Make the index again from what is kept."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.library.opening import Library
from remnant.library.watching import Clock, Progress, Stop, never, nobody_watches, utc_now


@dataclass(frozen=True, slots=True)
class Rebuilt:
    originals: int
    works: int
    unread: int
    stopped: bool


def rebuild(
    library: Library,
    *,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
    jobs: int | None = None,
) -> Rebuilt:
    """Make the index from nothing; the old one serves until the new one is whole. BusyError if another writes it."""
    raise NotImplementedError
