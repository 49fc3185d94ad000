"""What whole archives cost: `python -m bench.archives [--mails N] [--stories N]`.

A mailing list and an eFiction dump are made up, taken in through the command line, interrupted once with Ctrl-C and
gone on with, and accounted for. Memory is that of the command and its workers together, looked at five times a second;
time at work is the processors', of all of them, and does not grow when others use the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.archives.made import dump, mailing_list
from bench.machine import machine

RESULTS = Path(__file__).parents[1] / "results" / "archives.md"
OUT = Path(__file__).parents[1] / "out" / "archives"
PAUSE = 0.2


@dataclass(frozen=True)
class Run:
    code: int
    seconds: float
    cpu: float
    peak: int
    told: str


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=20_000)
    parser.add_argument("--stories", type=int, default=5_000)
    parser.add_argument("--interrupt", type=float, default=20, help="seconds after which Ctrl-C is pressed once")
    wish = parser.parse_args(words)
    shutil.rmtree(OUT, ignore_errors=True)
    command = f"python -m bench.archives --mails {wish.mails} --stories {wish.stories}"
    told = [f"# Whole archives\n\n`{command}`, {datetime.now(UTC):%Y-%m-%d}, {machine()}.\n"]
    if wish.mails:
        made = mailing_list(OUT / "list", wish.mails)
        hoped = {"story": made.posted + made.alone, "letter": made.letters}
        told += measured("list", f"{wish.mails:,} mails", hoped, wish.interrupt)
    if wish.stories:
        chapters = dump(OUT / "dump" / "dump.sql", wish.stories)
        told += measured(
            "dump",
            f"a dump of {wish.stories:,} stories, {chapters:,} chapters",
            {"story": wish.stories},
            wish.interrupt,
        )
    RESULTS.write_text("\n".join(told) + "\n", "utf-8")
    print("\n".join(told))


def measured(name: str, called: str, hoped: dict[str, int], interrupt: float) -> list[str]:
    place, library = OUT / name, OUT / f"{name} library"
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    rows: list[tuple[str, Run]] = [("taken in", run(library, "add", str(place)))]
    rows.append(("taken in again", run(library, "add", str(place))))
    whole = run(library, "report", name, "--json")
    rows.append(("accounted for", whole))
    other = OUT / f"{name} library, interrupted"
    stopped = run(other, "add", str(place), interrupt=interrupt)
    rows += [(f"Ctrl-C after {interrupt:.0f} s", stopped), ("gone on with", run(other, "add", str(place)))]
    same = counted(library) == counted(other)
    found = json.loads(whole.told)["found"]
    return [
        f"## {called[0].upper()}{called[1:]}, {size / 1e6:.0f} MB\n",
        "| | seconds | of them at work | peak memory, MB | exit code |",
        "|---|--:|--:|--:|--:|",
        *(f"| {what} | {one.seconds:.0f} | {one.cpu:.0f} | {one.peak / 1e6:.0f} | {one.code} |" for what, one in rows),
        "",
        f"- made: {hoped}; found: {found}",
        f"- as many works after the interruption as without one: {'yes' if same else 'NO'} ({counted(library):,})",
        "",
    ]


def counted(library: Path) -> int:
    return int(json.loads(run(library, "find", "--json").told)["total"])


def run(library: Path, *words: str, interrupt: float | None = None) -> Run:
    """A command on its own, watched."""
    began, peak = time.monotonic(), 0
    command = [sys.executable, "-m", "remnant.cli.main", *words, "--library", str(library), "--plain"]
    with (OUT / "told").open("w+") as told:
        process = subprocess.Popen(command, stdout=told, stderr=subprocess.DEVNULL)
        while not (ended := os.wait4(process.pid, os.WNOHANG))[0]:
            time.sleep(PAUSE)
            peak = max(peak, sum(map(_memory, _family(process.pid))))
            if interrupt is not None and time.monotonic() - began > interrupt:
                process.send_signal(signal.SIGINT)
                interrupt = None
        told.seek(0)
        cpu = ended[2].ru_utime + ended[2].ru_stime
        print(f"{' '.join(words[:2])}: {time.monotonic() - began:.0f} s, {cpu:.0f} at work", file=sys.stderr)
        return Run(os.waitstatus_to_exitcode(ended[1]), time.monotonic() - began, cpu, peak, told.read())


def _family(pid: int) -> list[int]:
    """The process and its children."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children") if Path(f"/proc/{pid}").exists() else ():
        try:
            found += [child for word in task.read_text().split() for child in _family(int(word))]
        except OSError:
            continue
    return found


def _memory(pid: int) -> int:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
