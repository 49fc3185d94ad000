"""From a command's name to the module that does it, which is loaded only then."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Protocol, cast

from remnant.settings import Settings


class Command(Protocol):
    """What every module here named after a command has."""

    def run(self, wish: argparse.Namespace, settings: Settings) -> int:
        """Do it; the exit code."""


def run(wish: argparse.Namespace, settings: Settings) -> int:
    return cast(Command, import_module(f"remnant.cli.{wish.command}")).run(wish, settings)
