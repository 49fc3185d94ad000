"""The piece of a text that best shows why it was found."""

from __future__ import annotations

from remnant.find.query import Query
from remnant.model import Snippet


def snippet(text: str, query: Query, width: int = 240) -> Snippet | None:
    """About `width` characters with most of the wanted words, hits marked; None if the text has none of them.

    Give it veiled text only: it shows what it is given.
    """
    raise NotImplementedError
