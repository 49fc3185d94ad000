"""`catalogue.tsv` and `index.html`: what is known of each work, for people without Remnant."""

from __future__ import annotations

from collections.abc import Iterator

from remnant.durable import files
from remnant.find.port import Index
from remnant.give.catalogue import table
from remnant.library import every, rescuing
from remnant.library.opening import Library
from remnant.model import ProfileKind, Reader, Shown

NAME = "catalogue.tsv"
OWED = "catalogue-owed"
"""A note in the index: something was indexed, and the catalogue may not know of it yet."""

KEEPER = Reader("", kind=ProfileKind.KEEPER, beyond=True)
"""Whoever opens the folder: they hold the files themselves, so nothing is kept back but what was sealed or is private.

The folder may be copied anywhere, and its catalogue with it.
"""


def owe(library: Library) -> None:
    """Note that a catalogue is to be written, before anything is indexed. The caller holds the index lock."""
    (library.folder.index / OWED).touch()


def is_owed(library: Library) -> bool:
    """Whether whoever indexed last was stopped before the catalogue was written."""
    return (library.folder.index / OWED).exists()


def write(library: Library, index: Index) -> None:
    """Put a new catalogue in place of the old one, whole, if it says anything else. The caller holds the index lock."""
    cards = tuple(_cards(library, index))
    files.make_folder(library.folder.staging)
    rescuing.write(library, cards)
    rescuing.put(library, NAME, table(cards))
    (library.folder.index / OWED).unlink(missing_ok=True)


def _cards(library: Library, index: Index) -> Iterator[Shown]:
    """Every work that its keeper may see, by title."""
    for card in every.card(index, library.seeing.eyes(KEEPER)):
        yield library.seeing.show(card.work, None, KEEPER)
