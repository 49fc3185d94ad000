"""An even pace: how long an answer takes does not tell of what is hidden.

A word that stands only in hidden works costs the index some microseconds more than one that stands nowhere. Whoever may
ask ten thousand times could tell the two apart, so those from whom something is hidden are answered in steps.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from remnant.model import Reader, WishHow

STEP = 0.016
"""Seconds. An answer takes one step, or two, or four ...; a search in a small library takes a fraction of one."""


@contextmanager
def paced(reader: Reader) -> Iterator[None]:
    """Let the block take a whole step for readers from whom anything may be hidden; for others as long as it does."""
    if reader.is_trusted and all(wish.how is not WishHow.HIDE for wish in reader.wishes):
        yield
        return
    began = time.monotonic()
    try:
        yield
    finally:
        took, step = time.monotonic() - began, STEP
        while step < took:
            step *= 2
        time.sleep(step - took)
