"""What says whose an index is, and where its present data lies.

The stamp is the one file that is replaced; the data stands in a folder of its own that the stamp names. So a new
index is made beside the old, and every reader goes from one to the other between two questions.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import tantivy

from remnant.durable.files import replace
from remnant.find import words
from remnant.find.port import IndexStale

SCHEMA = 4
"""Raised whenever what the index holds, or how, changes."""

_NAME = "stamp.json"
_DATA = "data-"

Mark = tuple[int, int, int]
"""What tells one stamp file from the next without reading it."""

NOWHERE: Mark = (0, 0, 0)
"""The mark where no stamp stands."""


@dataclass(frozen=True, slots=True)
class Stamp:
    data: Path
    mark: Mark


def read(folder: Path) -> Stamp:
    """The stamp if it is ours; IndexStale for any other, for garbage and for none."""
    mark = mark_of(folder)
    try:
        said = json.loads((folder / _NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        raise IndexStale("There is no index here. It can be made again; nothing kept depends on it.") from None
    data = said.pop("data", None) if isinstance(said, dict) else None
    if not isinstance(data, str) or said != _ours() or Path(data).name != data:
        raise IndexStale("The index was made by another version. It can be made again; nothing is lost.")
    return Stamp(folder / data, mark)


def mark_of(folder: Path) -> Mark:
    """The mark of the stamp that stands there now."""
    try:
        status = os.stat(folder / _NAME)
    except OSError:
        return NOWHERE
    return status.st_ino, status.st_mtime_ns, status.st_size


def new_data(folder: Path) -> Path:
    """A new empty folder for data, which no stamp names yet."""
    data = folder / f"{_DATA}{secrets.token_hex(6)}"
    data.mkdir(parents=True)
    return data


def write(folder: Path, data: Path) -> None:
    """Make this the present data, and drop all other."""
    replace(folder / _NAME, json.dumps(_ours() | {"data": data.name}, sort_keys=True).encode())
    for other in folder.glob(f"{_DATA}*"):
        if other != data:
            shutil.rmtree(other, ignore_errors=True)


def _ours() -> dict[str, int | str]:
    return {
        "remnant_index": SCHEMA,
        "words": words.VERSION,
        "unicode": unicodedata.unidata_version,
        "tantivy": tantivy.tantivy.__version__,
        "order": sys.byteorder,
    }
