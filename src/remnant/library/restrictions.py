"""Whether somebody may only read; apart from the rest, since every command asks it first."""

from __future__ import annotations

from pathlib import Path

from remnant.keep.folder import open_folder
from remnant.keep.readers import ReaderFile


def is_restricted(library: Path, name: str) -> bool:
    """Whether this reader's profile only reads, as a child's and a guest's do. Cheap: no index is opened for it."""
    return library.is_dir() and any(library.iterdir()) and not _file(library, name).reader().is_trusted


def _file(library: Path, name: str) -> ReaderFile:
    return ReaderFile(open_folder(library), name)
