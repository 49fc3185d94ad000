"""The database at the top of a calibre library: which books it lists, and which files it says stand below it."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.errors import RefusedError
from remnant.understand.draft import Draft, Volume
from remnant.understand.findings import finding
from remnant.unpack.sqlite import Tables, is_sqlite

FORMAT = "application/vnd.calibre"


@dataclass(frozen=True, slots=True)
class Listed:
    """What such a database lists: how many books, and their files by path below its own folder."""

    books: int
    files: tuple[str, ...]


def listed(data: bytes) -> Listed | None:
    """None for whatever is no such database, or is too harmed to be read. What it says of each book, calibre keeps
    beside the book as well, and it is read there."""
    if not is_sqlite(data):
        return None
    tables = Tables(data)
    try:
        folders = {number: path for number, path in tables.rows("books", "id", "path") if isinstance(path, str)}
        forms = list(tables.rows("data", "book", "format", "name"))
    except RefusedError:
        return None
    found = (
        f"{folders[book]}/{name}.{form.lower()}"
        for book, form, name in forms
        if book in folders and isinstance(form, str) and isinstance(name, str)
    )
    return Listed(len(folders), tuple(sorted(set(found))))


def volume(data: bytes) -> Volume | None:
    """Nothing to read in it by itself; None if it is no such database."""
    told = listed(data)
    if told is None:
        return None
    return Volume((), Draft(FORMAT, (), (), (), (), (finding("C005", count=told.books, files=len(told.files)),)))
