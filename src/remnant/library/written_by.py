"""What one person wrote: reviews, letters and mails, of a set by many hands their own rows; and their stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remnant.errors import DamageError, RefusedError
from remnant.library import every
from remnant.library.opening import Library
from remnant.model import Claim, Field, PieceKind, Reading, Work


@dataclass(frozen=True, slots=True)
class Written:
    """A work by somebody; `parts` name what of it is theirs where others wrote in it too, else they are empty."""

    work: Work
    parts: frozenset[str]


STORIES = (PieceKind.STORY, PieceKind.CHAPTER)


def written_by(library: Library, name: str) -> list[Written]:
    """Every review, letter and mail whose author is called so, or wrote from this address."""
    wanted = _folded(name)
    cards = (card.work for card in every.card(library.index(), None))
    works = [work for work in cards if work.kind not in STORIES]
    return [found for work in works if (found := _of(library, work, wanted)) is not None]


def stories_by(library: Library, name: str) -> list[Work]:
    """The stories whose author is called so."""
    wanted = _folded(name)
    cards = (card.work for card in every.card(library.index(), None))
    stories = (work for work in cards if work.kind in STORIES)
    return [work for work in stories if wanted in map(_folded, work.settled.values(Field.AUTHOR))]


def authors_of(library: Library, work: Work) -> frozenset[str]:
    """The names as they stand in the file: in the index those of reviewers are veiled."""
    reading = _reading(library, work)
    said = (claim for claim in _said(work, reading) if claim.field is Field.AUTHOR) if reading else ()
    return frozenset(name for claim in said for name in _names(claim))


def _of(library: Library, work: Work, wanted: str) -> Written | None:
    reading = _reading(library, work)
    said = list(_said(work, reading)) if reading else []
    theirs = {row for claim in said if wanted in _names(claim) for row in _rows(claim)}
    others = {row for claim in said if wanted not in _names(claim) for row in _rows(claim)}
    if reading is None or not any(wanted in _names(claim) for claim in said):
        return None
    if not others - theirs or "" in theirs:
        return Written(work, frozenset())
    return Written(work, frozenset(part.path for part in reading.parts if part.path.startswith(tuple(theirs))))


def _rows(claim: Claim) -> Iterator[str]:
    """The row of a dump that a claim stands in: all its parts begin so. Empty where it stands in no row."""
    for region in claim.evidence:
        head, slash, _ = region.part.rpartition("/")
        yield head + slash if "/review " in region.part else ""


def _said(work: Work, reading: Reading) -> Iterator[Claim]:
    pieces = work.editions[-1].pieces
    claims = (*reading.claims, *work.claims)
    return (claim for claim in claims if claim.field in (Field.AUTHOR, Field.EMAIL) and claim.piece in pieces)


def _names(claim: Claim) -> frozenset[str]:
    return frozenset(_folded(value) for value in (claim.value, claim.normalised) if value)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _reading(library: Library, work: Work) -> Reading | None:
    edition = work.editions[-1]
    try:
        return library.readings.of(edition.original, edition.pieces)
    except (RefusedError, DamageError):
        return None
