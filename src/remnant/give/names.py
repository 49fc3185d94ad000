"""What to call a file that is given back."""

from __future__ import annotations

from remnant.model import Shown


def file_name(shown: Shown, suffix: str) -> str:
    """A name of at most 100 bytes that every file system takes and no other work has; `suffix` is like `.epub`."""
    raise NotImplementedError
