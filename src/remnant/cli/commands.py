"""From a command's name to the module that does it, which is loaded only then."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Protocol, cast

from remnant.cli import terminal
from remnant.errors import RefusedError, RemnantError
from remnant.settings import Settings


class Command(Protocol):
    """What every module here named after a command has."""

    def run(self, wish: argparse.Namespace, settings: Settings) -> int:
        """Do it; the exit code."""


READING = frozenset({"find", "show", "export", "seen", "veiled", "open", "reader", "serve"})
"""What also those may ask who only read; each of these knows who asks. Everything else is its keeper's business."""


def run(wish: argparse.Namespace, settings: Settings) -> int:
    """Do one command, and again if the index turned out damaged in its middle: opening it anew makes that again."""
    if wish.command not in READING:
        _must_keep(settings)
    command = cast(Command, import_module(f"remnant.cli.{wish.command}"))
    try:
        return command.run(wish, settings)
    except RemnantError as trouble:
        from remnant.library.indexing import Stale

        if not isinstance(trouble, Stale):
            raise
    terminal.remark("The index is damaged. It is made again; nothing kept depends on it.")
    return command.run(wish, settings)


def _must_keep(settings: Settings) -> None:
    from remnant.library.restrictions import is_restricted

    if is_restricted(settings.library, settings.reader):
        raise RefusedError(f"{settings.reader} only reads here: this is for a grown-up reader. Nothing was done.")
