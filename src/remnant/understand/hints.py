"""Cheap looks before dear ones: a few letters that must stand in a line if a pattern is to be found in it."""

from __future__ import annotations

from collections.abc import Iterable


def holds_any(lowered: str, hints: Iterable[str]) -> bool:
    """Whether one of these stands in a text. A loop, since a generator costs more than each search in it."""
    for hint in hints:  # noqa: SIM110
        if hint in lowered:
            return True
    return False
