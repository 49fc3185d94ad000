"""A library of our own stories, its web reader as a real process, and a real Chromium before it."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.journeys import shelf

from remnant.library.adding import add
from remnant.library.opening import open_library
from remnant.library.seen import How, see
from remnant.library.watching import utc_now
from remnant.model import EVERY_CANON, Reader

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@dataclass(frozen=True)
class Server:
    """A running web reader and the folder it reads from."""

    address: str
    library: Path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def pages(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Make pages, each in a context of its own (so with cookies of its own)."""
    with contextlib.ExitStack() as open_now:

        def page(**wishes: object) -> Page:
            context: BrowserContext = chromium.new_context(**wishes)  # type: ignore[arg-type]
            open_now.callback(context.close)
            context.set_default_timeout(10_000)
            return context.new_page()

        yield page


def take_in(library: Path, *paths: Path) -> None:
    """Take in the files for Ann, who minds no spoilers: what is veiled has tests of its own."""
    with open_library(library, utc_now(), create=True) as opened:
        add(opened, paths)
        see(opened, Reader("Ann"), EVERY_CANON, how=How.DONT_MIND)


@contextlib.contextmanager
def serving(library: Path, reader: str = "Ann") -> Iterator[Server]:
    """`python -m remnant.web` over a library, until the end of the block."""
    command = [sys.executable, "-m", "remnant.web", "--library", str(library), "--port", "0", "--reader", reader]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            line = process.stdout.readline()
            assert "http://" in line, process.stderr.read()
            yield Server(line.split()[-1].rstrip("."), library)
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.fixture(scope="session")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that no test serves or changes: they take copies."""
    folder = tmp_path_factory.mktemp("stories")
    take_in(folder / "library", shelf.write(folder / "files"))
    return folder / "library"


@pytest.fixture(scope="session")
def server(stories: Path) -> Iterator[Server]:
    """A server for tests that only look."""
    shutil.copytree(stories, stories.with_name("looked at"))
    with serving(stories.with_name("looked at")) as server:
        yield server


@pytest.fixture
def own(stories: Path, tmp_path: Path) -> Iterator[Server]:
    """A library of the same stories that this one test may change."""
    shutil.copytree(stories, tmp_path / "library")
    with serving(tmp_path / "library") as server:
        yield server
