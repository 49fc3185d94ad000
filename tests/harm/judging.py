"""What is wrong with a library that was found after something went wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tests.strategies.keep import NOW, library, put

from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder, open_folder
from remnant.keep.journal import Arrived, Journal
from remnant.keep.ledger import Ledger
from remnant.keep.readers import ReaderFile
from remnant.keep.shelf import Shelf
from remnant.model import NOTHING_SEEN, Arrival, Digest, Original, Seen

OTHER = Original(Digest.of(b"other"), 5)
"""Promised by some, and not on the shelf yet."""


KNOWN = frozenset({Digest.of(b"harmed"), OTHER.digest})
"""Harmed or not there from the first."""


def arrived(name: str) -> Arrived:
    """An act for the journal."""
    return Arrived(Arrival(Original(Digest.of(b"one"), 3), "file", name, NOW))


def prepared(path: Path) -> Folder:
    """A library of two originals, one of them damaged."""
    path.mkdir(exist_ok=True)
    folder = library(path)
    put(folder, b"one", b"harmed")
    original = Shelf(folder).path_of(Digest.of(b"harmed"))
    original.chmod(0o644)
    original.write_bytes(b"hermed")
    return folder


def complaints_of(folder: Folder, words: list[object], known: frozenset[Digest] = KNOWN) -> list[str]:
    """What is wrong with a library found after a crash, before anybody mends it; of these it is `known`."""
    found = []
    shelf, ledger = Shelf(folder), Ledger(folder)
    acts = [entry.act for entry in Journal(folder).acts()]
    for word in words:
        match word:
            case Digest():
                if word not in ledger.promised() or shelf.check(word).harms:
                    found.append(f"an acknowledged original is lost: {word.short}")
            case Original():
                if word.digest not in ledger.promised():
                    found.append("a promise is lost")
            case bytes():
                if not any(word in path.read_bytes() for path in folder.path.rglob("*") if path.is_file()):
                    found.append("torn bytes are gone")
            case str():
                if (ReaderFile(folder, "ada").reader().seen.get("Torchwood", NOTHING_SEEN).up_to or "") < word:
                    found.append(f"a reader's word is lost: {word}")
            case _:
                if word not in acts:
                    found.append("an act is lost")
    if not any(path.read_bytes() == b"hermed" for path in _originals(folder)):
        found.append("the damaged bytes are gone too")
    return found + _half_made(folder, known)


def _originals(folder: Folder) -> Iterator[Path]:
    """Wherever they lie. A walk, for `rglob` takes five times as long, and this is asked of every state of a disk."""
    for above, _, names in os.walk(folder.path):
        if "original.txt" in names:
            yield Path(above, "original.txt")


def _half_made(folder: Folder, known: frozenset[Digest]) -> list[str]:
    harms = [verdict for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
    empty = [path for path in folder.shelf.glob("???") if not any(path.iterdir())]
    strays = [place for place in Shelf(folder).places() if "urn" not in place]
    damaged = [f"harm: {harm.what}" for harm in harms if harm.digest not in known and "last lines" not in harm.what]
    return damaged + [f"stray: {path}" for path in [*empty, *strays]]


def after_going_on(folder: Folder) -> list[str]:
    """What is wrong once the next adder has been at it, as they will be."""
    put(folder, b"four", b"harmed", b"other")
    Journal(folder).append([arrived("z.txt")], NOW)
    ReaderFile(folder, "ada").see("Torchwood", Seen("Day 9"), NOW)
    verdicts = list(Audit(open_folder(folder.path)).verdicts())
    told = [verdict.what for verdict in verdicts if verdict.grade is Grade.HARM or "promised" in verdict.what]
    return [*told, *map(str, folder.staging.iterdir())]
