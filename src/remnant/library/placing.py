"""The place a reader has come to in a work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from remnant.errors import RefusedError
from remnant.library.cards import card_from_bytes
from remnant.library.even_pace import paced
from remnant.library.knowing import card_of, known
from remnant.library.opening import Library
from remnant.library.readers import file_of
from remnant.library.tellings import hit_of
from remnant.library.watching import Clock, utc_now
from remnant.model import Block, Places, Reader, Region, Shown, Spot
from remnant.shield.showing import HiddenError

QUOTED, AROUND = 200, 32
"""Characters of the text at a spot, and on either side of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A spot, when it was kept, and the block of the work as shown today where it now lies (None if it is gone)."""

    spot: Spot
    at: datetime
    block: int | None


def place_of(library: Library, reader: Reader, work: str, shown: Shown | None = None) -> Place | None:
    """Where this reader left off; hand in `shown` (with its body) if it is already at hand."""
    shown = shown or known(library, reader, work)
    kept = file_of(library, reader.name).spots().get(shown.work)
    return Place(kept.spot, kept.at, _block_at(kept.spot, _blocks(shown))) if kept else None


def keep_place(
    library: Library, reader: Reader, work: str, block: int, *, shown: Shown | None = None, clock: Clock = utc_now
) -> Place:
    """Keep the reader's place at this block of the body as shown. RefusedError if there is no such block."""
    shown = shown or known(library, reader, work)
    blocks = _blocks(shown)
    if not 0 <= block < len(blocks):
        raise RefusedError(f"This work has {len(blocks)} paragraphs, and {block} is none of them. No place was kept.")
    piece = card_of(library, reader, shown.work).work.editions[-1].pieces[0]
    place = Place(_spot(shown, piece, block, blocks), clock(), block)
    file_of(library, reader.name).keep(shown.work, place.spot, place.at)
    return place


def being_read(library: Library, reader: Reader, most: int) -> tuple[Shown, ...]:
    """The last works this reader has a place in, as cards, the last kept first. What is gone or not open is left out.

    One answer, however many were begun: to look each up by itself would be a whole step for every one that is gone.
    """
    with paced(library.seeing.eyes(reader)):
        begun = reversed(list(file_of(library, reader.name).spots()))
        open_ones = (card for work in begun if (card := _open_card(library, reader, work)) is not None)
        return tuple(islice(open_ones, most))


def _open_card(library: Library, reader: Reader, work: str) -> Shown | None:
    hit = hit_of(library, reader, work)
    try:
        shown = library.seeing.show(card_from_bytes(hit.card).work, None, reader) if hit is not None else None
    except HiddenError:
        return None
    return shown if shown is not None and not shown.veiled else None


def _blocks(shown: Shown) -> tuple[Block, ...]:
    return shown.body.blocks if shown.body is not None else ()


def _spot(shown: Shown, piece: str, index: int, blocks: Sequence[Block]) -> Spot:
    """A divider drawn as a line has no text to stand on: its place is the text before and after it."""
    spans, text = blocks[index].spans, blocks[index].text
    first = spans[0].source if spans else None
    return Spot(
        original=first.original if first else shown.originals[-1],
        piece=piece,
        part=first.part if first else "",
        start=first.start if first else None,
        end=spans[-1].source.end if spans else None,
        quote=text[:QUOTED],
        before=_before(blocks, index),
        after=(text[QUOTED:] + _text(blocks[index + 1 : index + 1 + AROUND]))[:AROUND],
    )


def _block_at(spot: Spot, blocks: Sequence[Block]) -> int | None:
    """The block that stands there and says the same; else the nearest that says it; else whatever stands there."""
    there = None
    if spot.start is not None and spot.end is not None:
        there = Places(blocks).block(Region(spot.original, spot.part, "", spot.start, spot.end))
        if there is not None and _says(blocks, there, spot):
            return there
    same = [index for index in range(len(blocks)) if _says(blocks, index, spot)]
    return min(same, key=lambda index: abs(index - (there or 0)), default=there)


def _says(blocks: Sequence[Block], index: int, spot: Spot) -> bool:
    if spot.quote:
        return blocks[index].text[:QUOTED] == spot.quote
    return not blocks[index].spans and _before(blocks, index) == spot.before


def _before(blocks: Sequence[Block], index: int) -> str:
    return _text(blocks[max(0, index - AROUND) : index])[-AROUND:]


def _text(blocks: Sequence[Block]) -> str:
    return "".join(block.text for block in blocks)
