"""What a reader has seen, what they wish, and how strongly something is kept from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Strength(IntEnum):
    """How much of a work a reader is shown: all; a card with its author's notice; nothing anywhere."""

    OPEN = 0
    VEILED = 1
    HIDDEN = 2


class ProfileKind(StrEnum):
    """Whose eyes these are.

    A child sees what is known to be for everybody; a guest sees nothing that asks for knowledge of them; neither may
    open anything. The keeper sees all: they hold the files.
    """

    ADULT = "adult"
    CHILD = "child"
    GUEST = "guest"
    KEEPER = "keeper"


@dataclass(frozen=True, slots=True)
class Seen:
    """How far a reader has come in one canon. Parts are its ids, or names as written where nobody described it.

    `order` is the reader's own, `region` the one in whose order they saw it. A clip of a part is not the part.
    """

    up_to: str | None = None
    parts: frozenset[str] = frozenset()
    clips: frozenset[str] = frozenset()
    everything: bool = False
    dont_mind: bool = False
    region: str | None = None
    order: tuple[str, ...] = ()


NOTHING_SEEN = Seen()

EVERY_CANON = "*"
"""The canon of a ledger line that is about all of them."""


class WishKind(StrEnum):
    WARNING = "warning"
    TAG = "tag"
    FANDOM = "fandom"
    RATING = "rating"


class WishHow(StrEnum):
    """Never show it anywhere; show a card only; show it with a sign; show it as if nothing were there."""

    HIDE = "hide"
    VEIL = "veil"
    SIGN = "sign"
    SHOW = "show"


@dataclass(frozen=True, slots=True, order=True)
class Wish:
    """What a reader wants done with works of some kind. Of a rating: with whatever is above it, or unrated."""

    kind: WishKind
    value: str
    how: WishHow
