"""The doors: whatever is named, one parcel after the other, in a settled order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from remnant.intake.archives import contents, looks_like_archive
from remnant.intake.folders import walk
from remnant.intake.parcels import Coming, Parcel
from remnant.unpack.archive import ZipLimits

AT_THE_DOOR = ZipLimits(member_bytes=2 * 2**30)
"""What is too large to be read is still kept, so a member may be larger here than where it is read."""


def from_paths(
    paths: Iterable[Path],
    limits: ZipLimits = AT_THE_DOOR,
    stop: Callable[[], bool] = lambda: False,
    own: Path | None = None,
) -> Iterator[Coming]:
    """Everything in files, folders and zip archives. What stands there is only ever read.

    A container comes before what was in it. A member of an archive is to be read before the next is asked for.
    `own` is the library's folder, which never goes into itself. Once `stop` says so, nothing more comes.
    """
    for coming in _all(paths, limits, own):
        if stop():
            return
        yield coming


def _all(paths: Iterable[Path], limits: ZipLimits, own: Path | None) -> Iterator[Coming]:
    for path in paths:
        for coming in walk(path, own):
            yield coming
            if isinstance(coming, Parcel) and _opens(coming):
                yield from contents(coming, limits)


def _opens(parcel: Parcel) -> bool:
    try:
        with parcel.open() as file:
            return looks_like_archive(parcel.name, file)
    except OSError:
        return False
