"""The canons this library knows: those that come with Remnant, outranked by those in its own folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as resources
from pathlib import Path

from remnant.model import Canon
from remnant.shield.canons import Canons, Problem, read

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
