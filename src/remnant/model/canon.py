"""What a story is about, in its order: canons, their parts, and how a notice names one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class PartKind(StrEnum):
    EPISODE = "episode"
    FILM = "film"
    BOOK = "book"
    GAME = "game"
    ISSUE = "issue"
    AUDIO = "audio"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class CanonPart:
    """One episode, film, book ... `released` says when, by region (ISO 3166: GB, US), where it is known for sure."""

    id: str
    number: int
    title: str | None
    kind: PartKind
    aliases: tuple[str, ...] = ()
    released: Mapping[str, date] = field(default_factory=dict, hash=False)
    adapts: str | None = None
    """The part that told the same story first: the book of a film."""


@dataclass(frozen=True, slots=True)
class CanonSeries:
    """A run of parts: a season, the books, the films.

    Series of one track follow one another; tracks run side by side. What is `extra` (a web scene, a tie-in) is asked
    for only where it is named.
    """

    id: str
    name: str
    number: int | None
    kind: PartKind
    parts: tuple[CanonPart, ...]
    aliases: tuple[str, ...] = ()
    track: str = ""
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Arc:
    """Parts that are one story under a name of its own; ids, in order."""

    name: str
    parts: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A part of some canon."""

    canon: str
    part: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two canons touch: `part` comes after `after` of another, and before `before` of it."""

    part: str
    after: Place | None
    before: Place | None


@dataclass(frozen=True, slots=True)
class Canon:
    """The ordered parts of what stories are about."""

    id: str
    name: str
    series: tuple[CanonSeries, ...]
    aliases: tuple[str, ...] = ()
    arcs: tuple[Arc, ...] = ()
    related: tuple[str, ...] = ()
    """Ids of canons of the same world: what it was spun off from, what crosses over with it."""
    crossings: tuple[Crossing, ...] = ()
    sources: tuple[str, ...] = ()

    def parts(self) -> Iterator[CanonPart]:
        """All parts, in the order of the file."""
        return (part for series in self.series for part in series.parts)


class Relation(StrEnum):
    """What a notice says of the parts that it names."""

    UP_TO = "seen up to and including"
    CONTAINS = "contains"
    WHOLE = "whole"
    SET_AFTER = "set after"
    SET_DURING = "set during"
    SET_BEFORE = "set before"
    AU_AFTER = "au after"
    NONE = "none"


class NameKind(StrEnum):
    """How a part is named: by its number among its like, by its season and number, by a title, by its place."""

    EPISODE = "episode"
    SEASON = "season"
    BOOK = "book"
    FILM = "film"
    GAME = "game"
    ISSUE = "issue"
    CHAPTER = "chapter"
    VOLUME = "volume"
    TITLE = "title"
    FIRST = "first"
    LAST = "last"
    ALL = "all"
    AIRED = "aired"


@dataclass(frozen=True, slots=True)
class PartName:
    """A part as a notice names it: "3x04", "season 2 finale", "Exit Wounds", "seasons 1-3".

    FIRST and LAST are those of `season`, or of the whole canon. With `to` it is everything from here to there.
    `wire.part_name` gives it one text.
    """

    kind: NameKind
    season: int | None = None
    number: int | None = None
    title: str | None = None
    to: PartName | None = None
