"""Law 11 on the pages: what the shield hides stands on none of them, wherever they lead."""

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

ADDRESS = "jane.doe@example.org"

STORY = f"""\
Title: The Post Office by the Sea
Author: Jane Doe <{ADDRESS}>
E-mail: {ADDRESS}
Fandom: Harbour Lights
Feedback: yes please, to {ADDRESS}!

The letters came on Tuesdays, and nobody knew who had written them.

She sorted them by the colour of the ink, since none had a name on it.

* * *

By winter there were none left to sort, and so she began to answer.


Note: write to me at {ADDRESS} if you liked it.
"""


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[Browser]:
    (tmp_path / "story.txt").write_text(STORY, encoding="utf-8")
    with open_library(tmp_path / "library", utc_now(), create=True) as library:
        add(library, [tmp_path / "story.txt"])
        yield Browser(desk(library=library))


def every_page(pages: Browser) -> Iterator[tuple[str, str]]:
    """All that the shelf leads to, downloads included, and some questions asked of it."""
    waiting, seen = ["/", "/?q=jane", "/?q=example.org", "/findings"], set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("/static/"):
            continue
        seen.add(address)
        text = pages.get(address).text
        yield address, text
        if address.startswith(("/work/", "/?")) or address == "/":
            waiting += [html.unescape(found) for found in re.findall(r'href="(/[^"#]*)', text)]


def test_an_address_in_a_story_stands_on_no_page_that_it_leads_to(pages: Browser) -> None:
    found = dict(every_page(pages))

    assert any("/claim/" in address for address in found)
    assert any("/read/" in address for address in found)
    assert any("/download/txt" in address for address in found)
    assert [address for address, text in found.items() if ADDRESS in html.unescape(text)] == []
    assert any("She sorted them by the colour of the ink" in text for text in found.values())


def test_the_place_is_kept_and_led_back_to(pages: Browser) -> None:
    work = re.search(r'href="(/work/\w+)"', pages.get("/").text)
    assert work is not None
    kept = pages.post(f"{work[1]}/place", data={"block": "6"})

    assert kept.headers["location"] == f"{work[1]}/read/1?kept#p6"
    assert pages.get(f"{work[1]}/continue").headers["location"] == f"{work[1]}/read/1#p6"
    assert pages.post(f"{work[1]}/place", data={"block": "6", "quietly": "1"}).status_code == 204
    assert pages.post(f"{work[1]}/place", data={"block": "9999"}).status_code == 409
    assert pages.post(f"{work[1]}/place", data={"block": "x"}).status_code == 400


def test_a_correction_without_a_value_or_a_field_changes_nothing(pages: Browser) -> None:
    work = re.search(r'href="(/work/\w+)"', pages.get("/").text)
    assert work is not None

    assert pages.post(f"{work[1]}/correct", data={"field": "title", "how": "set", "value": " "}).status_code == 400
    assert pages.post(f"{work[1]}/correct", data={"field": "nonsense", "value": "x"}).status_code == 400
    assert pages.post(f"{work[1]}/undo", data={"claim": "nonsense"}).status_code == 409
    assert "Nobody has corrected anything yet" in pages.get(work[1]).text
