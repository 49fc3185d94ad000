"""Take things in: sealed first, acknowledged, and only then read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from remnant.library.listing import Noted, Unread
from remnant.library.opening import Library
from remnant.library.watching import Clock, Progress, Stop, never, nobody_watches, utc_now
from remnant.model import Original


@dataclass(frozen=True, slots=True)
class Twin:
    """A file whose bytes were already kept."""

    name: str
    inside: tuple[str, ...]
    original: Original


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was not taken in, and why; nothing of it was changed."""

    name: str
    inside: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Added:
    """What came of an `add`. What is `kept` is safe, whatever happened to the rest.

    `passed` are things passed over without loss (system litter), `waiting` counts what is kept and not yet indexed,
    because another process is at it or the work was stopped.
    """

    kept: tuple[Original, ...]
    works: tuple[str, ...]
    twins: tuple[Twin, ...]
    unread: tuple[Unread, ...]
    refused: tuple[Refused, ...]
    passed: tuple[Refused, ...]
    findings: tuple[Noted, ...]
    waiting: int
    stopped: bool


def add(
    library: Library,
    paths: Iterable[Path],
    *,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
    dry_run: bool = False,
    jobs: int | None = None,
) -> Added:
    """Take in files, folders and archives. Doing it twice adds nothing; stopping it loses nothing acknowledged."""
    raise NotImplementedError
