"""PDF: rows made paragraphs again, what stands on every page, and what is told of files that cannot be read."""

from __future__ import annotations

from tests.laws.accounting import check_draft
from tests.strategies.formats import drafted
from tests.strategies.papers import Put, pdf

from remnant.model import BlockKind, Mark
from remnant.understand.draft import Draft
from remnant.unpack.pdf import version

LINE = "the quick brown fox jumps over the lazy dog and then it"


def paper(*pages: list[Put], drawn: str = "") -> Draft:
    draft = drafted(pdf(pages, drawn=drawn))
    check_draft(draft)
    return draft


def said(draft: Draft) -> list[str]:
    return [" ".join(line.text.split()) for line in draft.lines]


def codes(draft: Draft) -> list[str]:
    return [found.code for found in draft.findings]


def rows(*texts: str, x: float = 30, top: float = 350, lead: float = 12) -> list[Put]:
    return [Put(x, top - lead * at, text) for at, text in enumerate(texts)]


def test_rows_that_are_full_go_on_and_a_short_one_ends_a_paragraph() -> None:
    draft = paper(rows(LINE, LINE, "ran home.", LINE, "ran again."))

    assert said(draft) == [f"{LINE} {LINE} ran home.", f"{LINE} ran again."]
    assert draft.parts[0].encoding == version()


def test_an_indent_begins_a_paragraph_though_the_row_before_was_full() -> None:
    page = [Put(40, 350, LINE), Put(30, 338, LINE), Put(40, 326, LINE), Put(30, 314, "end.")]

    assert said(paper(page)) == [f"{LINE} {LINE}", f"{LINE} end."]


def test_room_between_rows_begins_a_paragraph() -> None:
    page = [*rows(LINE, LINE), *rows(LINE, LINE, top=315), *rows(LINE, LINE, top=280)]

    assert said(paper(page)) == [f"{LINE} {LINE}"] * 3


def test_words_put_on_a_row_one_by_one_are_one_row() -> None:
    singly = [Put(30, 350, "The"), Put(49, 350, "lamp"), Put(75, 350, "burned.")]

    assert said(paper(singly)) == ["The lamp burned."]


def test_a_paragraph_goes_on_over_a_turned_page() -> None:
    draft = paper(rows(LINE, LINE), rows("went on.", LINE, LINE))

    assert said(draft)[0] == f"{LINE} {LINE} went on."


def test_a_word_cut_at_the_end_of_a_row_is_whole_again_and_a_compound_keeps_its_hyphen() -> None:
    page = rows(
        "the harbour lay before him, and beyond it was the har-",
        "bour light, which was well-",
        "known. It was well-known.",
    )
    draft = paper(page)

    assert "it was the harbour light" in said(draft)[0]
    assert "well-known. It was well-known." in said(draft)[0] or "well-known" in said(draft)[1]


def test_what_stands_on_every_page_is_apart_from_the_text() -> None:
    pages = [
        [Put(120, 390, "My Story"), *rows(LINE, f"page {word}."), Put(150, 8, str(number))]
        for number, word in enumerate("abcd", 9)
    ]
    draft = paper(*pages)

    assert [line.text for line in draft.lines if line.within("footer")] == [
        *("My Story", "9", "My Story", "10", "My Story", "11", "My Story", "12"),
    ]
    assert [text for text, line in zip(said(draft), draft.lines, strict=True) if not line.within("footer")] == [
        *(f"{LINE} page {word}." for word in "abcd"),
    ]


def test_larger_letters_are_headings_and_slanted_ones_emphasis() -> None:
    page = [Put(30, 370, "Large", 20, 2), *rows(LINE, "upright"), Put(70, 338, "slanted", 10, 1), *rows("x.", top=320)]
    draft = paper(page)
    slanted = next(span for line in draft.lines for span in line.spans if "slanted" in span.text)

    assert (draft.lines[0].kind, draft.lines[0].level) == (BlockKind.HEADING, 1)
    assert not draft.lines[0].spans[0].marks
    assert slanted.marks == {Mark.EMPHASIS}


def test_pictures_of_pages_are_told() -> None:
    line = "10 10 m 200 10 l S\n"

    assert codes(paper([], drawn=line)) == ["P003"]
    assert codes(paper(rows(LINE, "end."), [], drawn=line)) == ["P004", "P007"]


def test_a_document_that_cannot_be_opened_says_why() -> None:
    assert codes(drafted(b"%PDF-1.4\nnothing of one\n%%EOF")) == ["P002"]
    locked = pdf([rows(LINE)]).replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") /P -4 >>",
    )

    assert codes(drafted(locked)) == ["D008"]


def test_what_the_document_says_of_itself_are_facts() -> None:
    draft = drafted(pdf([rows(LINE)], {"Title": "T (one)", "Author": "A", "CreationDate": "D:20090401120000Z"}))

    assert [(fact.name, fact.value) for fact in draft.facts] == [
        *(("core:title", "T (one)"), ("core:creator", "A"), ("core:created", "2009-04-01")),
    ]
