"""Files that hold many things, each to be read by itself."""

from __future__ import annotations

from remnant.model import Original
from remnant.understand.draft import Volume


def volume_of(original: Original, data: bytes) -> Volume | None:
    """The leaves of a container; None for a file that is one thing. Never raises."""
    return None
