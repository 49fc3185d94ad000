"""RTF: bytes of many encodings, groups that end what they change, and text that is for other ends."""

from __future__ import annotations

import pytest
from tests.laws.accounting import check_draft
from tests.strategies.formats import drafted

from remnant.model import BlockKind, How, Mark, SkipClass
from remnant.understand.draft import Draft


def rtf(inner: str, head: str = "\\ansi\\ansicpg1252") -> Draft:
    draft = drafted(f"{{\\rtf1{head} {inner}}}".encode("latin-1"))
    check_draft(draft)
    return draft


def said(draft: Draft) -> list[str]:
    return [line.text for line in draft.lines]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("caf\\'e9\\par", "café"),
        ("caf\xe9\\par", "café"),
        ("\\u8212?x\\par", "—x"),
        ("\\u8212\\'97x\\par", "—x"),
        ("\\uc2\\u8212 ab x\\par", "— x"),
        ("\\uc0\\u8212 x\\par", "—x"),
        ("\\u-10179?\\u-8704?\\par", "😀"),
        ("{\\fonttbl{\\f3\\fcharset128 MS;}}\\f3 \\'82\\'a0\\'83A\\par", "あア"),
        ("{\\fonttbl{\\f3\\fcharset204 A;}}{\\f3 \\'e4\\'e0}\\'e4\\par", "даä"),
        ("\\{x\\}\\\\\\par", "{x}\\"),
        ("a\\line b\\par", "a\nb"),
        ("a\r\nb\\par", "ab"),
        ("a\\tab b\\~c\\_d\\-e\\par", "a\tb\xa0c\u2011de"),
    ],
)
def test_letters_are_what_their_bytes_numbers_and_words_mean(inner: str, text: str) -> None:
    assert said(rtf(inner)) == [text]


def test_what_no_encoding_knows_is_lost_and_told() -> None:
    draft = rtf("{\\fonttbl{\\f3\\fcharset128 MS;}}\\f3 \\'82\\par")

    assert said(draft) == ["\ufffd"]
    assert [found.code for found in draft.findings] == ["T001"]


def test_text_that_stands_as_it_is_stays_verbatim_in_the_bytes_of_the_file() -> None:
    draft = rtf("one {\\i two} \\'e9\\par")
    spans = draft.lines[0].spans

    assert [(span.text, span.how, sorted(span.marks)) for span in spans] == [
        *(("one ", How.VERBATIM, []), ("two", How.VERBATIM, [Mark.EMPHASIS])),
        *((" ", How.VERBATIM, []), ("é", How.DECODED, [])),
    ]
    assert draft.parts[0].encoding == "latin-1"


def test_a_group_ends_what_it_changed_and_plain_ends_all_looks() -> None:
    draft = rtf("{\\b a\\i b}c\\b d\\plain e\\par")

    assert [sorted(span.marks) for span in draft.lines[0].spans] == [
        *(["strong"], ["emphasis", "strong"], [], ["strong"], []),
    ]


@pytest.mark.parametrize(
    "inner", ["{\\*\\nobodyknows x}", "{\\pict 4142}", "{\\fonttbl{\\f0 x;}}", "\\bin3 {}x", "{\\*\\ud x}"]
)
def test_text_for_other_ends_is_no_text_of_the_document(inner: str) -> None:
    draft = rtf(f"a{inner}b\\par")

    assert said(draft) == ["ab"]
    assert SkipClass.PACKAGE in {skip.kind for skip in draft.skips}


def test_styles_and_outlines_make_headings() -> None:
    styles = "{\\stylesheet{\\s0 Normal;}{\\s2\\b heading 2;}{\\*\\cs3 Strong;}}"
    draft = rtf(f"{styles}\\s2\\b One\\par\\pard two\\par\\outlinelevel0 Three\\par")

    assert [(line.kind, line.level) for line in draft.lines] == [
        *((BlockKind.HEADING, 2), (BlockKind.PARAGRAPH, 0), (BlockKind.HEADING, 1)),
    ]
    assert not draft.lines[0].spans[0].marks


def test_a_note_stands_after_the_text_and_is_linked_from_it() -> None:
    draft = rtf("a{\\super\\chftn}{\\*\\footnote{\\super\\chftn} n\\par m}b\\par c\\par")

    assert said(draft) == ["a1b", "c", "1 n", "m"]
    assert draft.lines[0].spans[1].href == "#footnote-1"
    assert draft.lines[2].anchors == ("footnote-1",)


def test_empty_paragraphs_are_room_and_a_border_of_one_is_a_break() -> None:
    draft = rtf("a\\par\\par\\par b\\par\\pard\\brdrb\\brdrs\\par\\pard c\\par")

    assert [(line.text, line.gap, line.kind) for line in draft.lines] == [
        *(("a", 0, BlockKind.PARAGRAPH), ("b", 2, BlockKind.PARAGRAPH)),
        *(("", 0, BlockKind.BREAK), ("c", 0, BlockKind.PARAGRAPH)),
    ]


def test_text_past_a_brace_too_many_is_read_and_nothing_past_the_end_is() -> None:
    assert said(drafted(b"{\\rtf1 a\\par}} b\\par")) == ["a", "b"]
    assert said(drafted(b"{\\rtf1 a\\par}\0\0\0")) == ["a"]


def test_cells_are_a_table() -> None:
    draft = rtf("\\trowd\\intbl a\\cell b\\cell\\row\\pard c\\par")

    assert [line.kind for line in draft.lines] == [BlockKind.TABLE, BlockKind.TABLE, BlockKind.PARAGRAPH]
