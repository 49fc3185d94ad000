"""Our tokens: the states of the HTML standard, and the rescues where a browser would throw text away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import formats

from remnant.unpack.markup import Flaw, Token, TokenKind, attributes, tokens

TEXT, REFERENCE, START, END, COMMENT, DOCTYPE, RAW = TokenKind


@given(formats.hostile_text, st.booleans())
def test_every_character_is_in_exactly_one_token(text: str, xml: bool) -> None:
    found = list(tokens(text, xml=xml))
    ends = [token.end for token in found]

    assert [token.start for token in found] == [0, *ends][: len(found)]
    assert all(token.end > token.start for token in found)
    assert (ends or [0])[-1] == len(text)


def kinds(text: str, *, xml: bool = False) -> list[tuple[TokenKind, str]]:
    return [(token.kind, text[token.start : token.end]) for token in tokens(text, xml=xml)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a <b title='x>y'>c</b>", [(TEXT, "a "), (START, "<b title='x>y'>"), (TEXT, "c"), (END, "</b>")]),
        ("1 < 2 & 3", [(TEXT, "1 "), (TEXT, "< 2 "), (TEXT, "& 3")]),
        ("I </3 you", [(TEXT, "I "), (TEXT, "</3 you")]),
        ("<!--a--><!--b--!>c", [(COMMENT, "<!--a-->"), (COMMENT, "<!--b--!>"), (TEXT, "c")]),
        ("<!-->a<!--->b", [(COMMENT, "<!-->"), (TEXT, "a"), (COMMENT, "<!--->"), (TEXT, "b")]),
        ("<!DOCTYPE html>x", [(DOCTYPE, "<!DOCTYPE html>"), (TEXT, "x")]),
        ("<?php x ?>y", [(COMMENT, "<?php x ?>"), (TEXT, "y")]),
        ("<script>a<b></script >c", [(START, "<script>"), (RAW, "a<b>"), (END, "</script >"), (TEXT, "c")]),
        (
            "<script><!--<script></script>--></script>",
            [(START, "<script>"), (RAW, "<!--<script></script>-->"), (END, "</script>")],
        ),
        ("<textarea><b>&lt;", [(START, "<textarea>"), (TEXT, "<b>"), (REFERENCE, "&lt;")]),
        ("<plaintext><b></plaintext>", [(START, "<plaintext>"), (TEXT, "<b></plaintext>")]),
    ],
)
def test_html_is_cut_as_the_standard_says(text: str, expected: list[tuple[TokenKind, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("&amp;", "&"),
        ("&nbsp;", "\xa0"),
        ("&#8217;", "’"),
        ("&#x2019;", "’"),
        ("&#146;", "’"),
        ("&#0;", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&#99999999999999999999;", "\ufffd"),
        ("&#" + "0" * 50 + "65;", "A"),
        ("&eacute", "é"),
        ("&CounterClockwiseContourIntegral;", "∳"),
    ],
)
def test_references_mean_what_the_standard_says(source: str, meant: str) -> None:
    (token,) = tokens(source)

    assert (token.kind, token.value) == (REFERENCE, meant)


def test_a_reference_without_its_semicolon_takes_no_more_than_its_name() -> None:
    assert kinds("&notit;") == [(REFERENCE, "&not"), (TEXT, "it;")]


def test_attributes_stand_where_they_say() -> None:
    text = "<a HREF=x&amp;y title='it&copy=1 &lt;' checked checked=no>"
    (token,) = tokens(text)

    found = attributes(text, token)

    assert [(a.name, a.value, text[a.start : a.end]) for a in found] == [
        ("href", "x&y", "x&amp;y"),
        ("title", "it&copy=1 <", "it&copy=1 &lt;"),
        ("checked", "", ""),
    ]


def flaws(text: str) -> list[Flaw]:
    return [token.flaw for token in tokens(text) if token.flaw is not None]


@pytest.mark.parametrize(
    ("text", "flaw", "kept"),
    [
        ('<p>a<a href="x>b</p><p>last', Flaw.UNCLOSED, "last"),
        ("<p>a<!-- never <p>last", Flaw.UNCLOSED, "last"),
        ("<title>never<p>last", Flaw.CUT, "last"),
        ("<noscript>never<p>last", Flaw.CUT, "last"),
    ],
)
def test_what_a_browser_would_swallow_is_read(text: str, flaw: Flaw, kept: str) -> None:
    assert flaw in flaws(text)
    assert (TEXT, kept) in kinds(text)


def test_a_tag_cut_off_by_the_end_is_no_text_and_a_long_rest_without_one_is() -> None:
    assert kinds('end.<a href="htt')[-1] == (COMMENT, '<a href="htt')
    assert kinds("end. <b and " + "so on " * 300)[-1][0] is TEXT


def test_a_tag_beyond_the_limit_is_one_token_without_attributes() -> None:
    text = "<p " + "a=1 " * 200_000 + ">x"

    tag, _ = tokens(text)

    assert tag.flaw is Flaw.LONG
    assert attributes(text, tag) == ()


def test_xml_closes_itself_and_keeps_cdata_as_text() -> None:
    text = "<?xml version='1.0'?><a><title/>b<![CDATA[<i>&amp;]]></a>"
    found: list[Token] = list(tokens(text, xml=True))

    assert [token.closed for token in found if token.name == "title"] == [True]
    assert (TEXT, "<i>&amp;") in kinds(text, xml=True)


def test_entities_of_a_dtd_are_never_expanded() -> None:
    text = "<!DOCTYPE a [<!ENTITY lol 'x>]'><!ENTITY l2 '&lol;&lol;'>]><a>&l2;</a>"

    assert kinds(text, xml=True)[2] == (TEXT, "&l2;")
