"""The page for whoever has nothing but a browser: every story is listed, warned of and opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.strategies.libraries import READER, library_at, story, write_all

from remnant.give import rescue
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.wishing import wish
from remnant.model import WorkWish

WARNED = b"""\
Title: <script>alert(1)</script> & co

Author: Ann

Warnings: rain in Harrow, and a drowned cat

It rained.

More.
"""


@pytest.fixture
def library(tmp_path: Path, workers: Pool) -> Iterator[Library]:
    came = write_all(tmp_path / "in", [story("The Tram"), story("The Bridge"), WARNED])
    with library_at(tmp_path / "library", workers) as library:
        add(library, [came])
        yield library


def _page(library: Library, name: str = "index.html") -> str:
    return (library.path / name).read_text("utf-8")


def _links(text: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<a href="([^"]*)"', text)]


def test_every_story_opens_by_its_link(library: Library) -> None:
    opened = {(library.path / unquote(link)).read_bytes() for link in _links(_page(library))}

    assert opened == {story("The Tram"), story("The Bridge"), WARNED}


def test_the_warning_stands_before_the_link_and_nothing_runs(library: Library) -> None:
    text = _page(library)
    article = next(part for part in text.split("<article") if "drowned" in part)

    assert article.index("drowned") < article.index("<a href")
    assert "rain in Harrow" in article, "in its author's letters, great and small"
    assert "<script" not in text
    assert "default-src 'none'" in text
    assert "&lt;script&gt;" in text
    assert not [link for link in _links(text) if not link.startswith("shelf/")]


def test_what_is_sealed_or_private_is_not_listed_and_a_withheld_file_is_not_linked(library: Library) -> None:
    works = {hit.label: hit.work for hit in search(library, READER).hits}
    wish(library, "ann", works["The Tram"], WorkWish.PRIVATE)
    wish(library, "ann", works["The Bridge"], WorkWish.WITHHOLD_NAME)
    text = _page(library)

    assert "The Tram" not in text
    assert "The Bridge" in text
    assert len(_links(text)) == 1


def test_it_is_the_same_made_again(library: Library) -> None:
    before = (library.path / "index.html").read_bytes()
    rebuild(library)

    assert (library.path / "index.html").read_bytes() == before


def test_a_long_list_has_pages_that_lead_to_one_another(library: Library) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rescue, "PER_PAGE", 1)
        patch.setattr("remnant.library.rescuing.PER_PAGE", 1)
        rebuild(library)
        first, last = _page(library), _page(library, "index-3.html")
    rebuild(library)

    assert "index-2.html" in first
    assert "index.html" in last
    assert "page 3 of 3" in last
    assert not (library.path / "index-2.html").exists()
