"""What showing a work depends on, as guards: small texts that an index keeps and only this room reads.

Works with the same warnings, rating and notices carry the same guards, so guards are few beside works, and one look at
each tells for every work what a reader may see of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from remnant.model import Claim, Confidence, Field, Person, Work
from remnant.shield.veil import Veil
from remnant.wire.canonical import canonical

SCALE = ("general", "teen", "mature", "explicit")
"""Ratings of every system, in order; what is not on it is unknown."""

LONGEST = 300
"""Characters of a value; a longer one is prose, of which the beginning says enough to guard by."""

MOST = 64
"""Notices and warnings of one work that are looked at one by one; what is beyond closes it."""

NONE_APPLY, CHOSE_NOT = "none apply", "chose not to warn"
"""Normal forms of a warning that warns of nothing, and of one that says nothing."""


class GuardKind(StrEnum):
    RATING = "rating"
    WARNING = "warning"
    SILENT = "silent"
    PERHAPS = "perhaps"
    SPOILER = "spoiler"
    WISH = "wish"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class Guard:
    """One thing that a work is closed or open by.

    `value` is what is said: the normal form where there is one; None is an unknown rating. `canon`, `parts` and
    `relation` are how a spoiler notice was understood, `part` how it was not, `fandoms` what the work says it is of.
    """

    kind: GuardKind
    value: str | None = None
    canon: str | None = None
    parts: tuple[str, ...] = ()
    part: str | None = None
    relation: str | None = None
    fandoms: tuple[str, ...] = ()


BEHIND = '["behind another telling"]'
"""The guard of a telling that stands behind another one of its story: no question finds it, whoever asks."""


def to_text(guard: Guard) -> str:
    spoiler = [guard.canon, guard.parts, guard.part, guard.relation, guard.fandoms]
    return canonical([guard.kind.value, guard.value, *(spoiler if guard.kind is GuardKind.SPOILER else ())]).decode()


def from_text(text: str) -> Guard:
    """Read a guard back; ValueError for anything that is none."""
    try:
        kind, value, *spoiler = json.loads(text)
        if not spoiler:
            return Guard(GuardKind(kind), value)
        canon, parts, part, relation, fandoms = spoiler
        return Guard(GuardKind(kind), value, canon, tuple(parts), part, relation, tuple(fandoms))
    except (TypeError, ValueError, RecursionError):
        raise ValueError(f"No guard: {text[:80]!r}") from None


def guards_of(work: Work, veil: Veil) -> tuple[Guard, ...]:
    """All guards of a work, each once; there is always one, its rating's. Nothing sensitive stands in them."""
    found = [*_rating(work), *_warnings(work, veil), *_spoilers(work, veil)]
    wishes = [Guard(GuardKind.WISH, wish.value) for wish in sorted(work.wishes)]
    if len(found) > MOST:
        found = [*found[:MOST], Guard(GuardKind.TOO_MANY)]
    return tuple(dict.fromkeys([*wishes, *found]))


def is_inferred(claim: Claim) -> bool:
    """Whether a rule only thinks so: never the author's word."""
    return claim.confidence is not Confidence.STATED and not isinstance(claim.witness, Person)


def _rating(work: Work) -> Iterator[Guard]:
    """A rating that a rule guessed is no rating, and one of no scale we know is unknown."""
    stated = (claim.normalised for claim in work.settled.fields.get(Field.RATING, ()) if not is_inferred(claim))
    yield Guard(GuardKind.RATING, next((rating for rating in stated if rating in SCALE), None))


def _warnings(work: Work, veil: Veil) -> Iterator[Guard]:
    for claim in work.settled.fields.get(Field.WARNING, ()):
        said = veil.value(claim)
        if said is None or said == NONE_APPLY:
            continue
        if said == CHOSE_NOT:
            yield Guard(GuardKind.SILENT)
        else:
            yield Guard(GuardKind.PERHAPS if is_inferred(claim) else GuardKind.WARNING, _line(said))


def _spoilers(work: Work, veil: Veil) -> Iterator[Guard]:
    fandoms = tuple(sorted(_lines(veil.value(claim) for claim in work.settled.fields.get(Field.FANDOM, ()))))[:8]
    for claim in map(veil.claim, work.settled.fields.get(Field.SPOILER, ())):
        if claim.value is None:
            continue
        detail = claim.detail
        parts = detail.get("parts", ())
        relation = detail.get("relation")
        yield Guard(
            GuardKind.SPOILER,
            _line(claim.value),
            _said(detail.get("canon")),
            tuple(_lines(parts))[:MOST] if isinstance(parts, tuple | list) else (),
            _said(detail.get("part")),
            relation if isinstance(relation, str) else None,
            fandoms,
        )


def _said(value: object) -> str | None:
    return _line(value) if isinstance(value, str) and value.strip() else None


def _lines(values: Iterable[str | None]) -> list[str]:
    return [_line(value) for value in values if value]


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST]
