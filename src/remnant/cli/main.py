"""`remnant`: the face on the command line. Nothing is loaded before Ctrl-C can be answered."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one command; Ctrl-C ends it in a sentence, at whatever moment it comes."""
    try:
        from remnant.cli.running import run

        return run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted. What was acknowledged is kept; the same command goes on from there.\n")
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
