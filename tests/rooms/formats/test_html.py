"""HTML as blocks: paragraphs however they are made, marks, links, heads, and what no browser shows."""

from __future__ import annotations

import pytest
from tests.strategies.formats import drafted

from remnant.model import BlockKind, How, Mark, SkipClass
from remnant.understand.draft import Line


def lines(body: str) -> tuple[Line, ...]:
    return drafted(f"<html><body>{body}</body></html>").lines


def texts(body: str) -> list[str]:
    return [line.text for line in lines(body)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a</p><p>b</p>", ["a", "b"]),
        ("<p>a<p>b", ["a", "b"]),
        ("a<br><br>b<br>c<br><br><br>d", ["a", "b\nc", "d"]),
        ("<div>a<div></div>b</div>", ["a", "b"]),
        ("<div>a<p>b</p>c</div>", ["a", "b", "c"]),
        ("<b>a</b> <i>b</i>", ["a b"]),
        ("  <p>\n a \n</p>\n", ["a"]),
        ("<ul><li>a<li>b</ul>", ["a", "b"]),
        ("<p>a&nbsp;&amp;&#8217;</p>", ["a\xa0&’"]),
        ("<p>He said <q>no <q>never</q></q>.</p>", ["He said “no ‘never’”."]),
        ("<pre>one\n  two\n\nthree</pre>", ["one\n  two", "three"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("<p>I </3 you, and 1 < 2 & so on</p>", ["I </3 you, and 1 < 2 & so on"]),
    ],
)
def test_blocks_are_what_a_reader_would_see(body: str, expected: list[str]) -> None:
    assert texts(body) == expected


def test_a_gap_is_a_blank_line_that_shows() -> None:
    gaps = [
        (line.text, line.gap) for line in lines("<p>a</p><p>&nbsp;</p><p>b</p><p></p><p>c<br><br>d</p><br><p>e</p>")
    ]

    assert gaps == [("a", 0), ("b", 1), ("c", 0), ("d", 1), ("e", 1)]


def test_kinds_and_levels() -> None:
    found = lines(
        "<h2>a</h2><blockquote><p>b</p></blockquote><ul><li><ul><li>c</ul></ul><pre>d</pre><hr>"
        "<img src=x alt='a map'><table><tr><td>e<td>f</table><table><tr><td><p>g<p>h</table>"
    )

    assert [(line.kind, line.level, line.text) for line in found] == [
        (BlockKind.HEADING, 2, "a"),
        (BlockKind.QUOTE, 1, "b"),
        (BlockKind.LIST_ITEM, 2, "c"),
        (BlockKind.PREFORMATTED, 0, "d"),
        (BlockKind.BREAK, 0, ""),
        (BlockKind.PICTURE, 0, "a map"),
        (BlockKind.TABLE, 0, "e"),
        (BlockKind.TABLE, 0, "f"),
        (BlockKind.PARAGRAPH, 0, "g"),
        (BlockKind.PARAGRAPH, 0, "h"),
    ]


def marks(body: str) -> list[tuple[str, set[Mark]]]:
    return [(span.text, set(span.marks)) for line in lines(body) for span in line.spans]


def test_marks_from_tags_and_styles() -> None:
    assert marks(
        "<p>a<em>b<b>c</b></em><span style='font-style: italic'>d<i style='font-style:normal'>e</i></span>"
    ) == [
        ("a", set()),
        ("b", {Mark.EMPHASIS}),
        ("c", {Mark.EMPHASIS, Mark.STRONG}),
        ("d", {Mark.EMPHASIS}),
        ("e", set()),
    ]


def test_marks_from_classes_that_the_page_explains() -> None:
    sheet = (
        "/* .p {font-style:italic} */ .c1, i.c2 { color: red; FONT-STYLE: italic } @media x { .c3 {font-weight:700} }"
    )
    draft = drafted(
        f"<html><style>{sheet}</style><p class='p'>a<span class='x c1'>b</span><i class=c2>c</i><b class=c2>d</b>"
        "<span class=c3>e</span>"
    )

    assert [(span.text, set(span.marks)) for span in draft.lines[0].spans] == [
        ("a", set()),
        ("b", {Mark.EMPHASIS}),
        ("c", {Mark.EMPHASIS}),
        ("d", {Mark.STRONG}),
        ("e", {Mark.STRONG}),
    ]


def test_italics_reach_across_paragraphs() -> None:
    assert marks("<i><p>a</p><p>b</p></i><p>c</p>") == [("a", {Mark.EMPHASIS}), ("b", {Mark.EMPHASIS}), ("c", set())]


@pytest.mark.parametrize("tag", ["font", "div", "blockquote", "b", "span", "center", "i"])
def test_a_thousand_tags_never_closed_lose_no_paragraph(tag: str) -> None:
    before = "".join(f"<{tag}>word {n}<p>" for n in range(1000))
    inside = "".join(f"<p><{tag}>word {n}</p>" for n in range(1000))

    for body in (before, inside):
        assert texts(body) == [f"word {n}" for n in range(1000)]


def test_links_keep_only_addresses_that_are_safe_to_follow() -> None:
    body = (
        "<a href='https://x/y?a=1&amp;b=2'>a</a><a href='#note'>b</a><a href='javascript:x()'>c</a>"
        "<a href='java&Tab;script:x/'>d</a><a href='data:text/html,x'>e</a><a href='next.html'>f</a>"
    )

    assert [(span.text, span.href) for span in lines(f"<p>{body}")[0].spans] == [
        ("a", "https://x/y?a=1&b=2"),
        ("b", "#note"),
        ("c", None),
        ("d", None),
        ("e", None),
        ("f", "next.html"),
    ]


def test_anchors_belong_to_the_line_they_lead_to() -> None:
    found = lines("<a name=top></a><h1 id=t>a</h1><p>b <a id=mid>c</a></p><p>d</p>")

    assert [line.anchors for line in found] == [("top", "t"), ("mid",), ()]


def test_what_a_line_stands_in() -> None:
    (line,) = lines("<div id=chapters class='userstuff long'><p class=x><span class=y>a</span></p></div>")

    assert [(element.tag, element.id, element.classes) for element in line.inside[2:]] == [
        ("div", "chapters", ("userstuff", "long")),
        ("p", None, ("x",)),
        ("span", None, ("y",)),
    ]


def test_centred_lines() -> None:
    body = "<center>a</center><p align=center>b<p style='text-align:center'>c<div align=center><p align=left>d</div>"

    assert [line.centred for line in lines(body)] == [True, True, True, False]


@pytest.mark.parametrize(
    ("hidden", "kind"),
    [
        ("<script>x</script>", SkipClass.SCRIPT),
        ("<style>x</style>", SkipClass.STYLE),
        ("<!-- x -->", SkipClass.COMMENT),
        ("<template>x</template>", SkipClass.HIDDEN),
        ("<noscript>x</noscript>", SkipClass.HIDDEN),
        ("<iframe>x</iframe>", SkipClass.HIDDEN),
        ("<p hidden>x</p>", SkipClass.HIDDEN),
        ("<title>x</title>", SkipClass.HEAD),
    ],
)
def test_what_no_browser_shows_is_a_skip_of_its_class(hidden: str, kind: SkipClass) -> None:
    draft = drafted(f"<html><body><p>a</p>{hidden}<p>b</p></body></html>")
    text = draft.parts[0].text

    assert [line.text for line in draft.lines] == ["a", "b"]
    assert any("x" in text[skip.region.start : skip.region.end] for skip in draft.skips if skip.kind is kind)


def test_a_picture_in_a_line_says_its_words_and_one_without_any_is_told_alone() -> None:
    found = lines(
        "<p><img alt='O'>nce upon<img src=x> a time</p><p><img src=divider.gif></p><img src=c width=1 height=1>"
    )

    assert [(line.kind, line.text) for line in found] == [
        (BlockKind.PARAGRAPH, "Once upon a time"),
        (BlockKind.PICTURE, ""),
    ]
    assert found[0].spans[0].how is How.VERBATIM


def test_facts_stand_where_they_say() -> None:
    draft = drafted(
        "<html lang=en><head><title>A &amp; B</title><meta name=Generator content='x &lt; y'>"
        "<link rel=canonical href=http://x/s/1></head><body><!--chapter content--><p>a</body></html>"
    )
    text = draft.parts[0].text

    assert [(fact.name, fact.value, text[fact.region.start : fact.region.end]) for fact in draft.facts] == [
        ("html:lang", "en", "en"),
        ("html:title", "A & B", "A &amp; B"),
        ("meta:generator", "x < y", "x &lt; y"),
        ("link:canonical", "http://x/s/1", "http://x/s/1"),
        ("comment:", "chapter content", "chapter content"),
    ]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<p " + "a=1 " * 20_000 + ">x", "H001"),
        ("<p>x<a href='never>y", "H002"),
        ("<p>x</p><a hre", "H003"),
        ("<!-- never <p>x", "H004"),
        ("<p>x<script>never", "H005"),
        ("<div>" * 500 + "x", "H006"),
        ("x<template><p>y<frameset>z</template>", None),
        ("<noscript>never<p>x", "H009"),
    ],
)
def test_flaws_are_findings(body: str, code: str | None) -> None:
    draft = drafted(f"<html>{body}")

    assert code is None or code in [found.code for found in draft.findings]
    assert any("x" in line.text for line in draft.lines)
