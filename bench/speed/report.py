"""The figures as tables."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping

from bench.speed.corpus import Corpus
from bench.speed.running import Cost
from bench.speed.scale import Scale
from bench.speed.sides import Sides, installed, summed

MIB = 2**20


def versions() -> str:
    """The rivals' own words on who they are."""
    found = []
    for program in ("calibredb", "pandoc"):
        if installed(program):
            said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
            found.append(said.strip().split("\n")[0])
        else:
            found.append(f"{program} is not installed")
    return ", ".join(found)


def of_sides(sides: Sides, corpus: Corpus, rooms: Mapping[str, float]) -> str:
    lines = [f"Taking in {sides.files} files, {corpus.size / MIB:.1f} MiB, {corpus.words:,} words: {sides.works} works"]
    lines += table(adding(sides), sides.files, "file", sides.adding["remnant"])
    lines += ["", f"{sides.books} pages made into EPUBs; calibre and pandoc take one at a time"]
    lines += table(sides.making, sides.books, "book", sides.making["remnant"])
    lines += ["", f"A library of {sides.works} works to EPUB in one run"]
    lines += table({"remnant": sides.together}, sides.works, "book", sides.together)
    lines += ["", *in_short(sides)]
    lines += ["", "Where the processor time of taking in goes (under a profiler, so proportions only)"]
    lines += [f"  {room:12}{100 * share:6.1f} %" for room, share in rooms.items() if share >= 0.001]
    return "\n".join(lines)


def in_short(sides: Sides) -> list[str]:
    """The ratios that the project promises: processor time a file taken in, and a book made."""
    lines = []
    if "calibre" in sides.adding:
        both = adding(sides)["calibre, both"].cpu
        lines.append(f"Taking in: calibre takes {both / sides.adding['remnant'].cpu:.1f} times the processor time")
    ours = sides.together.cpu / max(1, sides.works)
    for rival in ("calibre", "pandoc"):
        if rival in sides.making:
            times = sides.making[rival].cpu / max(1, sides.books) / ours
            lines.append(
                f"A book: {rival} takes {times:.1f} times what one of a whole library in one run takes Remnant"
            )
    return lines


def adding(sides: Sides) -> dict[str, Cost]:
    rivals = [cost for name, cost in sides.adding.items() if name != "remnant"]
    return {**sides.adding, **({"calibre, both": summed(rivals)} if rivals else {})}


def table(costs: Mapping[str, Cost], count: int, what: str, ours: Cost) -> list[str]:
    head = (
        f"  {'':28}{'CPU s':>9}{'wall s':>9}{'CPU ms a ' + what:>16}{'peak MiB':>10}{'CPU ratio':>11}{'wall ratio':>12}"
    )
    return [head, *(row(name, cost, count, ours) for name, cost in costs.items())]


def row(name: str, cost: Cost, count: int, ours: Cost) -> str:
    each = 1000 * cost.cpu / max(1, count)
    ratios = f"{cost.cpu / ours.cpu:>11.1f}{cost.wall / ours.wall:>12.1f}"
    return f"  {name:28}{cost.cpu:>9.2f}{cost.wall:>9.2f}{each:>16.1f}{cost.memory / MIB:>10.0f}{ratios}"


def of_scale(scale: Scale) -> str:
    return "\n".join(
        [
            f"{scale.files} files, {scale.size / MIB:.0f} MiB, {scale.words:,} words: {scale.works} works",
            f"  first shelf page after   {scale.first_page:8.1f} s",
            f"  all searchable after     {scale.all_searchable:8.1f} s",
            f"  files a second           {scale.files / scale.all_searchable:8.1f}",
            f"  peak memory              {scale.memory / MIB:8.0f} MiB",
            f"  the library, index within{scale.library / MIB:8.0f} MiB, {scale.index / MIB:.0f} MiB",
        ]
    )
