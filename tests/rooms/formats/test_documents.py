"""DOCX, ODT and FictionBook: what their elements mean, and what stands in them that is no part of the text."""

from __future__ import annotations

import pytest
from tests.laws.accounting import check_draft
from tests.strategies.documents import docx, fb2, flat_odt, odt
from tests.strategies.formats import drafted, zipped

from remnant.model import BlockKind, Mark, SkipClass, Span
from remnant.understand.draft import Draft, Line


def said(draft: Draft) -> list[str]:
    return [line.text for line in draft.lines]


def codes(draft: Draft) -> list[str]:
    return [found.code for found in draft.findings]


def span_of(draft: Draft, text: str) -> Span:
    return next(span for line in draft.lines for span in line.spans if span.text == text)


def kinds(draft: Draft) -> list[tuple[BlockKind, int]]:
    return [(line.kind, line.level) for line in draft.lines]


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(inner: str, more: str = "") -> str:
    return f"<w:p><w:pPr>{more}</w:pPr>{inner}</w:p>"


@pytest.mark.parametrize(
    ("look", "mark"),
    [
        ("<w:i/>", Mark.EMPHASIS),
        ('<w:b w:val="true"/>', Mark.STRONG),
        ('<w:u w:val="single"/>', Mark.UNDERLINE),
        ("<w:strike/>", Mark.STRIKE),
        ('<w:vertAlign w:val="superscript"/>', Mark.SUPERSCRIPT),
        ('<w:rStyle w:val="E"/>', Mark.EMPHASIS),
        ('<w:i w:val="0"/>', None),
        ('<w:u w:val="none"/>', None),
        ('<w:rStyle w:val="E"/><w:i w:val="0"/>', None),
    ],
)
def test_a_run_of_word_is_marked_as_its_properties_say(look: str, mark: Mark | None) -> None:
    draft = drafted(docx(paragraph(run("plain ") + run("marked", look))))

    assert span_of(draft, "marked").marks == ({mark} if mark else frozenset())
    assert not span_of(draft, "plain ").marks


def test_the_mark_of_a_paragraph_and_an_old_look_are_no_look_of_its_text() -> None:
    changed = "<w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>"
    draft = drafted(docx(paragraph(run("text", changed), "<w:rPr><w:i/></w:rPr>")))

    assert not span_of(draft, "text").marks


def test_styles_make_headings_quotes_and_lists_and_an_unknown_style_goes_by_its_id() -> None:
    body = "".join(
        paragraph(run(text), f'<w:pStyle w:val="{style}"/>')
        for text, style in (("one", "H1"), ("two", "H2"), ("three", "Q"), ("four", "Heading3"), ("five", "Nowhere"))
    )
    listed = paragraph(run("six"), '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>')
    draft = drafted(docx(body + listed))

    heading, quote = BlockKind.HEADING, BlockKind.QUOTE
    assert kinds(draft) == [
        *((heading, 1), (heading, 2), (quote, 1), (heading, 3), (BlockKind.PARAGRAPH, 0), (BlockKind.LIST_ITEM, 2)),
    ]
    assert span_of(draft, "three").marks == {Mark.EMPHASIS}
    assert not span_of(draft, "one").marks


def test_links_of_word_lead_where_its_relations_and_fields_say() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://b.example/" </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("two")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(f'<w:hyperlink r:id="r9">{run("one")}</w:hyperlink>{field}{run("three")}')
    inner = paragraph(f'<w:bookmarkStart w:name="here"/><w:hyperlink w:anchor="here">{run("four")}</w:hyperlink>')
    link = '<Relationship Id="r9" Type="x/hyperlink" Target="https://a.example/" TargetMode="External"/>'
    draft = drafted(docx(body + inner, links=link))

    assert said(draft) == ["onetwothree", "four"]
    assert [span_of(draft, text).href for text in ("one", "two", "three", "four")] == [
        *("https://a.example/", "https://b.example/", None, "#here"),
    ]
    assert draft.lines[1].anchors == ("here",)


def test_a_link_of_word_to_a_script_is_no_link() -> None:
    link = '<Relationship Id="r9" Type="x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
    draft = drafted(docx(paragraph(f'<w:hyperlink r:id="r9">{run("one")}</w:hyperlink>'), links=link))

    assert span_of(draft, "one").href is None


def test_what_word_says_twice_for_older_programs_is_said_once() -> None:
    body = paragraph(
        f"<mc:AlternateContent><mc:Choice>{run('new')}</mc:Choice><mc:Fallback>{run('old')}</mc:Fallback></mc:AlternateContent>"
    )
    draft = drafted(docx(body))

    check_draft(draft)
    assert said(draft) == ["new"]


def test_empty_paragraphs_of_word_are_room_and_a_border_of_one_is_a_break() -> None:
    border = '<w:pBdr><w:bottom w:val="single"/></w:pBdr>'
    draft = drafted(
        docx(f"{paragraph(run('a'))}<w:p/><w:p/>{paragraph(run('b'))}{paragraph('', border)}{paragraph(run('c'))}")
    )

    assert [(line.text, line.gap) for line in draft.lines] == [("a", 0), ("b", 2), ("", 0), ("c", 0)]
    assert draft.lines[2].kind is BlockKind.BREAK


def test_a_table_of_contents_stands_in_nav() -> None:
    draft = drafted(docx(paragraph(run("One .... 3"), '<w:pStyle w:val="TOC1"/>') + paragraph(run("text"))))

    assert [line.within("nav") for line in draft.lines] == [True, False]


def test_a_document_without_its_text_says_so() -> None:
    draft = drafted(zipped({"[Content_Types].xml": b"<Types/>", "word/document9.xml": b"", "word/styles.xml": b""}))

    check_draft(draft)
    assert said(draft) == []

    locked = odt("<text:p>x</text:p>", manifest="<manifest:encryption-data/>")
    assert codes(drafted(locked)) == ["D008"]
    assert said(drafted(locked)) == []


def test_one_tracked_paragraph_of_odt_is_told_and_not_shown() -> None:
    cut = "<text:tracked-changes><text:deletion><text:p>gone</text:p></text:deletion></text:tracked-changes>"
    draft = drafted(odt(f"{cut}<text:p>here</text:p>"))

    assert said(draft) == ["here"]
    assert codes(draft) == ["D005"]
    [hidden] = [skip for skip in draft.skips if skip.kind is SkipClass.HIDDEN]
    assert "gone" in draft.parts[0].text[hidden.region.start : hidden.region.end]


def test_a_note_of_odt_stands_after_the_text_and_is_linked_from_it() -> None:
    note = (
        '<text:note text:id="n7"><text:note-citation>1</text:note-citation><text:note-body><text:p>First.</text:p>'
        "<text:p>Second.</text:p></text:note-body></text:note>"
    )
    draft = drafted(odt(f"<text:p>before{note}after</text:p><text:p>last</text:p>"))

    assert said(draft) == ["before1after", "last", "First.", "Second."]
    assert span_of(draft, "1").href == "#n7"
    assert [line.anchors for line in draft.lines] == [(), (), ("n7",), ()]
    assert all(line.within("style:footnote") for line in draft.lines[2:])


def test_a_flat_open_document_is_read_as_a_packed_one() -> None:
    draft = drafted(flat_odt("<text:p>one <text:s/>two</text:p>", "<dc:title>T</dc:title>"))

    check_draft(draft)
    assert draft.format == "application/vnd.oasis.opendocument.text-flat-xml"
    assert said(draft) == ["one  two"]
    assert [(fact.name, fact.value) for fact in draft.facts] == [("core:title", "T")]


def test_names_of_a_book_are_joined_and_a_nickname_goes_before_them() -> None:
    info = (
        "<author><first-name>Ada</first-name><last-name>Marsh</last-name></author>"
        "<author><first-name>Ida</first-name><nickname>fen</nickname></author>"
    )
    draft = drafted(fb2("<body><p>x</p></body>", info))

    assert [fact.value for fact in draft.facts if fact.name == "dc:creator"] == ["Ada Marsh", "fen"]


def test_a_style_element_of_a_book_hides_nothing() -> None:
    draft = drafted(fb2("<body><section><p>a <style name='x'>b <strong>c</strong></style> d</p></section></body>"))

    check_draft(draft)
    assert said(draft) == ["a b c d"]


def test_pictures_and_style_sheets_of_a_book_are_no_text() -> None:
    draft = drafted(fb2("<body><p>x</p></body>", rest="<binary id='a'>AAAA</binary><stylesheet>p {}</stylesheet>"))

    assert said(draft) == ["x"]


def test_a_heading_of_a_book_is_as_deep_as_its_section() -> None:
    inner = "<section><title><p>B</p></title><section><title><p>C</p></title><p>text</p></section></section>"
    draft = drafted(fb2(f"<body><title><p>A</p></title>{inner}</body>"))
    levels = [line.level for line in draft.lines if line.kind is BlockKind.HEADING]

    assert levels == [1, 2, 3]
    assert [line.within("style:title") for line in draft.lines] == [True, False, False, False]


def test_cells_with_one_line_are_a_table_and_others_paragraphs() -> None:
    one, two = paragraph(run("a")), paragraph(run("b")) + paragraph(run("c"))
    draft: Draft = drafted(docx(f"<w:tbl><w:tr><w:tc>{one}</w:tc><w:tc>{two}</w:tc></w:tr></w:tbl>"))
    lines: list[Line] = list(draft.lines)

    assert [line.kind for line in lines] == [BlockKind.TABLE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
