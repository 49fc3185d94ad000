"""A big folder: how long until the first shelf page, and until everything can be searched."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.speed.corpus import Corpus
from bench.speed.running import EVERY, Memory
from bench.speed.sides import REMNANT, Bench, at

from remnant.errors import RemnantError
from remnant.library.asking import search
from remnant.library.opening import open_library
from remnant.model import Reader

NOBODY = Reader("bench")


@dataclass(frozen=True)
class Scale:
    files: int
    size: int
    words: int
    first_page: float
    """Seconds until a search first answered with works."""
    all_searchable: float
    works: int
    memory: int
    index: int
    library: int


def scale(bench: Bench, corpus: Corpus) -> Scale:
    began = time.perf_counter()
    with bench.log.open("ab") as log:
        adding = subprocess.Popen(
            [REMNANT, "add", str(corpus.folder), *at(bench.library)], stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        memory = Memory(os.getpid())
        memory.start()
        first = next((time.perf_counter() - began for _ in until_found(bench, adding)), 0.0)
        adding.wait()
    memory.stop()
    return Scale(
        files=len(corpus.files),
        size=corpus.size,
        words=corpus.words,
        first_page=first,
        all_searchable=time.perf_counter() - began,
        works=works_in(bench.library),
        memory=memory.most,
        index=size_of(bench.library / "index"),
        library=size_of(bench.library),
    )


def until_found(bench: Bench, adding: subprocess.Popen[bytes]) -> Iterator[int]:
    """The number of works on the first shelf page on which there are any."""
    while adding.poll() is None:
        if found := works_in(bench.library):
            yield found
            return
        time.sleep(EVERY)
    yield works_in(bench.library)


def works_in(library: Path) -> int:
    """What a search for everything finds now; none while there is no library or index yet."""
    try:
        with open_library(library, datetime.now(UTC)) as opened:
            return search(opened, NOBODY).total
    except (RemnantError, FileNotFoundError):
        return 0


def size_of(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
