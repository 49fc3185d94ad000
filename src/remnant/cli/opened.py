"""An open library for one command, its index brought up to date first."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from remnant.cli import terminal
from remnant.cli.interrupting import Interrupt
from remnant.cli.watch import watch
from remnant.errors import RefusedError, RemnantError
from remnant.library import indexing, readers
from remnant.library.opening import Library, open_library
from remnant.library.pool import Limits
from remnant.library.watching import utc_now
from remnant.model import Reader
from remnant.settings import Settings

LATER = "Another process is indexing, and will take this in too."


def limits(settings: Settings) -> Limits:
    return Limits(settings.file_seconds, settings.file_memory)


@contextmanager
def library(settings: Settings, *, create: bool = False) -> Iterator[Library]:
    """The library as it is: its index may not know yet what was kept last."""
    opened = open_library(settings.library, utc_now(), create=create, jobs=settings.jobs, limits=limits(settings))
    with opened:
        yield opened


@contextmanager
def up_to_date(settings: Settings) -> Iterator[Library]:
    """The library with everything indexed that an interrupted run left over; Ctrl-C answers from what there is."""
    with library(settings) as opened:
        if indexing.is_behind(opened):
            _try_to_catch_up(opened, settings)
        yield opened


def reader(library: Library, settings: Settings) -> Reader:
    """Who is asking, as their own file says; where it has a PIN or a passphrase, that is asked for first."""
    member = readers.member(library, settings.reader)
    if member is not None and member.is_asked:
        what, holds = ("passphrase", "REMNANT_PASSPHRASE") if member.locked else ("PIN", "REMNANT_PIN")
        if not readers.opens(library, member.name, _secret(member.name, what, holds)):
            raise RefusedError(f"That is not {member.name}'s {what}. Nothing was shown.")
    return readers.reader_of(library, settings.reader)


def _secret(name: str, what: str, holds: str) -> str:
    if given := os.environ.get(holds):
        return given
    if not sys.stdin.isatty():
        raise RefusedError(f"{name} has a {what}, and nobody is here to type it. {holds} may hold it.")
    return getpass.getpass(f"{name}'s {what}: ")


def _try_to_catch_up(opened: Library, settings: Settings) -> None:
    """Where the index cannot be brought up to date, the one that is there answers; without one nothing can."""
    try:
        _catch_up(opened, settings)
    except RemnantError as why:
        if not _has_index(opened):
            raise
        terminal.remark(terminal.clean_lines(str(why)), "What is not indexed yet is not found.")


def _has_index(opened: Library) -> bool:
    try:
        opened.index()
    except indexing.Stale:
        return False
    return True


def _catch_up(opened: Library, settings: Settings) -> None:
    bar = watch(plain=settings.plain)
    with Interrupt() as stop:
        try:
            caught = indexing.catch_up(opened, progress=bar, stop=stop)
        finally:
            bar.close()
    if caught.busy:
        terminal.remark("Another process is bringing the index up to date; what it has not come to is not found yet.")
    if caught.stopped:
        terminal.remark("Stopped: what is not indexed yet is not found. The next command goes on.")
