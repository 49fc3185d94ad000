"""A few steps of every drill, for the tests: `python -m bench.durability.sampling [TRIES]` prints a line for each."""

from __future__ import annotations

import errno
import json
import sys
import tempfile
from pathlib import Path

from bench.durability.drilling import Prepared
from bench.durability.drills import DRILLS
from tests.harm import forking

HOW = (0, errno.ENOSPC, 0, errno.EIO)
"""Killed, and refused, in turn."""


def main(tries: int) -> None:
    forking.load()
    for turn, drill in enumerate(DRILLS):
        with tempfile.TemporaryDirectory() as scratch:
            prepared = Prepared.of(drill, Path(scratch))
            calls = len(prepared.calls())
            for number in range(tries):
                # Spread over its whole way, at other places in each.
                share = (number + (0.1 + 0.29 * turn) % 1) / tries
                tried = prepared.tried(1 + int(share * calls), HOW[number % len(HOW)])
                print(json.dumps({"drill": drill.name, "of": calls, **tried}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else len(HOW))
