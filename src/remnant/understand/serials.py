"""Stories that came in parts: "Part 2/5" goes on from "Part 1/5", wherever in the file each stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from remnant.model import Claim, Field, Original, PieceKind, Reading, Section
from remnant.understand.postings import names_of, tellings, together


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the head of a mail says of the part of a story in it. `date` is as exact as it is known.

    A post of several parts has them all up to `through`. `names` are who sent it, under each of their names, and what
    they called it; parts of one story share one.
    """

    piece: str
    names: tuple[tuple[str, str], ...]
    title: str
    number: int
    through: int
    total: int | None
    date: str


def numbered(reading: Reading) -> tuple[Numbered, ...]:
    """Which parts of a story its pieces are, as far as the heads of their mails say so."""
    found = (_numbered_piece(reading, piece.key) for piece in reading.pieces)
    return tuple(one for one in found if one is not None)


def _numbered_piece(reading: Reading, key: str) -> Numbered | None:
    alone = replace(
        reading,
        pieces=tuple(piece for piece in reading.pieces if piece.key == key),
        claims=tuple(claim for claim in reading.claims if claim.piece == key),
    )
    names, number = _names(alone), _number(alone)
    if not names or number is None:
        return None
    told = _said(alone, Field.CHAPTER)
    total, last = (told.detail.get("total"), told.detail.get("through")) if told else (None, None)
    through = last if isinstance(last, int) else number
    return Numbered(key, names, _title(alone), number, through, total if isinstance(total, int) else None, _date(alone))


@dataclass(frozen=True, slots=True)
class _Part:
    """One numbered part of a story: when it was posted, which part it is, and where it stands among the readings."""

    date: str
    number: int
    at: int
    file: str = ""


_PATH = re.compile(r"parts [0-9a-f]{12}")


def path_of(original: Original) -> str:
    """What a file with further parts is called in a bundle of mails."""
    return f"parts {original.digest.short}"


def is_posted(paths: Iterable[str]) -> bool:
    """Whether these are the paths of what stands beside the first part of a posted story."""
    found = list(paths)
    return bool(found) and all(_PATH.fullmatch(path) for path in found)


def chained(readings: Sequence[Reading]) -> list[Reading]:
    """The readings in their order, each numbered part saying which piece it continues.

    Parts belong together if one sender gave them one title. What bears a number that was there before is of another
    telling, and nothing is thrown away.
    """
    found = list(readings)
    for parts in _serials(readings):
        for before, part in pairwise(parts):
            found[part.at] = _continuing(readings[part.at], readings[before.at].pieces[0].key)
        for part in parts if len(parts) > 1 else ():
            found[part.at] = _numbered(found[part.at], part.number)
    return found


def stories(readings: Sequence[Reading]) -> list[list[Reading]]:
    """The chained readings grouped by story, in the order of their first pieces. Each has one piece at most."""
    after = {piece.continues: reading for reading in readings for piece in reading.pieces if piece.continues}
    firsts = [reading for reading in readings if not any(piece.continues for piece in reading.pieces)]
    return [list(_from(reading, after)) for reading in firsts]


def _from(reading: Reading | None, after: Mapping[str, Reading]) -> Iterator[Reading]:
    while reading is not None:
        yield reading
        reading = after.get(reading.pieces[0].key) if reading.pieces else None


def _serials(readings: Sequence[Reading]) -> Iterator[list[_Part]]:
    """The numbered parts of each telling, by number."""
    known = [
        (at, names, number)
        for at, reading in enumerate(readings)
        if (names := _names(reading)) and (number := _number(reading)) is not None
    ]
    for group in together([names for _, names, _ in known]):
        parts = (_Part(_date(readings[known[place][0]]), known[place][2], known[place][0]) for place in group)
        yield from tellings(sorted(parts, key=lambda part: (part.date, part.number, part.at)))


def _names(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Who sent it and what they called it; nothing if it is no story or has no name."""
    if len(reading.pieces) != 1 or reading.pieces[0].kind not in (PieceKind.STORY, PieceKind.CHAPTER):
        return ()
    address, author = _said(reading, Field.EMAIL), _said(reading, Field.AUTHOR)
    return names_of(address.value if address else None, author.value if author else None, _title(reading))


def _title(reading: Reading) -> str:
    told = _said(reading, Field.TITLE)
    return " ".join((told.value if told and told.value else "").split())


def _date(reading: Reading) -> str:
    sent = _said(reading, Field.PUBLISHED)
    return (sent.normalised or "") if sent else ""


def _number(reading: Reading) -> int | None:
    told = _said(reading, Field.CHAPTER)
    number = told.detail.get("number") if told else None
    return number if isinstance(number, int) else None


def _said(reading: Reading, field: Field) -> Claim | None:
    """What the envelope says, not the letter."""
    return next((c for c in reading.claims if c.field is field and getattr(c.witness, "name", "") == "envelope"), None)


def _continuing(reading: Reading, key: str) -> Reading:
    return replace(reading, pieces=(replace(reading.pieces[0], continues=key),))


def _numbered(reading: Reading, number: int) -> Reading:
    """A part is a chapter; its number stands on its only section, if nothing in the text gave it another."""
    pieces = tuple(replace(piece, kind=PieceKind.CHAPTER) for piece in reading.pieces)
    match reading.sections:
        case (Section(title=None, number=None) as only,):
            return replace(reading, pieces=pieces, sections=(replace(only, number=number),))
    return replace(reading, pieces=pieces)
