"""Mobipocket and Kindle books: what their records unpack to, in every packing, and what is told when they do not."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.accounting import check_draft
from tests.strategies.formats import drafted
from tests.strategies.kindles import kindle, mobi, packed, palm_text, phrases

from remnant.errors import RefusedError
from remnant.model import Mark
from remnant.understand.draft import Draft
from remnant.unpack.huff import Phrases
from remnant.unpack.palm import MAX_RECORD, unpacked, without_trailers


def said(draft: Draft) -> list[str]:
    check_draft(draft)
    return [line.text for line in draft.lines]


def codes(draft: Draft) -> list[str]:
    return [found.code for found in draft.findings]


@given(st.binary(max_size=600) | st.text(alphabet="ab ", max_size=600).map(str.encode))
def test_what_palmdoc_packs_unpacks_to_itself(data: bytes) -> None:
    assert unpacked(packed(data)) == data


@pytest.mark.parametrize("record", [b"\x80\x08", b"a\x80\x00", b"ab\x81\x00"])
def test_what_points_before_its_own_start_is_refused(record: bytes) -> None:
    with pytest.raises(RefusedError):
        unpacked(record)


def test_a_record_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(RefusedError):
        unpacked(b"a" + b"\x80\x0f" * (MAX_RECORD // 10 + 2))


def test_phrases_made_of_phrases_are_read() -> None:
    huff, cdic = phrases([b"the ", b"lamp ", b"burned"], [(0, 1), (3, 2)])

    assert Phrases(huff, [cdic], 1000).unpacked(bytes([255 - 4, 255 - 0, 255 - 3])) == b"the lamp burnedthe the lamp "


@pytest.mark.parametrize("whole", [True, False])
def test_tables_cut_anywhere_are_read_or_refused(whole: bool) -> None:
    huff, cdic = phrases([b"the ", b"lamp ", b"burned"], [(0, 1), (3, 2)])
    for length in range(len(cdic if whole else huff)):
        cut = (huff, cdic[:length]) if whole else (huff[:length], cdic)
        with contextlib.suppress(RefusedError):
            Phrases(cut[0], [cut[1]], 1000).unpacked(bytes([255 - 4, 255 - 0, 255 - 3]))


def test_phrases_that_double_for_ever_are_refused() -> None:
    huff, cdic = phrases([b"x" * 100], [(n, n) for n in range(60)])
    round_and_round = phrases([], [(0, 0)])

    with pytest.raises(RefusedError):
        Phrases(huff, [cdic], MAX_RECORD).unpacked(bytes([255 - 60]))
    with pytest.raises(RefusedError):
        Phrases(round_and_round[0], round_and_round[1:], MAX_RECORD).unpacked(bytes([255]))


@pytest.mark.parametrize(
    ("flags", "record"), [(0, b"text"), (1, b"text\0"), (1, b"textab\2"), (2, b"text\x81"), (3, b"text\0\x81")]
)
def test_what_stands_behind_the_text_of_a_record_is_no_text(flags: int, record: bytes) -> None:
    assert without_trailers(record, flags) == b"text"


@pytest.mark.parametrize("compression", [1, 2])
def test_a_book_says_the_same_in_either_packing(compression: int) -> None:
    text = "<html><body><p>one <i>two</i></p><p>three</p></body></html>"
    draft = drafted(mobi(text, [(100, b"Ada")], compression=compression))

    assert said(draft) == ["one two", "three"]
    assert draft.lines[0].spans[1].marks == {Mark.EMPHASIS}
    assert [(fact.name, fact.value) for fact in draft.facts] == [("dc:creator", "Ada"), ("dc:title", "A Book")]


def test_a_book_of_phrases_is_read() -> None:
    tables = phrases([b"<p>one", b" two"], [(0, 1, 1)])

    assert said(drafted(mobi("", compression=17_480, codes=bytes([255 - 2, 255 - 0]), tables=tables))) == [
        *("one two two", "one"),
    ]


def test_fragments_stand_where_their_skeletons_say() -> None:
    draft = drafted(
        kindle([("<html><body><p>a", "<b>b</b>", "c</p></body></html>"), ("<html><body>", "<p>d", "</body></html>")])
    )

    assert said(draft) == ["abc", "d"]
    assert [line.page for line in draft.lines] == [0, 1]
    assert codes(draft) == []


def test_a_kindle_book_with_broken_tables_is_read_as_it_is_stored() -> None:
    data = kindle([("<html><body>", "<p>one", "</body></html>")])
    draft = drafted(data.replace(b"TAGX", b"TAGY"))

    assert said(draft) == ["one"]
    assert codes(draft) == ["B003"]


def test_a_locked_book_says_what_it_is_and_nothing_of_its_text() -> None:
    draft = drafted(mobi("<p>secret", [(503, b"Sold")], locked=2))

    assert said(draft) == []
    assert codes(draft) == ["B002"]
    assert [fact.value for fact in draft.facts] == ["Sold"]


def test_a_record_that_is_damaged_or_missing_is_told() -> None:
    whole = mobi("<p>" + "word " * 3000)
    first_text = whole.index(packed(b"<p>word word")[:4])
    harmed = whole[:first_text] + b"\x80\x08" + whole[first_text + 2 :]

    assert codes(drafted(harmed)) == ["B001"]
    assert len(said(drafted(harmed))) == 1
    assert "B004" in codes(drafted(whole[: first_text + 300]))
    assert codes(drafted(mobi("x", compression=9))) == ["B001"]


def test_a_palm_text_is_lines_of_text() -> None:
    draft = drafted(palm_text("One.\n\nTwo."))

    assert said(draft) == ["One.", "Two."]
    assert draft.format == "application/vnd.palm"
