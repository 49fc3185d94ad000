"""A catalogue for reading apps (OPDS): what a feed holds, and what it says of a work before anybody opens it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from remnant.give.clean import fit
from remnant.give.fields import UNKNOWN_LANGUAGE, language, length, one_line, values
from remnant.give.markup import headed
from remnant.model import Field, Notice, Shown

ACQUISITION = "http://opds-spec.org/acquisition"
FACET = "http://opds-spec.org/facet"
NEWEST = "http://opds-spec.org/sort/new"
SUBSECTION = "subsection"

BOOKS = (
    ("epub", "application/epub+zip", "EPUB"),
    ("html", "text/html", "Web page"),
    ("txt", "text/plain", "Plain text"),
)
"""The forms a work can be had in: what the address says, the media type, what a person reads; the best first."""

NOBODY_SAID = "Author not stated"
"""Atom wants an author of every entry, and without one an entry would be by whoever made the feed."""

UNSAYABLE = "(nothing that can be shown)"
"""The title of a value that is nothing but control characters: neither form takes an empty one."""

LONGEST_TEXT = 4_000
"""Characters of a summary, and of each warning; all of it stands in the book."""

MOST_WARNINGS = 12
MOST_VALUES = 40
"""Warnings told one by one, and subjects; both are whole in the book."""

SUBJECTS = (Field.FANDOM, Field.RELATIONSHIP, Field.CHARACTER, Field.RATING, Field.GENRE, Field.CATEGORY, Field.TAG)

_FEEDS = uuid.uuid5(uuid.NAMESPACE_URL, "urn:remnant:feed")
_ENTRIES = uuid.uuid5(uuid.NAMESPACE_URL, "urn:remnant:entry")
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: to works, or to further ways."""

    title: str
    address: str
    to_works: bool = True
    says: str = ""
    works: int | None = None
    rel: str = SUBSECTION


@dataclass(frozen=True, slots=True)
class Facet:
    """One value that a list of works can be narrowed to or put in order by; of a group, one at most is `on`."""

    group: str
    title: str
    address: str
    works: int | None = None
    on: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """Where in a long list this is. `ways` lead to its other pages: (`next`, address)."""

    total: int | None
    size: int
    page: int
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """The address that a question is put behind, and that of the description of how (OpenSearch)."""

    asks: str
    described: str


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a work's own entry stands, and where it can be had in a form."""

    entry: Callable[[str], str]
    book: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Feed:
    """A list of ways or of works. `name` never changes for what is listed: the feed's id is made of it.

    `at` is its own address, `start` that of the whole catalogue, `up` of what it was come from.
    """

    name: str
    title: str
    at: str
    start: str
    addresses: Addresses
    search: Search
    up: str | None = None
    says: str = ""
    updated: datetime | None = None
    ways: tuple[Way, ...] = ()
    works: tuple[Shown, ...] = ()
    lists_works: bool = False
    facets: tuple[Facet, ...] = ()
    pages: Pages | None = None

    @property
    def id(self) -> str:
        return feed_id(self.name)

    @property
    def changed(self) -> datetime:
        """The newest thing in it; never now."""
        return max((work.since for work in self.works), default=self.updated or _LONG_AGO)


def feed_id(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_FEEDS, name)}"


def entry_id(shown: Shown) -> str:
    """The same for ever, whatever becomes known of the work; another name than the book's own."""
    return f"urn:uuid:{uuid.uuid5(_ENTRIES, shown.work)}"


def open_only(shown: Shown) -> Shown:
    """The work, if it may be offered. ValueError for a veiled one: nothing of it is to be had."""
    if shown.veiled:
        raise ValueError("A veiled work is not offered to a reading app.")
    return shown


def told(shown: Shown) -> str:
    """What stands under the title: the author's warnings first, in their words, then the summary, then the facts."""
    parts = ["\n".join(_before(shown)), *map(_short, values(shown, Field.SUMMARY)), _facts(shown)]
    return "\n\n".join(part for part in parts if part)


def titled(text: str) -> str:
    """The name of a feed, a way or a facet as it may stand in either form."""
    return one_line(text) or UNSAYABLE


def authors(shown: Shown) -> tuple[str, ...]:
    return values(shown, Field.AUTHOR)[:MOST_VALUES]


def series(shown: Shown) -> tuple[str, ...]:
    return values(shown, Field.SERIES)[:MOST_VALUES]


def tongue(shown: Shown) -> str | None:
    """Its language as a tag, if somebody named it."""
    named = language(shown)
    return None if named == UNKNOWN_LANGUAGE else named


def issued(shown: Shown) -> str | None:
    """When it was first published, as far as that is a date: a year, a month or a day."""
    return next((value for value in values(shown, Field.PUBLISHED) if _is_date(value)), None)


def subjects(shown: Shown) -> Iterator[tuple[Field, str]]:
    """What it is of and about, each once."""
    found = ((field, value) for field in SUBJECTS for value in values(shown, field))
    for number, one in enumerate(dict.fromkeys(found)):
        if number < MOST_VALUES:
            yield one


def _before(shown: Shown) -> Iterator[str]:
    """What stands before the story. What may itself tell of it is only counted: it stands in the book."""
    warnings = [notice for notice in shown.notices if notice.kind is not Field.RATING]
    early = [notice for notice in warnings if not notice.late]
    yield from map(_warning, early[:MOST_WARNINGS])
    if (more := len(early) - MOST_WARNINGS) > 0:
        yield f"And {more} more, which stand before the story."
    if late := sum(notice.late for notice in warnings):
        stand = "One more warning stands" if late == 1 else f"{late} more warnings stand"
        yield f"{stand} before it in the book, and may tell of the story."
    yield from map(one_line, shown.signs)
    yield from (f"It may contain: {one_line(notice.text)}. Nobody says so." for notice in shown.perhaps)


def _warning(notice: Notice) -> str:
    return _short(f"{headed(notice)} {fit(notice.text)}".strip())


def _facts(shown: Shown) -> str:
    rated = (f"Rated {rating}" for rating in values(shown, Field.RATING))
    return " · ".join([*rated, length(shown), *values(shown, Field.STATUS)])


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rstrip()} …"


def _is_date(text: str) -> bool:
    parts = text.split("-")
    sizes = [len(part) for part in parts if part.isascii() and part.isdigit()]
    return len(sizes) == len(parts) and sizes in ([4], [4, 2], [4, 2, 2])
