"""`remnant export`: works as files for other programs and other people."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from remnant.cli import bagged, opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.parser import BAG
from remnant.cli.terminal import clean, counted, folded, some
from remnant.cli.watch import watch
from remnant.library.giving import Exported, export
from remnant.settings import Settings

NAMED = 20


def run(wish: argparse.Namespace, settings: Settings) -> int:
    if wish.to == BAG:
        return bagged.run(wish, settings)
    bar = watch(plain=settings.plain)
    with opened.up_to_date(settings) as library, Interrupt() as stop:
        try:
            exported = export(
                library,
                opened.reader(library, settings),
                wish.which,
                wish.to,
                Path(wish.directory),
                progress=bar,
                stop=stop,
                dry_run=wish.dry_run,
            )
        finally:
            bar.close()
        stopped = stop()
    if wish.json:
        terminal.result_json(to_json(exported, dry_run=wish.dry_run, stopped=stopped))
    else:
        for note in exported.notes:
            terminal.remark(*folded(note))
        terminal.result(*lines(exported, wish.dry_run))
    return 130 if stopped else int(bool(exported.passed))


def lines(exported: Exported, dry_run: bool) -> list[str]:
    if not (exported.written or exported.same or exported.passed):
        return ["Nothing was found for that; nothing was written."]
    done = "would be written" if dry_run else "written"
    shown = [f"{counted(len(exported.written), 'file')} {done}."]
    shown += some((f"  {clean(str(path))}" for path in exported.written), NAMED, "  and {:,} more")
    if exported.same:
        shown.append(f"{counted(len(exported.same), 'file was', 'files were')} there already, the same byte for byte.")
    for passed in exported.passed:
        shown += folded(f"{passed.work}: {passed.why}", "  ", "    ")
    return shown


def to_json(exported: Exported, *, dry_run: bool, stopped: bool) -> dict[str, Any]:
    return {
        "v": 1,
        "dry_run": dry_run,
        "written": [str(path) for path in exported.written],
        "same": [str(path) for path in exported.same],
        "passed": [{"work": one.work, "why": one.why} for one in exported.passed],
        "notes": list(exported.notes),
        "stopped": stopped,
    }
