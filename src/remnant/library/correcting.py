"""A person's word on a work: always kept, never overwritten by a rule, always undoable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from remnant.library.opening import Library
from remnant.library.watching import Clock, utc_now
from remnant.model import Claim, Field


class How(StrEnum):
    """`SET` says that this and nothing else is so; `ALSO` adds a value to those that others state."""

    SET = "set"
    ALSO = "also"


@dataclass(frozen=True, slots=True)
class Change:
    """What a person says of one field. No values with `SET` is a stated blank: "it has none"."""

    field: Field
    values: tuple[str, ...]
    how: How = How.SET


@dataclass(frozen=True, slots=True)
class Corrected:
    """The claims that were written (or would be), and whether the index already speaks of them."""

    work: str
    claims: tuple[Claim, ...]
    indexed: bool


def change_of(text: str) -> Change:
    """Read `title=The Sea`, `title=` (none), `fandom+=Sherlock`; UsageError names the fields there are."""
    raise NotImplementedError


def correct(
    library: Library,
    person: str,
    work: str,
    changes: Sequence[Change],
    *,
    clock: Clock = utc_now,
    dry_run: bool = False,
) -> Corrected:
    """Write a person's claims to the journal, then bring the index up to them. `work` may be an id cut short."""
    raise NotImplementedError


def undo(
    library: Library, person: str, work: str, claim: str, *, clock: Clock = utc_now, dry_run: bool = False
) -> Corrected:
    """Withdraw a person's claim by its id (or the start of one). What it hid comes back; the journal keeps both."""
    raise NotImplementedError
