"""A person's words to a question. Never raises: what cannot be understood becomes a note."""

from __future__ import annotations

from remnant.find.query.tree import Query


def parse(text: str) -> Query:
    """Understand as much as can be; the notes say what was ignored and what would work."""
    raise NotImplementedError


def filter_for(field: str, value: str) -> str:
    """The words that ask for exactly this value of a field: what a facet's link adds to a question."""
    raise NotImplementedError
