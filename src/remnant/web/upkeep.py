"""While the library is open here, what others keep in it comes onto the shelf, and a lost index is made again."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Iterator

from remnant.library.indexing import catch_up, is_behind
from remnant.library.listing import index_state
from remnant.library.opening import Library
from remnant.library.setting_apart import keep_apart

log = logging.getLogger("remnant.web")

EVERY = 2.0
"""Seconds between looks."""

AT_FIRST = 1.0
"""Seconds that the start waits, so that a small library opens with nothing missing from the shelf."""


@contextlib.contextmanager
def kept_up(library: Library) -> Iterator[None]:
    """Look after the index until the end of the block."""
    end, looked = threading.Event(), threading.Event()
    keeper = threading.Thread(target=_keep_up, args=(library, end, looked), name="upkeep")
    keeper.start()
    looked.wait(AT_FIRST)
    try:
        yield
    finally:
        end.set()
        keeper.join()


def _keep_up(library: Library, end: threading.Event, looked: threading.Event) -> None:
    """Whoever adds sees to the index themselves, and faster: only what is left lying at two looks is seen to here."""
    left_lying, told = True, ""
    while not end.is_set():
        try:
            behind = is_behind(library) and not index_state(library).busy
            if behind and left_lying:
                catch_up(library, stop=end.is_set)
            if not behind:
                keep_apart(library, stop=end.is_set)
            left_lying = behind
        except Exception as error:  # noqa: BLE001 - whatever is wrong now may be right at the next look
            told = _tell(type(error).__name__, told)
        looked.set()
        end.wait(EVERY)


def _tell(trouble: str, told: str) -> str:
    """Trouble that lasts is told once."""
    if trouble != told:
        log.error("the index could not be kept up: %s", trouble)
    return trouble
