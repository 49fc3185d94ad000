"""Our own exports, read again: what they say is believed as far as they say it, and what is ours is nobody's word."""

from __future__ import annotations

import pytest
from tests.strategies.readings import READER, Page, claim, person, work_of

from remnant.give import epub, page
from remnant.model import Claim, Confidence, Field, Link, LinkKind, Reading, Role, Shown
from remnant.shield.showing import show
from remnant.understand.reader import understand_bytes


def given_back(*said: Claim) -> Shown:
    paper = Page()
    paper.block(Role.STORY, "The lamp had gone out twice before anybody looked at the oil.")
    paper.block(Role.STORY, "At the top there was a lamp, and it was burning.")
    reading = paper.reading()
    return show(work_of(reading, *said), reading, READER)


def said_of(reading: Reading, field: Field) -> list[tuple[str | None, Confidence]]:
    return [(claim.value, claim.confidence) for claim in reading.claims if claim.field is field]


@pytest.mark.parametrize("surely", list(Confidence))
def test_a_field_is_as_sure_as_the_copy_says(surely: Confidence) -> None:
    shown = given_back(
        claim(Field.FANDOM, "Harbour &(likely)& Light (likely)", confidence=surely),
        claim(Field.AUTHOR, "Mara (as stated), of Wick & Oil", confidence=surely),
        claim(Field.AUTHOR, "Ossian", confidence=surely),
    )

    for form in (epub.book(shown), page.document(shown)):
        read = understand_bytes(form)
        assert said_of(read, Field.FANDOM) == [("Harbour &(likely)& Light (likely)", surely)]
        assert sorted(said_of(read, Field.AUTHOR)) == [("Mara (as stated), of Wick & Oil", surely), ("Ossian", surely)]


@pytest.mark.parametrize("name", ["Ada", "Ada (the elder)", "A & B, likely"])
def test_a_persons_word_in_a_copy_is_only_likely(name: str) -> None:
    read = understand_bytes(epub.book(given_back(person(Field.FANDOM, "Harbour Lights", name))))

    assert said_of(read, Field.FANDOM) == [("Harbour Lights", Confidence.LIKELY)]


def test_a_guessed_title_stays_a_guess_and_a_label_is_no_title() -> None:
    guessed = understand_bytes(
        epub.book(given_back(claim(Field.TITLE, "The “Lamp” · x", confidence=Confidence.GUESSED)))
    )
    untitled = understand_bytes(epub.book(given_back(claim(Field.AUTHOR, "Perhaps"))))
    titled = understand_bytes(epub.book(given_back(claim(Field.TITLE, "Perhaps “The Lamp” · abcdef"))))

    assert said_of(guessed, Field.TITLE) == [("The “Lamp” · x", Confidence.GUESSED)]
    assert said_of(untitled, Field.TITLE) == []
    assert said_of(titled, Field.TITLE) == [("Perhaps “The Lamp” · abcdef", Confidence.LIKELY)]


def test_what_is_veiled_says_nothing() -> None:
    shown = given_back(
        claim(Field.AUTHOR, "Mara <mara@inn.example>"),
        claim(Field.TITLE, "Letters to mara@inn.example"),
        claim(Field.WARNING, "write to mara@inn.example first"),
    )
    read = understand_bytes(epub.book(shown))

    assert [claim for claim in read.claims if "veiled" in (claim.value or "")] == []
    assert said_of(read, Field.TITLE) == said_of(read, Field.WARNING) == []


def test_a_warning_that_only_a_person_gave_is_a_warning_again() -> None:
    shown = given_back(person(Field.WARNING, "Drowning"), claim(Field.RATING, "Mature", normalised="mature"))
    read = understand_bytes(epub.book(shown))

    assert said_of(read, Field.WARNING) == [("Drowning", Confidence.LIKELY)]
    assert said_of(read, Field.RATING) == [("mature", Confidence.STATED)]
    assert [block.text.strip() for block in read.blocks if block.role is Role.WARNING] == ["Drowning"]


def test_a_pointer_leads_where_it_led_and_the_way_back_is_furniture() -> None:
    paper = Page()
    paper.block(Role.STORY, "The lamp", paper.span(" of Wick"), " had gone out.")
    paper.block(Role.NOTE, "Wick is a town.")
    source = paper.blocks[0].spans[1].source
    reading = paper.reading(links=(Link(source, paper.region(1), LinkKind.NOTE),))
    read = understand_bytes(epub.book(show(work_of(reading), reading, READER)))
    [link] = read.links

    assert read.text_of(link.source).strip() == "of Wick"
    assert link.target is not None
    assert "Wick is a town." in read.text_of(link.target)
    assert [(b.role, b.text.strip()) for b in read.blocks if "Wick is" in b.text or b.text == "↩"] == [
        (Role.NOTE, "Wick is a town."),
        (Role.CHROME, "↩"),
    ]


def test_a_page_that_only_names_us_is_not_ours() -> None:
    stranger = b'<html><head><meta name="generator" content="Remnant"/></head><body><p>It rained.</p></body></html>'

    assert understand_bytes(stranger).dialect is None


HEAD = '<html><head><meta name="generator" content="Remnant"/></head><body><header class="title-page">'


@pytest.mark.timeout(30)
@pytest.mark.parametrize("forged", ["(says x&amp;", "(as stated&amp;", ")&amp;(", "(says a)&amp;"])
def test_a_forged_page_of_ours_costs_no_more_than_its_length(forged: str) -> None:
    title = f'<h1 class="titled">It rained</h1><p class="by">by {forged * 20_000})</p></header>'
    fields = f'<dl class="fields"><dd class="fandom">{forged * 20_000})</dd></dl>'
    notices = f'<section class="notices"><ul><li>{"." * 200_000}x</li></ul></section>'
    read = understand_bytes(f"{HEAD}{title}{fields}{notices}<p>It rained.</p></body></html>".encode())

    assert read.dialect == "remnant"
    assert [block.text for block in read.blocks if block.role is Role.STORY] == ["It rained."]
