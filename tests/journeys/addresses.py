"""One address of every kind of page."""

from __future__ import annotations

import re

from playwright.sync_api import Page

KINDS = (
    *("shelf", "found", "nothing found", "kept", "findings", "work", "said", "claim", "read", "marks", "trouble"),
    *("seen", "canon", "veiled", "who", "wishes"),
)


def addresses(page: Page, address: str) -> dict[str, str]:
    """Every kind of page by its name; found as a reader would find them."""
    page.goto(f"{address}/?q=title:tea")
    page.get_by_role("link", name="Tea for Two Ghosts").click()
    tea = page.url
    claim = page.get_by_role("link", name=re.compile("Where it stands")).first.get_attribute("href")
    page.goto(f"{address}/?q=keeper+lighthouse")
    light = page.locator("article h3 a").get_attribute("href")
    return {
        "shelf": f"{address}/",
        "found": f"{address}/?q=kettle",
        "nothing found": f"{address}/?q=zeppelin",
        "kept": f"{address}/kept",
        "findings": f"{address}/findings",
        "work": tea,
        "said": f"{tea}?said=title",
        "claim": f"{address}{claim}",
        "read": f"{address}{light}/read/1",
        "marks": f"{address}{light}/read/1?marks",
        "trouble": f"{address}/nowhere",
        "seen": f"{address}/seen",
        "canon": f"{address}/seen?canon=torchwood",
        "veiled": f"{address}/veiled",
        "who": f"{address}/who",
        "wishes": f"{address}/settings?said",
    }
