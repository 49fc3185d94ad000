"""The chains of one kind, side by side: one file per copy of the library, and this copy writes only its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from remnant.keep.chain import Harm, HeadLostError, Line, Tail, walk
from remnant.keep.chain_writer import ChainWriter
from remnant.keep.folder import Folder
from remnant.wire.canonical import Json

Heads = Mapping[str, str]
"""How far each chain was seen: a replica's name to an opaque word."""

NOTHING_SEEN: Heads = {}

log = logging.getLogger(__name__)


class Chains:
    """All files `REPLICA.jsonl` in one folder. Reading takes no lock and writes nothing."""

    def __init__(self, folder: Folder, about: str, place: Path) -> None:
        self._about = about
        self._place = place
        header: Json = {"chain": about, "replica": folder.replica}
        self._own = ChainWriter(place / f"{folder.replica}.jsonl", header, folder.aside)
        self._heads: dict[str, str] = {}
        self._looking = threading.Lock()

    def lines(self, since: Heads = NOTHING_SEEN) -> Iterator[tuple[str, Line]]:
        """Good lines past these heads, with the replica that wrote them; lines of a newer form are passed over."""
        for path in sorted(self._place.glob("*.jsonl")):
            replica = path.stem
            for item in walk(path, since.get(replica)):
                if isinstance(item, Harm):
                    log.warning("the %s %s: line %d %s", self._about, replica, item.number, item.what)
                elif isinstance(item, Line) and item.ours:
                    yield replica, item

    def heads(self) -> dict[str, str]:
        """How far each chain goes. Cheap when little was added since the last time."""
        with self._looking:
            try:
                self._look()
            except HeadLostError:
                self._heads = {}
                self._look()
            return dict(self._heads)

    def torn(self, seen: Heads) -> bool:
        """Whether this copy's chain, which was `seen` so far, ends in a write that was cut off."""
        own = self._own.path
        return own.exists() and any(isinstance(item, Tail) for item in walk(own, seen.get(own.stem)))

    def append(self, bodies: Sequence[Json], now: datetime, seen: Heads = NOTHING_SEEN) -> None:
        """Add lines to this copy's chain in one synced write; the caller holds the lock.

        Who has `seen` the chain spares it from being gone through once more.
        """
        self._own.append(bodies, now, seen.get(self._own.path.stem))

    def _look(self) -> None:
        for path in sorted(self._place.glob("*.jsonl")):
            last = None
            for item in walk(path, self._heads.get(path.stem)):
                if isinstance(item, Line):
                    last = item
            if last is not None:
                self._heads[path.stem] = last.head
