"""Plain text: what is a paragraph, what is verse, and that nothing is moved."""

from __future__ import annotations

import textwrap

import pytest
from tests.strategies.formats import drafted

from remnant.model import BlockKind, How

LONG = "The lamp went out before the keeper had climbed to the gallery, and so nobody saw the ship go by that night."


def texts(data: str | bytes) -> list[str]:
    return [line.text for line in drafted(data).lines]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_paragraphs_are_parted_by_blank_lines_whatever_ends_a_line(end: str) -> None:
    draft = drafted(f"one{end}{end}two{end}{end}{end}three{end}")

    assert [(line.text, line.gap) for line in draft.lines] == [("one", 0), ("two", 1), ("three", 2)]


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert texts(f"{LONG} {LONG}\n“Oh.”\n{LONG}\n") == [f"{LONG} {LONG}", "“Oh.”", LONG]


def test_wrapped_lines_are_one_paragraph_with_its_line_ends_left_in() -> None:
    wrapped = [textwrap.fill(LONG * times, 70) for times in (2, 3, 2)]

    draft = drafted("\n\n".join(wrapped))

    assert [line.text for line in draft.lines] == wrapped
    assert all(span.how is How.VERBATIM for line in draft.lines for span in line.spans)


def test_an_indent_begins_a_paragraph_among_wrapped_lines() -> None:
    paragraphs = [textwrap.fill(LONG * times, 70, initial_indent="    ") for times in (2, 3, 2)]

    draft = drafted("\n".join(paragraphs))

    assert [line.text for line in draft.lines] == [paragraph.lstrip() for paragraph in paragraphs]
    assert {line.indent for line in draft.lines} == {4}


def test_labelled_lines_stand_alone_even_where_one_is_full() -> None:
    story = "\n\n".join(textwrap.fill(LONG * 3, 72) for _ in range(4))
    title = "Title: A very long title that runs nearly up to the edge of the lines"

    lines = texts(f"{title}\nAuthor: Somebody With A Name\nRating: PG\n\n{story}")

    assert lines[:3] == [title, "Author: Somebody With A Name", "Rating: PG"]


def test_short_lines_together_are_verse_whose_line_ends_are_meant() -> None:
    verse = "Over the water\nunder the hill\nsomebody's daughter\nis sleeping still"
    story = "\n\n".join([LONG, LONG, LONG])

    draft = drafted(f"{story}\n\n{verse}\n\n{story}")

    (sung,) = [line for line in draft.lines if line.kind is BlockKind.VERSE]
    assert sung.text == verse
    assert [span.text for span in sung.spans if span.how is How.DECODED] == ["\n"] * 3


def test_a_line_of_stars_is_a_line_of_its_own() -> None:
    wrapped = textwrap.fill(LONG * 3, 70)

    assert texts(f"{wrapped}\n* * *\n{wrapped}\n\n{wrapped}") == [wrapped, "* * *", wrapped, wrapped]


def test_controls_and_odd_spaces_stay_where_they_are() -> None:
    assert texts("a\0b\u2028c\n\n\u3000d\xa0 e") == ["a\0b\u2028c", "d\xa0 e"]
