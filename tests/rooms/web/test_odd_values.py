"""Half a surrogate pair, which no UTF-8 can hold, breaks no page; no correction writes one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rooms.web.desks import Browser, desk

from remnant.errors import UsageError
from remnant.library import correcting
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.correcting import Change, correct
from remnant.library.opening import Library, open_library
from remnant.library.watching import utc_now
from remnant.model import EVERY_CANON, Field, Reader, Seen

ODD = "Har\udcffbour & \ud800"
FIELDS = (Field.TITLE, Field.AUTHOR, Field.FANDOM, Field.SERIES, Field.TAG)
PAGES = ("/", "/seen", "/veiled", "/opds/v1.2/works", "/opds/v1.2/by/fandom", "/opds/v2/works", "/api/v1/works?q=lamp")
WORDS = "Title: {}\nFandom: {}\n{}\nThe lamp was lit on the quay, and everybody came home.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """One that is open and one that is veiled: both are told of by their values."""
    (tmp_path / "open.txt").write_text(WORDS.format("Lamp", "Harbour", ""), "utf-8")
    (tmp_path / "veiled.txt").write_text(WORDS.format("Rope", "Weir", "Spoilers: Night Four\n"), "utf-8")
    with open_library(tmp_path / "library", utc_now(), create=True) as made:
        add(made, sorted(tmp_path.glob("*.txt")))
        yield made


def _works(library: Library) -> list[str]:
    return [hit.work for hit in search(library, Reader("all", {EVERY_CANON: Seen(dont_mind=True)})).hits]


def test_no_correction_writes_half_a_character(library: Library) -> None:
    work = _works(library)[0]

    with pytest.raises(UsageError, match="Nothing was changed"):
        correct(library, "Ann", work, [Change(Field.TITLE, ("Lamp",)), Change(Field.FANDOM, (ODD,))])
    assert correct(library, "Ann", work, [Change(Field.FANDOM, ("Häfen \U0001f6a2",))]).claims


def test_one_that_was_written_before_breaks_no_page(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(correcting, "_must_be_text", lambda changes: None)
    for work in _works(library):
        correct(library, "Ann", work, [Change(field, (ODD,)) for field in FIELDS])
    here = Browser(desk(library=library))
    answers = {address: here.get(address) for address in PAGES}
    ways = {way for one in answers.values() for way in re.findall(r'href"?[=:] ?"(/[^"#]*)"', one.text)}
    odd = [html.unescape(way) for way in sorted(ways) if "Har%3Fbour" in way]

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(PAGES, 200)
    assert any(way.startswith("/opds") for way in odd)
    assert any(way.startswith("/seen") for way in odd)
    assert {here.get(way).status_code for way in odd} == {200}
