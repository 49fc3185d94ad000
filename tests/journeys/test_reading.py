"""Search, open, read with the warning first, to the note and back, correct, undo, take it along."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Server

Pages = Callable[..., Page]


def open_light(page: Page, address: str) -> None:
    """From the shelf, by a search, to the page of the story about the lighthouse."""
    page.goto(address)
    page.get_by_role("searchbox").fill("keeper lighthouse")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("1 work")
    page.get_by_role("article").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def open_tea(page: Page, address: str) -> None:
    page.goto(address + "/?q=title:tea")
    page.get_by_role("link", name="Tea for Two Ghosts").click()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_reader_finds_reads_follows_the_note_and_comes_back(own: Server, pages: Pages, script: bool) -> None:
    page = pages(java_script_enabled=script, viewport={"width": 390, "height": 844})
    open_light(page, own.address)
    warning = page.get_by_text("spoilers if you haven't seen The Long Watch part two").first

    expect(warning).to_be_visible()

    page.get_by_role("link", name="Read", exact=True).click()
    words = page.locator("main").inner_text()

    assert "spoilers if you haven't seen" in words
    assert words.index("spoilers if you haven't seen") < words.index("They say that every lighthouse")

    pointer = page.locator("a.pointer").first
    pointer.click()
    note = page.get_by_text("This was written on a night train").first
    expect(note).to_be_in_viewport()

    page.locator("a.back").first.click()
    expect(pointer).to_be_in_viewport()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_a_person_corrects_a_title_and_takes_it_back(own: Server, pages: Pages, script: bool) -> None:
    page = pages(java_script_enabled=script)
    open_light(page, own.address)
    label = page.get_by_role("heading", level=1).inner_text()
    field = page.get_by_role("region", name="Title", exact=True)
    field.locator("summary").click()
    field.get_by_role("textbox").fill("The Keeper of Nothing")
    field.get_by_role("button", name="This is so").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("The Keeper of Nothing")
    expect(page.get_by_role("status")).to_contain_text("Your word on the title is kept")

    page.goto(own.address + "/?q=nothing")
    expect(page.get_by_role("link", name="The Keeper of Nothing")).to_be_visible()

    page.get_by_role("link", name="The Keeper of Nothing").click()
    page.get_by_role("button", name="Take it back: title").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(label)


def test_a_person_may_say_that_there_is_no_title(own: Server, pages: Pages) -> None:
    page = pages()
    open_tea(page, own.address)
    field = page.get_by_role("region", name="Title", exact=True)
    field.locator("summary").click()
    field.get_by_role("button", name="It has none").click()

    expect(page.get_by_role("heading", level=1)).not_to_have_text("Tea for Two Ghosts")
    expect(page.get_by_text("this name is only a label")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_the_story_can_be_taken_along_as_a_book(server: Server, pages: Pages, script: bool) -> None:
    page = pages(java_script_enabled=script, accept_downloads=True)
    open_tea(page, server.address)
    with page.expect_download() as coming:
        page.get_by_role("link", name="EPUB").click()
    data = coming.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        first = book.infolist()[0]
        told = "".join(book.read(name).decode("utf-8") for name in book.namelist() if name.endswith("html"))

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert "The kettle began to sing" in told
    assert coming.value.suggested_filename.endswith(".epub")


def test_where_a_claim_stands_is_shown_in_the_original(server: Server, pages: Pages) -> None:
    page = pages()
    open_tea(page, server.address)
    page.get_by_role("region", name="Title", exact=True).get_by_role("link", name=re.compile("Where it stands")).click()

    expect(page.locator("blockquote mark")).to_have_text("Tea for Two Ghosts")
    expect(page.locator("blockquote")).to_contain_text("Title: ")


def test_the_place_is_kept_by_reading_on(own: Server, pages: Pages) -> None:
    page = pages(viewport={"width": 390, "height": 844})
    open_light(page, own.address)
    page.get_by_role("link", name="Read", exact=True).click()
    far = page.locator("[data-story]").nth(25)
    with page.expect_response(lambda answer: answer.url.endswith("/place")) as kept:
        far.scroll_into_view_if_needed()

    assert kept.value.status == 204

    page.goto(own.address)
    page.get_by_role("region", name="Go on reading").get_by_role("link").click()
    page.wait_for_url(re.compile(r"#p\d+$"))

    expect(page.locator(":target")).to_be_in_viewport()
    assert int(page.url.rpartition("#p")[2]) > 10


def test_a_page_merely_opened_keeps_the_older_place(own: Server, pages: Pages) -> None:
    page = pages(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_light(page, own.address)
    page.get_by_role("link", name="Read", exact=True).click()
    page.wait_for_timeout(2500)

    assert not [url for url in asked if url.endswith("/place")]


@pytest.mark.parametrize("way", ["touch", "buttons"])
def test_without_scripts_a_mark_keeps_the_place(own: Server, pages: Pages, way: str) -> None:
    page = pages(java_script_enabled=False, viewport={"width": 390, "height": 844})
    open_light(page, own.address)
    page.get_by_role("link", name="Read", exact=True).click()
    if way == "buttons":
        page.get_by_role("link", name="With buttons for keyboard and screen reader").click()
        page.get_by_role("button", name="Keep my place here").nth(9).press("Enter")
    else:
        page.locator("button.mark").nth(9).click()

    expect(page.get_by_role("status")).to_have_text("Your place is kept.")
    assert re.search(r"#p\d+$", page.url)

    place = page.url.rpartition("#")[2]
    page.goto(own.address)
    page.get_by_role("region", name="Go on reading").get_by_role("link").click()

    assert page.url.endswith("#" + place)
    expect(page.locator(f"#{place}")).to_be_in_viewport()


def test_a_note_jumped_to_is_no_place(own: Server, pages: Pages) -> None:
    page = pages(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_light(page, own.address)
    page.get_by_role("link", name="Read", exact=True).click()
    page.locator("a.pointer").first.click()
    page.wait_for_timeout(2500)

    assert not [url for url in asked if url.endswith("/place")]


def test_whoever_opens_a_later_leaf_first_finds_the_notices_there(server: Server, pages: Pages) -> None:
    page = pages()
    open_tea(page, server.address)
    page.goto(page.url + "/read/3")

    expect(page.locator(".notices")).to_contain_text("Rating")


def test_chapters_are_turned_and_the_facets_narrow(server: Server, pages: Pages) -> None:
    page = pages(java_script_enabled=False)
    page.goto(server.address)
    page.get_by_role("navigation", name="Narrow the shelf").get_by_role(
        "link", name=re.compile("Harbour Lights")
    ).click()

    expect(page.get_by_role("article")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("1 work")

    page.get_by_role("link", name=re.compile("chosen: take it out")).first.click()
    expect(page.get_by_role("article")).to_have_count(3)

    open_tea(page, server.address)
    page.get_by_role("link", name="Read", exact=True).click()
    page.get_by_role("navigation", name="Through the story").get_by_role("link", name=re.compile("Next")).click()
    page.get_by_role("navigation", name="Through the story").get_by_role("link", name=re.compile("Next")).click()

    expect(page.get_by_role("link", name="About this story")).to_be_visible()
