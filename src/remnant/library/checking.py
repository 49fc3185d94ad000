"""Is everything here still whole?"""

from __future__ import annotations

from dataclasses import dataclass

from remnant.library.opening import Library
from remnant.library.watching import Progress, Stop, never, nobody_watches
from remnant.model import Digest


@dataclass(frozen=True, slots=True)
class Harm:
    """One thing that is not as promised; `original` is None where it is not about one original."""

    original: Digest | None
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """`harmed` is damage (exit code 4); `remarks` are oddities that lose nothing."""

    originals: int
    bytes: int
    harmed: tuple[Harm, ...]
    remarks: tuple[Harm, ...]

    @property
    def whole(self) -> bool:
        return not self.harmed


def check(library: Library, *, progress: Progress = nobody_watches, stop: Stop = never) -> Checked:
    """Read every byte that is kept against its promise, and every chain; change nothing."""
    raise NotImplementedError
