"""The contest: the same folder taken in by Remnant and by calibre, the same stories made into books by four."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bench.speed.corpus import Corpus
from bench.speed.running import Cost, run

REMNANT = str(Path(sys.executable).with_name("remnant"))
BOOKS = 12
"""So many pages are made into books one by one; their lengths are spread evenly over the corpus."""


@dataclass(frozen=True)
class Sides:
    """Everything measured side by side; calibre or pandoc is None where it is not installed."""

    files: int
    works: int
    adding: Mapping[str, Cost]
    books: int
    making: Mapping[str, Cost]
    together: Cost
    """All works of the library made into books in one run."""


@dataclass(frozen=True)
class Bench:
    """A place to work in, and where what the contestants say is written down."""

    place: Path

    @property
    def log(self) -> Path:
        return self.place / "log.txt"

    @property
    def library(self) -> Path:
        return self.place / "remnant"

    @cached_property
    def calibre(self) -> dict[str, str]:
        """calibre without a screen and without the settings of whoever runs this."""
        config = {"QT_QPA_PLATFORM": "offscreen", "CALIBRE_CONFIG_DIRECTORY": str(self.place / "calibre-config")}
        return {**os.environ, **config}

    def run(self, *command: str, environ: Mapping[str, str] | None = None) -> Cost:
        return run(command, self.log, environ)


def contest(bench: Bench, corpus: Corpus) -> Sides:
    adding = {"remnant": remnant_adds(bench, corpus)}
    if installed("calibredb"):
        adding["calibre"] = calibre_adds(bench, corpus)
        adding["calibre full-text index"] = calibre_indexes(bench)
    pages = spread([file for file in corpus.files if file.suffix == ".html"], BOOKS)
    return Sides(
        files=len(corpus.files),
        works=works_in(bench),
        adding=adding,
        books=len(pages),
        making=makers(bench, pages),
        together=bench.run(REMNANT, "export", "", "--to", "epub", str(bench.place / "all"), *at(bench.library)),
    )


def installed(program: str) -> bool:
    return shutil.which(program) is not None


def at(library: Path) -> tuple[str, str, str]:
    return "--library", str(library), "--plain"


def remnant_adds(bench: Bench, corpus: Corpus) -> Cost:
    return bench.run(REMNANT, "add", str(corpus.folder), *at(bench.library))


def calibre_adds(bench: Bench, corpus: Corpus) -> Cost:
    library = str(bench.place / "calibre")
    command = ("calibredb", "add", "-r", "-d", str(corpus.folder), "--with-library", library)
    return bench.run(*command, environ=bench.calibre)


def calibre_indexes(bench: Bench) -> Cost:
    how = ("--wait-for-completion", "--indexing-speed", "fast", "--with-library", str(bench.place / "calibre"))
    return bench.run("calibredb", "fts_index", "enable", *how, environ=bench.calibre)


def works_in(bench: Bench) -> int:
    asked = subprocess.run([REMNANT, "find", *at(bench.library), "--json"], capture_output=True, text=True, check=True)
    return int(asked.stdout.split('"total":')[1].split(",")[0].strip(" }\n"))


def spread(files: Sequence[Path], count: int) -> list[Path]:
    by_size = sorted(files, key=lambda file: (file.stat().st_size, file.name))
    step = max(1, len(by_size) // count)
    return by_size[step // 2 :: step][:count]


def makers(bench: Bench, pages: Sequence[Path]) -> dict[str, Cost]:
    """These pages made into books. The others can only take one at a time; Remnant is tried in both ways."""
    out = bench.place / "books"
    out.mkdir()
    made = {
        "remnant": remnant_books(bench, pages, out / "at once"),
        "remnant, one by one": summed([remnant_books(bench, [page], out / page.stem) for page in pages]),
    }
    if installed("pandoc"):
        made["pandoc"] = summed(
            [bench.run("pandoc", str(page), "-o", str(out / f"{page.stem}.p.epub")) for page in pages]
        )
    if installed("ebook-convert"):
        made["calibre"] = summed([calibre_book(bench, page, out / f"{page.stem}.c.epub") for page in pages])
    return made


def calibre_book(bench: Bench, page: Path, book: Path) -> Cost:
    return bench.run("ebook-convert", str(page), str(book), environ=bench.calibre)


def remnant_books(bench: Bench, pages: Sequence[Path], out: Path) -> Cost:
    """From pages to books: a new library, the pages taken in, the books written."""
    adding = bench.run(REMNANT, "add", *map(str, pages), *at(out / "library"))
    return adding + bench.run(REMNANT, "export", "", "--to", "epub", str(out / "made"), *at(out / "library"))


def summed(costs: Sequence[Cost]) -> Cost:
    whole = Cost(0, 0, 0)
    for cost in costs:
        whole = whole + cost
    return whole
