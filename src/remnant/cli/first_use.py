"""Asked once: how careful to be with spoilers for what stories here are about."""

from __future__ import annotations

import sys

from remnant.cli import terminal
from remnant.cli.terminal import clean, counted
from remnant.errors import RefusedError
from remnant.library.opening import Library
from remnant.library.readers import reader_of
from remnant.library.seen import Asked, How, see, to_ask
from remnant.model import Reader

MOST = 5
"""Canons asked about at once; the others have their turn another time."""


def asking_once(library: Library, reader: Reader, *, quiet: bool) -> Reader:
    """Ask about each canon that veils something and of which nothing was said, where somebody sits at a terminal."""
    if quiet or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return reader
    asked = to_ask(library, reader)[:MOST]
    for one in asked:
        _ask(library, reader, one)
    return reader_of(library, reader.name) if asked else reader


def _ask(library: Library, reader: Reader, one: Asked) -> None:
    terminal.remark(
        clean(f"{counted(one.works, 'story', 'stories')} here may spoil {one.name} and stay veiled. Shall they?")
    )
    match terminal.answer("  [c]areful, I [d]on't mind, or let me [s]ay how far I have come? [c] "):
        case "d":
            see(library, reader, one.canon, how=How.DONT_MIND)
        case "s":
            _how_far(library, reader, one)
        case _:
            see(library, reader, one.canon, how=How.NONE)


def _how_far(library: Library, reader: Reader, one: Asked) -> None:
    part = terminal.answer("  Seen up to (a title, 2x04, season 2; all; nothing yet is Enter): ")
    try:
        how = How.ALL if part == "all" else How.UP_TO if part else How.NONE
        see(library, reader, one.canon, part or None, how)
    except RefusedError as why:
        terminal.remark(clean(str(why)))
        see(library, reader, one.canon, how=How.NONE)
