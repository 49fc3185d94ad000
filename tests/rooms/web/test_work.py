"""The page of a work: what it is called and who says so, and an address that leads to none."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rooms.web.desks import Browser, desk

from remnant.library.adding import add
from remnant.library.opening import open_library
from remnant.library.watching import utc_now

STORIES = {
    "unsaid": "The rain had stopped by the time she came home.\n\nNobody was there.\n",
    "titled": "Title: Rain\nAuthor: Ann\n\nThe rain had stopped by the time they came home.\n",
}


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Browser]:
    for name, text in STORIES.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    with open_library(tmp_path / "library", utc_now(), create=True) as library:
        add(library, [tmp_path / f"{name}.txt" for name in STORIES])
        yield Browser(desk(library=library))


def address_of(pages: Browser, words: str) -> str:
    found = re.search(r'href="(/work/\w+)"', pages.get("/", params={"q": words}).text)
    assert found is not None
    return found[1]


def test_a_work_of_which_nobody_said_a_title_says_so(pages: Browser) -> None:
    assert "Nobody said what it is called. This name" in pages.get(address_of(pages, "she")).text


def test_a_person_may_say_that_it_has_none(pages: Browser) -> None:
    address = address_of(pages, "title:rain")
    before = pages.get(address).text
    pages.post(f"{address}/correct", data={"field": "title", "how": "none", "value": ""})

    assert "This name" not in before
    assert "Ann said that it has no title. This name" in pages.get(address).text


def test_an_address_that_leads_nowhere_speaks_of_the_page_and_of_no_command(pages: Browser) -> None:
    answer = pages.get("/work/zzzzzzzzzzzzzzzz")
    words = html.unescape(re.sub(r"<[^>]+>", " ", answer.text))

    assert answer.status_code == 404
    assert "No work has an id that begins with 'zzzzzzzzzzzzzzzz'." in words
    assert "remnant find" not in words
