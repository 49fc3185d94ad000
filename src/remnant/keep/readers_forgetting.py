"""Taking places and other words on something forgotten out of every reader's own file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from remnant.keep.chain import ENVELOPE, Line, walk
from remnant.keep.chain_writer import ChainWriter
from remnant.keep.folder import Folder
from remnant.wire.canonical import canonical

_HEADER = frozenset({"chain", "reader"})


def forget_in_readers(folder: Folder, speaks: Callable[[bytes], bool], now: datetime) -> int:
    """Write each file anew without the lines that speak of it; how many lines went."""
    gone = 0
    with folder.writing("readers", "taking away what was forgotten"):
        for path in sorted(folder.readers.glob("*.jsonl")):
            gone += _forget_in(folder, path, speaks, now)
    return gone


def _forget_in(folder: Folder, path: Path, speaks: Callable[[bytes], bool], now: datetime) -> int:
    raws = path.read_bytes().splitlines(keepends=True)
    told = sum(map(speaks, raws))
    if told:
        lines = [item for item in walk(path) if isinstance(item, Line)]
        header = {name: lines[0].fields[name] for name in _HEADER & lines[0].fields.keys()} if lines else {}
        left = [line.fields for line in lines if line.fields.get("kind") != "chain"]
        bodies = [{name: line[name] for name in line.keys() - ENVELOPE} for line in left if not speaks(canonical(line))]
        ChainWriter(path, header, folder.aside, mode=0o600).rewrite(bodies, now)
    return told
