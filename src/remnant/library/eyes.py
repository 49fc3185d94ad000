"""Whose eyes a question is put with: the shield's decisions for one reader, made once and remembered."""

from __future__ import annotations

import threading
from pathlib import Path

from remnant.library.canons import ENDING, FOLDER, canons
from remnant.model import ProfileKind, Reader, Reading, Shown, Snippet, Work
from remnant.shield.canons import Canons
from remnant.shield.deciding import NO_CANONS
from remnant.shield.eyes import Eyes
from remnant.shield.showing import show

MOST = 8
"""How many readers are remembered at once."""

_Stamp = tuple[tuple[str, int, int], ...]


class Seeing:
    """The canons of one library and the eyes of those who ask; safe among threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._canons = NO_CANONS
        self._eyes: list[Eyes] = []

    def canons(self) -> Canons:
        """Every canon known here; a canon file that changed is read again."""
        with self._lock:
            return self._known()

    def eyes(self, reader: Reader) -> Eyes:
        with self._lock:
            known = self._known_to(reader)
            for eyes in self._eyes:
                if eyes.reader == reader and eyes.canons is known:
                    return eyes
            made = Eyes(reader, known)
            self._eyes = [*self._eyes[1 - MOST :], made]
            return made

    def show(self, work: Work, reading: Reading | None, reader: Reader, snippet: Snippet | None = None) -> Shown:
        """What the shield shows of a work, with the canons known here."""
        with self._lock:
            canons = self._known_to(reader)
        return show(work, reading, reader, snippet, canons=canons)

    def _known_to(self, reader: Reader) -> Canons:
        """None for the keeper, from whom no spoiler keeps anything: whoever adds waits for no canon to be read."""
        return NO_CANONS if reader.kind is ProfileKind.KEEPER else self._known()

    def _known(self) -> Canons:
        stamp = _stamp(self._path / FOLDER)
        if stamp != self._stamp:
            self._canons, self._stamp = canons(self._path), stamp
        return self._canons


def _stamp(folder: Path) -> _Stamp:
    """What tells that a file in the folder was changed, without reading any."""
    try:
        found = [(entry.name, entry.stat()) for entry in folder.iterdir() if entry.suffix == ENDING]
    except OSError:
        return ()
    return tuple(sorted((name, status.st_mtime_ns, status.st_size) for name, status in found))
