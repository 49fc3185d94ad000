"""A library is read while others add to it, and by more than one reader."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys import shelf
from tests.journeys.conftest import Server, serving

from remnant.library.opening import open_library
from remnant.library.seen import How, see
from remnant.library.watching import utc_now
from remnant.model import EVERY_CANON, Reader

Pages = Callable[..., Page]


def adding(library: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Another process that takes stories in."""
    code = (
        "import sys; from pathlib import Path; from remnant.library.adding import add;"
        "from remnant.library.opening import open_library; from remnant.library.watching import utc_now;"
        "library = open_library(Path(sys.argv[1]), utc_now());"
        "add(library, [Path(sys.argv[2])]); library.close()"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(library), str(folder)])


def test_pages_are_given_while_another_process_adds(own: Server, pages: Pages, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    for number in range(25):
        text = f"Title: Wave Number {number}\nAuthor: Tide\n\n{shelf.prose(20, number)}\n"
        (folder / f"wave{number}.txt").write_text(text, encoding="utf-8")
    page = pages()
    with adding(own.library, folder) as adder:
        while adder.poll() is None:
            for path in ("/", "/?q=kettle", "/kept", "/findings"):
                answer = page.goto(own.address + path)

                assert answer is not None
                assert answer.status == 200
    page.goto(own.address)

    assert adder.returncode == 0
    expect(page.get_by_role("status")).to_have_text("28 works, 1 to 20")

    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("status")).to_have_text("28 works, 21 to 28")


def test_a_library_whose_index_is_lost_and_made_again_is_served_on(own: Server, pages: Pages) -> None:
    page = pages()
    page.goto(own.address)
    code = (
        "import sys; from pathlib import Path; from remnant.library.rebuilding import rebuild;"
        "from remnant.library.opening import open_library; from remnant.library.watching import utc_now;"
        "library = open_library(Path(sys.argv[1]), utc_now()); rebuild(library); library.close()"
    )
    subprocess.run([sys.executable, "-c", code, str(own.library)], check=True)
    page.goto(own.address + "/?q=kettle")

    expect(page.get_by_role("article").first).to_be_visible()


def test_an_index_lost_under_the_reader_is_made_again(own: Server, pages: Pages) -> None:
    page = pages()
    page.goto(own.address)
    before = page.get_by_role("status").inner_text()
    shutil.rmtree(own.library / "index")
    for _ in range(60):
        page.goto(own.address)
        if page.get_by_role("status").count() and page.get_by_role("status").inner_text() == before:
            return
        page.wait_for_timeout(250)
    raise AssertionError("the shelf did not come back")


def keep_at(page: Page, address: str, paragraph: int) -> str:
    page.goto(address + "/?q=keeper+lighthouse")
    page.locator("article h3 a").click()
    page.get_by_role("link", name=re.compile("^(Read|From the beginning)$")).click()
    page.locator("button.mark").nth(paragraph).click()
    return page.url.rpartition("#")[2]


def test_two_readers_one_after_the_other_have_their_own_places(stories: Path, tmp_path: Path, pages: Pages) -> None:
    library = tmp_path / "library"
    shutil.copytree(stories, library)
    with open_library(library, utc_now()) as opened:
        see(opened, Reader("Ben"), EVERY_CANON, how=How.DONT_MIND)
    page = pages(java_script_enabled=False)
    with serving(library, "Ann") as server:
        anns = keep_at(page, server.address, 4)
    with serving(library, "Ben") as server:
        page.goto(server.address)
        expect(page.get_by_role("region", name="Go on reading")).to_have_count(0)
        bens = keep_at(page, server.address, 11)
    with serving(library, "Ann") as server:
        page.goto(server.address)
        page.get_by_role("region", name="Go on reading").get_by_role("link").click()

        assert page.url.endswith("#" + anns)

    assert anns != bens
