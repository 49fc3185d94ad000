"""What is kept but not (wholly) understood, and how far the index has come."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.library.opening import Library
from remnant.model import Finding, Original, Reader, Severity


@dataclass(frozen=True, slots=True)
class Unread:
    """An original that is kept and gave no story: what it came as, and why."""

    original: Original
    name: str
    inside: tuple[str, ...]
    why: str
    again: bool
    """Whether trying again may help: a worker was stopped, not the file refused."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One finding, the original it was made in, and the works that came of it."""

    original: Original
    name: str
    works: tuple[str, ...]
    finding: Finding


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the index has come. `waiting` counts what is kept but not yet indexed."""

    originals: int
    works: int
    waiting: int
    busy: bool
    """Whether some process holds the index lock just now."""


def unread(library: Library, reader: Reader) -> tuple[Unread, ...]:
    """Every original that gave no story, by name."""
    raise NotImplementedError


def findings(
    library: Library, reader: Reader, severity: Severity | None = None, *, work: str | None = None
) -> tuple[Noted, ...]:
    """What a person should know of the files kept here, gravest first; of one work's files if `work` is given."""
    raise NotImplementedError


def index_state(library: Library) -> IndexState:
    """Cheap enough to ask on every page."""
    raise NotImplementedError
