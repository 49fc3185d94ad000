"""axe-core in the page, with the rules of WCAG 2.2 A and AA and best practice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

SOURCE = Path(__file__).parent.parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

needs_axe = pytest.mark.skipif(not SOURCE.exists(), reason="axe-core is not installed (npm install in tests/node)")


def violations(page: Page) -> list[str]:
    """What axe finds wrong, all that folds being open. Evaluated, since the policy bars scripts."""
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.evaluate(SOURCE.read_text(encoding="utf-8"))
    found = page.evaluate("tags => axe.run({runOnly: tags})", TAGS)
    assert found["passes"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in found["violations"]]


def too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
