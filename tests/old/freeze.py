"""Write a small library with the code as it is, to be kept as a fixture: `python -m tests.old.freeze NEW_FOLDER`.

Run once whenever the form of what is kept changes, before the change; what it wrote is committed and never again
touched. The index is left out: it is disposable, and made again.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.strategies.libraries import READER, library_at, shared_pool, story, ticking, zipped

from remnant.keep.folder import open_folder
from remnant.keep.readers import ReaderFile
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import Change, How, correct, undo
from remnant.library.placing import keep_place
from remnant.model import Digest, Field, Seen

HARMED = story("The Harmed", "Bea", "The tram stood in the rain.")


def freeze(place: Path) -> None:
    """All kinds of lines: promises, an arrival again, a mending, words, an undoing, torn ends, a reader's file."""
    clock = ticking()
    came = place.parent / "came"
    came.mkdir(parents=True)
    (came / "ferry.txt").write_bytes(story())
    (came / "harmed.txt").write_bytes(HARMED)
    (came / "übrig \u8d75.html").write_bytes(
        b"<html><body><h1>The Lamp</h1><p>by Ann</p><p>It went out.</p></body></html>"
    )
    zipped(came / "more.zip", {"tram.txt": story("The Tram", "Cleo", "Nobody rode it.")})
    with shared_pool() as pool, library_at(place, pool) as library:
        add(library, [came], clock=clock)
        _harm(library.shelf.path_of(Digest.of(HARMED)))
        add(library, [came / "harmed.txt"], clock=clock)
        _tear(library.folder.ledger)
        (came / "once more.txt").write_bytes(story())
        (came / "new.txt").write_bytes(story("The Bridge", "Ann", "It was closed."))
        add(library, [came / "once more.txt", came / "new.txt"], clock=clock)
        ferry = search(library, READER, "title:ferry").hits[0].work
        correct(library, "ann", ferry, [Change(Field.FANDOM, ("Harbour Lights",))], clock=clock)
        _tear(library.folder.journal)
        said = correct(library, "bob", ferry, [Change(Field.TAG, ("rain", "tea"), How.ALSO)], clock=clock)
        undo(library, "bob", ferry, said.claims[0].id, clock=clock)
        keep_place(library, READER, ferry, 2, clock=clock)
        ReaderFile(library.folder, READER.name).see("Harbour Lights", Seen("Night Two"), clock())
    shutil.rmtree(place / "index")
    shutil.rmtree(came)
    assert open_folder(place)


def _harm(path: Path) -> None:
    path.chmod(0o644)
    path.write_bytes(b"not what it was")


def _tear(chains: Path) -> None:
    with next(iter(sorted(chains.glob("*.jsonl")))).open("ab") as file:
        file.write(b'{"torn')


if __name__ == "__main__":
    freeze(Path(sys.argv[1]))
