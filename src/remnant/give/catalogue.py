"""The catalogue as a table: what is known of each work, for people without Remnant."""

from __future__ import annotations

from collections.abc import Iterable

from remnant.model import Shown


def table(cards: Iterable[Shown]) -> bytes:
    """Tab-separated values with a heading line, one work a line, in the order given."""
    raise NotImplementedError
