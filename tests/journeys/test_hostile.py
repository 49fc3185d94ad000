"""Scripts in every place a script can stand: none runs, and none is in the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.journeys import shelf
from tests.journeys.conftest import Server, serving, take_in

Pages = Callable[..., Page]

WATCH = """
addEventListener('securitypolicyviolation', event => {
    (window.broken = window.broken || []).push(event.violatedDirective + ' ' + event.blockedURI);
});
"""
STRANGERS = (
    "script:not([src^='/static/']), style, iframe, object, embed, base, svg, math, meta[http-equiv], img, "
    "form:not([action^='/'])"
)
HANDLERS = """[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])
    .filter(a => a.name.startsWith('on') || a.name === 'style' || a.name === 'srcdoc'
        || /^\\s*(javascript|data|vbscript):/i.test(a.value.replace(/[\\s\\0]/g, '')))
    .map(a => a.ownerElement.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    take_in(folder / "library", shelf.write_hostile(folder / "files"))
    with serving(folder / "library") as server:
        yield server


def every_address(page: Page, address: str) -> list[str]:
    """The shelf and every page that it, and every work on it, leads to."""
    found = [
        f"{address}/",
        f"{address}/?q=%3Cscript%3Ewindow.ran%3D1%3C%2Fscript%3E",
        f"{address}/kept",
        f"{address}/findings",
    ]
    page.goto(address)
    for work in page.eval_on_selector_all("article h3 a", "all => all.map(a => a.href)"):
        page.goto(work)
        found += [work, *page.eval_on_selector_all("main a", "all => all.map(a => a.href)")]
    return [url for url in dict.fromkeys(found) if "/download/" not in url and url.startswith(address)]


def test_no_script_of_a_stranger_runs_or_stands_in_a_page(hostile: Server, pages: Pages) -> None:
    page = pages()
    page.add_init_script(WATCH)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    visited = every_address(page, hostile.address)
    for url in visited:
        page.goto(url)
        page.mouse.move(200, 200)

        assert page.evaluate("window.ran") is None, url
        assert page.evaluate("window.broken") is None, url
        assert page.locator(STRANGERS).count() == 0, url
        assert page.evaluate(HANDLERS) == [], url
        assert page.url.startswith(hostile.address)

    assert len([url for url in visited if "/read/" in url]) >= 3
    assert said == []
    assert all(url.startswith((hostile.address, "data:image/svg")) for url in asked)


def test_the_words_of_a_hostile_story_are_still_there(hostile: Server, pages: Pages) -> None:
    page = pages()
    page.goto(hostile.address + "/?q=calm+Paragraph")
    page.locator("article h3 a").first.click()
    page.get_by_role("link", name="Read", exact=True).click()
    words = page.locator(".story-text").inner_text()

    assert all(f"Paragraph {number} stands here, quite calm." in words for number in range(len(shelf.SCRIPTS)))


def test_a_page_given_away_runs_nothing_either(hostile: Server, pages: Pages, tmp_path: Path) -> None:
    page = pages(accept_downloads=True)
    page.goto(hostile.address)
    works = page.eval_on_selector_all("article h3 a", "all => all.map(a => a.href)")
    for number, work in enumerate(works):
        page.goto(work)
        with page.expect_download() as coming:
            page.get_by_role("link", name="HTML").click()
        coming.value.save_as(tmp_path / f"{number}.html")
    for number in range(len(works)):
        page.goto((tmp_path / f"{number}.html").as_uri())

        assert page.evaluate("window.ran") is None
        assert page.locator("script, iframe, object, embed, base, svg").count() == 0
        assert [found for found in page.evaluate(HANDLERS) if "style" not in found] == []
