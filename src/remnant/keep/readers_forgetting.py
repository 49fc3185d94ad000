"""Taking places and other words on something forgotten out of every reader's own file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from remnant.keep.chain import Line, walk
from remnant.keep.chain_writer import ChainWriter
from remnant.keep.folder import Folder
from remnant.keep.pending import Pending
from remnant.keep.reader_lines import FORGET, LOCKED, lock_in, written_again
from remnant.wire.canonical import canonical

_HEADER = frozenset({"chain", "reader"})


def forget_in_readers(folder: Folder, pending: Pending, now: datetime) -> int:
    """Write each file anew without the lines that speak of it; how many lines went.

    To one under a passphrase is added, locked as all of it is, what is to go: it goes when the file is next opened.
    """
    gone = 0
    with folder.writing("readers", "taking away what was forgotten"):
        for path in sorted(folder.readers.glob("*.jsonl")):
            gone += _forget_in(folder, path, pending, now)
    return gone


def _forget_in(folder: Folder, path: Path, pending: Pending, now: datetime) -> int:
    told = sum(map(pending.speaks, path.read_bytes().splitlines(keepends=True)))
    lines = [item for item in walk(path) if isinstance(item, Line)]
    header = {name: lines[0].fields[name] for name in _HEADER & lines[0].fields.keys()} if lines else {}
    chain = ChainWriter(path, header, folder.aside, mode=0o600)
    if told:
        left = [line.fields for line in lines if line.fields.get("kind") != "chain"]
        chain.rewrite([body for body in written_again(left) if not pending.speaks(canonical(body))], now)
    if (lock := lock_in(lines)) is not None:
        word = {"kind": FORGET, "names": list(pending.names)}
        chain.append([{"kind": LOCKED, "age": lock.close([word])}], now)
    return told
