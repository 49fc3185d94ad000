"""How long a file may take to be understood: what every file may, and more for what an archive holds."""

from __future__ import annotations

A_SECOND = 256 * 2**10
"""Bytes for which a file is given a processor's second more: half of what is read in one on a slow machine."""


def seconds_for(size: int, seconds: int) -> int:
    """Processor seconds for a file of so many bytes, given what a small one may take."""
    return seconds + size // A_SECOND
