"""`index.html`: the library for whoever has no Remnant, only a browser and these files."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from remnant.durable import files
from remnant.errors import DamageError
from remnant.give.rescue import PER_PAGE, Link, Listed, page, page_name, pages_for
from remnant.keep.shelf import Shelf
from remnant.library.opening import Library
from remnant.model import Digest, Field, Shown, WorkWish
from remnant.unpack import mbox

_PAGE = re.compile(r"index-[0-9]+\.html")
_HOLDS_MORE = frozenset({"mbox", "eml", "sql", "warc", "zip", "tar", "gz"})
"""Files that hold other people's addresses, or more than one work: named, and not opened with a click."""
_HEAD = 1024
_WITHHELD = "The file itself holds its author's name, which is wished withheld; it is not linked."


def write(library: Library, articles: Sequence[str]) -> None:
    """Put new pages in place of the old, those that differ; the caller holds the index lock."""
    pages = pages_for(len(articles))
    for number in range(1, pages + 1):
        here = articles[(number - 1) * PER_PAGE : number * PER_PAGE]
        put(library, page_name(number), page(here, number, pages, len(articles)))
    for name in os.listdir(library.path):
        if _PAGE.fullmatch(name) and int(name[6:-5]) > pages:
            (library.path / name).unlink()


def listed(library: Library, shown: Shown) -> tuple[Listed, bool]:
    """A work with the links to its originals, and whether all of these were found."""
    if WorkWish.WITHHOLD_NAME in shown.fields.get(Field.WISH, ()):
        return Listed(shown, (Link("", None, "", _WITHHELD),)), True
    links = [_link(library.shelf, library.path, digest) for digest in shown.originals]
    return Listed(shown, tuple(link for link in links if link is not None)), None not in links


def _link(shelf: Shelf, root: Path, digest: Digest) -> Link | None:
    try:
        path = shelf.path_of(digest)
        holds_more = path.suffix[1:] in _HOLDS_MORE or is_mailbox(path)
    except (DamageError, OSError):
        return None
    place = path.relative_to(root).as_posix()
    if holds_more:
        return Link(place, None, path.suffix[1:], f"It stands, beside other things, in the file {place}")
    return Link(place, quote(place), path.suffix[1:])


def is_mailbox(path: Path) -> bool:
    """By how it begins, whatever it is called."""
    with path.open("rb") as file:
        return mbox.is_mbox(file.read(_HEAD))


def put(library: Library, name: str, data: bytes) -> None:
    """Put a file in place of the old one, whole, if it says anything else."""
    path = library.path / name
    if not path.exists() or path.read_bytes() != data:
        files.replace(path, data, draft=library.folder.staging / f"{name}.part")
