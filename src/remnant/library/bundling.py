"""Which originals are understood together: found by where they arrived, whatever the order in which they did."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from remnant.errors import DamageError
from remnant.keep.objects import read_arrival
from remnant.keep.shelf import Shelf
from remnant.library.cards import Beside
from remnant.model import Arrival, Digest, Original

MOST_BYTES, MOST_MEMBERS = 64 * 2**20, 20_000
"""Of one bundle. Companions beyond that, in the order of their paths, are left to themselves."""


ALONE = 2
"""Folders above a companion whose anchor stands in none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A shape of archive: what its anchor is called, and its companions, relative to some folder."""

    anchor: re.Pattern[str]
    companion: re.Pattern[str]


KINDS = (
    Kind(re.compile(r"[^/]+\.sql", re.IGNORECASE), re.compile(r"(?:[^/]+/){1,4}\d{1,9}/\d{1,9}\.(?:txt|html?)")),
    Kind(
        re.compile(r"ARCHIVE_DB\.pl", re.IGNORECASE),
        re.compile(r"(?:[^/]+/){0,3}archive/(?:[^/]+/){0,3}[^/]+\.(?:txt|html?)"),
    ),
)


def may_be_anchor(name: str) -> bool:
    """Whether something of this name may say what others are."""
    last = name.rpartition("/")[2]
    return any(kind.anchor.fullmatch(last) for kind in KINDS)


def may_be_companion(name: str) -> bool:
    return any(kind.companion.fullmatch(name) for kind in KINDS)


def may_be_either(name: str) -> bool:
    """Whether the name may tell what belongs together."""
    return may_be_anchor(name) or may_be_companion(name)


class Bundling:
    """One look at everything that arrived; make another for whatever came since."""

    def __init__(self, shelf: Shelf, again: Iterable[Arrival]) -> None:
        """`again` are the arrivals of what was kept already, as far as their names may matter."""
        self._shelf = shelf
        self._again = tuple(again)
        self._names_again: defaultdict[Digest, list[str]] = defaultdict(list)
        for arrival in self._again:
            self._names_again[arrival.original.digest].append(arrival.name)
        self._names: dict[Digest, tuple[str, ...]] = {}
        self._places: dict[tuple[str, ...], list[Arrival]] | None = None
        self._anchors: dict[Digest, list[Arrival]] = {}

    def beside(self, anchor: Original) -> Beside:
        """The companions of an anchor; none of what is no anchor by its name."""
        found: dict[str, Arrival] = {}
        for arrival in sorted(self._sightings_of(anchor.digest), key=_age):
            for path, companion in self._around(arrival):
                if companion.original != anchor:
                    found[path] = min(found.get(path, companion), companion, key=_age)
        return _within_limits(anchor, [(path, found[path].original) for path in sorted(found)])

    def every(self) -> Iterator[Arrival]:
        """Every arrival there is: that of each original, and later ones whose names may tell what belongs together."""
        for identity, home in self._shelf.objects():
            arrival = read_arrival(home, identity)
            if arrival is not None:
                yield arrival
        yield from self._again

    def anchors(self, companions: Collection[Original]) -> list[Original]:
        """The anchors that some of these may be companions of."""
        wanted = {one.digest for one in companions if any(map(may_be_companion, self._names_of(one.digest)))}
        if not wanted:
            return []
        self._all()
        anchors = {one.original for sightings in self._anchors.values() for one in sightings}
        return [
            anchor
            for anchor in sorted(anchors)
            if any(original.digest in wanted for _, original in self.beside(anchor))
        ]

    def _names_of(self, digest: Digest) -> tuple[str, ...]:
        """The names it came under, as far as they may matter, without looking at anything else."""
        if digest not in self._names:
            names = list(self._names_again.get(digest, ()))
            with suppress(DamageError):
                names.append(self._shelf.arrival(digest).name)
            self._names[digest] = tuple(filter(may_be_either, names))
        return self._names[digest]

    def _sightings_of(self, digest: Digest) -> list[Arrival]:
        """Its arrivals under the name of an anchor."""
        if self._places is None and not any(map(may_be_anchor, self._names_of(digest))):
            return []
        self._all()
        return self._anchors.get(digest, [])

    def _around(self, anchor: Arrival) -> Iterator[tuple[str, Arrival]]:
        """What stands with an anchor: below its folder, else below the one above."""
        folder, _, last = anchor.name.rpartition("/")
        kinds = [kind for kind in KINDS if kind.anchor.fullmatch(last)]
        near = list(_below(folder, kinds, self._all().get(anchor.inside, ())))
        above = folder.rpartition("/")[0]
        if not near and above:
            near = list(_below(above, kinds, self._all().get(anchor.inside, ())))
        yield from near

    def _all(self) -> dict[tuple[str, ...], list[Arrival]]:
        """Every arrival that may matter, by the containers it came in."""
        if self._places is None:
            places: defaultdict[tuple[str, ...], list[Arrival]] = defaultdict(list)
            anchors: defaultdict[Digest, list[Arrival]] = defaultdict(list)
            for arrival in self.every():
                if may_be_either(arrival.name):
                    places[arrival.inside].append(arrival)
                if may_be_anchor(arrival.name):
                    anchors[arrival.original.digest].append(arrival)
            # The places last: whoever finds them, in whatever thread, finds the anchors too.
            self._anchors, self._places = dict(anchors), dict(places)
        return self._places


def _below(folder: str, kinds: Iterable[Kind], arrivals: Iterable[Arrival]) -> Iterator[tuple[str, Arrival]]:
    """In a folder, at any depth; beside an anchor that was named alone, only what was named like it."""
    stem = f"{folder}/" if folder else ""
    for arrival in arrivals:
        path = arrival.name.removeprefix(stem) if arrival.name.startswith(stem) else ""
        if path and (folder or path.count("/") <= ALONE) and any(kind.companion.fullmatch(path) for kind in kinds):
            yield path, arrival


def _age(arrival: Arrival) -> tuple[str, str]:
    return arrival.at.isoformat(), arrival.original.digest.hex


def _within_limits(anchor: Original, found: list[tuple[str, Original]]) -> Beside:
    left, taken = MOST_BYTES - anchor.size, list[tuple[str, Original]]()
    for path, original in found[:MOST_MEMBERS]:
        left -= original.size
        if left < 0:
            break
        taken.append((path, original))
    return tuple(taken)
