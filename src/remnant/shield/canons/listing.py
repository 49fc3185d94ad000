"""From a list as people paste it, of episodes, films or books, to a canon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from remnant.model import Canon, CanonPart, CanonSeries, PartKind
from remnant.shield.canons.building import MOST_PARTS
from remnant.shield.canons.naming import LONGEST, fold
from remnant.shield.canons.reading import Problem

LONGEST_LIST = 1_000_000


def listed(name: str, text: str, kind: PartKind, region: str | None = None) -> Canon | tuple[Problem, ...]:
    """Read a list, a part a line; "Season 2" or "2x01" begins a season. Days are kept if it is said of which region.

    Lines copied out of a table are read too: the title stands in quotation marks there, the day in a cell of its own.
    """
    if not fold(name):
        return (Problem(None, f"{name[:60]!r} is no name.", "Give the canon's name: `remnant canon new Torchwood`."),)
    if len(text) > LONGEST_LIST:
        return (Problem(None, f"The list has {len(text):,} characters.", f"At most {LONGEST_LIST:,} are read."),)
    rows = list(_rows(text))
    if not rows:
        return (Problem(None, "There is no part in this list.", "Give one part a line: 1x01 Everything Changes"),)
    if len(rows) > MOST_PARTS:
        return (Problem(None, f"There are {len(rows):,} parts.", f"A canon has {MOST_PARTS:,} at most; divide it."),)
    identity = fold(name).replace(" ", "-").encode("ascii", "ignore").decode()[:60].strip("-") or "canon"
    return Canon(identity, name.strip()[:LONGEST], tuple(_series(rows, kind, region)))


def empty(name: str, kind: PartKind) -> Canon | tuple[Problem, ...]:
    """A canon to begin with: one part, to be written over."""
    return listed(name, "1x01 Title of the first\n" if kind is PartKind.EPISODE else "1. Title of the first\n", kind)


@dataclass(frozen=True, slots=True)
class _Row:
    """A part as a line gives it."""

    season: int | None
    number: int | None
    title: str
    day: date | None


_HEADING = re.compile(
    r"\W{0,4}(?:season|series|staffel|saison|temporada)\s{1,3}(?P<number>\d{1,3}|one|two|three|four|five|six|seven|eight|nine"
    r"|ten|eleven|twelve)\b(?P<rest>.{0,60})",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"\W{0,3}(?:s(?P<s>\d{1,3})\s?e(?P<e>\d{1,4})|(?P<x>\d{1,3})x(?P<n>\d{1,4})|(?P<p>\d{1,3})\.(?P<q>\d\d))(?!\d)"
    r"[\s:.)–—-]{0,5}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W{0,3}(?P<number>\d{1,4})(?:[.):]\s{0,4}|\s{1,4}[-–—]\s{1,4}|\t|\s{2,4})")
_QUOTED = re.compile(r"[\"“„](?P<title>[^\"“”„\n]{1,200})[\"”“]")
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"),
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?\s(?P<name>[A-Za-z]{3,9})\.?,?\s(?P<year>\d{4})"),
    re.compile(r"(?P<name>[A-Za-z]{3,9})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>\d{4})"),
)
_EDGE = " \t\r\xa0,;:-–—|•*()[]"


def _rows(text: str) -> Iterator[_Row]:
    season: int | None = None
    for line in text.splitlines():
        line = line[: 2 * LONGEST]
        heading = _HEADING.match(line)
        if heading and not _QUOTED.search(line):
            season = int(fold(heading["number"]))
        elif row := _row(line, season):
            season = row.season if row.season is not None else season
            yield row


def _row(line: str, season: int | None) -> _Row | None:
    day, line = _without_day(line)
    number: int | None = None
    if code := _CODE.match(line):
        season, number = (int(said) for said in code.groups() if said is not None)
        line = line[code.end() :]
    elif first := _NUMBER.match(line):
        number, line = int(first["number"]), line[first.end() :]
        if again := _NUMBER.match(line):
            # A table numbers the episodes over all, then within the season.
            number, line = int(again["number"]), line[again.end() :]
    quoted = _QUOTED.search(line)
    title = (quoted["title"] if quoted else line.split("\t")[0]).strip(_EDGE)
    return _Row(season, number, title[:LONGEST], day) if fold(title) else None


def _without_day(line: str) -> tuple[date | None, str]:
    for shape in _DAYS:
        found = shape.search(line)
        day = _day(found.groupdict()) if found else None
        if found and day:
            return day, line[: found.start()] + line[found.end() :]
    return None, line


def _day(said: dict[str, str]) -> date | None:
    try:
        month = int(said["month"]) if "month" in said else _month(said["name"])
        return date(int(said["year"]), month, int(said["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(name.lower()):
            return number
    raise ValueError(name)


def _series(rows: list[_Row], kind: PartKind, region: str | None) -> Iterator[CanonSeries]:
    plain = kind is not PartKind.EPISODE
    seasons = [None if plain else row.season or 1 for row in rows]
    for season in dict.fromkeys(seasons):
        own = [row for row, said in zip(rows, seasons, strict=True) if said == season]
        identity = str(season) if season is not None else kind.value
        name = f"Series {season}" if season is not None else f"{kind.value}s".capitalize()
        yield CanonSeries(identity, name, season, kind, tuple(_parts(own, identity, kind, region)))


def _parts(rows: list[_Row], series: str, kind: PartKind, region: str | None) -> Iterator[CanonPart]:
    before = _numbered_over_all(rows)
    taken: set[int] = set()
    for row in rows:
        said = None if row.number is None else row.number - before
        number = said if said is not None and said not in taken else max(taken, default=0) + 1
        taken.add(number)
        released = {region: row.day} if region and row.day else {}
        yield CanonPart(f"{series}.{number}", number, row.title, kind, released=released)


def _numbered_over_all(rows: list[_Row]) -> int:
    """How many came before, where a later season goes on counting."""
    numbers = [row.number for row in rows]
    first = numbers[0]
    going_on = first is not None and numbers == [*range(first, first + len(numbers))]
    return first - 1 if going_on and first is not None and first > 1 else 0
