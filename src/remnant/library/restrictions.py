"""Whether somebody may only read; apart from the rest, since every command asks it first."""

from __future__ import annotations

from pathlib import Path

from remnant.keep.folder import is_library, open_folder
from remnant.keep.readers import ReaderFile
from remnant.model import ProfileKind


def is_restricted(library: Path, name: str) -> bool:
    """Whether this reader's profile only reads, as a child's and a guest's do. Cheap: no index is opened for it.

    Where there is no library, or one whose making was cut off, the command itself says so, or makes it.
    """
    if not is_library(library):
        return False
    return ReaderFile(open_folder(library), name).kind() in (ProfileKind.CHILD, ProfileKind.GUEST)
