"""A book in a calibre library: a folder "Title (12)" with the book, what calibre knows of it, and its cover.

The book is the anchor, so a work keeps its name whatever the library's owner changes around it. Of several forms of one
book the one that keeps most of a story comes first; it is handed the others, and says whether they tell the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.library.bundles.places import Home, Places, age, last_of
from remnant.model import Arrival

MOST_OF_A_BOOK = 500
"""Files of one book, in all forms and versions; a folder that holds more is no book's."""

RECORD, COVER, LIST = "metadata.opf", "cover.jpg", "metadata.db"

FORMS = (
    *("epub", "kepub", "azw3", "mobi", "azw", "prc", "docx", "odt", "fb2", "html", "htm", "xhtml"),
    *("htmlz", "zip", "rtf", "md", "txt", "pdf", "doc"),
)
"""Endings of books; of one book in several forms the first of these speaks for all."""

_FOLDER = re.compile(r"(?:.*/)?[^/]* \((?P<number>\d{1,9})\)", re.DOTALL)
_PACKED = (".zip", ".htmlz", ".txtz")
"""As calibre keeps a saved page with its pictures: opened at the door, so the page arrives in it."""
_PAGE = re.compile(r"[^/]+\.(?:x?html?|txt)", re.IGNORECASE)


def home_in_library(arrival: Arrival) -> Home | None:
    """The folder of the book that this is of, if its place looks like one."""
    container, name = arrival.inside, arrival.name
    if container and container[-1].lower().endswith(_PACKED) and _PAGE.fullmatch(name):
        container, name = container[:-1], container[-1]
    folder, slash, _ = name.rpartition("/")
    return (container, folder) if slash and _FOLDER.fullmatch(folder) else None


def is_book(arrival: Arrival) -> bool:
    """Whether it stands where calibre puts a book, under a name that a book would have."""
    return _form(arrival) is not None and home_in_library(arrival) is not None


class Shelved:
    """Books by the endings of their names, in folders with a number."""

    called = "a book of a calibre library"

    def may_be_anchor(self, arrival: Arrival) -> bool:
        return is_book(arrival)

    def may_be_companion(self, arrival: Arrival) -> bool:
        known = last_of(arrival) in (RECORD, COVER) or _form(arrival) is not None
        return known and home_in_library(arrival) is not None

    def place_of(self, companion: Arrival) -> object:
        return home_in_library(companion)

    def around(self, anchor: Arrival, places: Places) -> Iterator[tuple[str, Arrival]]:
        """What calibre wrote of the book; for the form that speaks for all, the others too."""
        home = home_in_library(anchor)
        standing = places.at(home) if home else []
        together = sorted(standing, key=age, reverse=True) if len(standing) <= MOST_OF_A_BOOK else []
        records = [one for one in together if last_of(one) in (RECORD, COVER)]
        if home is None or not any(last_of(one) == RECORD for one in records):
            return
        found = _FOLDER.fullmatch(home[1])
        root = f"calibre {found['number'] if found else ''}"
        taken = {last_of(one): one for one in reversed(records)}
        books = [one for one in together if _form(one) is not None]
        if min(books, key=_preferred).original == anchor.original:
            others = (one for one in reversed(books) if _form(one) != _form(anchor))
            taken |= {f"book.{_form(one)}": one for one in others}
        for name in sorted(taken, key=lambda name: (name != RECORD, name)):
            yield f"{root}/{name}", taken[name]

    def anchors_of(self, companion: Arrival, places: Places) -> Iterator[Arrival]:
        """Every form of the book: when another comes, the one that spoke for all may no longer do."""
        home = home_in_library(companion)
        if home is not None:
            yield from (one for one in places.at(home) if _form(one) is not None)


def _form(arrival: Arrival) -> str | None:
    ending = last_of(arrival).rpartition(".")[2].lower()
    return ending if ending in FORMS else None


def _preferred(book: Arrival) -> int:
    """Of equals the first counts, and newer ones stand before older."""
    return FORMS.index(_form(book) or FORMS[-1])


CALIBRE = Shelved()
