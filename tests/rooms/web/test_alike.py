"""The queue in the browser's forms: what is not for somebody does not exist, and nonsense changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.rooms.web.desks import Browser, desk
from tests.strategies import libraries
from tests.strategies.libraries import write_all
from tests.strategies.tales import chapter, text

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.opening import Library
from remnant.library.readers import take_in
from remnant.model import ProfileKind, Reader

ONE, TWO = map(chapter, range(2))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with libraries.shared_pool() as pool, libraries.library_at(tmp_path / "library", pool) as library:
        add(library, [write_all(tmp_path / "in", [text(ONE, TWO), text(ONE, TWO, title="Secret <b>Tram")])])
        yield library


def test_the_queue_escapes_what_strangers_wrote(library: Library) -> None:
    answer = Browser(replace(desk(library=library), reader=libraries.READER)).get("/alike")

    assert answer.status_code == 200
    assert "Secret &lt;b&gt;Tram" in answer.text
    assert "<b>Tram" not in answer.text


@pytest.mark.parametrize("path", ["/alike", "/alike?page=9999999&kind=<b>", "/alike?undo=<script>&said=1"])
def test_no_address_of_the_queue_is_wrong(library: Library, path: str) -> None:
    answer = Browser(replace(desk(library=library), reader=libraries.READER)).get(path)

    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_nonsense_decides_nothing(library: Library) -> None:
    browser = Browser(replace(desk(library=library), reader=libraries.READER))
    answers = [browser.post("/alike", data=data) for data in ({}, {"do": "accept", "work": "zz"}, {"do": "undo"})]

    assert all(answer.status_code >= 400 for answer in answers)
    assert search(library, libraries.READER).total == 2


def test_a_child_sees_no_group_and_decides_nothing(library: Library) -> None:
    works = [hit.work for hit in search(library, libraries.READER).hits]
    take_in(library, libraries.READER, "kim", ProfileKind.CHILD, clock=libraries.ticking())
    browser = Browser(replace(desk(library=library), reader=Reader("kim", kind=ProfileKind.CHILD)))
    pages = [browser.get(path) for path in ("/alike", f"/alike/compare?from={works[0]}&to={works[1]}")]
    answer = browser.post("/alike", data={"do": "accept", "work": works})

    assert all("Tram" not in page.text for page in pages)
    assert answer.status_code >= 300
    assert search(library, libraries.READER).total == 2
