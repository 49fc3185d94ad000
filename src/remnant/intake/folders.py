"""Files and folders: walked in a settled order, only ever read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from remnant.intake.parcels import Coming, Parcel, Passed, Refusal

LITTER = frozenset({".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".localized"})
LITTER_FOLDERS = frozenset(
    {"__macosx", ".spotlight-v100", ".trashes", ".fseventsd", ".git", ".hg", ".svn", "$recycle.bin", "@eadir"}
)
"""By name only, and known ones only: a hidden file may well be a story."""

MARKER = b"0=remnant_library_"
_VAULT = b"0=remnant_vault_"


@dataclass(frozen=True, slots=True)
class Door:
    """What was named at the door, and the library's own folder, which never goes into itself."""

    kind: str
    named: Path
    own: Path | None

    def name_of(self, path: bytes) -> str:
        return os.fsdecode(os.path.relpath(path, os.fsencode(self.named.parent)))


def walk(named: Path, own: Path | None) -> Iterator[Coming]:
    """Everything below one path, in the order of its bytes. Links are not followed, but for `named` itself."""
    try:
        real = named.expanduser().resolve(strict=True)
        folder = real.is_dir()
    except (OSError, RuntimeError) as fault:
        yield Refusal(str(named), (), _cannot(fault))
        return
    door = Door("folder" if folder else "file", real, own.resolve() if own else None)
    if door.own and real.is_relative_to(door.own):
        yield Refusal(str(named), (), "This is the library itself; it is not put into itself.")
    else:
        yield from _below(door, os.fsencode(real)) if folder else [_file(door, os.fsencode(real))]


def litter(name: str) -> str | None:
    """Why something of this name is passed over, if it is."""
    *folders, last = name.replace("\\", "/").lower().split("/")
    if last in LITTER or last in LITTER_FOLDERS or last.startswith("._"):
        return "Left there by the system; holds no story."
    if any(folder in LITTER_FOLDERS for folder in folders):
        return "Left there by the system; holds no story."
    return None


def _below(door: Door, folder: bytes) -> Iterator[Coming]:
    """Depth first, without recursion: a folder may be deeper than Python's stack."""
    waiting = [folder]
    while waiting:
        found = _look(door, waiting.pop())
        if isinstance(found, list):
            waiting.extend(reversed(found))
        else:
            yield found


def _look(door: Door, path: bytes) -> Coming | list[bytes]:
    name = door.name_of(path)
    try:
        mode = os.lstat(path).st_mode
    except OSError as fault:
        return Refusal(name, (), _cannot(fault))
    if why := litter(os.path.basename(name)):
        return Passed(name, (), why)
    if stat.S_ISLNK(mode):
        return _link(door, path)
    if stat.S_ISDIR(mode):
        return _inside(door, path)
    return _file(door, path)


def _inside(door: Door, folder: bytes) -> Coming | list[bytes]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as fault:
        return Refusal(door.name_of(folder), (), _cannot(fault))
    if any(name.startswith(MARKER) for name in names):
        return _another_library(door, folder)
    if any(name.startswith(_VAULT) for name in names):
        return Refusal(door.name_of(folder), (), "A vault, a library's copy; remnant restore takes out what it keeps.")
    return [os.path.join(folder, name) for name in names]


def _file(door: Door, path: bytes) -> Coming:
    name = door.name_of(path)
    try:
        known = os.lstat(path)
    except OSError as fault:
        return Refusal(name, (), _cannot(fault))
    if not stat.S_ISREG(known.st_mode):
        return Refusal(name, (), f"Not a file but {_sort_of(known.st_mode)}; there is nothing in it to keep.")
    if not os.access(path, os.R_OK):
        return Refusal(name, (), "It may not be read (permission denied).")
    return Parcel(door.kind, name, (), known.st_size, partial(open_only_to_read, path))


def open_only_to_read(path: bytes) -> BinaryIO:
    """Open a regular file and nothing else, even if something else has taken its place since it was seen."""
    flags = os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    number = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(0, "it is no longer a file")
    return os.fdopen(number, "rb")


def _link(door: Door, path: bytes) -> Coming:
    name = door.name_of(path)
    target = Path(os.fsdecode(os.path.realpath(path)))
    if target.exists() and target.is_relative_to(door.named):
        return Passed(name, (), "A link to something that comes in under its own name.")
    return Refusal(name, (), "A link that leads outside of what was named, or nowhere. To take in its target, name it.")


def _another_library(door: Door, folder: bytes) -> Coming:
    if door.own and os.path.realpath(folder) == os.fsencode(door.own):
        return Passed(door.name_of(folder), (), "The library itself; it is not put into itself.")
    return Refusal(door.name_of(folder), (), "A Remnant library of its own; remnant join takes in what it keeps.")


def _sort_of(mode: int) -> str:
    sorts = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"))
    return next((sort for test, sort in sorts if test(mode)), "something special")


def _cannot(fault: OSError | RuntimeError) -> str:
    match fault:
        case FileNotFoundError():
            return "There is nothing of this name."
        case PermissionError():
            return "It may not be read (permission denied)."
        case OSError(strerror=str(why)):
            return f"It cannot be read ({why})."
        case _:
            return "It cannot be reached: its links go round in a circle."
