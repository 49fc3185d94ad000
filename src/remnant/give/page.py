"""A story as HTML: a fragment for the web reader, or one file that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from remnant.model import Shown


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: `number` is what `body` takes as `section`, `anchor` its id in the whole page."""

    number: int
    label: str
    anchor: str
    words: int


def contents(shown: Shown) -> tuple[Entry, ...]:
    """The sections in order, each with a label that is never empty."""
    raise NotImplementedError


def body(shown: Shown, section: int | None = None, turn: Callable[[int], str] = lambda number: "") -> str:
    """The story, or one section of it, as a clean HTML fragment; the notices stand first, always.

    The block at index n has the id `pn`. `turn` gives the address of another section's page, for a pointer that
    leads there.
    """
    raise NotImplementedError


def document(shown: Shown) -> bytes:
    """The whole story as one HTML file: no script, no network, fit for print, light and dark."""
    raise NotImplementedError


def stretch(
    shown: Shown,
    first: int,
    last: int,
    address: Callable[[int], str],
    mark: Callable[[int], str] = lambda _block: "",
) -> str:
    """Blocks `first` to `last`, both included, as the web reader shows them: a long chapter is several pages.

    As `body`, but the notices stand first only where the stretch begins the story. `address` gives the address of any
    block of the work, here or on another page; links from a pointer to its note and back go through it. `mark` is
    markup of the face's own, set inside each story block at its end; story blocks carry `data-story`.
    """
    raise NotImplementedError
