"""Understand files without keeping them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from remnant.library.adding import Refused
from remnant.library.listing import Unread
from remnant.library.watching import Progress, Stop, never, nobody_watches
from remnant.model import Reading, Settled


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file is; `settled` has one entry a piece, by the piece's key."""

    name: str
    inside: tuple[str, ...]
    reading: Reading
    settled: dict[str, Settled]


def understand_files(
    paths: Iterable[Path], *, progress: Progress = nobody_watches, stop: Stop = never, jobs: int = 1
) -> Iterator[Understood | Unread | Refused]:
    """Read files in worker processes, in the order of the doors; nothing is written anywhere."""
    raise NotImplementedError
