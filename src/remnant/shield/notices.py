"""What must stand before the story: every warning in the file, wherever its author wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from remnant.model import STORY_ROLES, Block, Body, Claim, Confidence, Field, LinkKind, Notice, Places, Role, Work
from remnant.shield.guards import is_inferred
from remnant.shield.veil import Veil

_OF_ROLE = {Role.WARNING: Field.WARNING, Role.SPOILER: Field.SPOILER}
_NEVER_MOVED = STORY_ROLES | {Role.CHROME}


def notices_of(work: Work, body: Body | None, veil: Veil) -> tuple[Notice, ...]:
    """In the order in which they stand written: first what has no place in the text, last the rating.

    A block comes whole if it is a warning, or if a pointer leads to it and a warning stands in it; of other places
    only what is claimed comes. Nothing is said twice.
    """
    claims = [claim for claim in _settled(work) if not is_inferred(claim)]
    blocks, places = (body.blocks, Places(body.blocks)) if body else ((), Places(()))
    standing = [(claim, _block_of(claim, places)) for claim in claims]
    whole = _whole(body, places, standing) if body else {}
    found = list(_from_blocks(blocks, whole, standing))
    heard = " ".join(notice.text for notice in found).casefold()
    told = {notice.block for notice in found}
    found += (notice for notice in _from_claims(standing, told, veil) if notice.text.casefold() not in heard)
    found.sort(key=lambda notice: -1 if notice.block is None else notice.block)
    begin = _begin(blocks)
    found = [replace(notice, late=_is_late(notice, begin, work)) for notice in found]
    return _each_once([*found, *_rating(work, veil)])


def perhaps_of(work: Work, veil: Veil) -> tuple[Notice, ...]:
    """What rules think it may contain."""
    claims = [(claim, None) for claim in _settled(work) if claim.field is Field.WARNING and is_inferred(claim)]
    return _each_once(list(_from_claims(claims, set(), veil)))


def late_in(work: Work, body: Body) -> frozenset[str]:
    """The warnings of a work that stand behind the beginning of its story."""
    claims = _settled(work)
    if not claims:
        return frozenset()
    places, begin = Places(body.blocks), _begin(body.blocks)
    found = ((claim.id, _block_of(claim, places)) for claim in claims)
    return frozenset(identity for identity, block in found if block is not None and block > begin)


def _block_of(claim: Claim, places: Places) -> int | None:
    return places.block(next(iter(claim.evidence), None))


def _settled(work: Work) -> list[Claim]:
    return [claim for field in (Field.WARNING, Field.SPOILER) for claim in work.settled.fields.get(field, ())]


def _begin(blocks: tuple[Block, ...]) -> int:
    return next((index for index, block in enumerate(blocks) if block.role in STORY_ROLES), len(blocks))


def _is_late(notice: Notice, begin: int, work: Work) -> bool:
    return notice.claim in work.late if notice.block is None else notice.block > begin


def _whole(body: Body, places: Places, standing: list[tuple[Claim, int | None]]) -> dict[int, Field]:
    """The blocks that come forward whole, and as what."""
    whole = {index: _OF_ROLE[block.role] for index, block in enumerate(body.blocks) if block.role in _OF_ROLE}
    warned = {index: claim.field for claim, index in standing if index is not None}
    for link in body.links:
        for index in places.blocks(link.target) if link.target else ():
            if body.blocks[index].role in _NEVER_MOVED:
                continue
            if index in warned or link.kind is LinkKind.WARNING:
                whole.setdefault(index, warned.get(index, Field.WARNING))
    return whole


def _from_blocks(
    blocks: tuple[Block, ...], whole: dict[int, Field], standing: list[tuple[Claim, int | None]]
) -> Iterator[Notice]:
    claim_at = {index: claim.id for claim, index in reversed(standing)}
    for index, kind in whole.items():
        text = one_line(blocks[index].text)
        # A bare label ("Warnings:") warns of nothing; what it labels stands in a block of its own.
        if text and not text.endswith(":"):
            yield Notice(kind, text, claim_at.get(index), index)


def _from_claims(standing: Sequence[tuple[Claim, int | None]], told: set[int | None], veil: Veil) -> Iterator[Notice]:
    for claim, index in standing:
        text = one_line(veil.value(claim) or "")
        if text and (index is None or index not in told):
            yield Notice(claim.field, text, claim.id, index)


def _rating(work: Work, veil: Veil) -> Iterator[Notice]:
    for claim in work.settled.fields.get(Field.RATING, ()):
        text = one_line(veil.value(claim) or "")
        if text and claim.confidence is Confidence.STATED:
            yield Notice(Field.RATING, text, claim.id, None)


def _each_once(notices: list[Notice]) -> tuple[Notice, ...]:
    once: dict[tuple[Field, str], Notice] = {}
    for notice in notices:
        once.setdefault((notice.kind, notice.text.casefold()), notice)
    return tuple(once.values())


def one_line(text: str) -> str:
    return " ".join(text.split())
