"""One hash-chained file of JSON lines."""

from __future__ import annotations

from collections.abc import Mapping

from remnant.errors import DamageError

Heads = Mapping[str, str]
"""How far each chain was seen: a replica's name to an opaque word."""


class HeadLostError(DamageError):
    """A chain no longer reaches a line that was seen in it."""
