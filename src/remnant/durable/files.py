"""Writing that survives a power cut: write, sync the file, rename, sync the folder.

A sync that fails is never tried again: the system may have dropped what it could not write and call the next
sync a success. Whoever meets `SuspectVolumeError` stops writing.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from remnant.errors import SuspectVolumeError

if sys.platform == "darwin":
    import fcntl

T = TypeVar("T")

THREADS = 16
"""How many syncs wait at once: a sync is nearly all waiting, so threads buy it back."""

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL, errno.EMLINK})
_NO_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})
_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


def sync(descriptor: int) -> None:
    """Have the disk confirm what was written; SuspectVolumeError if it will not."""
    try:
        if sys.platform == "darwin":
            # There, fsync leaves the data in the drive's own cache.
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(descriptor)
    except OSError as error:
        raise SuspectVolumeError(
            f"The disk did not confirm a write ({error.strerror}). What was acknowledged before is safe. "
            "Nothing more is written; check the disk before going on."
        ) from error


def sync_path(path: Path) -> None:
    """Sync a file by its path, or a folder: the names in it.

    Some network shares cannot be asked that of a folder, and say so; its names are then as safe as the server is.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        sync(descriptor)
    except SuspectVolumeError as error:
        if not (_cannot_be_asked(error) and stat.S_ISDIR(os.fstat(descriptor).st_mode)):
            raise
    finally:
        os.close(descriptor)


def _cannot_be_asked(error: SuspectVolumeError) -> bool:
    return isinstance(error.__cause__, OSError) and error.__cause__.errno in _NO_SYNC


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte; the system may take fewer at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def write_new(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write and sync a file that must not exist yet. The caller syncs the folder."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        write_all(descriptor, data)
        sync(descriptor)
    finally:
        os.close(descriptor)


def replace(path: Path, data: bytes, *, draft: Path | None = None, mode: int = 0o666) -> None:
    """Put a whole file in place of another, or of none: readers see the old bytes or the new, even after a crash.

    The new bytes are first written to `draft`, on the same file system; by default to a hidden file beside `path`.
    Whoever names a draft holds a lock: what a killed writer left there is overwritten.
    """
    if draft is None:
        draft = path.parent / f".{secrets.token_hex(8)}.part"
    else:
        draft.unlink(missing_ok=True)
    try:
        write_new(draft, data, mode)
        os.rename(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    sync_path(path.parent)


def add_new(path: Path, data: bytes) -> None:
    """Put a whole file where nothing stands; FileExistsError if something does, were it a link that leads nowhere."""
    draft = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        write_new(draft, data)
        _link(draft, path, data)
    finally:
        draft.unlink(missing_ok=True)
    sync_path(path.parent)


def _link(draft: Path, path: Path, data: bytes) -> None:
    """A rename would take the place of what stands there, a link never does; some sticks know no links."""
    try:
        os.link(draft, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        write_new(path, data)


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Make a folder and the missing ones above it, each synced into its parent. One that exists is synced too."""
    if not path.parent.is_dir():
        make_folder(path.parent)
    if not path.is_dir():
        os.mkdir(path, mode)
    sync_path(path.parent)


def append(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Add to the end of a file and sync it. A file made by this is synced into its folder too."""
    made = not path.exists()
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, mode)
    try:
        write_all(descriptor, data)
        sync(descriptor)
    finally:
        os.close(descriptor)
    if made:
        sync_path(path.parent)


def cut(path: Path, size: int) -> None:
    """Shorten a file to `size` bytes and sync it."""
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.ftruncate(descriptor, size)
        sync(descriptor)
    finally:
        os.close(descriptor)


def exchange(one: Path, other: Path) -> None:
    """Swap two files or folders in one step; OSError where the system cannot. The caller syncs both folders."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one), None, str(other))
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one), None, str(other))


def many(jobs: Iterable[Callable[[], T]]) -> list[T]:
    """Do many slow writes at once. The first that fails is raised; those not yet begun are then left undone."""
    with ThreadPoolExecutor(THREADS, "sync") as pool:
        begun = [pool.submit(job) for job in jobs]
        try:
            return [job.result() for job in begun]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
