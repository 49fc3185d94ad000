"""The place a reader has come to in a work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from remnant.library.opening import Library
from remnant.library.watching import Clock, utc_now
from remnant.model import Reader, Shown, Spot


@dataclass(frozen=True, slots=True)
class Place:
    """A spot, when it was kept, and the block of the work as shown today where it now lies (None if it is gone)."""

    spot: Spot
    at: datetime
    block: int | None


def place_of(library: Library, reader: Reader, work: str, shown: Shown | None = None) -> Place | None:
    """Where this reader left off; hand in `shown` (with its body) if it is already at hand."""
    raise NotImplementedError


def keep_place(
    library: Library, reader: Reader, work: str, block: int, *, shown: Shown | None = None, clock: Clock = utc_now
) -> Place:
    """Keep the reader's place at this block of the body as shown. RefusedError if there is no such block."""
    raise NotImplementedError


def begun(library: Library, reader: Reader) -> tuple[str, ...]:
    """The ids of the works this reader has a place in, the last kept first. Cheap: no work is read for it."""
    raise NotImplementedError
