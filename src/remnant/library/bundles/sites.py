"""A folder of pages with a page that lists them: the list is the anchor."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.library.bundles.places import Places, above, home_of, last_of
from remnant.model import Arrival

_LIST = re.compile(r"(?:index|default|home|main|welcome)\.(?:x?html?|shtml)", re.IGNORECASE)
_PAGE = re.compile(r"[^/]+\.(?:x?html?|shtml|txt)", re.IGNORECASE)


class Listed:
    """Pages below an index page. The outermost index page of a container speaks for all that is below it."""

    called = "a list of pages"

    def may_be_anchor(self, arrival: Arrival) -> bool:
        return self.may_be_companion(arrival) and _LIST.fullmatch(last_of(arrival)) is not None

    def may_be_companion(self, arrival: Arrival) -> bool:
        """A file that was named alone stands in no folder that we know."""
        placed = "/" in arrival.name or bool(arrival.inside)
        return placed and _PAGE.fullmatch(last_of(arrival)) is not None

    def place_of(self, companion: Arrival) -> object:
        return home_of(companion), self.may_be_anchor(companion)

    def around(self, anchor: Arrival, places: Places) -> Iterator[tuple[str, Arrival]]:
        if self._outermost(anchor, places) != anchor.name:
            return
        home = home_of(anchor)
        for arrival in places.below(home):
            if self.may_be_companion(arrival):
                yield (arrival.name[len(home[1]) + 1 :] if home[1] else arrival.name), arrival

    def anchors_of(self, companion: Arrival, places: Places) -> Iterator[Arrival]:
        """The lists around it. A list that comes late may take from others what they spoke for: all below it."""
        if self.may_be_anchor(companion):
            yield from filter(self.may_be_companion, places.below(home_of(companion)))
        for home in above(home_of(companion)):
            yield from filter(self.may_be_anchor, places.lists(home))

    def _outermost(self, anchor: Arrival, places: Places) -> str:
        homes = list(above(home_of(anchor)))
        here = (one for home in reversed(homes) for one in sorted(places.lists(home), key=_name))
        return next((one.name for one in here if self.may_be_anchor(one)), anchor.name)


def _name(arrival: Arrival) -> str:
    return arrival.name


SITE = Listed()
