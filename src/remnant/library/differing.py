"""How one telling differs from another, as a reader may see both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from remnant.errors import RefusedError
from remnant.library.knowing import known
from remnant.library.opening import Library
from remnant.model import Body, Reader, Section, Shown
from remnant.understand.difference import Change, Row, difference
from remnant.understand.likeness import COMPARED

MOST = 3_000_000
"""Characters of either text up to which they are compared."""


_Chapters = list[tuple[str | None, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter beside the same of the other telling: what of it is the same, went, or is new."""

    title: str | None
    rows: tuple[Row, ...]

    @property
    def changed(self) -> bool:
        return any(stretch.change is not Change.SAME for row in self.rows for stretch in row)


@dataclass(frozen=True, slots=True)
class Difference:
    """From the first telling to the second, chapter by chapter."""

    first: Shown
    second: Shown
    chapters: tuple[Chapter, ...]


def differ(library: Library, reader: Reader, first: str, second: str) -> Difference:
    """The story text of both, compared; notes and headings are left out.

    RefusedError where one is veiled from this reader, or too long.
    """
    ours, theirs = known(library, reader, first), known(library, reader, second)
    if ours.body is None or theirs.body is None:
        raise RefusedError("One of them is veiled. To look at it once: remnant show WORK --open")
    one, other = _chapters(ours.body), _chapters(theirs.body)
    if max(_size(one), _size(other)) > MOST:
        raise RefusedError(f"One of them is longer than {MOST:,} characters: too much to be laid side by side.")
    rows = difference([text for _, texts in one for text in texts], [text for _, texts in other for text in texts])
    return Difference(ours, theirs, tuple(_by_chapter(rows, other)))


def _by_chapter(rows: Sequence[Row], chapters: _Chapters) -> Iterator[Chapter]:
    """The rows under the chapters of the second; what is gone stands where it stood before."""
    place = 0
    for number, (title, texts) in enumerate(chapters, 1):
        start, left = place, len(texts)
        while place < len(rows) and (left or number == len(chapters)):
            left -= any(stretch.change is not Change.GONE for stretch in rows[place])
            place += 1
        yield Chapter(title, tuple(rows[start:place]))


def _size(chapters: _Chapters) -> int:
    return sum(len(text) for _, texts in chapters for text in texts)


def _chapters(body: Body) -> _Chapters:
    """The paragraphs of each chapter that has any."""
    found = [(_title(section, number), _paragraphs(body, section)) for number, section in enumerate(body.sections, 1)]
    return [chapter for chapter in found if chapter[1]] or [(None, ())]


def _title(section: Section, number: int) -> str:
    return section.title or f"Part {number}"


def _paragraphs(body: Body, section: Section) -> tuple[str, ...]:
    blocks = body.blocks[section.first : section.last + 1]
    told = (" ".join(block.text.split()) for block in blocks if block.role in COMPARED)
    return tuple(text for text in told if text)
