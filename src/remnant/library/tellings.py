"""The tellings of one story as a reader may know of them: one stands on the shelf, the others behind it."""

from __future__ import annotations

from dataclasses import dataclass

from remnant.find.port import Hit
from remnant.library.cards import Card, card_from_bytes
from remnant.library.opening import Library
from remnant.model import Reader, Shown
from remnant.shield.showing import HiddenError


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling, as a card. `first`: it is the one that stands on the shelf, and that a search finds."""

    shown: Shown
    first: bool


def tellings(library: Library, reader: Reader, work: str) -> tuple[Telling, ...]:
    """All tellings of the story that this work is of, the first of them first; none where it is the only one."""
    library.sayings.catch_up()
    group = sorted(library.sayings.kin().of(work))
    hits = (hit_of(library, reader, one) for one in group) if len(group) > 1 else ()
    cards = [card_from_bytes(hit.card) for hit in hits if hit is not None]
    cards.sort(key=lambda card: card.standing.behind is not None)
    shown = (Telling(library.seeing.show(card.work, None, reader), card.standing.behind is None) for card in cards)
    return tuple(shown) if len(cards) > 1 else ()


def hit_of(library: Library, reader: Reader, work: str) -> Hit | None:
    """The work if this reader may know of it, though it stand behind another."""
    index, eyes = library.index(), library.seeing.eyes(reader)
    found = index.get(work, eyes)
    if found is not None:
        return found
    hit = index.get(work, None)
    return hit if hit is not None and _may_know(library, reader, card_from_bytes(hit.card)) else None


def behind(library: Library, reader: Reader, start: str) -> tuple[str, ...]:
    """The ids that begin so of works which stand behind others, as far as this reader may know of them."""
    found = library.index().resolve(start, None)
    return tuple(work for work in found if hit_of(library, reader, work) is not None)


def _may_know(library: Library, reader: Reader, card: Card) -> bool:
    """Of a telling behind another it is asked whether the other may be known, and then of itself."""
    first = card.standing.behind
    if first is None or library.index().get(first, library.seeing.eyes(reader)) is None:
        return False
    try:
        library.seeing.show(card.work, None, reader)
    except HiddenError:
        return False
    return True
