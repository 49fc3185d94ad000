"""Markdown: signs that mean something, signs that are only signs, and texts that are no Markdown at all."""

from __future__ import annotations

import pytest
from tests.laws.accounting import check_draft
from tests.strategies.formats import drafted

from remnant.model import BlockKind, Span
from remnant.understand.draft import Draft

HEAD = "# One\n\n**two** [three](http://x.example/)\n\n"


def md(text: str) -> Draft:
    draft = drafted(HEAD + text)
    check_draft(draft)
    assert draft.format == "text/markdown"
    return draft


def last(text: str) -> tuple[Span, ...]:
    return md(text).lines[-1].spans


def marked(text: str) -> list[tuple[str, list[str]]]:
    return [(span.text, sorted(mark.value for mark in span.marks)) for span in last(text)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("a *b* c", [("a ", []), ("b", ["emphasis"]), (" c", [])]),
        ("a _b_ c", [("a ", []), ("b", ["emphasis"]), (" c", [])]),
        ("**a *b* c**", [("a ", ["strong"]), ("b", ["emphasis", "strong"]), (" c", ["strong"])]),
        ("***a***", [("a", ["emphasis", "strong"])]),
        ("~~a~~ `b*c*`", [("a", ["strike"]), (" ", []), ("b*c*", ["code"])]),
        ("“*a*,” b", [("“", []), ("a", ["emphasis"]), (",” b", [])]),
        ("a*b*c", [("a", []), ("b", ["emphasis"]), ("c", [])]),
        ("a_b_c", [("a_b_c", [])]),
        ("2 * 3 * 4", [("2 * 3 * 4", [])]),
        ("*never closed", [("*never closed", [])]),
        ("never* opened*", [("never* opened*", [])]),
        ("\\*a\\*", [("*a", []), ("*", [])]),
        ("a  \nb and more", [("a", []), ("\n", []), ("b and more", [])]),
        ("a\\\nb and more", [("a", []), ("\n", []), ("b and more", [])]),
    ],
)
def test_signs_mark_what_they_stand_around_and_else_are_text(text: str, spans: list[tuple[str, list[str]]]) -> None:
    assert marked(text) == spans


def test_links_keep_their_words_and_where_they_lead() -> None:
    spans = last("see [the _old_ page](http://x.example/a_b_c?d=(e)) and [this](javascript:alert(1)) now")

    assert "".join(span.text for span in spans) == "see the old page and this now"
    assert {span.text: span.href for span in spans if span.href} == dict.fromkeys(
        ("the ", "old", " page"), "http://x.example/a_b_c?d=(e)"
    )


def test_headings_quotes_and_notes_are_what_their_first_sign_says() -> None:
    draft = md("## Two ##\n\n> a\n> b\n\n>> c\n\nUnder\n=====\n\n#no heading\n\nd[^x]\n\n[^x]: e\n")
    told = [(line.kind, line.level, line.text) for line in draft.lines[2:]]

    assert told == [
        (BlockKind.HEADING, 2, "Two"),
        (BlockKind.QUOTE, 1, "a\nb"),
        (BlockKind.QUOTE, 2, "c"),
        (BlockKind.HEADING, 1, "Under"),
        (BlockKind.PARAGRAPH, 0, "#no heading"),
        (BlockKind.PARAGRAPH, 0, "dx"),
        (BlockKind.PARAGRAPH, 0, "e"),
    ]
    assert draft.lines[-1].anchors == ("note-x",)
    assert draft.lines[-2].spans[1].href == "#note-x"


@pytest.mark.parametrize(
    "text",
    [
        "He said *no*.\n\nShe said **yes**.\n\nThey _left_.\n",
        "#\n\nOne.\n\n#\n\nTwo.\n",
        "# of words: 400\n\nA story.\n",
        "Title: x\n\n[1] a list\n\n(and so on)\n",
        "* a\n* b\n\n---\n\nText.\n",
    ],
)
def test_what_only_looks_a_little_like_it_is_plain_text(text: str) -> None:
    assert drafted(text).format == "text/plain"
