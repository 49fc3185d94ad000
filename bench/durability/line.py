"""One line of 206 million characters, taken in whole: what it costs, and that it is kept."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from bench.durability.campaign import say
from bench.speed.running import adopt_orphans, run

MEGABYTES = 206


def line(place: Path | None) -> bool:
    """Add it, check it, and say how long that took and how much memory at most. Whether it is whole."""
    adopt_orphans()
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        room = Path(scratch)
        came, digest = _written(room / "line.txt")
        remnant = [sys.executable, "-P", "-m", "remnant.cli.main", "--library", str(room / "library")]
        environ = {**os.environ, "REMNANT_JOBS": "1"}
        adding = run([*remnant, "add", str(came)], room / "log", environ)
        checking = run([*remnant, "check"], room / "log", environ)
        kept = [
            path for path in (room / "library/shelf").rglob("original.*") if path.stat().st_size == came.stat().st_size
        ]
        whole = [hashlib.sha512(path.read_bytes()).hexdigest() for path in kept] == [digest]
        said = (room / "log").read_text("utf-8")
    text = (
        f"One line of {MEGABYTES} MB (10^6 bytes) and nothing else, through `remnant add` and `remnant check`.\n\n"
        "| | on the clock | processor time | memory at most, all processes |\n|---|---|---|---|\n"
        f"| add | {adding.wall:.1f} s | {adding.cpu:.1f} s | {adding.memory / 2**20:.0f} MiB |\n"
        f"| check | {checking.wall:.1f} s | {checking.cpu:.1f} s | {checking.memory / 2**20:.0f} MiB |\n\n"
        f"{'Kept byte for byte' if whole else 'NOT KEPT'}; above 64 MiB an original is kept and not read. It said:\n\n"
        f"```text\n{said.replace(str(room), '...').strip()}\n```\n"
    )
    say("line", "A line of 206 MB", "python -m bench.durability line", text)
    return whole


def _written(path: Path) -> tuple[Path, str]:
    digest = hashlib.sha512()
    with path.open("wb") as file:
        for _ in range(MEGABYTES):
            file.write(piece := b"The rain came down on the last ferry. " * 26_315 + b"x" * 30)
            digest.update(piece)
    return path, digest.hexdigest()
