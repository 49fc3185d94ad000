"""What the engines say when something is wrong, in our own words."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from remnant.errors import BusyError, RefusedError
from remnant.find.port import IndexStale

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE})
"""The second where there is no room for what readers of a change share."""


@contextmanager
def catalogue_sound() -> Iterator[None]:
    """Turn what SQLite raises into IndexStale, BusyError or RefusedError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _of_sqlite(error) from error


@contextmanager
def text_sound() -> Iterator[None]:
    """Turn what the text engine raises into IndexStale or BusyError."""
    try:
        yield
    except ValueError as error:
        raise _of_tantivy(error) from error
    except BaseException as error:
        # A panic in the text engine is no Exception; damaged files bring it about.
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise stale() from error


@contextmanager
def told_sound() -> Iterator[None]:
    """Turn what a value raises that cannot be read as it was written into IndexStale: SQLite keeps no checksums."""
    try:
        yield
    except (zlib.error, ValueError, TypeError, LookupError) as error:
        raise stale() from error


def _of_sqlite(error: sqlite3.Error) -> Exception:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    if code & 0xFF in _BUSY:
        return BusyError("Another process is writing the index. Nothing was changed; try again when it is done.")
    if code in _FULL:
        return RefusedError("The disk is full, so the index was not changed. What is kept is safe.")
    return stale()


def _of_tantivy(error: ValueError) -> Exception:
    if "LockBusy" in str(error):
        return BusyError("Another process is writing the index. Nothing was changed; try again when it is done.")
    return stale()


def stale() -> IndexStale:
    """What is to be said of an index in which damage was met."""
    return IndexStale("The index is damaged. It can be made again; nothing kept depends on it.")
