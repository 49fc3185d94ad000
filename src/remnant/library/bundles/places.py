"""Where things arrived: what stands in a folder, and below it, whatever the order in which it came."""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterator

from remnant.model import Arrival, Digest

Container = tuple[str, ...]
Home = tuple[Container, str]
"""A folder in a container; the names of containers, outermost first."""


class Places:
    """The arrivals that may matter, by folder. Looking one up costs what is found, not what there is."""

    def __init__(self) -> None:
        self._known: dict[Arrival, None] = {}
        self._of: defaultdict[Digest, list[Arrival]] = defaultdict(list)
        self._at: defaultdict[Home, list[Arrival]] = defaultdict(list)
        self._lists: defaultdict[Home, list[Arrival]] = defaultdict(list)
        self._lists_under: defaultdict[Home, list[Arrival]] = defaultdict(list)
        self._inside: defaultdict[Container, list[Arrival]] = defaultdict(list)
        self._settled: set[Container] = set()

    def add(self, arrival: Arrival, also: Home | None = None, *, lists: bool = False) -> None:
        """Learn of an arrival; twice is once. `also` is a second place where it is to be found.

        What `lists` others is found apart from them: there are few such, and thousands of the others.
        """
        if arrival in self._known:
            return
        self._known[arrival] = None
        self._of[arrival.original.digest].append(arrival)
        self._inside[arrival.inside].append(arrival)
        self._settled.discard(arrival.inside)
        for home in filter(None, {home_of(arrival), also}):
            self._at[home].append(arrival)
        if lists:
            container, folder = home_of(arrival)
            self._lists[container, folder].append(arrival)
            if folder:
                self._lists_under[container, folder.rpartition("/")[0]].append(arrival)

    def __iter__(self) -> Iterator[Arrival]:
        """All of them, in the order in which they were learnt of."""
        return iter(self._known)

    def of(self, digest: Digest) -> list[Arrival]:
        """The arrivals of an original."""
        return self._of.get(digest, [])

    def at(self, home: Home) -> list[Arrival]:
        """What stands in this very folder."""
        return self._at.get(home, [])

    def lists(self, home: Home) -> list[Arrival]:
        """What in this very folder lists others."""
        return self._lists.get(home, [])

    def lists_under(self, home: Home) -> list[Arrival]:
        """The same in the folders that stand in this one."""
        return self._lists_under.get(home, [])

    def below(self, home: Home) -> Iterator[Arrival]:
        """What stands in a folder at any depth, by name."""
        container, folder = home
        held = self._in_order(container)
        stem = f"{folder}/" if folder else ""
        for at in range(bisect.bisect_left(held, stem, key=_name), len(held)):
            if not held[at].name.startswith(stem):
                return
            yield held[at]

    def named(self, container: Container, name: str) -> Iterator[Arrival]:
        """What came under this very name."""
        held = self._in_order(container)
        for at in range(bisect.bisect_left(held, name, key=_name), len(held)):
            if held[at].name != name:
                return
            yield held[at]

    def _in_order(self, container: Container) -> list[Arrival]:
        if container not in self._settled:
            self._inside[container].sort(key=_name)
            self._settled.add(container)
        return self._inside[container]


def home_of(arrival: Arrival) -> Home:
    return arrival.inside, arrival.name.rpartition("/")[0]


def last_of(arrival: Arrival) -> str:
    return arrival.name.rpartition("/")[2]


def above(home: Home) -> Iterator[Home]:
    """The folder itself and those around it, up to the container's own, which has no name."""
    container, folder = home
    yield home
    while folder:
        folder = folder.rpartition("/")[0]
        yield container, folder


def age(arrival: Arrival) -> tuple[str, str]:
    """Orders arrivals, the earliest first, and the same way whoever asks."""
    return arrival.at.isoformat(), arrival.original.digest.hex


def _name(arrival: Arrival) -> str:
    return arrival.name
