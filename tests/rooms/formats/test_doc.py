"""Old Word documents, whole and harmed: every letter accounted for, and never a fault."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.laws.accounting import check_draft
from tests.strategies import words97
from tests.strategies.words97 import HIDDEN, ITALIC, compound, document

from remnant.model import Digest, Original
from remnant.understand.draft import Draft
from remnant.understand.formats import draft_of
from remnant.unpack import ole

_LETTERS = st.sampled_from(
    ["The lamp", "\r", "\x07", "\x0b", " caf\u00e9 ", "\u201cNo.\u201d", "\x13 TOC \x14", "\x15", "\x02"]
)
_RUNS = st.lists(st.tuples(_LETTERS, st.sampled_from([0, ITALIC, HIDDEN, words97.DELETED])), min_size=1, max_size=12)
WHOLE = document([("The rain came down.\r", 0), ("And down.", ITALIC), ("\rShe waited.\r", 0)], title="Rain")


def read(data: bytes) -> Draft:
    draft = draft_of(Original(Digest.of(data), len(data)), data)
    check_draft(draft)
    return draft


@given(_RUNS, st.sampled_from(["", "\x02 A note.\r"]))
def test_every_letter_of_a_document_is_accounted_for(runs: list[tuple[str, int]], notes: str) -> None:
    draft = read(document(runs, notes))

    assert draft.parts[0].text == "".join(text for text, _ in runs) + notes


@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=30), st.integers(0, len(WHOLE))
)
def test_harmed_documents_are_read_as_far_as_they_go(harm: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(WHOLE)
    for at, value in harm:
        data[at] = value

    read(bytes(data[: cut or None]))


def test_a_locked_document_says_so() -> None:
    draft = read(document([("x\r", 0)], locked=True))

    assert [finding.code for finding in draft.findings] == ["D008"]
    assert not draft.lines


def test_what_other_programs_of_its_day_wrote_stays_named_and_unread() -> None:
    draft = read(compound({"Workbook": b"x"}))

    assert [finding.code for finding in draft.findings] == ["F001"]


def test_a_ring_of_sectors_ends() -> None:
    ring = bytearray(WHOLE)
    table = 512
    for sector in range(40):
        ring[table + 4 * sector : table + 4 * sector + 4] = (1 + sector % 3).to_bytes(4, "little")

    assert sum(map(len, ole.streams(bytes(ring)).values())) <= 64 * len(ring)
    read(bytes(ring))
