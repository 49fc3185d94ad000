"""The tree gives shape only: nothing is lost to it, and it is refused where it could hang."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from remnant.unpack import shape, soup
from remnant.unpack.markup import Token, TokenKind, tokens
from remnant.unpack.nested import places_in
from remnant.unpack.shape import by_tree, shape_of


def ancestors(text: str, *, xml: bool = False) -> list[tuple[str, str]]:
    found = list(tokens(text, xml=xml))
    shaped = shape_of(text, found, xml=xml)
    told = []
    for index, token in enumerate(found):
        if token.kind is TokenKind.TEXT:
            element, tags = shaped.places[index], []
            while element is not None:
                tags.append(element.tag)
                element = element.parent
            told.append((text[token.start : token.end], " ".join(reversed(tags))))
    return told


def test_formatting_reaches_across_paragraphs_as_in_a_browser() -> None:
    assert ancestors("<i><p>a</p><p>b</p></i>") == [("a", "html body i p"), ("b", "html body i p")]
    assert ancestors("<p><i>a</p><p>b</i></p>") == [("a", "html body p i"), ("b", "html body p i")]


def test_text_in_the_wrong_place_keeps_its_order() -> None:
    assert [text for text, _ in ancestors("<table>a<tr><td>b</td></tr>c</table>d")] == ["a", "b", "c", "d"]


@pytest.mark.parametrize("text", ["<frameset>a", "<select><p>a", "<colgroup>a", "<table><template>a"])
def test_text_that_a_tree_drops_or_moves_is_kept(text: str) -> None:
    assert [said for said, _ in ancestors(text)] == ["a"]


def test_xml_elements_close_themselves() -> None:
    assert ancestors("<html><body><i/>a<p/>b<script/>c</body></html>", xml=True) == [
        ("a", "html body"),
        ("b", "html body"),
        ("c", "html body"),
    ]


def test_in_xml_what_closes_itself_ends_nothing_around_it() -> None:
    page = "<html><body><a>b<a/>c</a><i>d<i/>e</i>f<b/>g</body></html>"

    assert ancestors(page, xml=True) == [
        *(("b", "html body a"), ("c", "html body a"), ("d", "html body i"), ("e", "html body i")),
        *(("f", "html body"), ("g", "html body")),
    ]


def test_in_html_a_browser_passes_over_the_slash() -> None:
    assert ancestors("<body><p><b/>a</p>c") == [("a", "html body p b"), ("c", "html body b")]
    assert ancestors("<body><p><a>b<a/>c</a>d") == [
        ("b", "html body p a"),
        ("c", "html body p a"),
        ("d", "html body p"),
    ]


_NAMES = st.sampled_from(
    [
        *("p", "div", "i", "b", "a", "span", "h1", "ul", "li", "dl", "dt", "dd", "blockquote"),
        *("table", "tbody", "tr", "td", "caption", "font", "pre"),
    ]
)
_PIECES = (
    st.builds("<{}>".format, _NAMES)
    | st.builds("</{}>".format, _NAMES)
    | st.sampled_from(["x", " ", "\n", "<br>", "<hr>", "<i/>", "&amp;", "</br>", "<form>", "<!-- y -->"])
    | st.recursive(
        st.sampled_from(["x", " ", "<br>", "<hr>", ""]),
        lambda inner: st.builds("<{0}>{1}</{0}>".format, _NAMES, inner) | st.builds("{}{}".format, inner, inner),
        max_leaves=6,
    )
)


@given(st.lists(_PIECES, max_size=6).map("".join), st.booleans())
def test_tags_alone_tell_only_what_a_tree_tells(body: str, xml: bool) -> None:
    page = f"<html><head><title>t</title></head><body>{body}</body></html>"
    found = list(tokens(page, xml=xml))
    nested = places_in(page, found, xml=xml)

    if nested is not None:
        places, starts = nested
        tree = by_tree(page, found, xml=xml)
        for index, token in enumerate(found):
            if token.kind in (TokenKind.TEXT, TokenKind.REFERENCE) and not page[token.start : token.end].isspace():
                assert chain(page, found, places[index]) == chain(page, found, tree.places[index])
            if token.kind is TokenKind.START and token.name in soup.BLOCKS:
                assert (index in starts) == (index in tree.in_tree)
                assert chain(page, found, places[index]) == chain(page, found, tree.places[index])


@pytest.mark.parametrize(
    "body",
    [
        *(
            "<p>x<div>y</div></p>",
            "<a>x<a>y</a></a>",
            "<ul><li>x<div><li>y</li></div></li></ul>",
            "<h1>x<h2>y</h2></h1>",
        ),
        *("<table>x</table>", "<table><tr><td>x</td></tr></table>", "<i>x<p>y</i>z</p>", "x</p>y", "</br>", "<div>x"),
        *("<form>x</form>", "<select><option>x</option></select>", "x</body>y", "<svg><p>x</p></svg>"),
    ],
)
def test_where_a_tree_moves_ends_or_implies_something_it_is_asked(body: str) -> None:
    page = f"<html><head><title>t</title></head><body>{body}</body></html>"

    assert places_in(page, list(tokens(page)), xml=False) is None


def chain(page: str, found: list[Token], element: shape.Element | None) -> list[str]:
    """The tags that an element stands in. Equal tags may stand for one another, and implied ones for nothing."""
    tags = []
    while element is not None:
        tags += [page[found[element.token].start : found[element.token].end]] if element.token >= 0 else []
        element = element.parent
    return tags


def test_private_characters_and_numbers_in_the_text_are_only_text() -> None:
    assert ancestors("<p>3;\ue0001\ue001<b>0;</b>") == [("3;\ue0001\ue001", "html body p"), ("0;", "html body p b")]


@pytest.mark.parametrize(
    "unit",
    [
        "<div>",
        "<blockquote>",
        "<b><div></b>",
        "<span><div></span>",
        "<div><table><tr><td></div>",
        "<li><blockquote>",
        "<button><p>",
        "<object><p>",
        "<form><div></form>",
    ],
)
def test_deep_nesting_is_refused_and_read_from_tags(unit: str) -> None:
    text = unit * 5_000 + "last"
    found = list(tokens(text))

    shaped = shape_of(text, found)

    assert shaped.refused
    assert shaped.places[-1] is not None


def test_formatting_that_is_never_closed_is_refused_before_it_multiplies() -> None:
    text = "".join(f"<font color={number}><p>x" for number in range(5_000))

    assert shape_of(text, list(tokens(text))).refused


def test_elements_moved_again_and_again_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soup, "MAX_STEPS", 10_000)
    text = ("<b>" * 100 + "<div>" * 100 + "x" + "</b>" * 100 + "</div>" * 100) * 10

    assert shape_of(text, list(tokens(text))).refused
    assert not shape_of("<p>x</p>" * 20_000, list(tokens("<p>x</p>" * 20_000))).refused


def test_paragraphs_that_are_never_closed_are_no_depth() -> None:
    text = "<p>x" * 5_000 + "<ul>" + "<li>y" * 5_000

    assert not shape_of(text, list(tokens(text))).refused


@pytest.mark.parametrize("unit", ["x<tr><td>", "x</b>", "x<body>", "x<form>", "<td>x</td>"])
def test_texts_that_tags_of_no_element_part_never_become_one(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """To join them one by one takes a parser memory by the square of their number: gigabytes for a small page."""
    pages: list[str] = []

    def parsed(page: str) -> LexborHTMLParser:
        pages.append(page)
        return LexborHTMLParser(page)

    monkeypatch.setattr(shape, "LexborHTMLParser", parsed)
    text = f"<body><form>{unit * 50}"
    shape_of(text, list(tokens(text)))
    written = re.sub(r"</?(?:tr|td|body|form|b)\b[^>]*>", "", pages[0])

    assert len(re.findall("[0-9]+;", written)) == 50
    assert re.search("[0-9]+;[0-9]+;", written) is None


def test_much_text_between_the_cells_of_a_table_is_read_from_tags() -> None:
    text = "<table>" + "x<tr>" * 6_000

    assert shape_of(text, list(tokens(text))).refused


def test_a_choice_of_many_options_takes_no_mode_of_its_own() -> None:
    """Inside `select` a parser looks at every option again for each that comes."""
    assert ancestors("<p><select>a<option>b<option>c</select>d") == [
        ("a", "html body p select"),
        ("b", "html body p select option"),
        ("c", "html body p select option"),
        ("d", "html body p"),
    ]
