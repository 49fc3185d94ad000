"""The journal: what people said, and how originals came again. Only ever added to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from remnant.keep.chain import Heads
from remnant.keep.folder import Folder
from remnant.model import Arrival, Claim, Digest


@dataclass(frozen=True, slots=True)
class Said:
    """A person's claim on a work. `original` is one of its editions', so that the claim finds the work again."""

    work: str
    original: Digest
    claim: Claim


@dataclass(frozen=True, slots=True)
class Arrived:
    """An original that was kept already came again."""

    arrival: Arrival


Act = Said | Arrived


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the journal: which copy of the library wrote it, where in its chain, when, and what it says."""

    replica: str
    seq: int
    at: datetime
    act: Act
    head: str
    """What `heads()` says of this chain once everything up to this line is seen."""


class Journal:
    """All chains of the journal; acts are written to this copy's own."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def append(self, acts: Iterable[Act], now: datetime) -> int:
        """Write down acts in one synced write; how many were new. The same act twice adds nothing."""
        raise NotImplementedError

    def acts(self, since: Heads | None = None) -> Iterator[Entry]:
        """What was written past these heads; as `Ledger.lines`, HeadLostError included."""
        raise NotImplementedError

    def heads(self) -> dict[str, str]:
        """How far each chain goes, by replica; to be kept as it is and handed back as `since`."""
        raise NotImplementedError
