"""An EPUB as it is heard: headings in order, the warning first, dividers once, notes passed in one move."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import example, given
from tests.strategies.books import pages_of_book
from tests.strategies.readings import READER, readings, work_of
from tests.strategies.sample import NOTE, sample, sample_reading
from tests.strategies.spoken import after, spoken, transcript

from remnant.give import epub
from remnant.model import Reading, Role
from remnant.shield.showing import show


def _a_pointer_from_furniture() -> Reading:
    """A note that is pointed at from a block which no book gives."""
    reading = sample_reading()
    return replace(
        reading, blocks=tuple(replace(b, role=Role.CHROME) if at == 3 else b for at, b in enumerate(reading.blocks))
    )


FIRST_LINE = "It was dark & <cold>, and nobody sang."


def test_a_book_is_heard_as_its_author_meant_it() -> None:
    pages = pages_of_book(epub.book(sample()))
    heard = [line for page in pages.values() for line in transcript(page)]

    assert [line for line in heard if line.startswith("heading")] == [
        "heading level 1, Night Shift",
        "heading level 1, Before you read",
        "heading level 1, Chapter One The Lamp",
        "heading level 1, Chapter Two",
        "heading level 2, Later",
    ]
    assert heard.index("Warnings: spoilers if you haven't seen Part Four.") < heard.index(
        "It was dark & <cold>, and nobody sang."
    )
    assert heard.count("scene break") == 2
    assert not any("*" in line for line in heard)
    assert "list, 2 items" in heard


def test_a_long_note_is_passed_in_one_move() -> None:
    last = list(pages_of_book(epub.book(sample())).values())[-1]
    page = spoken(last)
    skip = next(heard for heard in page if heard.text == "Skip this note")

    assert not any(NOTE in heard.kind for heard in after(page, skip))
    assert any(NOTE in heard.kind for heard in page[page.index(skip) :])


def test_the_pointer_leads_to_its_note_and_the_note_back() -> None:
    pages = pages_of_book(epub.book(sample()))
    links = {heard.text: heard.leads_to for page in pages.values() for heard in spoken(page) if heard.kind == "link"}

    assert links["read the note"] == "c0002.xhtml#p19"
    assert links["Back to where this is mentioned"] == "c0001.xhtml#p3"


@given(readings())
def test_no_heading_level_is_ever_skipped_and_no_heading_is_empty(reading: Reading) -> None:
    for page in pages_of_book(epub.book(show(work_of(reading), reading, READER))).values():
        level = 0
        for heard in spoken(page):
            if found := re.fullmatch(r"heading level (\d)", heard.kind):
                assert int(found[1]) <= level + 1
                assert heard.text
                level = int(found[1])


@given(readings())
@example(_a_pointer_from_furniture())
def test_every_link_within_a_book_leads_somewhere(reading: Reading) -> None:
    pages = {
        name: spoken(page) for name, page in pages_of_book(epub.book(show(work_of(reading), reading, READER))).items()
    }
    anchors = {f"{name}#{heard.anchor}" for name, page in pages.items() for heard in page if heard.anchor}
    inner = [
        (name, heard.leads_to)
        for name, page in pages.items()
        for heard in page
        if heard.leads_to and not heard.leads_to.startswith("http")
    ]

    assert {target if target[0] != "#" else name + target for name, target in inner} <= anchors
