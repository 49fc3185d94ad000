"""Bring the index up to what is kept: it is a function of how far each chain was seen, and of the reader version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field

from remnant.errors import BusyError
from remnant.find import embedded
from remnant.find.port import Index, IndexStale
from remnant.keep.chain import HeadLostError
from remnant.library import cataloguing, unseen
from remnant.library.growing import Growth
from remnant.library.indexed import Indexed
from remnant.library.opening import Library
from remnant.library.setting_apart import keep_apart
from remnant.library.unseen import is_ours
from remnant.library.watching import Progress, Stop, never, nobody_watches

PATIENCE = 0.25
"""Seconds to wait for the lock: whoever only asks whether it is held holds it for a moment."""


class _StoppedError(Exception):
    """Leaves a half-made index behind."""


Stale = IndexStale
"""For faces: the index turned out damaged in use. Catching up makes it again; nothing kept depends on it."""

More = Callable[[], bool]
"""Waits until there may be more to index; False when there never will be."""


@dataclass
class CaughtUp:
    """What was done. `busy`: another process is at it, and will see to whatever is waiting."""

    done: list[Indexed] = field(default_factory=list)
    stopped: bool = False
    busy: bool = False


def no_more() -> bool:
    return False


def catch_up(
    library: Library, *, more: More = no_more, progress: Progress = nobody_watches, stop: Stop = never
) -> CaughtUp:
    """Index whatever was kept or said since; make the index anew if it is missing, damaged or another version's.

    Where something is behind and nothing may be written, as `Folder.writing`.
    """
    result = CaughtUp()
    # Again after letting go: another may have kept something after our last look and found us still holding the lock.
    while not (result.busy or result.stopped) and is_behind(library):
        try:
            with library.folder.writing("index", "bringing the index up to date", PATIENCE):
                _grow(library, result, more, progress, stop)
        except BusyError:
            result.busy = True
    _set_apart(library, result, progress, stop)
    return result


def rebuild(library: Library, *, progress: Progress = nobody_watches, stop: Stop = never) -> CaughtUp:
    """Make the index again from nothing; the old one serves until the new one is whole. BusyError if one is at it."""
    result = CaughtUp()
    with library.folder.writing("index", "making the index again", PATIENCE):
        _make_again(library, result, no_more, progress, stop)
    _set_apart(library, result, progress, stop)
    return result


def is_behind(library: Library) -> bool:
    """Whether anything was kept or said that the index, or the catalogue made of it, has not seen, or it is damaged.

    Cheap.
    """
    try:
        behind = unseen.is_behind(library, library.index().heads()) or cataloguing.is_owed(library)
        return behind or embedded.is_doubted(library.folder.index)
    except (IndexStale, BusyError):
        library.let_go_of_index()
        return True
    except HeadLostError:
        return True


def _set_apart(library: Library, result: CaughtUp, progress: Progress, stop: Stop) -> None:
    """Whoever is answered apart shall not wait for it when they ask."""
    if not (result.busy or result.stopped):
        keep_apart(library, progress, stop)


def _grow(library: Library, result: CaughtUp, more: More, progress: Progress, stop: Stop) -> None:
    try:
        with _open_to_write(library) as index:
            _run(library, index, result, more, progress, stop)
    except (HeadLostError, IndexStale):
        result.done.clear()
        _make_again(library, result, more, progress, stop)


def _make_again(library: Library, result: CaughtUp, more: More, progress: Progress, stop: Stop) -> None:
    """Beside the old index, which stays if this is stopped before the new one is whole."""
    with suppress(_StoppedError), embedded.making_again(library.folder.index) as index:
        _run(library, index, result, more, progress, stop)
        if result.stopped:
            raise _StoppedError
    library.let_go_of_index()


@contextmanager
def _open_to_write(library: Library) -> Iterator[Index]:
    """The index as it is, or a new one where there is none.

    IndexStale if another version of the reader made it, or damage was met in it: it serves until a new one is whole.
    """
    try:
        index = embedded.open_to_write(library.folder.index)
    except IndexStale:
        if embedded.is_doubted(library.folder.index):
            raise
        embedded.create(library.folder.index)
        index = embedded.open_to_write(library.folder.index)
    with closing(index):
        if not is_ours(index.heads()):
            raise IndexStale("The index was made by another version of the reader.")
        yield index


def _run(library: Library, index: Index, result: CaughtUp, more: More, progress: Progress, stop: Stop) -> None:
    cataloguing.owe(library)
    growth = Growth(library, index, progress, stop)
    result.done.extend(growth.advance())
    while not stop() and more():
        result.done.extend(growth.advance())
    result.stopped = stop()
    growth.commit()
    result.done[:] = growth.standing(result.done)
    cataloguing.write(library, index)
