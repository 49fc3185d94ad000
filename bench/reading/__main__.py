"""How fast one story is read: `python -m bench.reading [--words N]`.

Prints a table for each form a story comes in: megabytes of story text a second of processor time, without voices and
with them, and the memory that reading took, beside the file's own size. `--results FILE` writes it as a page.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.machine import machine
from bench.speed import corpus
from bench.speed.corpus import Story
from bench.speed.prose import Prose

from remnant.model import Reading, Role
from remnant.understand.reader import understand_bytes
from remnant.understand.voices.hearing import heard

TURNS = 5
"""Each is timed so often, and the best counts: whatever else the machine did only makes it slower."""


def main() -> int:
    told = arguments().parse_args()
    if told.one:
        print(*measured(told.one))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        text = table(written(Path(folder), told.words), told.words)
    print(text)
    if told.results:
        told.results.write_text(
            f"# How fast a story is read\n\nWritten by `python -m bench.reading`.\n\n{text}", "utf-8"
        )
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.reading", description=__doc__.split("\n\n")[0])
    parser.add_argument("--words", type=int, default=200_000, help="how long the story is")
    parser.add_argument("--results", type=Path, help="write the result as a page too")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    return parser


def written(folder: Path, words: int) -> list[tuple[str, Path]]:
    """The same story in every form."""
    story = corpus.tell(Prose(1), random.Random(1), words)
    files = []
    for name, suffix, write in FORMS:
        file = folder / f"{name.replace(' ', '_')}{suffix}"
        write(file, story)
        files.append((name, file))
    return files


def as_flat_text(file: Path, story: Story) -> None:
    chapters = (f"Chapter {number}\n\n" + "\n\n".join(one) for number, one in enumerate(story.chapters, 1))
    file.write_text(f"Title: {story.title}\nAuthor: {story.author}\n\n\n" + "\n\n".join(chapters) + "\n", "utf-8")


def as_breaks(file: Path, story: Story) -> None:
    """A home page that knows no paragraphs, only line ends."""
    rows = [f"<i>Chapter {n}</i><br><br>" + "<br><br>\n".join(one) for n, one in enumerate(story.chapters, 1)]
    body = "<br><br>\n".join(rows)
    file.write_text(f"<html><head><title>{story.title}</title></head><body>{body}</body></html>", "utf-8")


FORMS: list[tuple[str, str, Callable[[Path, Story], None]]] = [
    ("text", ".txt", as_flat_text),
    ("wrapped text", ".txt", corpus.as_text),
    ("page", ".html", corpus.as_page),
    ("page of line ends", ".html", as_breaks),
    ("book", ".epub", corpus.as_book),
]


def table(files: list[tuple[str, Path]], words: int) -> str:
    """A process for each, so that the memory of one is not another's."""
    busy = f"{os.getloadavg()[0]:.0f} processes at work beside it"
    lines = [f"{machine()}, {words} words, {busy}", "", "| form | file, MB | MB/s | with voices | memory, files |"]
    lines.append("|---|---|---|---|---|")
    for name, file in files:
        command = [sys.executable, "-m", "bench.reading", "--one", str(file)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        speed, voiced, memory = map(float, said)
        size = file.stat().st_size / 1e6
        lines.append(f"| {name} | {size:.2f} | {speed:.1f} | {voiced:.1f} | {memory / size:.0f} |")
    return "\n".join(lines) + "\n"


def measured(file: Path) -> tuple[float, float, float]:
    """Megabytes of story a second, without voices and with; megabytes of memory that one reading added.

    As in a worker, nobody looks for circles of values while a file is read.
    """
    data = file.read_bytes()
    gc.freeze()
    gc.disable()
    understand_bytes(b"A line, so that every rule is loaded.\n\n" * 3)
    before = peak()
    seconds, reading = best(lambda: understand_bytes(data), 1)
    memory = peak() - before
    story = sum(len(block.text.encode()) for block in reading.blocks if block.role is Role.STORY) / 1e6
    seconds = min(seconds, best(lambda: understand_bytes(data), TURNS - 1)[0])
    voices, _ = best(lambda: heard(reading), 2)
    return story / seconds, story / (seconds + voices), memory


def best(work: Callable[[], Reading], turns: int) -> tuple[float, Reading]:
    times = []
    for _ in range(turns):
        gc.collect()
        start = time.process_time()
        made = work()
        times.append(time.process_time() - start)
    return min(times), made


def peak() -> float:
    """The most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


if __name__ == "__main__":
    sys.exit(main())
