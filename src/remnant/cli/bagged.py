"""`remnant export WORK|QUERY --bagit DIR`: originals handed over in a bag."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded, some
from remnant.cli.watch import watch
from remnant.library.bagging import Bagged, bag
from remnant.settings import Settings

NAMED = 20


def run(wish: argparse.Namespace, settings: Settings) -> int:
    bar = watch(plain=settings.plain)
    with opened.up_to_date(settings) as library, Interrupt() as stop:
        reader = opened.reader(library, settings)
        try:
            made = bag(library, reader, wish.which, Path(wish.directory), progress=bar, stop=stop, dry_run=wish.dry_run)
        finally:
            bar.close()
    if wish.json:
        terminal.result_json(to_json(made, dry_run=wish.dry_run))
    else:
        terminal.result(*lines(made, dry_run=wish.dry_run))
    return int(bool(made.passed))


def lines(made: Bagged, *, dry_run: bool) -> list[str]:
    if not made.originals:
        said = ["Nothing was found for that which may be handed over; no bag was made."]
    else:
        done = "would be put" if dry_run else "put"
        said = folded(
            f"{counted(made.originals, 'original')} of {counted(len(made.works), 'work')}, {made.bytes:,} bytes, "
            f"{done} in the bag {clean(str(made.directory))}"
        )
    for note in made.notes:
        said += folded(note)
    if made.passed:
        said.append(f"{counted(len(made.passed), 'work')} not handed over:")
        told = (line for one in made.passed for line in folded(f"{one.work}: {one.why}", "  ", "    "))
        said += some(told, 2 * NAMED, "  and {:,} lines more")
    return said


def to_json(made: Bagged, *, dry_run: bool) -> dict[str, Any]:
    return {
        "v": 1,
        "dry_run": dry_run,
        "bag": str(made.directory),
        "originals": made.originals,
        "works": list(made.works),
        "bytes": made.bytes,
        "passed": [{"work": one.work, "why": one.why} for one in made.passed],
        "notes": list(made.notes),
    }
