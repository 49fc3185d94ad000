"""A Yahoo group as its archivers kept it: of each message the raw mail, and the page that the site made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.library.bundles.places import Places, last_of
from remnant.model import Arrival

PAGE = "page.json"
"""What the site's own page of a message is called beside its raw mail."""

_RAW = re.compile(r"(\d{1,9})_raw\.json")
_MADE = re.compile(r"(\d{1,9})\.json")


class Group:
    """Messages by their numbers, each anchored in its raw mail."""

    called = "a message of a Yahoo group"

    def may_be_anchor(self, arrival: Arrival) -> bool:
        return _RAW.fullmatch(last_of(arrival)) is not None

    def may_be_companion(self, arrival: Arrival) -> bool:
        return _MADE.fullmatch(last_of(arrival)) is not None

    def place_of(self, companion: Arrival) -> object:
        return companion.inside, companion.name

    def around(self, anchor: Arrival, places: Places) -> Iterator[tuple[str, Arrival]]:
        for page in places.named(anchor.inside, f"{anchor.name.removesuffix('_raw.json')}.json"):
            yield PAGE, page

    def anchors_of(self, companion: Arrival, places: Places) -> Iterator[Arrival]:
        yield from places.named(companion.inside, f"{companion.name.removesuffix('.json')}_raw.json")


YAHOO = Group()
