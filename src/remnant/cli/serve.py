"""`remnant serve`: hands over to the web reader, a program of its own: the two faces know nothing of each other."""

from __future__ import annotations

import argparse
import os
import sys

from remnant.settings import Settings


def run(wish: argparse.Namespace, settings: Settings) -> int:
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-P", "-m", "remnant.web", *words(wish, settings)])


def words(wish: argparse.Namespace, settings: Settings) -> list[str]:
    """The command line of the web reader."""
    asked = ["--library", str(settings.library), "--reader", settings.reader]
    asked += ["--host", wish.host] if wish.host else []
    asked += ["--port", str(wish.port)] if wish.port is not None else []
    flags = (("--phone", wish.phone), ("--yes", wish.yes), ("--plain", settings.plain))
    return asked + [flag for flag, given in flags if given]
