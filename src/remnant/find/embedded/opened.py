"""One data folder, open for questions."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from remnant.find.embedded import schema
from remnant.find.embedded.sight import Sight, Sights
from remnant.find.embedded.sound import catalogue_sound
from remnant.find.embedded.stamp import Stamp
from remnant.find.embedded.still import StillData, is_still
from remnant.find.embedded.texts import Texts
from remnant.find.port import Eyes

T = TypeVar("T")

TEXT = "text"
"""The folder of the text index, beside the catalogue."""


class Opened:
    """The data that a stamp names. Every question is put to one moment of the catalogue and the text index."""

    def __init__(self, stamped: Stamp) -> None:
        self.data: Path = stamped.data
        self.mark = stamped.mark
        text = stamped.data / TEXT
        self._still = StillData(stamped.data / schema.FILE, text) if is_still(stamped.data) else None
        with catalogue_sound():
            self._sql = schema.open_to_read(stamped.data)
        self._texts = Texts(self._still.text if self._still else text)
        self._loaded: int | None = None
        self._sights = Sights(self._sql)

    def ask(self, question: Callable[[sqlite3.Connection, Texts], T]) -> T:
        """Put a question to one generation of the catalogue, with the text index that belongs to it."""
        with catalogue_sound():
            while not self._begun(self._generation()):
                self._sql.execute("COMMIT")
            try:
                return question(self._sql, self._texts)
            finally:
                self._sql.execute("COMMIT")

    def sight(self, eyes: Eyes | None) -> Sight:
        """What these eyes see of the generation that is being asked; only while a question is put."""
        return self._sights.of(eyes, self._generation())

    @property
    def moved(self) -> bool:
        """Whether somebody wrote the data that this process took for standing still."""
        return self._still is not None and self._still.moved

    def close(self) -> None:
        self._sql.close()
        if self._still is not None:
            self._still.close()

    def _begun(self, generation: int) -> bool:
        """Whether the text index was loaded while this generation was the present one, and it still is."""
        if generation != self._loaded:
            self._texts.reload()
            self._loaded = generation
        self._sql.execute("BEGIN")
        return self._generation() == generation

    def _generation(self) -> int:
        return int(self._sql.execute("SELECT generation FROM state").fetchone()[0])
