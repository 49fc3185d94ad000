"""The tellings of one story: which stands before the others, and what was said of one that holds for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from remnant.find.port import Index
from remnant.library.cards import ALONE, Card, Standing, card_from_bytes
from remnant.library.kin import Kin
from remnant.model import Claim, Field, Person, Work
from remnant.shield.guards import SCALE
from remnant.understand.settle import settle

CARRIED = frozenset({Field.WARNING, Field.SPOILER, Field.TAG, Field.GENRE, Field.CATEGORY, Field.FANDOM})
"""What a reader is shielded by: said of one telling, it holds for the one that stands before it too."""


_HEIGHTS = {rating: height for height, rating in enumerate(SCALE)}


def due(index: Index, landed: Mapping[str, bytes], kin: Kin) -> list[tuple[Card, Standing]]:
    """The works that are to stand otherwise than they do, and how, given the cards of what has just been read."""
    works = frozenset[str]().union(*(kin.once_said(work) for work in landed if len(kin.once_said(work)) > 1))
    cards = {work: card for work in sorted(works) if (card := _card(index, landed, work)) is not None}
    found = standings(cards, kin)
    return [(cards[work], standing) for work, standing in found.items() if standing != cards[work].standing]


def _card(index: Index, landed: Mapping[str, bytes], work: str) -> Card | None:
    if work in landed:
        return card_from_bytes(landed[work])
    hit = index.get(work, None)
    return None if hit is None else card_from_bytes(hit.card)


def standings(cards: Mapping[str, Card], kin: Kin) -> dict[str, Standing]:
    """How each of these works is to stand, given the cards of all that were ever said to be one story with them."""
    found: dict[str, Standing] = {}
    for name in cards:
        if name not in found:
            group = sorted(kin.of(name) & cards.keys())
            found |= _together({work: _own(cards[work]) for work in group}, kin.first(group))
    return found


def foremost(works: Iterable[Work]) -> Work:
    """The longest by far; of those about as long the newest, then the longest."""
    return max(works, key=lambda work: (_about(work.measure.words), _date(work), work.measure.words, work.id))


def _together(works: Mapping[str, Work], wanted: str | None) -> dict[str, Standing]:
    if len(works) == 1:
        return dict.fromkeys(works, ALONE)
    first = works[wanted] if wanted else foremost(works.values())
    others = [work for work in works.values() if work is not first]
    found = {work.id: Standing(first.id, tuple(_said(works.values(), work))) for work in others}
    ruled = _rules(first, others)
    return found | {first.id: Standing(None, (*ruled, *_said(works.values(), first)))}


def _said(works: Iterable[Work], of: Work) -> Iterator[Claim]:
    """What persons said of the other tellings, as said of this one."""
    key = of.editions[0].pieces[0]
    for work in works:
        for claim in work.claims if work is not of else ():
            if isinstance(claim.witness, Person) and not claim.sensitive:
                yield replace(claim, piece=key)


def _rules(first: Work, others: Iterable[Work]) -> Iterator[Claim]:
    """What the files of the others say that a reader is shielded by. It stands in them, and nowhere in this one."""
    key = first.editions[0].pieces[0]
    said = (claim for work in others for claim in work.claims if claim.field in CARRIED)
    known = {(claim.field, claim.value) for claim in first.claims}
    for claim in [*(claim for claim in said if not isinstance(claim.witness, Person)), *_higher(first, others)]:
        if (claim.field, claim.value) not in known:
            known.add((claim.field, claim.value))
            yield replace(claim, piece=key, evidence=())


def _higher(first: Work, others: Iterable[Work]) -> list[Claim]:
    """The highest rating of the others, if it is above the first one's. None lowers that of one that is not rated."""
    ours = next(map(_height, first.settled.fields.get(Field.RATING, ())), len(SCALE))
    theirs = [claim for work in others for claim in work.settled.fields.get(Field.RATING, ())]
    return [claim for claim in sorted(theirs, key=_height, reverse=True)[:1] if _height(claim) > ours]


def _height(rating: Claim) -> int:
    return _HEIGHTS.get(rating.normalised or "", len(SCALE))


def _own(card: Card) -> Work:
    """The work without what was carried to it, so that nothing goes round in a ring."""
    carried = {claim.id for claim in card.standing.carried}
    claims = tuple(claim for claim in card.work.claims if claim.id not in carried)
    return replace(card.work, claims=claims, settled=settle(claims))


def _about(words: int) -> int:
    """The first two figures of a number."""
    step: int = 10 ** max(0, len(str(words)) - 2)
    return words // step * step


def _date(work: Work) -> str:
    said = (work.settled.fields.get(field, ()) for field in (Field.UPDATED, Field.PUBLISHED))
    return next((claim.normalised for claims in said for claim in claims if claim.normalised), "")
