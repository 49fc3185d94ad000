"""`remnant restore`: a whole library again from one vault."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from remnant.cli import opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import clean, counted, folded
from remnant.cli.watch import watch
from remnant.errors import DamageError, InterruptedByUser
from remnant.library.restoring import Restored, restore
from remnant.settings import Settings


def run(wish: argparse.Namespace, settings: Settings) -> int:
    bar = watch(plain=settings.plain)
    directory = Path(wish.directory).expanduser()
    with Interrupt() as stop:
        try:
            restored = restore(wish.target, directory, identity=wish.identity, progress=bar, stop=stop)
        finally:
            bar.close()
    if not restored.stopped:
        with opened.up_to_date(replace(settings, library=directory)):
            pass
    if wish.json:
        terminal.result_json(to_json(restored, directory))
    else:
        terminal.result(*lines(restored, directory))
    if restored.stopped:
        return InterruptedByUser.exit_code
    return DamageError.exit_code if restored.lost else 0


def lines(restored: Restored, directory: Path) -> list[str]:
    if restored.stopped:
        return ["Stopped. What was restored stays; the same command goes on from there."]
    back = counted(restored.originals, "original is", "originals are")
    told = [f"{back} back, every one proved by its digest, in {clean(str(directory))}"]
    if restored.mended:
        told.append(f"{counted(restored.mended, 'damaged pack')} put together again from spare parts.")
    if restored.spoilt:
        told += folded(
            f"{counted(restored.spoilt, 'pack')} had more damage than spare parts; what was whole in it is back."
        )
    if restored.lost:
        told.append(
            f"{counted(len(restored.lost), 'original was', 'originals were')} promised and are not in this vault:"
        )
        for lost in restored.lost:
            told += folded(f"{lost.original.short}: {lost.label or 'its name is not known'}", "  ", "    ")
        told.append("Another vault may have them: remnant vault add TARGET, then remnant check --mend")
    return [*told, "It has a name of its own from now on, and pushes to this vault as the old one did."]


def to_json(restored: Restored, directory: Path) -> dict[str, Any]:
    return {
        "v": 1,
        "library": str(directory),
        "originals": restored.originals,
        "chains": list(restored.chains),
        "mended_packs": restored.mended,
        "spoilt_packs": restored.spoilt,
        "lost": [{"original": f"sha512:{lost.original.hex}", "label": lost.label} for lost in restored.lost],
        "stopped": restored.stopped,
    }
