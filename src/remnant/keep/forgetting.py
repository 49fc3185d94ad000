"""Taking what is forgotten out of the folder: readers' files, what was set aside, the shelf, the words of chains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from remnant.keep import closing
from remnant.keep.folder import Folder
from remnant.keep.ledger import Event, Ledger
from remnant.keep.pending import Pending
from remnant.keep.readers_forgetting import forget_in_readers
from remnant.keep.removing import clear_aside, clear_staging, remove_originals
from remnant.keep.sealing import recover


@dataclass(frozen=True, slots=True)
class Taken:
    """How many lines went out of readers' files, originals off the shelf, and lines of chains were closed."""

    words: int
    originals: int
    lines: int


def take_away(folder: Folder, pending: Pending, now: Callable[[], datetime]) -> Taken:
    """Each step is durable before the next, and does no harm when it is done again; the note and the stone stand."""
    recover(folder, Ledger(folder), now)
    words = forget_in_readers(folder, pending, now())
    originals = remove_originals(folder, pending.gone)
    clear_staging(folder)
    lines = _close(folder, pending, originals, now())
    # Last, for whoever writes to a chain sets its torn end aside.
    clear_aside(folder, pending.gone, pending.speaks)
    return Taken(words, originals, lines)


def _close(folder: Folder, pending: Pending, originals: int, now: datetime) -> int:
    """Take away what the chains say of it; first it is written down which lines those are."""
    found = closing.speaking(folder, pending.speaks)
    lines = {one.chain: list(one.seqs) for one in found if one.seqs}
    if found:
        migrated = [Event("migrated", None, {"what": one.chain, "from": 1, "to": 2}) for one in found if one.anew]
        told = {"stone": pending.stone, "lines": lines, "originals": originals, "why": "wish"}
        Ledger(folder).record([Event(closing.REMOVED, None, told), *migrated], now)
        closing.close(folder, found, pending.speaks, now)
    return sum(map(len, lines.values()))
