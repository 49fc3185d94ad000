"""Indexes of their own, for readers from whom something is hidden: who has one, and when it is made.

A few entries are copied at once when somebody asks; many when the index was brought up to date, or while the library
is served. Until then they are answered from the index that all share.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace

from remnant.errors import RemnantError
from remnant.find import embedded
from remnant.find.port import Eyes
from remnant.keep import pending, readers
from remnant.keep.reader_locks import LockedError
from remnant.keep.readers import ReaderFile
from remnant.library.opening import Library
from remnant.library.watching import Progress, Stage, Step, Stop, never, nobody_watches
from remnant.model import Reader
from remnant.shield.eyes import is_apart

LOCK = "apart"
"""Held while one is made, and while what was forgotten is taken out of every index."""

AT_ONCE = 100
"""Entries that whoever asks waits for."""


AGAIN = 10.0
"""Seconds after which it is tried again, where it could not be made."""


def set_apart(library: Library, eyes: Eyes) -> bool:
    """Whether these eyes have an index of their own now; one that lacks little is brought up to date first."""
    if library.index().is_apart(eyes):
        return True
    library.tended.doubt()
    if library.put_off.holds(eyes, time.monotonic()):
        return False
    made = _made(library, eyes, AT_ONCE, _different(_of_the_household(library)))
    if not made:
        library.put_off.until(eyes, time.monotonic() + AGAIN)
    return bool(made)


def keep_apart(library: Library, progress: Progress = nobody_watches, stop: Stop = never) -> None:
    """Make, or bring up to date, an index of their own for every reader here who is to have one.

    Stopped anywhere, the next call goes on. Those under a passphrase are left for when they ask. Where neither the
    index nor a reader changed since the last call, nothing is looked at; what could not be made waits a little.
    """
    with suppress(RemnantError):
        household = tuple(_of_the_household(library))
        many = tuple(map(library.seeing.eyes, household))
        now = library.index().moment(), many
        if not many or library.tended.holds(now, time.monotonic()):
            return
        made = list(_all_made(library, many, _different(household), progress, stop))
        if made == [True] * len(many):
            library.tended.done(now)
        elif None not in made:
            library.tended.put_off(now, time.monotonic() + AGAIN)


def _all_made(
    library: Library, many: Iterable[Eyes], needed: int, progress: Progress, stop: Stop
) -> Iterator[bool | None]:
    """Of each whether they have one now, as far as this came."""
    for eyes in many:
        if stop():
            yield None
            return
        yield library.index().is_apart(eyes) or _made(library, eyes, None, needed, progress, stop)


def _made(
    library: Library,
    eyes: Eyes,
    most: int | None,
    needed: int,
    progress: Progress = nobody_watches,
    stop: Stop = never,
) -> bool | None:
    """None where it was not tried to the end: stopped, or another process is at it."""

    def ends() -> bool:
        return stop() or bool(pending.being_forgotten(library.folder))

    def tell(done: int, total: int) -> None:
        progress(Step(Stage.SETTING_APART, done, total))

    with suppress(RemnantError), library.folder.writing(LOCK, "setting apart what readers may see", 0):
        if not ends():
            made = embedded.set_apart(library.folder.index, eyes, ends, most, tell, needed)
            return made or (None if ends() else False)
    return None


def _different(household: Iterable[Reader]) -> int:
    """How many of these may see something else than the others, and one more, for whoever asks besides."""
    alike: list[Reader] = []
    for reader in household:
        if (nobody := replace(reader, name="")) not in alike:
            alike.append(nobody)
    return len(alike) + 1


def _of_the_household(library: Library) -> Iterator[Reader]:
    """All who are to have one, at this device and from beyond it."""
    for name in readers.names(library.folder):
        try:
            reader = ReaderFile(library.folder, name, library.keys.get(name)).reader()
        except LockedError:
            continue
        if is_apart(reader):
            yield from (replace(reader, beyond=beyond) for beyond in (False, True))
