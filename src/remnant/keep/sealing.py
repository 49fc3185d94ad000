"""Taking in, safely: originals, then the ledger, then the journal, and only then the word that they are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from remnant.keep.folder import Folder
from remnant.model import Arrival, Original


@dataclass(frozen=True, slots=True)
class Sealing:
    """Bytes to keep, and how they came: `partial(Arrival, door=..., name=..., at=...)` does for `arrived`.

    `open` is called once, in the caller's thread, when its turn comes; the stream is closed.
    """

    open: Callable[[], BinaryIO]
    arrived: Callable[[Original], Arrival]


class How(StrEnum):
    """`NEW` to the shelf; `KEPT` before and found whole; `MENDED`: a damaged copy was set aside for this good one."""

    NEW = "new"
    KEPT = "kept"
    MENDED = "mended"


@dataclass(frozen=True, slots=True)
class Kept:
    """An acknowledgement: these bytes are on the shelf and promised, and a power cut will not take them."""

    arrival: Arrival
    how: How


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The bytes could not be read where they came from. Nothing was kept of them."""

    why: str


def seal(
    folder: Folder, sealings: Iterable[Sealing], now: Callable[[], datetime], *, batch: int = 256
) -> Iterator[Kept | Unreadable]:
    """Keep everything given, and say so of each in order, a batch at a time, when it is safe and not before.

    Equal bytes are kept once; a later arrival of them is journaled. Stop iterating, and what was not yet
    acknowledged may or may not be kept: adding it again is harmless. RefusedError when the disk is full.
    """
    raise NotImplementedError
