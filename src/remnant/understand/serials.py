"""Stories that came in parts: "Part 2/5" goes on from "Part 1/5", wherever in the file each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from remnant.model import Claim, Field, Original, PieceKind, Reading, Section


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the head of a mail says of the part of a story in it. `date` is as exact as it is known."""

    piece: str
    sender: str
    title: str
    number: int
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
    name, number = _name(alone), _number(alone)
    if name is None or number is None:
        return None
    told, sent = _said(alone, Field.CHAPTER), _said(alone, Field.PUBLISHED)
    total = told.detail.get("total") if told else None
    date = (sent.normalised or "") if sent else ""
    return Numbered(key, *name, number, total if isinstance(total, int) else None, date)


@dataclass(frozen=True, slots=True)
class _Part:
    """One numbered part of a story: where it stands among the readings, and which part it is."""

    at: int
    number: int


def path_of(number: int, original: Original) -> str:
    """What a further part is called in a bundle of mails that were kept as files of their own."""
    return f"part {number:03} {original.digest.short}"


def chained(readings: Sequence[Reading]) -> list[Reading]:
    """The readings in their order, each numbered part saying which piece it continues.

    Parts belong together if one sender gave them one title. Of two that bear one number the later stands alone: it
    may be another telling, and nothing is thrown away.
    """
    found = list(readings)
    for parts in _serials(readings).values():
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


def _serials(readings: Sequence[Reading]) -> dict[tuple[str, str], list[_Part]]:
    """The numbered parts of each story, by number; a number that comes again is left out."""
    found: defaultdict[tuple[str, str], dict[int, _Part]] = defaultdict(dict)
    for at, reading in enumerate(readings):
        if (name := _name(reading)) is not None and (number := _number(reading)) is not None:
            found[name].setdefault(number, _Part(at, number))
    return {name: [parts[number] for number in sorted(parts)] for name, parts in found.items()}


def _name(reading: Reading) -> tuple[str, str] | None:
    """Who sent it and what they called it; None if it is no story or has no name."""
    if len(reading.pieces) != 1 or reading.pieces[0].kind not in (PieceKind.STORY, PieceKind.CHAPTER):
        return None
    title, sender = _said(reading, Field.TITLE), _said(reading, Field.EMAIL) or _said(reading, Field.AUTHOR)
    if title is None or title.value is None or sender is None or sender.value is None:
        return None
    return " ".join(sender.value.split()).casefold(), " ".join(title.value.split()).casefold()


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
