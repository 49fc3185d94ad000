"""How much work an answer takes does not tell of what is hidden.

A word that stands only in hidden works costs an index that holds them some microseconds more than one that stands
nowhere; whoever may ask ten thousand times could tell the two apart. So those from whom something is hidden are
answered from an index of their own (`setting_apart`), and until there is one, at an even pace.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from remnant.find.port import Eyes
from remnant.library.opening import Library
from remnant.library.setting_apart import set_apart

STEP = 0.016
"""Seconds. An answer takes one step, or two, or four ...; a search in a small library takes a fraction of one."""


@contextmanager
def answering(library: Library, eyes: Eyes) -> Iterator[None]:
    """Let the block take as long as it does where an index of their own answers these eyes, and else a whole step.

    So it does where that index is first brought up to date: how long that takes is not told but by steps.
    """
    began = time.monotonic()
    apart = eyes.apart and library.index().is_apart(eyes)
    if eyes.apart and not apart:
        set_apart(library, eyes)
    try:
        yield
    finally:
        # The index may have been written meanwhile; then it answered with all that it holds.
        if not (apart and library.index().is_apart(eyes)):
            _wait(began, eyes)


@contextmanager
def paced(eyes: Eyes) -> Iterator[None]:
    """Let the block take a whole step for those from whom anything may be hidden; for others as long as it does."""
    began = time.monotonic()
    try:
        yield
    finally:
        _wait(began, eyes)


def _wait(began: float, eyes: Eyes) -> None:
    if eyes.apart:
        took, step = time.monotonic() - began, STEP
        while step < took:
            step *= 2
        time.sleep(step - took)
