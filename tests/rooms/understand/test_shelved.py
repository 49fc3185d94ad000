"""Whatever stands beside a book, the book is read: every character accounted for, every claim where it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.accounting import check_reading
from tests.strategies.shelves import BOOK, KEEPERS_WORDS, OTHER, PAGE, STORY, record

from remnant.model import Bundle, Digest, Field, Original, Reading
from remnant.understand.reader import stories_of, understand

WHOLE = record("Nine Steps", "Odile", *KEEPERS_WORDS)


def read(opf: bytes, beside: dict[str, bytes], story: bytes = BOOK) -> Reading:
    files = {"": story, "calibre 7/metadata.opf": opf} | {f"calibre 7/{name}": data for name, data in beside.items()}
    bundle = Bundle(tuple((path, Original(Digest.of(data), len(data))) for path, data in files.items()))
    reading = understand(bundle, files)
    assert stories_of(bundle, files)[0].claims == reading.claims
    return reading


@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, len(WHOLE)),
    st.sampled_from([b"", b"<dc:title>", b"&quot;", b'"', b"\xff", b"#value#", b'{"#value#": [[[', b"&#x0;"]),
    st.sampled_from([{}, {"cover.jpg": b"\xff\xd8"}, {"book.html": PAGE}, {"book.txt": OTHER, "book.pdf": b"%PDF-"}]),
)
def test_no_record_keeps_a_book_from_being_read(cut: int, at: int, noise: bytes, beside: dict[str, bytes]) -> None:
    reading = read((WHOLE[:at] + noise + WHOLE[at:])[: cut or None], beside)

    check_reading(reading)
    assert [piece.key for piece in reading.pieces] == ["0"]
    assert STORY[0] in "".join(block.text for block in reading.blocks)
    for claim in reading.claims:
        for region in claim.evidence:
            reading.text_of(region)


def test_every_word_of_the_keeper_is_cited_by_its_own_characters() -> None:
    reading = read(WHOLE, {})
    said = {claim.value: [reading.text_of(region) for region in claim.evidence] for claim in reading.claims}

    assert said["The Harbour"] == ["The Harbour"]
    assert said['Ships "and" <Ropes>'] == ["Ships \\&quot;and\\&quot; &lt;Ropes&gt;"]
    assert said["Lamps & Stairs"] == ["Lamps &amp; Stairs"]


@pytest.mark.parametrize("author", ["Unknown", "Unbekannt", " unknown "])
def test_nobody_is_no_author(author: str) -> None:
    claims = read(record("ferry_02", author), {}, OTHER).claims

    assert not [claim for claim in claims if claim.field in (Field.TITLE, Field.AUTHOR)]


def test_what_the_keeper_marked_for_themselves_is_in_no_part() -> None:
    reading = read(WHOLE, {})
    texts = "\n".join(part.text for part in reading.parts)

    assert "Slow Burn" in texts
    assert "privately" not in texts
    assert "2011-04-05" not in texts
    assert [finding.message for finding in reading.findings if finding.code == "C001"] == [
        "calibre keeps its owner's own marks here (4: stars, read, remarks); they are shown to nobody."
    ]
