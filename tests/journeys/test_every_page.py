"""Every page, in every dress: for eyes, for keys, for narrow screens and for large letters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.journeys.addresses import KINDS, addresses
from tests.journeys.axe import needs_axe, too_wide, violations
from tests.journeys.conftest import Server

Pages = Callable[..., Page]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
NARROWEST: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
CHIEF = ("found", "work", "claim", "read")
DRESSES = [
    ("light", PHONE, KINDS),
    ("dark", PHONE, KINDS),
    ("sepia", PHONE, KINDS),
    ("auto", WIDE, CHIEF),
]


@pytest.fixture(scope="module")
def where(chromium: Browser, server: Server) -> Iterator[dict[str, str]]:
    context = chromium.new_context()
    yield addresses(context.new_page(), server.address)
    context.close()


def dressed(pages: Pages, server: Server, theme: str, size: str = "m", **wishes: Any) -> Page:
    """A page whose reader chose this look."""
    page = pages(**wishes)
    page.context.add_cookies([{"name": "look", "value": f"{theme}.{size}.m.serif", "url": server.address}])
    return page


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")


@needs_axe
@pytest.mark.parametrize(("theme", "wishes", "kinds"), DRESSES)
def test_axe_finds_nothing_on_any_page(
    server: Server, where: dict[str, str], pages: Pages, theme: str, wishes: dict[str, Any], kinds: tuple[str, ...]
) -> None:
    page = dressed(pages, server, theme, **wishes)
    wrong: list[str] = []
    for kind in kinds:
        page.goto(where[kind])
        wrong += [f"{kind}: {violation}" for violation in violations(page)]

    assert wrong == []


@pytest.mark.parametrize("size", ["m", "xl"])
def test_no_page_scrolls_sideways_at_320_pixels(server: Server, where: dict[str, str], pages: Pages, size: str) -> None:
    page = dressed(pages, server, "light", size, **NARROWEST)
    wide: list[str] = []
    for kind in KINDS:
        page.goto(where[kind])
        open_everything(page)
        if too_wide(page):
            wide.append(kind)

    assert wide == []


def test_letters_twice_as_large_lose_nothing(server: Server, where: dict[str, str], pages: Pages) -> None:
    page = pages(viewport={"width": 640, "height": 900})
    cut: list[str] = []
    for kind in KINDS:
        page.goto(where[kind])
        page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
        if too_wide(page):
            cut.append(kind)

    assert cut == []


def test_the_story_is_set_in_lines_of_60_to_75_characters(server: Server, where: dict[str, str], pages: Pages) -> None:
    page = pages(**WIDE)
    page.goto(where["read"])
    widths = page.evaluate(
        """() => [...document.querySelectorAll('.story-text p[data-story]')].map(p => {
            const range = document.createRange(); range.selectNodeContents(p);
            const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
            return [p.innerText.length, tops.size];
        }).filter(([, lines]) => lines >= 4).map(([letters, lines]) => letters / lines)"""
    )

    assert widths
    assert 55 <= sum(widths) / len(widths) <= 75


def test_every_page_has_one_h1_and_its_headings_in_order(server: Server, where: dict[str, str], pages: Pages) -> None:
    page = pages()
    for kind in KINDS:
        page.goto(where[kind])
        levels = [
            int(tag[1]) for tag in page.eval_on_selector_all("h1,h2,h3,h4,h5,h6", "all => all.map(h => h.tagName)")
        ]

        assert levels.count(1) == 1, kind
        assert levels[0] == 1, kind
        assert all(after <= before + 1 for before, after in pairwise(levels)), kind


def test_with_the_keyboard_alone_a_story_is_found_and_read(server: Server, pages: Pages) -> None:
    page = pages(**WIDE)
    page.goto(server.address)
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.className") == "skip"

    to(page, "#q")
    page.keyboard.type("kettle title:tea")
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    to(page, "article h3 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/work/*")
    to(page, "a.go")
    page.keyboard.press("Enter")
    page.wait_for_url("**/read/1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def to(page: Page, selector: str) -> None:
    """Press Tab until this is reached; every stop on the way must show where it is."""
    for _ in range(60):
        page.keyboard.press("Tab")

        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"

        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")
