"""The catalogue and the pages for people, written anew once something else is to be told in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.harm.recording import is_packing
from tests.harm.scenes.scene import Scene
from tests.harm.tape import Tape
from tests.strategies.keep import NOW, library

from remnant.give.catalogue import table_of
from remnant.give.rescue import page
from remnant.library import cataloguing
from remnant.library.opening import open_library
from remnant.library.told import Telling

OLD = {"catalogue.tsv": b"work\tlabel\n1\tUntold since\n", "index.html": b"<p>Untold since</p>"}
NEW = Telling("2\tTold since\n", "<article>Told since</article>")
TOLD = {"catalogue.tsv": table_of([NEW.line]), "index.html": page([NEW.article], 1, 1, 1)}


@dataclass(frozen=True, slots=True)
class Indexed:
    """A word: the index tells of it now. From then on nobody would ask again, were it not for the note."""


def _with_old(place: Path) -> None:
    folder = library(place)
    for name, data in OLD.items():
        (folder.path / name).write_bytes(data)


def _write(place: Path, said: object) -> None:
    with pytest.MonkeyPatch.context() as patch, open_library(place / "library", NOW) as opened:
        patch.setattr(cataloguing, "tellings", lambda *_: [NEW])
        cataloguing.owe(opened)
        if isinstance(said, Tape):
            said.acknowledge(Indexed())
        cataloguing.write(opened, opened)  # type: ignore[arg-type]


def _wrong(place: Path, words: list[object]) -> list[str]:
    folder = place / "library"
    there = {name: (folder / name).read_bytes() for name in OLD}
    torn = [f"{name} is torn" for name, data in there.items() if data not in (OLD[name], TOLD[name])]
    owed = (folder / "index" / cataloguing.OWED).exists()
    return torn + ["what is told is old, and nobody knows"] * (Indexed() in words and not owed and there != TOLD)


def _after(place: Path) -> list[str]:
    _write(place, None)
    return _wrong(place, [Indexed()])


FEW = {"catalogue": Scene(_with_old, _write, _wrong, _after, is_packing)}
"""All their states are few enough for every day."""
