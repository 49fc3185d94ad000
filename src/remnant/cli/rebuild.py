"""`remnant rebuild`: make the index again."""

from __future__ import annotations

import argparse

from remnant.cli import opened, terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.terminal import counted
from remnant.cli.watch import watch
from remnant.errors import InterruptedByUser
from remnant.library.rebuilding import Rebuilt, rebuild
from remnant.settings import Settings


def run(wish: argparse.Namespace, settings: Settings) -> int:
    bar = watch(plain=settings.plain)
    with opened.library(settings) as library, Interrupt() as stop:
        try:
            rebuilt = rebuild(library, progress=bar, stop=stop)
        finally:
            bar.close()
    if wish.json:
        terminal.result_json({"v": 1, **_numbers(rebuilt), "stopped": rebuilt.stopped})
    else:
        terminal.result(_line(rebuilt))
    return InterruptedByUser.exit_code if rebuilt.stopped else 0


def _line(rebuilt: Rebuilt) -> str:
    if rebuilt.stopped:
        return "Stopped. The index is as it was before."
    works, unread = counted(rebuilt.works, "work"), counted(rebuilt.unread, "file")
    return (
        f"The index is made again: {works} from {counted(rebuilt.originals, 'original')}; {unread} could not be read."
    )


def _numbers(rebuilt: Rebuilt) -> dict[str, int]:
    return {"originals": rebuilt.originals, "works": rebuilt.works, "unread": rebuilt.unread}
