"""Libraries and what is put into them, for tests of the shelves."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from hypothesis import strategies as st

from remnant.keep.folder import Folder, create
from remnant.keep.heeding import Unreadable
from remnant.keep.sealing import Kept, Sealing, seal
from remnant.model import Arrival

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def now() -> datetime:
    return NOW


def library(path: Path) -> Folder:
    return create(path / "library", NOW)


def sealing(data: bytes, name: str = "story.txt", door: str = "file") -> Sealing:
    return Sealing(partial(io.BytesIO, data), partial(Arrival, door=door, name=name, at=NOW))


def put(folder: Folder, *many: bytes) -> list[Kept | Unreadable]:
    return put_all(folder, map(sealing, many))


def put_all(folder: Folder, sealings: Iterable[Sealing], batch: int = 256) -> list[Kept | Unreadable]:
    return list(seal(folder, sealings, now, batch=batch))


def no_sync(_descriptor: int) -> None:
    """Stands in for `files.sync` where no power fails: a disk is slow to confirm."""


def files_of(root: Path) -> dict[str, bytes]:
    """Every file under a folder, by path."""
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


contents = st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode())
file_names = st.text(st.characters(exclude_categories=[]), max_size=60) | st.sampled_from(
    [
        "a.txt",
        "B.HTML",
        "naïve café.epub",
        "赵.md",
        "x.exe",
        "../../etc/passwd",
        "a\nb.txt",
        "\udcff.htm",
        "",
        ".txt",
        "zip",
    ]
)
