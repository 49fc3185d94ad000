"""`catalogue.tsv`: a plain snapshot of what is known of each work, for people without Remnant."""

from __future__ import annotations

from collections.abc import Iterator

from remnant.durable import files
from remnant.find.port import Index, Question, Sort
from remnant.give.catalogue import table
from remnant.library.cards import card_from_bytes
from remnant.library.opening import Library
from remnant.model import Reader, Shown
from remnant.shield.classes import visible_to
from remnant.shield.showing import show

NAME = "catalogue.tsv"
OWED = "catalogue-owed"
"""A note in the index: something was indexed, and the catalogue may not know of it yet."""

A_PAGE = 1000
ANYBODY = Reader("")
"""Whoever opens the folder: somebody of whom nothing is known."""


def owe(library: Library) -> None:
    """Note that a catalogue is to be written, before anything is indexed. The caller holds the index lock."""
    (library.folder.index / OWED).touch()


def is_owed(library: Library) -> bool:
    """Whether whoever indexed last was stopped before the catalogue was written."""
    return (library.folder.index / OWED).exists()


def write(library: Library, index: Index) -> None:
    """Put a new catalogue in place of the old one, whole, if it says anything else. The caller holds the index lock."""
    data = table(_cards(index))
    path = library.path / NAME
    if not path.exists() or path.read_bytes() != data:
        files.make_folder(library.folder.staging)
        files.replace(path, data, draft=library.folder.staging / f"{NAME}.part")
    (library.folder.index / OWED).unlink(missing_ok=True)


def _cards(index: Index) -> Iterator[Shown]:
    """Every work that anybody may see, by title."""
    classes, page, seen = visible_to(ANYBODY), 1, 0
    while True:
        answer = index.search(Question(classes, sort=Sort.TITLE, page=page, size=A_PAGE))
        yield from (show(card_from_bytes(hit.card).work, None, ANYBODY) for hit in answer.hits)
        page, seen = page + 1, seen + len(answer.hits)
        if seen >= answer.total or not answer.hits:
            return
