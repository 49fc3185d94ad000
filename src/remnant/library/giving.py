"""Give works back: as a book, a page, plain text, a record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from remnant.give import page
from remnant.library.opening import Library
from remnant.library.watching import Progress, Stop, never, nobody_watches
from remnant.model import Reader, Shown

Form = Literal["epub", "html", "txt", "json"]
FORMS: tuple[Form, ...] = ("epub", "html", "txt", "json")


@dataclass(frozen=True, slots=True)
class Book:
    """One work in one form, ready to write or send. `name` is safe as a file name everywhere."""

    work: str
    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Passed:
    """A work that was not written, and why."""

    work: str
    why: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What was (or would be) written, what already stood there byte for byte, and what was left alone."""

    written: tuple[Path, ...]
    same: tuple[Path, ...]
    passed: tuple[Passed, ...]


def book(library: Library, reader: Reader, work: str, to: Form) -> Book:
    """One work in the form asked for; the same work gives the same bytes."""
    raise NotImplementedError


def notices(shown: Shown, address: Callable[[int], str]) -> str:
    """What stands before the story, as HTML: a face sets it before the first `stretch`. `address` as there."""
    return page.notices(shown, address)


def stretch(
    shown: Shown,
    first: int,
    last: int,
    address: Callable[[int], str],
    mark: Callable[[int], str] | None = None,
) -> str:
    """Blocks `first` to `last` of a work (both included) as HTML for a page of the web reader.

    Each block has the id `pN`, N its index in the body, so that `#pN` leads to it. `address` gives the address of any
    block of the work, on this page or another: links from a pointer to its note and back go through it. `mark` is
    markup of the face's own, set inside each story block at its end; those blocks then carry `data-story`.
    """
    return page.stretch(shown, first, last, address, mark)


def export(
    library: Library,
    reader: Reader,
    which: str,
    to: Form,
    directory: Path,
    *,
    progress: Progress = nobody_watches,
    stop: Stop = never,
    dry_run: bool = False,
) -> Exported:
    """Write the work with this id, else every work this query finds; a file there that differs is never overwritten."""
    raise NotImplementedError
