"""What a dialect is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remnant.model import Rule
from remnant.understand.draft import Draft
from remnant.understand.sheet import Said, Sheet


@dataclass(frozen=True, slots=True)
class Dialect:
    """A maker's habits: whether a file is of its making, and what its places say."""

    name: str
    rule: Rule
    knows: Callable[[Sheet], bool]
    say: Callable[[Sheet], Said]
    notes_apart: bool = False
    """Whether its form has places of their own for notes, so that the text is less likely to hold any."""
    parted: Callable[[Draft], Draft] | None = None
    """The draft with lines cut where the maker set furniture into them; no character is moved."""
