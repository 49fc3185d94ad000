"""`catalogue.tsv` and `index.html`: what is known of each work, for people without Remnant."""

from __future__ import annotations

from collections.abc import Iterator

from remnant.durable import files
from remnant.find.port import Index, Question, Sort
from remnant.give.catalogue import table
from remnant.library import rescuing
from remnant.library.cards import card_from_bytes
from remnant.library.opening import Library
from remnant.model import ProfileKind, Reader, Shown

NAME = "catalogue.tsv"
OWED = "catalogue-owed"
"""A note in the index: something was indexed, and the catalogue may not know of it yet."""

A_PAGE = 1000
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
    data = table(cards)
    path = library.path / NAME
    files.make_folder(library.folder.staging)
    rescuing.write(library, cards)
    if not path.exists() or path.read_bytes() != data:
        files.replace(path, data, draft=library.folder.staging / f"{NAME}.part")
    (library.folder.index / OWED).unlink(missing_ok=True)


def _cards(library: Library, index: Index) -> Iterator[Shown]:
    """Every work that its keeper may see, by title."""
    eyes, page, seen = library.seeing.eyes(KEEPER), 1, 0
    while True:
        answer = index.search(Question(eyes, sort=Sort.TITLE, page=page, size=A_PAGE))
        yield from (library.seeing.show(card_from_bytes(hit.card).work, None, KEEPER) for hit in answer.hits)
        page, seen = page + 1, seen + len(answer.hits)
        if seen >= answer.total or not answer.hits:
            return
