"""`remnant join`: two libraries that grew apart become one here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded, some
from remnant.cli.watch import watch
from remnant.errors import InterruptedByUser
from remnant.library.joining import Joined, join
from remnant.settings import Settings

NAMED = 20


def run(wish: argparse.Namespace, settings: Settings) -> int:
    bar = watch(plain=settings.plain)
    with opened.library(settings, create=not wish.dry_run) as library, Interrupt() as stop:
        try:
            joined = join(
                library,
                Path(wish.other),
                progress=bar,
                stop=stop,
                readers=wish.with_reader,
                despite=wish.despite_wish,
                dry_run=wish.dry_run,
            )
        finally:
            bar.close()
    if wish.json:
        terminal.result_json(to_json(joined, dry_run=wish.dry_run))
    else:
        terminal.result(*lines(joined, dry_run=wish.dry_run))
    if joined.stopped:
        return InterruptedByUser.exit_code
    return int(bool(joined.skipped))


def lines(joined: Joined, *, dry_run: bool) -> list[str]:
    would = "would come" if dry_run else "came"
    said = [
        f"{counted(len(joined.originals), 'new original')} and {counted(joined.acts, 'new word')} of people {would}, "
        "every byte proved."
    ]
    if joined.stopped:
        said = [f"Stopped: {counted(len(joined.originals), 'new original')} came so far. The same command goes on."]
    if joined.skipped:
        said.append(f"{counted(len(joined.skipped), 'original was', 'originals were')} not taken:")
        told = (f"  {one.original.digest.short}: {one.why}" for one in joined.skipped)
        said += some((line for one in told for line in folded(one, "", "    ")), 3 * NAMED, "  and {:,} lines more")
    if joined.redacted:
        held = counted(len(joined.redacted), "original holds", "originals hold")
        said += folded(f"{held} something forgotten here; a marked copy without it {would} instead.")
    if joined.alike:
        works = counted(len(joined.alike), "work that came says", "works that came say")
        alike = " ".join(joined.alike[:NAMED])
        said += folded(
            f"{works} much the same as something that somebody asked to be forgotten here ({alike}). Decide about "
            "each: remnant wish WORK forget takes it out."
        )
    if joined.private:
        said += folded(f"{counted(joined.private, 'original is', 'originals are')} wished private there, and stayed.")
    if joined.asked:
        named = ", ".join(digest.short for digest in joined.asked[:NAMED])
        said += folded(
            f"That library was asked to forget {counted(len(joined.asked), 'original')} kept here ({named}). Nothing "
            "was taken away; remnant wish WORK forget does it here too."
        )
    if joined.canons:
        said += folded(f"Canons copied: {clean(', '.join(joined.canons))}")
    if joined.differing:
        said += folded(f"Canons that differ, of which the one here stayed: {clean(', '.join(joined.differing))}")
    if joined.readers:
        said += folded(f"Readers' own files taken over: {clean(', '.join(joined.readers))}")
    if not (joined.indexed or dry_run):
        said.append(opened.LATER)
    if dry_run:
        said.append("Nothing was written.")
    return said


def to_json(joined: Joined, *, dry_run: bool) -> dict[str, Any]:
    return {
        "v": 1,
        "dry_run": dry_run,
        "replica": joined.replica,
        "originals": [f"sha512:{original.digest.hex}" for original in joined.originals],
        "acts": joined.acts,
        "skipped": [{"original": f"sha512:{one.original.digest.hex}", "why": one.why} for one in joined.skipped],
        "redacted": [f"sha512:{original.digest.hex}" for original in joined.redacted],
        "alike": list(joined.alike),
        "private": joined.private,
        "asked": [f"sha512:{digest.hex}" for digest in joined.asked],
        "canons": list(joined.canons),
        "differing": list(joined.differing),
        "readers": list(joined.readers),
        "indexed": joined.indexed,
        "stopped": joined.stopped,
    }
