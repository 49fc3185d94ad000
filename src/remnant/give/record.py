"""A story and everything claimed of it as JSON, for other programs."""

from __future__ import annotations

from remnant.model import Shown


def record(shown: Shown) -> bytes:
    """One JSON object, as documented in docs/formats/exports.md."""
    raise NotImplementedError
