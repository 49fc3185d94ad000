"""Indexes of their own, for readers from whom something is hidden.

Each is an ordinary index in a folder of its own, which holds nothing that is hidden from those who ask it; so no work
that it does can tell of what is. Nothing says whose it is: it answers every reader from whom none of the guards and
values that it ever held hides anything, and to whom nothing else is shown. They lie inside the data they are copied
from, and go with it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from os import utime
from pathlib import Path
from typing import TypeVar

from remnant.errors import RemnantError
from remnant.find.embedded import wholeness
from remnant.find.embedded.asking import everything
from remnant.find.embedded.opened import Opened
from remnant.find.embedded.sight import Sight
from remnant.find.embedded.stamp import NOWHERE, Stamp
from remnant.find.embedded.texts import Texts
from remnant.find.port import Eyes, IndexStale

T = TypeVar("T")

FOLDER = "apart"

MOMENT, LAST, LEFT, WHOLE = "moment", "last", "left", "whole"
"""Heads of an index of their own: the moment of the index that it was last copied from; up to which document
everything shown is in it; the works that left it; and the moment of which it holds all that is shown. A half-made one
has no such moment."""

MOST = 8
"""How many readers are remembered at once."""

Asked = Callable[[sqlite3.Connection, Texts, Sight], T]


class OutdatedError(Exception):
    """It no longer holds just what these eyes may see; whoever asked asks the index itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an index of their own has to hold to answer for these eyes, now."""

    moment: str
    works: int


class Apart:
    """The indexes of their own beside one index, as far as somebody asked them."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._opened: dict[Path, Opened] = {}
        self._known: list[tuple[Eyes, Wanted, Path]] = []
        self._damaged: set[Path] = set()

    def find(self, eyes: Eyes, wanted: Wanted) -> Path | None:
        """The one that answers for these eyes, if there is one."""
        for known, then, place in self._known:
            if then == wanted and (known is eyes or known == eyes):
                return place
        there = [place for place in places(self._folder) if place not in self._damaged]
        for gone in self._opened.keys() - {*there}:
            self._drop(gone)
        found = next((place for place in there if self._answers(place, eyes, wanted)), None)
        if found is not None:
            self._known = [*self._known[1 - MOST :], (eyes, wanted, found)]
            _mark_wanted(found)
        return found

    def ask(self, place: Path, eyes: Eyes, wanted: Wanted, asked: Asked[T]) -> T:
        """OutdatedError if it does not answer for these eyes after all."""
        try:
            opened = self._opened_at(place)
            return opened.ask(lambda sql, texts: asked(sql, texts, _sight(sql, opened, eyes, wanted)))
        except (RemnantError, OSError) as error:
            if isinstance(error, IndexStale):
                self._damaged.add(place)
                wholeness.doubt(place)
            self._drop(place)
            raise OutdatedError from error
        except OutdatedError:
            self._known = [known for known in self._known if known[2] != place]
            raise

    def close(self) -> None:
        for place in list(self._opened):
            self._drop(place)

    def _answers(self, place: Path, eyes: Eyes, wanted: Wanted) -> bool:
        try:
            self.ask(place, eyes, wanted, lambda *_: None)
        except OutdatedError:
            return False
        return True

    def _opened_at(self, place: Path) -> Opened:
        if place in self._opened and self._opened[place].moved:
            self._drop(place)
        if place not in self._opened:
            self._opened[place] = Opened(Stamp(place, NOWHERE))
        return self._opened[place]

    def _drop(self, place: Path) -> None:
        self._known = [known for known in self._known if known[2] != place]
        if place in self._opened:
            self._opened.pop(place).close()


def places(folder: Path) -> list[Path]:
    """Where the indexes of their own lie in which nobody met damage, the one that was wanted last first."""
    return [place for _, place in sorted(_dated(folder), reverse=True) if not wholeness.is_doubted(place)]


def moment_of(sql: sqlite3.Connection) -> str:
    """What tells one commit of an index from every other."""
    asked = "SELECT generation, token FROM state LEFT JOIN moment USING (generation)"
    return " ".join(map(str, sql.execute(asked).fetchone()))


def heads_of(sql: sqlite3.Connection) -> Mapping[str, str]:
    return dict(sql.execute("SELECT chain, seen FROM head"))


def _dated(folder: Path) -> Iterator[tuple[int, Path]]:
    with suppress(OSError):
        yield from ((place.stat().st_mtime_ns, place) for place in folder.iterdir())


def _mark_wanted(place: Path) -> None:
    """Where nothing may be written, nothing is cleared away either."""
    with suppress(OSError):
        utime(place)


def _sight(sql: sqlite3.Connection, opened: Opened, eyes: Eyes, wanted: Wanted) -> Sight:
    """What these eyes see of it; OutdatedError unless it is just what they may see."""
    sight = opened.sight(eyes)
    if heads_of(sql).get(WHOLE) != wanted.moment or not sight.is_pure or everything(sql) != wanted.works:
        raise OutdatedError
    return sight
