"""What was forgotten and shall not come back unasked: keyed digests, which only the thing itself can match."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from remnant.keep.chain import read_line
from remnant.keep.folder import Folder
from remnant.keep.journal import Despite, Forgotten, act_of
from remnant.model import Digest

_MARKS = (b'"kind":"forgotten"', b'"kind":"despite"')


@dataclass(frozen=True, slots=True)
class Met:
    """A tombstone that some bytes have met."""

    stone: str
    mac: str


def mac_of(key: str, digest: Digest) -> str:
    """HMAC-SHA-256 of the 128 hex digits of a digest, under a tombstone's own key."""
    return hmac.digest(bytes.fromhex(key), digest.hex.encode("ascii"), "sha256").hex()


class Tombstones:
    """Every tombstone in the journal that nobody has set aside. Cheap: only lines that speak of one are parsed."""

    def __init__(self, folder: Folder) -> None:
        self._place = folder.journal
        self._read: dict[Path, tuple[int, int]] = {}
        self._stones: dict[str, Forgotten] = {}
        self._despite: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def met(self, digest: Digest) -> tuple[Met, ...]:
        """The tombstones that these bytes meet; none if a person kept them all the same."""
        with self._lock:
            self._catch_up()
            return self._met(digest)

    def all(self) -> tuple[Forgotten, ...]:
        with self._lock:
            self._catch_up()
            return tuple(self._stones.values())

    def among(self, digests: Iterable[Digest]) -> frozenset[Digest]:
        """Those of them that were to be forgotten."""
        with self._lock:
            self._catch_up()
            return frozenset(digest for digest in digests if self._met(digest))

    def shared(self, words: Collection[Digest]) -> int:
        """How many of these samples of words one tombstone knows; the most that any does."""
        with self._lock:
            self._catch_up()
            return max((self._known(stone, words) for stone in self._stones.values() if stone.words), default=0)

    def is_kept_despite(self, digest: Digest) -> bool:
        """Whether a person keeps these bytes though somebody wished them gone."""
        with self._lock:
            self._catch_up()
            keys = [(stone.id, mac_of(stone.key, digest)) for stone in self._stones.values()]
            return any(key in self._despite for key in keys)

    def _known(self, stone: Forgotten, words: Collection[Digest]) -> int:
        known = frozenset(stone.words)
        return sum(mac_of(stone.key, one) in known for one in words)

    def _met(self, digest: Digest) -> tuple[Met, ...]:
        return tuple(
            Met(stone.id, mac)
            for stone in self._stones.values()
            if (mac := mac_of(stone.key, digest)) in stone.macs and (stone.id, mac) not in self._despite
        )

    def _catch_up(self) -> None:
        for path in sorted(self._place.glob("*.jsonl")):
            stat = path.stat()
            inode, size = self._read.get(path, (stat.st_ino, 0))
            # Acts of these kinds are never taken away, so what was learnt of a chain written anew stays true.
            start = size if inode == stat.st_ino and stat.st_size >= size else 0
            if stat.st_size != start:
                self._read[path] = (stat.st_ino, start + self._learn(path, start))

    def _learn(self, path: Path, start: int) -> int:
        with path.open("rb") as file:
            file.seek(start)
            data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        if any(mark in whole for mark in _MARKS):
            for raw in whole.splitlines(keepends=True):
                if any(mark in raw for mark in _MARKS):
                    self._take(raw)
        return len(whole)

    def _take(self, raw: bytes) -> None:
        line = read_line(raw, 0)
        match act_of(line) if line is not None and line.ours else None:
            case Forgotten() as stone:
                self._stones[stone.id] = stone
            case Despite(stone=stone_id, mac=mac):
                self._despite.add((stone_id, mac))
            case _:
                pass
