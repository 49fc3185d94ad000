"""Adding to one chain, as the only writer of it: the caller holds its lock."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from remnant.durable import files
from remnant.keep.chain import HeadLostError, Line, Tail, link, walk
from remnant.wire.canonical import Json, time_to_json


class ChainWriter:
    """One chain file. `header` is its first line; what a torn write left is moved to the folder `aside`."""

    def __init__(self, path: Path, header: Json, aside: Path, mode: int = 0o666) -> None:
        self.path = path
        self._header = {"kind": "chain", **header}
        self._aside = aside
        self._mode = mode
        self._head: str | None = None
        self._confirmed = -1

    def append(self, bodies: Sequence[Json], now: datetime, seen: str | None = None) -> None:
        """Add lines in one synced write. With none, what stands there is confirmed all the same.

        A head that the caller has `seen` in the chain saves going through all that leads to it.
        """
        self._head = self._head or seen
        self._take_away_torn_end(now)
        self._confirm()
        if bodies:
            files.append(self.path, link(self._dated(bodies, now, self._head), self._head), self._mode)
            self._confirmed = self.path.stat().st_size

    def rewrite(self, bodies: Sequence[Json], now: datetime) -> None:
        """Begin the chain again with these lines only."""
        self._put(link(self._dated(bodies, now, None), None))

    def _confirm(self) -> None:
        """Sync what others wrote: it may be the unsynced word of a writer that was killed."""
        if self._head is not None and self.path.stat().st_size != self._confirmed:
            files.sync_path(self.path)
            files.sync_path(self.path.parent)

    def _take_away_torn_end(self, now: datetime) -> None:
        tail = self._look()
        if tail is not None:
            self._set_aside(tail, now)
            self._look()

    def _look(self) -> Tail | None:
        """Bring the head up to the last line that counts; what stands after it."""
        try:
            return self._look_past(self._head)
        except HeadLostError:
            return self._look_past(None)

    def _look_past(self, head: str | None) -> Tail | None:
        self._head = head
        if not self.path.exists():
            return None
        for item in walk(self.path, head):
            if isinstance(item, Tail):
                return item
            if isinstance(item, Line):
                self._head = item.head
        return None

    def _set_aside(self, tail: Tail, now: datetime) -> None:
        """Move the torn end away and write its good lines again: nothing but bad bytes leaves the chain."""
        data = self.path.read_bytes()
        torn = data[tail.start :]
        name = f"{self.path.stem}-{hashlib.sha256(torn).hexdigest()[:16]}.torn"
        files.make_folder(self._aside)
        files.replace(self._aside / name, torn, draft=self._aside / f"{name}.part", mode=self._mode)
        again = [line.body for line in tail.lines]
        note: Json = {"kind": "cut", "bytes": len(torn), "aside": name}
        self._put(data[: tail.start] + link(self._dated([*again, note], now, self._head), self._head))

    def _dated(self, bodies: Sequence[Json], now: datetime, head: str | None) -> list[Json]:
        first = [self._header] if head is None else []
        return [{"at": time_to_json(now), **body} for body in (*first, *bodies)]

    def _put(self, data: bytes) -> None:
        files.replace(self.path, data, draft=self.path.with_suffix(".part"), mode=self._mode)
