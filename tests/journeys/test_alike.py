"""Works that may be one story, in a browser: seen, compared, joined in two taps, and parted again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.journeys.axe import needs_axe, too_wide, violations
from tests.journeys.conftest import Server, serving, take_in
from tests.strategies.libraries import write_all
from tests.strategies.tales import chapter, edited, text

Pages = Callable[..., Page]
ONE, TWO, THREE, FOUR, FIVE = map(chapter, range(5))
CAME = [
    text(ONE, TWO, title="The Ferry", more="Warnings: sad"),
    text(ONE, edited(TWO), THREE, title="The Ferry, again"),
    text(FOUR, FIVE, title="The Tram"),
    text(FOUR, FIVE, title="The Tram Car"),
]


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[Server]:
    take_in(tmp_path / "library", write_all(tmp_path / "in", CAME))
    with serving(tmp_path / "library") as server:
        yield server


def opened(page: Page) -> Page:
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    return page


@needs_axe
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_queue_comparison_and_tellings_can_be_read_by_all(twins: Server, pages: Pages, theme: str) -> None:
    page = pages(viewport={"width": 320, "height": 640})
    page.context.add_cookies([{"name": "look", "value": f"{theme}.xl.m.serif", "url": twins.address}])
    wrong: list[str] = []
    page.goto(f"{twins.address}/kept")
    page.get_by_role("link", name="Works that may be one story").click()
    wrong += [*violations(opened(page)), *(["wide queue"] if too_wide(page) else [])]
    page.get_by_role("link", name=re.compile("How they differ: The Ferry")).click()
    wrong += [*violations(page), *(["wide comparison"] if too_wide(page) else [])]
    page.goto(f"{twins.address}/alike")
    page.get_by_text("Join every group of the same words").click()
    page.get_by_role("button", name="Yes, each is one story").click()
    wrong += violations(page)
    page.goto(f"{twins.address}/?q=title:tram")
    page.locator("article h3 a").click()
    wrong += [*violations(opened(page)), *(["wide tellings"] if too_wide(page) else [])]

    assert wrong == []


def test_two_taps_join_and_one_parts_again(twins: Server, pages: Pages) -> None:
    page = pages(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(f"{twins.address}/alike?kind=more+chapters")
    group = page.locator(".groups > li")
    before = group.count()
    yes = group.get_by_role("button", name="Yes, one story")
    hidden = not yes.is_visible()
    group.get_by_text("One story", exact=False).first.tap()
    yes.tap()
    page.wait_for_url("**said=kept**")
    page.goto(f"{twins.address}/?q=title:ferry")
    joined = page.locator("article h3 a").count()
    warned = page.get_by_text("sad").count()
    page.go_back()
    page.get_by_role("button", name="Take it back").tap()
    page.wait_for_url("**said=undone**")
    page.goto(f"{twins.address}/?q=title:ferry")

    assert (before, hidden) == (1, True)
    assert joined == 1
    assert warned
    assert page.locator("article h3 a").count() == 2


def test_a_telling_is_put_first_and_taken_out_on_the_page_of_the_work(twins: Server, pages: Pages) -> None:
    page = pages()
    page.goto(f"{twins.address}/alike")
    page.get_by_text("Join every group of the same words").click()
    page.get_by_role("button", name="Yes, each is one story").click()
    page.goto(f"{twins.address}/?q=title:tram")
    page.locator("article h3 a").click()
    first = page.url
    page.get_by_text("Change this").last.click()
    page.get_by_role("button", name="Let it stand on the shelf").click()
    page.goto(f"{twins.address}/?q=title:tram")
    page.locator("article h3 a").click()
    second = page.url
    page.get_by_text("Change this").first.click()
    page.locator("button[value=apart]").first.click()
    page.goto(f"{twins.address}/?q=title:tram")

    assert first != second
    assert page.locator("article h3 a").count() == 2


def test_warnings_stand_before_what_is_compared(twins: Server, pages: Pages) -> None:
    page = pages()
    page.goto(f"{twins.address}/alike?kind=more+chapters")
    page.get_by_role("link", name=re.compile("How they differ")).click()
    text_of = page.locator("main").inner_text()

    assert "sad" in text_of
    assert text_of.index("sad") < text_of.index("altogether")
