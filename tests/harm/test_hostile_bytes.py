"""Hostile files, each far beyond what any story needs: read within limits, or refused by name, with nothing lost.

No test here is timed; that they end at all within the suite's limit is the point, since what is not linear would not.
"""

from __future__ import annotations

import io
import struct

import pytest
from tests.laws.accounting import check_draft
from tests.strategies.formats import book, drafted, page, zipped

from remnant.understand.draft import Draft
from remnant.unpack.archive import Member, ZipLimits, members

MANY = 100_000


def codes(draft: Draft) -> set[str]:
    return {found.code for found in draft.findings}


def words(draft: Draft) -> str:
    return " ".join(line.text for line in draft.lines)


def test_a_line_of_fifty_megabytes_is_one_block() -> None:
    draft = drafted(b"x" * 50_000_000)

    check_draft(draft)
    assert [len(line.text) for line in draft.lines] == [50_000_000]


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b>", "<b><div></b>", "<table><tr><td>", "<a><p>", "<ul><li>", "<svg><g>", "<select><option>", "<q>"],
)
def test_tags_nested_very_deep_hide_nothing(unit: str) -> None:
    depth = MANY if unit in {"<div>", "<b>"} else MANY // 20
    draft = drafted(f"<html><body>first{unit * depth}last")

    check_draft(draft)
    assert draft.lines[0].text.startswith("first")
    assert draft.lines[-1].text.endswith("last")


def test_two_hundred_thousand_attributes_are_one_tag_and_a_finding() -> None:
    draft = drafted("<html><p>first<p " + "".join(f"a{n}=1 " for n in range(2 * MANY)) + ">last")

    check_draft(draft)
    assert words(draft) == "first last"
    assert "H001" in codes(draft)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "<a ",
            "<a x='",
            "<a x=\"> <a x='",
            "</a",
            "<!--",
            "<!",
            "<?",
            "<![CDATA[",
            "<!doctype [",
            "&",
            "&#",
            "&a",
            "<",
        ),
        *(
            "<script>",
            "<script><!--<script>",
            "<style>",
            "<title>",
            "<textarea>",
            "<plaintext>",
            "<noscript>x",
            "<a name=x>",
        ),
        *("a<br><br>", "<p>&nbsp;", "<a name=x>y<br><br>", "\n\n", "a\n", "<pre>\n", " <hr> "),
    ],
)
@pytest.mark.parametrize("xml", [False, True])
def test_whatever_is_begun_and_never_ended_takes_linear_time(unit: str, xml: bool) -> None:
    start = "<?xml version='1.0'?><html>" if xml else "<html>"

    draft = drafted(f"{start}<p>first{unit * 3_000}")

    check_draft(draft)
    assert "first" in words(draft)


def test_entities_of_a_document_never_grow() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]><html><p>&l9;</p></html>'
    external = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><p>&e;</p></html>'

    assert words(drafted(bomb)) == "&l9;"
    assert words(drafted(external)) == "&e;"
    assert words(drafted(book({"a.xhtml": bomb, "b.xhtml": external}))) == "&l9; &e;"


def test_a_bomb_in_a_book_is_refused_and_the_rest_is_read() -> None:
    draft = drafted(book({"a.xhtml": page("<p>story</p>"), "bomb.xhtml": " " * 20_000_000}))

    check_draft(draft)
    assert words(draft) == "story"
    assert {"E001", "E003"} <= codes(draft)


def test_a_bomb_that_lies_in_a_book_is_stopped_and_the_rest_is_read() -> None:
    data = book({"a.xhtml": page("<p>story</p>"), "bomb.xhtml": " " * 20_000_000})
    lying = data.replace(struct.pack("<I", 20_000_000), struct.pack("<I", 500))

    draft = drafted(lying)

    check_draft(draft)
    assert words(draft) == "story"
    assert "E001" in codes(draft)


def test_climbing_paths_in_a_book_are_refused_and_the_rest_is_read() -> None:
    draft = drafted(book({"a.xhtml": page("<p>story</p>")}, extra={"../../evil.xhtml": b"<p>evil"}))

    assert words(draft) == "story"
    assert "E001" in codes(draft)


def test_archives_in_archives_end() -> None:
    data = b"x"
    for _ in range(10):
        data = zipped({"inner.zip": data}, stored=True)

    depth = 0
    while (found := list(members(io.BytesIO(data), ZipLimits(), depth))) and isinstance(found[0], Member):
        data, depth = b"".join(found[0].chunks()), depth + 1

    assert depth == ZipLimits().depth


def test_a_book_cut_off_anywhere_is_read_as_far_as_it_goes() -> None:
    pages = {f"p{number:02}.xhtml": page(f"<p>{'word ' * 200}{number}</p>") for number in range(20)}
    data = book(pages, metadata="<dc:title>t</dc:title>")

    read = []
    for cut in range(0, len(data), max(1, len(data) // 60)):
        draft = drafted(data[:cut])
        check_draft(draft)
        read.append(len(draft.lines))

    assert read[-1] == 20
    assert sum(read) > len(read) * 4


def test_a_page_cut_off_anywhere_is_read_as_far_as_it_goes() -> None:
    whole = (
        "<!DOCTYPE html><html><head><title>t &amp; u</title></head><body><!-- c --><p class='a'>one</p><i>two</i>é“”"
    )

    for cut in range(len(whole.encode()) + 1):
        check_draft(drafted(whole.encode()[:cut]))
