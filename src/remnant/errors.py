"""What can stop an operation, drawn as a tree. Trouble in a story is a finding, never an error.

Each message says what happened, what is safe and what to do; each kind has the exit code of the command line.
"""

from __future__ import annotations

from typing import ClassVar


class RemnantError(Exception):
    """Something stopped an operation."""

    exit_code: ClassVar[int] = 70


class UsageError(RemnantError):
    """The question itself cannot be understood."""

    exit_code = 2


class RefusedError(RemnantError):
    """The library will not do this, and says why."""

    exit_code = 3


class NotFoundError(RefusedError):
    """Nothing here has this name, as far as whoever asks may know."""


class TooLargeError(RefusedError):
    """Hostile or huge input went over a stated limit."""


class NewerFormatError(RefusedError):
    """The library was written by a newer Remnant; it opens read-only."""


class DamageError(RemnantError):
    """What is kept no longer matches its promise; nothing damaged was handed out."""

    exit_code = 4


class SuspectVolumeError(DamageError):
    """The disk refused to confirm a write; nothing more is written to it."""


class BusyError(RemnantError):
    """Another process holds what this one needs."""

    exit_code = 5


class InterruptedByUser(RemnantError):  # noqa: N818 - a person's wish, not a fault
    """Ctrl-C. What was acknowledged is kept."""

    exit_code = 130
