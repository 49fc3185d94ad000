"""`catalogue.tsv` and `index.html`: what is known of each work, for people without Remnant."""

from __future__ import annotations

import re
from functools import partial

from remnant.durable import files
from remnant.find.port import Index
from remnant.give.catalogue import line, table_of
from remnant.give.rescue import article
from remnant.library import every, rescuing
from remnant.library.cards import card_from_bytes
from remnant.library.opening import Library
from remnant.library.told import Telling, tellings
from remnant.model import ProfileKind, Reader

NAME = "catalogue.tsv"
OWED = "catalogue-owed"
"""A note in the index: something was indexed, and the catalogue may not know of it yet."""

KEEPER = Reader("", kind=ProfileKind.KEEPER, beyond=True)
"""Whoever opens the folder: they hold the files themselves, so nothing is kept back but what was sealed or is private.

The folder may be copied anywhere, and its catalogue with it.
"""

_ON_SHELF = re.compile(
    rb"shelf/[0-9a-f]{3}/urn%(?:25)?3aremnant%(?:25)?3a([a-z2-7]{26})/v1/content/original\.([a-z0-9]{2,5})"
)
"""Where an original lies in a library, as it is written in a page or quoted in a link."""


def owe(library: Library) -> None:
    """Note that a catalogue is to be written, before anything is indexed. The caller holds the index lock.

    Durably, unlike the index: an old catalogue may tell what somebody has wished untold since.
    """
    (library.folder.index / OWED).touch()
    files.sync_path(library.folder.index)


def is_owed(library: Library) -> bool:
    """Whether whoever indexed last was stopped before the catalogue was written."""
    return (library.folder.index / OWED).exists()


def write(library: Library, index: Index) -> None:
    """Put a new catalogue in place of the old one, whole, if it says anything else. The caller holds the index lock."""
    cards = partial(every.raw, index, library.seeing.eyes(KEEPER))
    said = tellings(library.folder.index, cards, partial(_tell, library))
    library.folder.staging.mkdir(exist_ok=True)
    rescuing.write(library, [telling.article for telling in said])
    rescuing.put(library, NAME, table_of(telling.line for telling in said))
    (library.folder.index / OWED).unlink(missing_ok=True)


def for_people(library: Library) -> dict[str, bytes]:
    """The files for people without Remnant that go into a vault beside the records, their links as packs have them."""
    paths = [library.path / NAME, *sorted(library.path.glob("index*.html"))]
    return {path.name: _ON_SHELF.sub(rb"../../originals/\1.\2", path.read_bytes()) for path in paths if path.is_file()}


def _tell(library: Library, card: bytes) -> tuple[Telling, bool]:
    shown = library.seeing.show(card_from_bytes(card).work, None, KEEPER)
    listed, whole = rescuing.listed(library, shown)
    return Telling(line(shown), article(listed)), whole
