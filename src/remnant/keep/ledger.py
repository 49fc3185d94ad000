"""The ledger: what was promised. What the shelf alone cannot prove: that nothing is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from remnant.keep.chain import Heads
from remnant.keep.folder import Folder
from remnant.model import Digest, Original


@dataclass(frozen=True, slots=True)
class Promise:
    """This original is kept."""

    original: Original


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the library: `mended`, `cut` ... `detail` is plain JSON."""

    kind: str
    digest: Digest | None
    detail: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the ledger: which copy of the library wrote it, where in its chain, when, and what it says."""

    replica: str
    seq: int
    at: datetime
    what: Promise | Event
    head: str
    """What `heads()` says of this chain once everything up to this line is seen."""


class Ledger:
    """All chains of the ledger; lines are written to this copy's own."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def promise(self, originals: Iterable[Original], now: datetime) -> int:
        """Promise those not promised yet, in one synced write; how many those were."""
        raise NotImplementedError

    def record(self, events: Iterable[Event], now: datetime) -> None:
        """Write down what happened, in one synced write."""
        raise NotImplementedError

    def lines(self, since: Heads | None = None) -> Iterator[Entry]:
        """What was written past these heads, chain by chain. A damaged line is passed over; `remnant check` names it.

        HeadLostError if a chain no longer reaches the head given: it was rolled back, and what was made of it is
        to be made again.
        """
        raise NotImplementedError

    def heads(self) -> dict[str, str]:
        """How far each chain goes, by replica; to be kept as it is and handed back as `since`."""
        raise NotImplementedError

    def promised(self) -> dict[Digest, Original]:
        """Every original that was promised, in the order of the promises."""
        raise NotImplementedError
