"""Commands that have actions of their own, such as `remnant vault push`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

Words = Callable[[argparse.ArgumentParser], None]
"""Gives a parser what a command takes."""


def fill(parser: argparse.ArgumentParser, actions: Mapping[str, tuple[str, Words]], common: Words) -> None:
    """The actions by name, each with what it does in a line, what it alone takes and what every command takes."""
    made = parser.add_subparsers(dest="action", metavar="ACTION", required=True, title="actions")
    for name, (about, words) in actions.items():
        action = made.add_parser(name, help=about, description=about.capitalize() + ".", allow_abbrev=False)
        words(action)
        common(action)


def nothing(_parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""
