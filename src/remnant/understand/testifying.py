"""From what rules said to claims with ids."""

from __future__ import annotations

from collections.abc import Iterable

from remnant.model import Claim
from remnant.understand.sheet import Testimony
from remnant.wire.claim import new_claim


def claims_of(testimony: Iterable[Testimony], piece: str) -> tuple[Claim, ...]:
    """One claim for each thing said; the same said twice by one rule of one place is one claim."""
    claims = (_claim(told, piece) for told in testimony)
    return tuple({claim.id: claim for claim in claims}.values())


def _claim(told: Testimony, piece: str) -> Claim:
    remark = told.remark
    return new_claim(
        remark.field,
        remark.value,
        told.rule,
        remark.confidence,
        piece,
        remark.evidence,
        normalised=remark.normalised,
        detail=remark.detail,
        sensitive=remark.sensitive,
    )
