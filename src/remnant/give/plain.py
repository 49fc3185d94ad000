"""A story as plain text that any program can open."""

from __future__ import annotations

from remnant.model import Shown


def text(shown: Shown) -> bytes:
    """UTF-8, one line a paragraph, the notices first."""
    raise NotImplementedError
