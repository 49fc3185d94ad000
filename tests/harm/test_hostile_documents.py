"""Documents far beyond what any story needs, and documents cut off anywhere: nothing is lost in silence.

No test here is timed; that they end at all within the suite's limit is the point, since what is not linear would not.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.laws.accounting import check_draft
from tests.strategies.documents import docx, fb2, odt
from tests.strategies.formats import drafted, zipped
from tests.strategies.kindles import kindle, mobi
from tests.strategies.papers import Put, pdf

from remnant.understand.draft import Draft
from remnant.understand.reader import understand_bytes

STORIES = Path(__file__).parents[1] / "stories"
MANY = 10_000
KINDS = ("docx", "odt", "fb2", "rtf", "azw3", "mobi", "pdb", "pdf", "md")


def words(draft: Draft) -> str:
    check_draft(draft)
    return " ".join(line.text for line in draft.lines)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_cut_off_anywhere_is_read_as_far_as_it_goes(kind: str) -> None:
    found = list(STORIES.glob(f"*/story.{kind}"))
    assert found
    for data in (file.read_bytes() for file in found):
        for cut in range(0, len(data), max(1, len(data) // 40)):
            draft = drafted(data[:cut])
            check_draft(draft)
            silent = not any(part.text.strip() for part in draft.parts)
            assert draft.lines or draft.findings or not draft.parts or silent


UNITS_OF_DOCX = (
    *("<w:p>", "<w:r>", "<w:p><w:r><w:t>", "<w:tbl><w:tr><w:tc>", "<w:hyperlink w:anchor='a'>", "<w:del>", "</w:p>"),
    *(
        "<w:fldChar w:fldCharType='begin'/>",
        "<w:r><w:txbxContent><w:p>",
        "<mc:Fallback>",
        "<w:bookmarkStart w:name='a'/>",
    ),
    *("<w:p/>", "<w:r><w:footnoteReference w:id='1'/></w:r>", "<w:pPr><w:pBdr><w:bottom/></w:pBdr></w:pPr></w:p><w:p>"),
)


@pytest.mark.parametrize("unit", UNITS_OF_DOCX)
def test_word_documents_of_one_thing_over_and_over_end(unit: str) -> None:
    body = f"<w:p><w:r><w:t>first</w:t></w:r></w:p>{unit * MANY}<w:p><w:r><w:t>last"

    said = words(drafted(docx(body)))

    assert said.startswith("first")
    assert "last" in said or "del" in unit or "Fallback" in unit


UNITS_OF_ODT = (
    *("<text:p>", "<text:span>", "<text:list>", "<table:table-cell>", "<text:a xlink:href='x'>", "<text:note-body>"),
    *(
        "<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>",
        "<text:s text:c='9999'/>",
        "</text:p>",
    ),
)


@pytest.mark.parametrize("unit", UNITS_OF_ODT)
def test_open_documents_of_one_thing_over_and_over_end(unit: str) -> None:
    said = words(drafted(odt(f"<text:p>first {unit * (MANY // 4)}last")))

    assert said.startswith("first")


@pytest.mark.parametrize(
    "unit", ["<section>", "<title>", "<p>", "<emphasis>", "<v>", "<stanza>", "<td>", "<a id='x'>", "<cite>"]
)
def test_fiction_books_of_one_thing_over_and_over_end(unit: str) -> None:
    said = words(drafted(fb2(f"<body><p>first</p>{unit * MANY}last")))

    assert said.startswith("first")
    assert said.endswith("last")


UNITS_OF_RTF = (
    *("{", "}", "{\\b ", "\\par ", "\\u8217?", "\\'82", "{\\footnote ", "{\\header ", "{\\info{\\title x", "\\bin9 "),
    *(
        "{\\fonttbl{\\f1",
        "{\\stylesheet{\\s1 a;",
        '{\\field{\\*\\fldinst HYPERLINK "',
        "\\chftn",
        "\\",
        "{\\*\\bkmkstart a}",
    ),
)


@pytest.mark.parametrize("unit", UNITS_OF_RTF)
def test_rich_text_of_one_thing_over_and_over_ends(unit: str) -> None:
    said = words(drafted(f"{{\\rtf1 first {unit * MANY}last".encode()))

    assert said.startswith("first")


def test_a_bin_that_lies_swallows_no_more_than_there_is() -> None:
    draft = drafted(b"{\\rtf1 first\\par \\bin9999999999 last}")

    assert words(draft) == "first"


@pytest.mark.parametrize("unit", ["*", "**a ", "_a ", "[", "[a](b ", "`", "\\", "> ", "[^", "~~a", "*a_b"])
def test_markdown_of_one_sign_over_and_over_ends(unit: str) -> None:
    said = words(drafted(f"# One\n\n**two** [three](x)\n\nfirst {unit * (MANY // 2)} last\n"))

    assert "first" in said
    assert "last" in said


def test_styles_based_on_one_another_end() -> None:
    ring = "".join(
        f'<w:style w:styleId="S{n}"><w:name w:val="s{n}"/><w:basedOn w:val="S{(n + 1) % 500}"/></w:style>'
        for n in range(500)
    )
    body = '<w:p><w:pPr><w:pStyle w:val="S0"/></w:pPr><w:r><w:t>text</w:t></w:r></w:p>'
    parts = {
        "word/document.xml": f"<w:document><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles>{ring}</w:styles>",
        "word/_rels/document.xml.rels": '<R><Relationship Id="r" Type="x/styles" Target="styles.xml"/></R>',
    }

    assert words(drafted(zipped({name: text.encode() for name, text in parts.items()}))) == "text"


def test_entities_of_a_document_never_grow() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'

    assert (
        words(drafted(fb2("<body><p>&b;</p></body>").replace(b"<FictionBook", bomb.encode() + b"<FictionBook")))
        == "&b;"
    )


def test_a_document_that_expands_too_much_is_refused_by_name() -> None:
    data = docx("<w:p><w:r><w:t>story</w:t></w:r></w:p>", {"comments": " " * 20_000_000})
    whole = docx(" " * 40_000_000)

    assert words(drafted(data)) == "story"
    assert "D001" in {found.code for found in drafted(data).findings}
    assert {"D001", "D003"} <= {found.code for found in drafted(whole).findings}


def test_a_kindle_book_of_very_many_pages_and_fragments_ends() -> None:
    page = ("<html><body>", "<p>x</p>", "</body></html>")

    assert words(drafted(kindle([page] * 2_000))).split() == ["x"] * 2_000


def test_lying_headers_of_a_book_are_not_believed() -> None:
    data = bytearray(mobi("<p>one two three"))
    for at in range(78 + 40):
        for value in (0, 0xFF):
            harmed = bytearray(data)
            harmed[at] = value
            check_draft(drafted(bytes(harmed)))


def test_rows_all_over_the_paper_and_pages_without_end_end() -> None:
    scattered = [Put((at * 37) % 290, (at * 53) % 395, f"w{at}") for at in range(3_000)]

    assert len(words(drafted(pdf([scattered]))).split()) >= 2_000
    assert words(drafted(pdf([[Put(30, 300, f"page {at}")] for at in range(400)]))).count("page") == 400


@pytest.mark.parametrize(
    "text", ["{\\rtf1 ", "%PDF-1.7\n", "PK\3\4", "<FictionBook>", "<office:document opendocument.text>"]
)
def test_a_first_word_alone_makes_no_reading_raise(text: str) -> None:
    reading = understand_bytes(text.encode("latin-1"))

    assert reading.findings or not reading.blocks
