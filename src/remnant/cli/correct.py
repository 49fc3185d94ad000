"""`remnant correct`: a person's word, and its undoing."""

from __future__ import annotations

import argparse
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.terminal import clean
from remnant.errors import UsageError
from remnant.library.correcting import Corrected, change_of, correct, undo
from remnant.library.opening import Library
from remnant.model import Claim
from remnant.settings import Settings
from remnant.wire.claim import to_json as claim_to_json


def run(wish: argparse.Namespace, settings: Settings) -> int:
    if bool(wish.undo) == bool(wish.changes):
        raise UsageError("Say either what is so (FIELD=VALUE) or what to undo (--undo CLAIM).")
    with opened.up_to_date(settings) as library:
        corrected = _corrected(library, wish, opened.reader(library, settings).name)
    if wish.json:
        terminal.result_json(to_json(corrected, dry_run=wish.dry_run))
    else:
        terminal.result(*lines(corrected, dry_run=wish.dry_run))
    return 0


def _corrected(library: Library, wish: argparse.Namespace, person: str) -> Corrected:
    if wish.undo:
        return undo(library, person, wish.work, wish.undo, dry_run=wish.dry_run)
    changes = [change_of(text) for text in wish.changes]
    return correct(library, person, wish.work, changes, dry_run=wish.dry_run)


def lines(corrected: Corrected, *, dry_run: bool) -> list[str]:
    said = [_line(claim) for claim in corrected.claims]
    if not said:
        return [f"Of work {corrected.work} nothing was to be changed: that claim no longer stands."]
    if dry_run:
        return [f"Of work {corrected.work} you would say:", *said, "Nothing was written."]
    later = [] if corrected.indexed else [opened.LATER]
    each = ", and the others by their own" if len(said) > 1 else ""
    how = f"Undo with: remnant correct {corrected.work} --undo {corrected.claims[0].id}{each}"
    return [f"Of work {corrected.work} you say:", *said, *later, how]


def _line(claim: Claim) -> str:
    if claim.withdraws is not None:
        return f"  {claim.field.value}: claim {claim.withdraws} no longer stands  (claim {claim.id})"
    return f"  {claim.field.value}: {clean(claim.value) if claim.value is not None else 'none'}  (claim {claim.id})"


def to_json(corrected: Corrected, *, dry_run: bool) -> dict[str, Any]:
    return {
        "v": 1,
        "work": corrected.work,
        "dry_run": dry_run,
        "indexed": corrected.indexed,
        "claims": [claim_to_json(claim) for claim in corrected.claims],
    }
