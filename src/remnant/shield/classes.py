"""Which works may be found at all: a work has one class, a reader may see some."""

from __future__ import annotations

from remnant.model import Reader, Work

OPEN = "open"


def class_of(work: Work) -> str:
    """The shield class a work is indexed with; for now every work is open."""
    return OPEN


def visible_to(reader: Reader) -> frozenset[str]:
    """The classes this reader may find; every question to the index carries them."""
    return frozenset({OPEN})
