"""What comes before what: in a canon's own order, in a region's, across canons that touch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from remnant.model import Canon, CanonPart, CanonSeries, PartKind, Place
from remnant.shield.canons.shelf import Canons


def part_of(canon: Canon, identity: str) -> CanonPart | None:
    """The part of this id."""
    return next((part for part in canon.parts() if part.id == identity), None)


def series_of(canon: Canon, identity: str) -> CanonSeries:
    """The series in which a part stands; KeyError if there is no such part."""
    for series in canon.series:
        if any(part.id == identity for part in series.parts):
            return series
    raise KeyError(identity)


def track_of(canon: Canon, identity: str) -> tuple[CanonPart, ...]:
    """The parts that this one stands in a row with, in order."""
    return _row(canon, *_track(series_of(canon, identity)))


def in_order(canon: Canon, region: str | None = None) -> tuple[CanonPart, ...]:
    """All parts in the canon's own order, or as they came out in a region.

    Where a region's date is not known for a part of a track, that whole track stays in its own order.
    """
    tracks = dict.fromkeys(map(_track, canon.series))
    return tuple(part for track in tracks for part in _by_region(_row(canon, *track), region))


def _track(series: CanonSeries) -> tuple[str, str]:
    """What the series of one row have in common. An extra stands in a row of its own."""
    return series.track, series.id if series.extra else ""


def _row(canon: Canon, *track: str) -> tuple[CanonPart, ...]:
    return tuple(part for series in canon.series if _track(series) == track for part in series.parts)


def _by_region(parts: tuple[CanonPart, ...], region: str | None) -> tuple[CanonPart, ...]:
    if region is None or any(region not in part.released for part in parts):
        return parts
    return tuple(sorted(parts, key=lambda part: part.released[region]))


def seen_up_to(canon: Canon, identity: str, region: str | None = None) -> tuple[str, ...]:
    """The ids of a part and of all that come before it in its row; nothing if there is no such part."""
    if part_of(canon, identity) is None:
        return ()
    row = [part.id for part in _by_region(track_of(canon, identity), region)]
    return tuple(row[: row.index(identity) + 1])


def aired(canon: Canon, region: str, on: date) -> tuple[str, ...]:
    """The parts that had come out in a region by the end of a day. One whose date is not known had not."""
    return tuple(part.id for part in canon.parts() if region in part.released and part.released[region] <= on)


def comes_before(canons: Canons, first: Place, second: Place, region: str | None = None) -> bool:
    """Whether it is sure that one part comes before the other: by the order of a row, or by where canons touch.

    False also where nobody knows.
    """
    before: set[Place] = set()
    ahead = [second]
    while ahead:
        place = ahead.pop()
        for earlier in [place, *_row_before(canons, place, region)]:
            if earlier in before:
                break
            before.add(earlier)
            ahead += [other for other in _crossed(canons, earlier) if other not in before]
    return first in before - {second}


def _row_before(canons: Canons, place: Place, region: str | None) -> Iterator[Place]:
    canon = canons.get(place.canon)
    row = seen_up_to(canon, place.part, region) if canon else ()
    return (Place(place.canon, part) for part in reversed(row[:-1]))


def _crossed(canons: Canons, place: Place) -> Iterator[Place]:
    canon = canons.get(place.canon)
    for crossing in canon.crossings if canon else ():
        if crossing.part == place.part and crossing.after is not None:
            yield crossing.after
    for other in canons:
        for crossing in other.crossings:
            if crossing.before == place:
                yield Place(other.id, crossing.part)


def label_of(canon: Canon, identity: str) -> str:
    """What to call a part before people: "Day Four (3x04)", "Goblet of Fire (book 4)"; the id if there is none such."""
    part = part_of(canon, identity)
    if part is None:
        return identity
    series = series_of(canon, identity)
    if part.kind is PartKind.EPISODE and series.number is not None:
        number = f"{series.number}x{part.number:02}"
    else:
        number = f"{part.kind} {part.number}"
    return f"{part.title} ({number})" if part.title else number
