"""From staging to the shelf: exactly one of many writers places an object, and what stands there is looked at first."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from pathlib import Path

from remnant.durable import files
from remnant.errors import RefusedError
from remnant.keep import ocfl
from remnant.keep.folder import Folder
from remnant.keep.ledger import Event
from remnant.keep.objects import Staged, build, examine
from remnant.model import Arrival, Digest

_TAKEN = frozenset({errno.ENOTEMPTY, errno.EEXIST})
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


class How(StrEnum):
    """`NEW` to the shelf; `KEPT` before and found whole; `MENDED`: it is back, where a damaged one or none stood."""

    NEW = "new"
    KEPT = "kept"
    MENDED = "mended"


@dataclass(frozen=True, slots=True)
class Placed:
    """How staged bytes came to stand on the shelf, and how they first arrived.

    Of mended ones, `harms` were found, and the damaged copy lies in the library's `aside` under this name.
    """

    how: How
    first: Arrival
    aside: str | None = None
    harms: tuple[str, ...] = ()


def mended_event(digest: Digest, placed: Placed, source: Mapping[str, object] | None = None) -> Event:
    """What the ledger says of an original that is back; `source` if it came out of a vault."""
    aside = {"aside": placed.aside} if placed.aside else {}
    return Event("mended", digest, {**aside, "harms": list(placed.harms), **(source or {})})


def was_lost(placed: Placed) -> Placed:
    """It was promised, and did not stand on the shelf any more."""
    return replace(placed, how=How.MENDED, harms=("the object was missing",))


def place_many(folder: Folder, coming: Sequence[tuple[Staged, Arrival]]) -> list[Placed]:
    """Place staged bytes, many at once; when this returns, a power cut will not take them.

    Of equal bytes, the first in order is placed, and the others find it there.
    """
    leads = {staged.identity: at for at, (staged, _) in reversed(list(enumerate(coming)))}
    leading = sorted(leads.values())
    following = sorted(set(range(len(coming))) - set(leading))
    done: dict[int, Placed] = {}
    for wave in (leading, following):
        done |= zip(wave, files.many(partial(_place, folder, *coming[at]) for at in wave), strict=True)
    placed = [done[at] for at in range(len(coming))]
    # Also above those that stood there before: whoever placed them may not have come to this yet.
    sync_above(folder, [staged.identity for staged, _ in coming])
    return placed


def sync_above(folder: Folder, identities: Sequence[str]) -> None:
    """Sync the folders that objects stand in, and the shelf."""
    above = {(folder.shelf / ocfl.place_of(identity)).parent for identity in identities}
    if above:
        files.many(partial(files.sync_path, path) for path in sorted(above | {folder.shelf}))


def _place(folder: Folder, staged: Staged, arrival: Arrival) -> Placed:
    home = folder.shelf / ocfl.place_of(staged.identity)
    try:
        if not os.path.lexists(home) and _moved_in(staged, build(staged, arrival, folder.replica), home):
            return Placed(How.NEW, arrival)
        return _stands(home, staged, arrival) or _mend(folder, home, staged, arrival)
    finally:
        staged.discard()


def _moved_in(staged: Staged, built: Path, home: Path) -> bool:
    """Whether we were the first to bring this object to its place."""
    if not home.parent.is_dir():
        # With its folder in one step: OCFL knows no empty folders, so none may be seen.
        files.sync_path(built.parent)
        if _renamed(built.parent, home.parent):
            return True
    if _renamed(built, home):
        return True
    staged.take_back(built)
    return False


def _renamed(source: Path, target: Path) -> bool:
    try:
        os.rename(source, target)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True


def _stands(home: Path, staged: Staged, arrival: Arrival) -> Placed | None:
    """What stands there already, if it is whole: a copy is looked at before it is trusted."""
    found = examine(home, staged.identity)
    if found.original not in (None, staged.original):
        raise RefusedError(
            f"Original {staged.original.digest.short} cannot be kept: its short name is taken by other bytes. "
            "Nothing was changed."
        )
    return None if found.harms else Placed(How.KEPT, found.arrival or arrival)


def _mend(folder: Folder, home: Path, staged: Staged, arrival: Arrival) -> Placed:
    with folder.lock("shelf", "putting a good copy in the place of a damaged one"):
        stands = _stands(home, staged, arrival)
        if stands is not None:
            return stands
        found = examine(home, staged.identity)
        first = found.arrival or arrival
        files.make_folder(folder.aside)
        aside = folder.aside / f"{home.name}-{secrets.token_hex(4)}"
        _swap(build(staged, first, folder.replica), home, aside)
        return Placed(How.MENDED, first, aside.name, found.harms)


def _swap(built: Path, home: Path, aside: Path) -> None:
    """Put the good object in place and the damaged one aside, in one step where the system can.

    The caller syncs the place.
    """
    os.rename(built, aside)
    try:
        files.exchange(aside, home)
    except OSError as error:
        if error.errno not in _NO_EXCHANGE:
            raise
        _swap_in_steps(home, aside)
    files.sync_path(aside.parent)


def _swap_in_steps(home: Path, aside: Path) -> None:
    damaged = aside.with_name(f"{aside.name}.damaged")
    os.rename(home, damaged)
    os.rename(aside, home)
    os.rename(damaged, aside)
