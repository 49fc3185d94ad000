"""What lists in an archive say that there should be, held against what came."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from remnant.library.bundles.places import Container
from remnant.library.bundles.shelved import is_book
from remnant.library.parts_told import listed
from remnant.model import Arrival
from remnant.wire.canonical import Json

_Place = tuple[Container, str]

_MESSAGE = re.compile(r"(\d{1,9})(?:_raw)?\.json")


def missing(lists: Mapping[Arrival, Json], arrivals: Sequence[Arrival]) -> Iterator[tuple[str, str]]:
    """The name of each list that has something which is not here, and what."""
    there = {(one.inside, _composed(one.name)) for one in arrivals}
    for one, told in lists.items():
        for place, path in sorted(_wanted(one, told).items()):
            if place not in there:
                yield one.name, f"A file that it lists is not here: {path}."
    yield from _messages(lists, arrivals)


def unlisted(lists: Mapping[Arrival, Json], arrivals: Sequence[Arrival]) -> list[str]:
    """Books that stand below a list and are not in it."""
    below: dict[_Place, str] = {}
    known: set[_Place] = set()
    for one, told in lists.items():
        known |= _wanted(one, told).keys()
        stem = one.name.rpartition("/")[0]
        for book in arrivals:
            if book.inside == one.inside and is_book(book) and book.name.startswith(f"{stem}/" if stem else ""):
                below[book.inside, _composed(book.name)] = book.name
    return [below[place] for place in sorted(below.keys() - known)]


def _wanted(one: Arrival, told: Json) -> dict[_Place, str]:
    stem = one.name.rpartition("/")[0]
    return {(one.inside, _composed(f"{stem}/{path}".lstrip("/"))): path for path in told["files"]}


def _messages(lists: Mapping[Arrival, Json], arrivals: Sequence[Arrival]) -> Iterator[tuple[str, str]]:
    """Messages of a group that stand in no file of their own, wherever in the group's folder."""
    wanted: defaultdict[_Place, set[int]] = defaultdict(set)
    for one, told in lists.items():
        if told["messages"]:
            wanted[_group(one)].update(told["messages"])
    if not wanted:
        return
    found: defaultdict[_Place, set[int]] = defaultdict(set)
    for one in arrivals:
        numbered = _MESSAGE.fullmatch(one.name.rpartition("/")[2])
        if numbered and one not in lists:
            found[_group(one)].add(int(numbered[1]))
    for group in sorted(wanted):
        if lacking := sorted(wanted[group] - found[group]):
            yield group[1] or "the group", _said(lacking)


def _said(lacking: Sequence[int]) -> str:
    if len(lacking) == 1:
        return f"A message that the group had is not here: {lacking[0]}."
    return f"{len(lacking):,} messages that the group had are not here: {listed(lacking)}."


def _group(one: Arrival) -> _Place:
    """The folder above the one that it stands in: mails, threads and lists have folders of their own."""
    return one.inside, one.name.rpartition("/")[0].rpartition("/")[0]


def lists_at(lists: Iterable[tuple[Json, Sequence[Arrival]]]) -> dict[Arrival, Json]:
    """Each list at each place where it stands."""
    return {arrival: told for told, arrivals in lists for arrival in arrivals}


def _composed(name: str) -> str:
    """File systems write accents in two ways."""
    return unicodedata.normalize("NFC", name)
