"""What a story costs as the shelf grows: of putting, checking, opening the ledger. Flat is the aim."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.durability.campaign import say
from bench.durability.stories import NOW, now, sealings

from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder, create
from remnant.keep.ledger import Ledger
from remnant.keep.sealing import Kept, seal

SIZE = 1000
LAST = 500
"""How many are put to see what one more costs."""

Measure = dict[str, float]


@dataclass
class _Spent:
    cpu: float = 0.0
    wall: float = 0.0


@contextmanager
def _spent() -> Iterator[_Spent]:
    spent = _Spent()
    cpu, wall = time.process_time(), time.perf_counter()
    yield spent
    spent.cpu, spent.wall = time.process_time() - cpu, time.perf_counter() - wall


def scale(counts: list[int], place: Path | None) -> bool:
    """Let one shelf grow from count to count and measure at each. Whether everything was whole."""
    rows = []
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        folder = create(Path(scratch) / "library", NOW)
        held = 0
        for count in sorted(counts):
            with _spent() as growing:
                _put(folder, held, count - LAST - held)
            rows.append(_measured(folder, count, growing, count - LAST - held))
            held = count
            print(rows[-1], flush=True)
    table = "".join(_row(row) for row in rows)
    text = (
        f"Originals of {SIZE} bytes on a file system in memory, so that what is seen is what the program does and not "
        "what a disk waits for; microseconds of processor time. *One more*: each of the last "
        f"{LAST} put, in batches of 256, by a process that begins with a library of this size and reads its ledger; "
        "*the ledger*: what it costs a line to ask it, once a process, for all that was promised; *asked again*: what "
        "it costs, all in all, to ask it again how far it goes.\n\n"
        "| originals | put, since the last row | one more | check | the ledger | asked again |\n"
        f"|---|---|---|---|---|---|\n{table}"
    )
    say("scale", "A story's cost as the shelf grows", "python -m bench.durability scale", text)
    return all(row["whole"] == row["count"] for row in rows)


def _row(row: Measure) -> str:
    names = ("put", "one more", "check", "ledger", "again")
    return f"| {row['count']:,.0f} | " + " | ".join(f"{row[name] * 1e6:,.0f}" for name in names) + " |\n"


def _measured(folder: Folder, count: int, growing: _Spent, put: int) -> Measure:
    with _spent() as more:
        _put(folder, count - LAST, LAST)
    ledger = Ledger(folder)
    with _spent() as reading:
        ledger.promised()
    ledger.heads()
    with _spent() as again:
        ledger.heads()
    with _spent() as checking:
        whole = sum(verdict.grade is Grade.WHOLE for verdict in Audit(folder).verdicts())
    return {
        "count": count,
        "put": growing.cpu / put,
        "one more": more.cpu / LAST,
        "ledger": reading.cpu / count,
        "again": again.cpu,
        "check": checking.cpu / count,
        "whole": whole,
    }


def _put(folder: Folder, first: int, many: int) -> None:
    for word in seal(folder, sealings(first, many, SIZE), now):
        assert isinstance(word, Kept)
