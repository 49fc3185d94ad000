"""Letting a reading app in, as its reader does it; and what the page with the password is like."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.journeys.axe import needs_axe, too_wide, violations
from tests.journeys.conftest import Server
from tests.strategies import catalogues

Pages = Callable[..., Page]


@needs_axe
def test_an_app_is_let_in_reads_and_is_shut_out(own: Server, pages: Pages) -> None:
    page = pages(viewport={"width": 320, "height": 640})
    page.goto(own.address)
    page.get_by_role("link", name="Devices").click()
    empty = violations(page)
    page.get_by_label("What it is").fill("KOReader on the Kobo")
    page.get_by_role("button", name="Make its password").click()
    address, password = (page.locator("dd.address").nth(n).inner_text() for n in (0, 1))
    made, wide = violations(page), too_wide(page)
    feed = catalogues.atom(_asked(address, password))
    page.get_by_role("button", name="Shut out KOReader on the Kobo").click()

    assert (empty, made, wide) == ([], [], False)
    assert feed.findtext(f"{catalogues.ATOM}title") == "Remnant"
    with pytest.raises(urllib.error.HTTPError, match="401"):
        _asked(address, password)


def _asked(address: str, password: str) -> bytes:
    """As an app asks that knows nothing of us."""
    said = base64.b64encode(f"reader:{password}".encode()).decode()
    asked = urllib.request.Request(address, headers={"Authorization": f"Basic {said}"})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return bytes(answer.read())
