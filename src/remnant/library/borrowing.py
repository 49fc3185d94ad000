"""Files looked at where they stand, for whoever keeps nothing of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from remnant.intake.doors import from_paths
from remnant.intake.parcels import Parcel, Passed, Refusal
from remnant.library.pool import Job, Stopped
from remnant.library.readings import READ_UP_TO
from remnant.library.watching import Stop
from remnant.model import Arrival, Digest, Original
from remnant.wire.canonical import Json


@dataclass(frozen=True, slots=True)
class Borrowed:
    """A file as it stands; `data` is None where it is too large to be read. `open` before the next is asked for."""

    name: str
    inside: tuple[str, ...]
    original: Original
    data: bytes | None
    open: Callable[[], BinaryIO]

    def arrival(self, at: datetime) -> Arrival:
        """How it would arrive, if it were kept."""
        return Arrival(self.original, "folder", self.name, at, self.inside)

    def question(self, head: Json) -> Job | Stopped:
        if self.data is None:
            return Stopped(f"it is larger than {READ_UP_TO >> 20} MiB", again=False)
        return Job(head, self.data)


def borrow(paths: Iterable[Path], stop: Stop, own: Path | None = None) -> Iterator[Borrowed | Refusal | Passed]:
    """Everything the doors would let in, in their order, read but not kept."""
    for coming in from_paths(paths, stop=stop, own=own):
        yield _borrowed(coming) if isinstance(coming, Parcel) else coming


def _borrowed(parcel: Parcel) -> Borrowed | Refusal:
    try:
        with parcel.open() as file:
            original, data = _read(file)
    except OSError as fault:
        return Refusal(parcel.name, parcel.inside, f"It cannot be read ({fault.strerror or fault}).")
    return Borrowed(parcel.name, parcel.inside, original, data, parcel.open)


def _read(file: BinaryIO) -> tuple[Original, bytes | None]:
    data = file.read(READ_UP_TO + 1)
    if len(data) <= READ_UP_TO:
        return Original(Digest.of(data), len(data)), data
    hashed, size = hashlib.sha512(data), len(data)
    while piece := file.read(1 << 20):
        hashed.update(piece)
        size += len(piece)
    return Original(Digest(hashed.hexdigest()), size), None
