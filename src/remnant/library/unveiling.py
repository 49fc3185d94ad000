"""Opening what is veiled, on purpose: once, or for good."""

from __future__ import annotations

from dataclasses import replace

from remnant.errors import RefusedError
from remnant.library.knowing import full_id
from remnant.library.opening import Library
from remnant.library.readers import file_of
from remnant.library.watching import Clock, utc_now
from remnant.model import Reader


def once(library: Library, reader: Reader, work: str) -> Reader:
    """The same reader, to whom this work is open while this value is used; RefusedError for who may open nothing."""
    return replace(reader, opened=reader.opened | {_its_id(library, reader, work)})


def for_good(library: Library, reader: Reader, work: str, *, clock: Clock = utc_now) -> Reader:
    """Open the work for this reader from now on; the reader as they are then."""
    opened = once(library, reader, work)
    for one in opened.opened - reader.opened:
        file_of(library, reader.name).open(one, True, clock())
    return opened


def close(library: Library, reader: Reader, work: str, *, clock: Clock = utc_now) -> Reader:
    """Veil again what was opened."""
    identity = _its_id(library, reader, work)
    file_of(library, reader.name).open(identity, False, clock())
    return replace(reader, opened=reader.opened - {identity})


def _its_id(library: Library, reader: Reader, work: str) -> str:
    identity = full_id(library, reader, work)
    if not reader.is_trusted:
        raise RefusedError("This profile opens nothing. Nothing was changed.")
    return identity
