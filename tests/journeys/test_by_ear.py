"""What a screen reader would say, taken from the browser's accessibility tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page
from tests.journeys.addresses import addresses
from tests.journeys.conftest import Server

Pages = Callable[..., Page]
Said = tuple[str, str]


def heard(page: Page) -> list[Said]:
    """The page as (role, name) in the order in which it would be read."""
    line = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in line.send("Accessibility.getFullAXTree")["nodes"]}
    return list(_said(nodes, next(iter(nodes.values()))))


def _said(nodes: dict[str, Any], node: dict[str, Any]) -> Iterator[Said]:
    role = node.get("role", {}).get("value", "")
    if not node.get("ignored") and role not in ("InlineTextBox", "none", "generic"):
        yield role, str(node.get("name", {}).get("value", "")).strip()
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from _said(nodes, nodes[child])


def read(page: Page, server: Server) -> list[Said]:
    page.goto(addresses(page, server.address)["read"])
    return heard(page)


def where_is(said: list[Said], words: str) -> int:
    return next(index for index, (_, name) in enumerate(said) if words in name)


def test_the_count_is_announced_and_each_work_is_an_article_with_a_name(server: Server, pages: Pages) -> None:
    page = pages()
    page.goto(server.address)
    said = heard(page)

    assert ("StaticText", "3 works") in said
    assert any(role == "status" for role, _ in said)
    assert len([name for role, name in said if role == "article" and name]) == 3


def test_the_warning_is_heard_before_the_story(server: Server, pages: Pages) -> None:
    said = read(pages(), server)

    assert where_is(said, "spoilers if you haven't seen") < where_is(said, "They say that every lighthouse")


def test_headings_are_heard_in_order_and_the_first_is_the_label(server: Server, pages: Pages) -> None:
    said = read(pages(), server)
    headings = [name for role, name in said if role == "heading"]

    assert headings
    assert all(headings)


def test_a_divider_is_heard_once_as_scene_break_and_never_star_by_star(server: Server, pages: Pages) -> None:
    said = read(pages(), server)

    assert said.count(("separator", "scene break")) == 1
    assert not [name for _, name in said if set(name) & set("*") or name in ("• • •", "***")]


def test_a_long_note_is_passed_in_one_move(server: Server, pages: Pages) -> None:
    page = pages()
    page.goto(addresses(page, server.address)["read"])
    skip = page.get_by_role("link", name="Skip this note").first
    target = str(skip.get_attribute("href")).removeprefix("#")
    after = page.evaluate(
        """([id]) => {
            const note = document.querySelector('aside.note'), past = document.getElementById(id);
            return Boolean(note.compareDocumentPosition(past) & Node.DOCUMENT_POSITION_FOLLOWING)
                && !note.contains(past);
        }""",
        [target],
    )

    assert after


def test_the_marks_that_keep_the_place_are_not_heard(server: Server, pages: Pages) -> None:
    said = read(pages(java_script_enabled=False), server)

    assert not [name for role, name in said if "Keep my place" in name]
    assert len([role for role, _ in said if role == "button"]) <= 3


def test_the_pointer_and_the_way_back_say_what_they_are(server: Server, pages: Pages) -> None:
    said = read(pages(), server)

    assert [name for role, name in said if role == "doc-noteref"]
    assert [name for role, name in said if role == "doc-backlink"] == ["Back to where this is mentioned"]
