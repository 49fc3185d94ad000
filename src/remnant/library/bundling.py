"""Which originals are understood together: found by where they arrived, whatever the order in which they did."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from remnant.errors import DamageError
from remnant.keep.objects import read_arrival
from remnant.keep.shelf import Shelf
from remnant.library.bundles.dumps import AUTOMATED_ARCHIVE, EFICTION
from remnant.library.bundles.places import Places, age, last_of
from remnant.library.bundles.shelved import CALIBRE, LIST, home_in_library
from remnant.library.bundles.sites import SITE
from remnant.library.bundles.yahoo import YAHOO
from remnant.library.cards import Beside
from remnant.model import Arrival, Digest, Original
from remnant.shield.names import veiled_name

MOST_BYTES, MOST_MEMBERS = 64 * 2**20, 20_000
"""Of one bundle. Companions beyond that, in the order of their paths, are left to themselves."""


class Kind(Protocol):
    """A shape of archive: which names its anchors have and which its companions, and where each looks for the other."""

    @property
    def called(self) -> str:
        """What a person calls it."""

    def may_be_anchor(self, arrival: Arrival) -> bool:
        """Whether something that arrived so may say what others are."""

    def may_be_companion(self, arrival: Arrival) -> bool: ...

    def place_of(self, companion: Arrival) -> object:
        """Where it stands: companions in one place have the same anchors, so one of them is asked for all."""

    def around(self, anchor: Arrival, places: Places) -> Iterator[tuple[str, Arrival]]:
        """What stands with an anchor, each under the path it has in the bundle; of one path the first counts."""

    def anchors_of(self, companion: Arrival, places: Places) -> Iterator[Arrival]:
        """What must be read again when such a companion comes: anchors, and perhaps more than it belongs to."""


KINDS: tuple[Kind, ...] = (EFICTION, AUTOMATED_ARCHIVE, CALIBRE, SITE, YAHOO)
"""An anchor of two kinds is read with what the first finds beside it."""


def may_be_anchor(arrival: Arrival) -> bool:
    return any(kind.may_be_anchor(arrival) for kind in KINDS)


def may_be_companion(arrival: Arrival) -> bool:
    return any(kind.may_be_companion(arrival) for kind in KINDS)


def matters(arrival: Arrival) -> bool:
    """Whether its place may tell what belongs together, or what is missing."""
    return may_be_anchor(arrival) or may_be_companion(arrival) or last_of(arrival) == LIST


def together(anchor: Original, places: Places) -> Beside:
    """The companions of an anchor; none of what is no anchor by its place."""
    for kind in KINDS:
        sightings = sorted(filter(kind.may_be_anchor, places.of(anchor.digest)), key=age)
        found: dict[str, Original] = {}
        for arrival in sightings:
            for path, companion in sorted(kind.around(arrival, places), key=_path_and_age):
                if companion.original != anchor:
                    found.setdefault(path, companion.original)
        if found:
            return _within_limits(anchor, sorted(found.items()))
    return ()


@dataclass(frozen=True, slots=True)
class Together:
    """Something that would be understood with what stands beside it, if its own words say so. Names are veiled."""

    name: str
    inside: tuple[str, ...]
    called: str
    companions: int


def foreseen(arrivals: Iterable[Arrival]) -> list[Together]:
    """What would be understood together of all that came, by its places alone."""
    places = Places()
    _place(places, filter(matters, arrivals))
    found: dict[Digest, Together] = {}
    for arrival in places:
        digest = arrival.original.digest
        if digest not in found and may_be_anchor(arrival) and (beside := together(arrival.original, places)):
            kind = next(kind for kind in KINDS if kind.may_be_anchor(arrival))
            inside = tuple(map(veiled_name, arrival.inside))
            found[digest] = Together(veiled_name(arrival.name), inside, kind.called, len(beside))
    return list(found.values())


class Bundling:
    """What arrived where: everything is looked at once, and only if something came whose place may tell anything."""

    def __init__(self, shelf: Shelf, again: Iterable[Arrival] = ()) -> None:
        """`again` are the arrivals of what was kept already, as far as their places may matter."""
        self._shelf = shelf
        self._again: dict[Digest, list[Arrival]] = {}
        self._places: Places | None = None
        self.learn((), again)

    def learn(self, fresh: Iterable[Original], again: Iterable[Arrival] = ()) -> None:
        """Hear of what came since: originals kept, and later arrivals of what was. Hearing twice is hearing once."""
        if self._places is not None:
            for original in fresh:
                _place(self._places, self._kept_as(original.digest))
        for arrival in again:
            sightings = self._again.setdefault(arrival.original.digest, [])
            if arrival not in sightings:
                sightings.append(arrival)
                if self._places is not None:
                    _place(self._places, [arrival])

    def beside(self, anchor: Original) -> Beside:
        """The companions of an anchor; none of what is no anchor by its place."""
        if self._places is None and not any(map(may_be_anchor, self._kept_as(anchor.digest))):
            return ()
        return together(anchor, self._all())

    def every(self) -> Iterator[Arrival]:
        """Every arrival there is: that of each original, and later ones whose places may tell what belongs together."""
        for identity, home in self._shelf.objects():
            arrival = read_arrival(home, identity)
            if arrival is not None:
                yield arrival
        for sightings in self._again.values():
            yield from sightings

    def anchors(self, companions: Collection[Original]) -> list[Original]:
        """What must be read again because some of these may stand beside it."""
        came = [arrival for one in companions for arrival in self._kept_as(one.digest)]
        if not any(map(may_be_companion, came)):
            return []
        places = self._all()
        return sorted(
            {
                anchor.original
                for kind in KINDS
                for arrival in {kind.place_of(one): one for one in came if kind.may_be_companion(one)}.values()
                for anchor in kind.anchors_of(arrival, places)
            }
        )

    def _kept_as(self, digest: Digest) -> list[Arrival]:
        """How it arrived, as far as that may matter, without looking at anything else."""
        arrivals = list(self._again.get(digest, ()))
        with suppress(DamageError):
            arrivals.append(self._shelf.arrival(digest))
        return [arrival for arrival in arrivals if matters(arrival)]

    def _all(self) -> Places:
        """Every arrival that may matter. Whoever finds it, in whatever thread, finds it whole."""
        if self._places is None:
            places = Places()
            _place(places, filter(matters, self.every()))
            self._places = places
        return self._places


def _place(places: Places, arrivals: Iterable[Arrival]) -> None:
    for arrival in arrivals:
        lists = any(kind.may_be_anchor(arrival) for kind in (EFICTION, AUTOMATED_ARCHIVE, SITE))
        places.add(arrival, home_in_library(arrival), lists=lists)


def _path_and_age(found: tuple[str, Arrival]) -> tuple[str, tuple[str, str]]:
    return found[0], age(found[1])


def _within_limits(anchor: Original, found: Iterable[tuple[str, Original]]) -> Beside:
    left, taken = MOST_BYTES - anchor.size, list[tuple[str, Original]]()
    for path, original in found:
        if original.size <= left and len(taken) < MOST_MEMBERS:
            left -= original.size
            taken.append((path, original))
    return tuple(taken)
