"""Give works back: as a book, a page, plain text, a record."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from remnant.durable import files
from remnant.errors import DamageError, RefusedError, RemnantError
from remnant.give import epub, page, plain, record
from remnant.give.names import file_name, veiled
from remnant.keep import exports as laid_out
from remnant.library.asking import Answer, Count, search
from remnant.library.knowing import card_of, full_id, known
from remnant.library.opening import Library
from remnant.library.watching import Clock, Progress, Stage, Step, Stop, never, nobody_watches, utc_now
from remnant.model import Digest, Reader, Shown, WorkWish

Form = Literal["epub", "html", "txt", "json"]
FORMS: tuple[Form, ...] = ("epub", "html", "txt", "json")

A_PAGE = 500

_ID = re.compile(r"[a-z2-7]{2,16}")
_FORMS: dict[Form, tuple[str, str, Callable[[Shown], bytes]]] = {
    "epub": ("application/epub+zip", ".epub", epub.book),
    "html": ("text/html; charset=utf-8", ".html", page.document),
    "txt": ("text/plain; charset=utf-8", ".txt", plain.text),
    "json": ("application/json", ".json", record.record),
}


@dataclass(frozen=True, slots=True)
class Book:
    """One work in one form, ready to write or send. `name` is safe as a file name everywhere."""

    work: str
    name: str
    media_type: str
    data: bytes
    originals: tuple[Digest, ...] = ()


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
    notes: tuple[str, ...] = ()
    """What of the question was ignored: more may have been found than was meant."""


def book(library: Library, reader: Reader, work: str, to: Form) -> Book:
    """One work in the form asked for; the same work gives the same bytes.

    RefusedError for a work that is wished private: a book goes where nobody knows.
    """
    if WorkWish.PRIVATE in card_of(library, reader, work).work.wishes:
        raise RefusedError(
            "It is wished private: nothing of it leaves this device. "
            f"remnant wish {work} private --undo takes the wish back."
        )
    shown = known(library, replace(reader, beyond=True), work)
    if shown.veiled:
        raise RefusedError(f"{' '.join(shown.why)} It is given away only once you have opened it.")
    return _bound(shown, to)


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


def where(path: Path) -> str:
    """Where an export was written, for whoever is to delete it: what a wish hides is not said by the file's name."""
    return str(path.with_name(veiled(path.name)))


def export(
    library: Library,
    reader: Reader,
    which: str,
    to: Form,
    directory: Path,
    *,
    progress: Progress = nobody_watches,
    stop: Stop = never,
    clock: Clock = utc_now,
    dry_run: bool = False,
) -> Exported:
    """Write the work with this id, else every work this query finds; a file there that differs is never overwritten.

    A work that cannot be had just now is passed, with the reason, and stops no other. RefusedError for a place inside
    the library: what lies there is its own.
    """
    if directory.resolve().is_relative_to(library.path.resolve()):
        raise RefusedError(f"{directory} is inside the library. Nothing was written; choose a folder outside it.")
    works, notes = which_works(library, reader, which)
    shelf = _Table(directory, dry_run)
    for number, work in enumerate(works):
        if stop():
            break
        shelf.lay(library, reader, work, to)
        progress(Step(Stage.EXPORTING, number + 1, len(works)))
    notes += _remembered(library, shelf.laid, clock) if not dry_run else ()
    return Exported(tuple(shelf.written), tuple(shelf.same), tuple(shelf.passed), notes)


def _remembered(library: Library, laid: Iterable[laid_out.Exported], clock: Clock) -> tuple[str, ...]:
    """Write down where the files lie, so that a wish to forget finds them; what may not be written stops no export."""
    try:
        laid_out.Exports(library.folder).remember(laid, clock())
    except RemnantError:
        return ("Where these files lie could not be written down here: a wish to forget will not find them.",)
    return ()


def _bound(shown: Shown, to: Form) -> Book:
    media_type, suffix, make = _FORMS[to]
    return Book(shown.work, file_name(shown, suffix), media_type, make(shown), shown.originals)


def which_works(
    library: Library, reader: Reader, which: str, *, letters: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The works, and notes on the question. A word that is the start of ids is an id; all else is a question."""
    if _ID.fullmatch(which.lower()) and library.index().resolve(which.lower(), library.seeing.eyes(reader)):
        return (full_id(library, reader, which),), ()

    def page(number: int) -> Answer:
        return search(library, reader, which, sort="title", page=number, size=A_PAGE, facets=False, letters=letters)

    first = page(1)
    rest = map(page, range(2, first.pages + 1))
    works = tuple(hit.work for answer in (first, *rest) for hit in answer.hits if not hit.veiled)
    return works, (*first.notes, *_left_aside(first.aside), *_left_veiled(first.veiled))


def _left_aside(aside: tuple[Count, ...]) -> tuple[str, ...]:
    """A remark on what matched and is no story."""
    return tuple(
        f"{count.works:,} of the kind {count.value} not among them; they are asked for with kind:{count.value}."
        for count in aside
    )


def _left_veiled(works: int) -> tuple[str, ...]:
    """A remark on what is veiled where all works were asked for."""
    if not works:
        return ()
    return (f"{'1 work is' if works == 1 else f'{works:,} works are'} veiled and not among them.",)


class _Table:
    """A folder that books are laid in, none over another."""

    def __init__(self, directory: Path, dry_run: bool) -> None:
        self.written: list[Path] = []
        self.same: list[Path] = []
        self.passed: list[Passed] = []
        self.laid: list[laid_out.Exported] = []
        self._directory = directory
        self._dry_run = dry_run

    def lay(self, library: Library, reader: Reader, work: str, to: Form) -> None:
        try:
            made = book(library, reader, work, to)
        except (RefusedError, DamageError) as trouble:
            self.passed.append(Passed(work, str(trouble)))
            return
        self._put(made, self._directory / made.name)

    def _put(self, made: Book, path: Path) -> None:
        if not self._taken(path, made.data):
            self.written.append(path)
            self.laid.append(laid_out.Exported(made.work, made.originals, path.absolute(), Digest.of(made.data)))
        elif path.is_file() and path.read_bytes() == made.data:
            self.same.append(path)
        else:
            self.passed.append(Passed(made.work, f"{path} is there already and differs. It was left as it is."))

    def _taken(self, path: Path, data: bytes) -> bool:
        """Whether something stands there, if only a link that leads nowhere; else the book is laid there now."""
        if self._dry_run or os.path.lexists(path):
            return os.path.lexists(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            files.add_new(path, data)
        except OSError as fault:
            if os.path.lexists(path):
                return True
            raise RefusedError(
                f"{path} cannot be written ({fault.strerror}). What was written before stands."
            ) from None
        return False
