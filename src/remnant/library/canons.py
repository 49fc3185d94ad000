"""The canons this library knows: those that come with Remnant, outranked by those in its own folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from pathlib import Path

from remnant.durable.files import add_new, make_folder
from remnant.errors import RefusedError
from remnant.keep.folder import open_folder
from remnant.model import Canon, PartKind, Place
from remnant.shield.canons import Canons, Problem, empty, label_of, listed, part_of, read, write

__all__ = [
    "CanonFile",
    "Canons",
    "Drawn",
    "Problem",
    "canons",
    "label_of",
    "new",
    "notes_on",
    "own_files",
    "read_file",
    "shipped",
]

FOLDER = "canons"
ENDING = ".toml"
LARGEST = 2_000_000
"""Bytes; a larger file is not read."""


@dataclass(frozen=True, slots=True)
class CanonFile:
    """A canon file of a library's own and what it holds: a canon, or what is wrong with it."""

    name: str
    found: Canon | tuple[Problem, ...]


def canons(library: Path | None) -> Canons:
    """Every canon that is known in a library folder; without one, those that come with Remnant.

    One file is a canon or it is none: what is wrong with it never keeps another from being read.
    """
    own = own_files(library) if library else ()
    return Canons.of([*shipped(), *(file.found for file in own if isinstance(file.found, Canon))])


@cache
def shipped() -> tuple[Canon, ...]:
    """The canons that come with Remnant."""
    entries = {entry.name: entry for entry in _DATA.iterdir() if entry.name.endswith(ENDING)}
    found = (read(entries[name].read_text(encoding="utf-8")) for name in sorted(entries))
    return tuple(canon for canon in found if isinstance(canon, Canon))


_DATA = resources("remnant.shield.canons") / "data"


def own_files(library: Path) -> tuple[CanonFile, ...]:
    """The files in the library's own folder, by name; those with something wrong too."""
    return tuple(_own_files(library / FOLDER))


def _own_files(folder: Path) -> Iterator[CanonFile]:
    if not folder.is_dir():
        return
    for path in sorted(folder.iterdir()):
        if path.suffix == ENDING and path.is_file() and not path.name.startswith("."):
            yield CanonFile(path.name, read_file(path))


def read_file(path: Path) -> Canon | tuple[Problem, ...]:
    """Read one file; one that cannot be read, or is no UTF-8, has a problem that says so."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        return (Problem(None, f"It cannot be read ({error.strerror}).", "Look at its name and who may read it."),)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return (Problem(line, "This is not UTF-8.", "Save the file as UTF-8 in your editor."),)
    return read(text)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A canon that was written (or would be), its file, and its text."""

    canon: Canon
    path: Path
    text: str


def new(
    library: Path, name: str, listing: str | None, kind: PartKind, region: str | None = None, *, dry_run: bool = False
) -> Drawn:
    """Write a canon file into the library's own folder, from a pasted list or with one part to begin with.

    RefusedError where the list holds none, or a file of that name is there already: it is never written over.
    """
    folder = open_folder(library)
    made = empty(name, kind) if listing is None else listed(name, listing, kind, region)
    if not isinstance(made, Canon):
        raise RefusedError(f"{made[0].message} Nothing was written. {made[0].remedy}")
    path = folder.path / FOLDER / f"{made.id}{ENDING}"
    if path.exists():
        raise RefusedError(f"{path} is there already. Nothing was changed. Edit it, or choose another name.")
    drawn = Drawn(made, path, write(made))
    if not dry_run:
        with folder.writing():
            make_folder(path.parent)
            add_new(path, drawn.text.encode("utf-8"))
    return drawn


def notes_on(canon: Canon, known: Canons) -> Iterator[str]:
    """What is not wrong in a canon, but will not do what its writer may think."""
    other = known.get(canon.id)
    if other is not None and other != canon:
        yield f"It has the id of {other.name}, and stands instead of it once it lies in a library."
    for name in (canon.name, *canon.aliases):
        if taken := [one.name for one in known.called(name) if one.id != canon.id]:
            yield f"{name!r} is also a name of {taken[0]}; a notice that says only that stays unresolved."
    for identity in canon.related:
        if known.get(identity) is None:
            yield f"It is related to {identity!r}, and no such canon is known here."
    for crossing in canon.crossings:
        for place in (crossing.after, crossing.before):
            if place is not None and _is_missing(place, known):
                yield f"A crossing names {place.canon}:{place.part}, and no such part is known here."
    if not canon.sources:
        yield "It names no source. Others will want to know where the facts are from."


def _is_missing(place: Place, known: Canons) -> bool:
    canon = known.get(place.canon)
    return canon is None or part_of(canon, place.part) is None
