"""`remnant check`: is everything here still whole?"""

from __future__ import annotations

import argparse
from typing import Any

from remnant.cli import mending, opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded
from remnant.cli.watch import Watch, watch
from remnant.errors import DamageError, InterruptedByUser
from remnant.library.checking import Checked, Harm, check
from remnant.library.opening import Library
from remnant.model import Digest, Reader
from remnant.settings import Settings
from remnant.wire.canonical import time_to_json

NAMED = 100
"""Of what is not as promised, so many are named; so that what to do does not scroll away."""


def run(wish: argparse.Namespace, settings: Settings) -> int:
    bar = watch(plain=settings.plain)
    with opened.library(settings) as library, Interrupt() as stop:
        try:
            checked = _checked(library, wish, Reader(settings.reader), bar, stop)
            tended = mending.tended(library, wish, Reader(settings.reader), _originals(checked), bar, stop)
            if tended.changed:
                checked = _checked(library, wish, Reader(settings.reader), bar, stop)
        finally:
            bar.close()
        copies = mending.counted_copies(library, Reader(settings.reader), _originals(checked))
    if wish.json:
        terminal.result_json(to_json(checked) | tended.json | copies.json)
    else:
        terminal.result(*tended.lines, *lines(checked), *copies.lines)
    if tended.harmed or not checked.whole:
        return DamageError.exit_code
    return InterruptedByUser.exit_code if checked.stopped else int(copies.short)


def _checked(library: Library, wish: argparse.Namespace, reader: Reader, bar: Watch, stop: Interrupt) -> Checked:
    return check(library, reader, seconds=wish.seconds, rate=wish.rate, progress=bar, stop=stop)


def _originals(checked: Checked) -> list[Digest]:
    return [harm.original for harm in checked.harmed if harm.original]


def lines(checked: Checked) -> list[str]:
    many = counted(checked.originals, "original")
    if not checked.complete:
        many = f"{checked.originals:,} of {counted(checked.promised, 'original')}"
    read = f"{many} read, {checked.bytes:,} bytes"
    if not checked.whole:
        head = f"{read} and whole. {counted(len(checked.harmed), 'thing is', 'things are')} not as promised:"
    elif checked.stopped:
        head = f"Stopped: {read} and whole so far."
    elif checked.complete:
        head = f"{read}: every one is whole and every promise is kept."
    else:
        head = f"{read}: every one of them is whole."
    return [head, *_named(checked.harmed), *_what_to_do(checked), *_remarks(checked), *_round(checked)]


def _what_to_do(checked: Checked) -> list[str]:
    """After what is wrong, what is safe and what helps."""
    if checked.whole:
        return []
    return folded(
        "All else is safe, and nothing was changed. A good copy, added again, takes the place of a harmed or missing "
        "one (remnant add PATH); from a vault: remnant check --mend. If a sync program keeps files elsewhere, have it "
        "download the whole folder, and check again. If much is harmed at once, suspect the disk, or a program that "
        "encrypts files: add nothing, disconnect your vaults, and restore from one into a new folder (remnant restore)."
    )


def _round(checked: Checked) -> list[str]:
    """How far the checks have come together, where this one did not look at everything."""
    if checked.complete:
        return []
    if checked.since is None:
        return ["Some were never checked yet. The next check begins with them."]
    return [f"Every original was checked since {checked.since:%Y-%m-%d}. The next check goes on with the oldest."]


def _remarks(checked: Checked) -> list[str]:
    return ["Odd, but nothing is lost by it:", *_named(checked.remarks)] if checked.remarks else []


def _named(harms: tuple[Harm, ...]) -> list[str]:
    named = [line for harm in harms[:NAMED] for line in folded(_told(harm), "  ", "    ")]
    left = len(harms) - NAMED
    return named if left <= 0 else [*named, f"  and {left:,} more; remnant check --json names them all"]


def _told(harm: Harm) -> str:
    if harm.original is None:
        return harm.what
    name = f" ({clean(harm.name)})" if harm.name else ""
    return f"{harm.original.short}{name}: {harm.what}"


def to_json(checked: Checked) -> dict[str, Any]:
    return {
        "v": 1,
        "whole": checked.whole,
        "originals": checked.originals,
        "bytes": checked.bytes,
        "harmed": [_harm_to_json(harm) for harm in checked.harmed],
        "remarks": [_harm_to_json(harm) for harm in checked.remarks],
        "stopped": checked.stopped,
        "promised": checked.promised,
        "complete": checked.complete,
        "since": time_to_json(checked.since) if checked.since else None,
    }


def _harm_to_json(harm: Harm) -> dict[str, Any]:
    original = f"sha512:{harm.original.hex}" if harm.original else None
    return {"original": original, "name": harm.name, "what": harm.what}
