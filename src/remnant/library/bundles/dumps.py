"""A database and the folder of files beside it: an eFiction dump, an Automated Archive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.library.bundles.places import Home, Places, above, home_of, last_of
from remnant.model import Arrival

ALONE = 2
"""Folders above a companion whose anchor stands in none."""


@dataclass(frozen=True, slots=True)
class Dumped:
    """What the database is called, and its files, relative to its own folder or to the one above."""

    called: str
    anchor: re.Pattern[str]
    companion: re.Pattern[str]
    anywhere: re.Pattern[str]
    """The companion's, behind any folders."""

    def may_be_anchor(self, arrival: Arrival) -> bool:
        return self.anchor.fullmatch(last_of(arrival)) is not None

    def may_be_companion(self, arrival: Arrival) -> bool:
        return self.anywhere.fullmatch(arrival.name) is not None

    def place_of(self, companion: Arrival) -> object:
        return home_of(companion)

    def around(self, anchor: Arrival, places: Places) -> Iterator[tuple[str, Arrival]]:
        """What stands with it: below its folder, else below the one above."""
        container, folder = home_of(anchor)
        near = list(self._below((container, folder), places))
        upper = folder.rpartition("/")[0]
        if not near and upper:
            near = list(self._below((container, upper), places))
        yield from near

    def anchors_of(self, companion: Arrival, places: Places) -> Iterator[Arrival]:
        """Those in a folder around it, or in a folder of such a one."""
        for container, folder in above(home_of(companion)):
            yield from filter(self.may_be_anchor, places.lists((container, folder)))
            yield from filter(self.may_be_anchor, places.lists_under((container, folder)))

    def _below(self, home: Home, places: Places) -> Iterator[tuple[str, Arrival]]:
        """At any depth; beside an anchor that was named alone, only what was named like it."""
        folder = home[1]
        for arrival in places.below(home):
            path = arrival.name[len(folder) + 1 :] if folder else arrival.name
            if (folder or path.count("/") <= ALONE) and self.companion.fullmatch(path):
                yield path, arrival


def _dumped(called: str, anchor: str, companion: str) -> Dumped:
    anywhere = re.compile(f"(?:.*/)?{companion}", re.DOTALL)
    return Dumped(called, re.compile(anchor, re.IGNORECASE), re.compile(companion), anywhere)


EFICTION = _dumped("a dump and its chapters", r"[^/]+\.sql", r"(?:[^/]+/){1,4}\d{1,9}/\d{1,9}\.(?:txt|html?)")
AUTOMATED_ARCHIVE = _dumped(
    "an Automated Archive", r"ARCHIVE_DB\.pl", r"(?:[^/]+/){0,3}archive/(?:[^/]+/){0,3}[^/]+\.(?:txt|html?)"
)
