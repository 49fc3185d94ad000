"""Law 5: sections cover the blocks in order; pieces cover the sections. And what follows from them holds."""

from __future__ import annotations

from hypothesis import given
from tests.strategies import soup

from remnant.model import Reading
from remnant.understand.reader import understand_bytes


@given(soup.files)
def test_every_block_is_in_one_section_and_every_section_in_one_piece(data: bytes) -> None:
    reading = understand_bytes(data)

    assert _covered([(s.first, s.last) for s in reading.sections]) == len(reading.blocks)
    assert _covered([(p.first, p.last) for p in reading.pieces]) == len(reading.sections)


@given(soup.chaptered)
def test_a_chaptered_story_is_cut_before_its_headings(text: str) -> None:
    reading = understand_bytes(text.encode("utf-8", "replace"))

    assert _covered([(s.first, s.last) for s in reading.sections]) == len(reading.blocks)


@given(soup.files)
def test_what_is_said_of_a_file_speaks_of_what_is_in_it(data: bytes) -> None:
    reading = understand_bytes(data)
    keys = {piece.key for piece in reading.pieces}

    assert all(not keys or claim.piece in keys for claim in reading.claims)
    assert all(0 <= r.first <= r.last < len(reading.blocks) for r in reading.ranges)
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    assert all(_in_its_part(reading, claim.evidence) for claim in reading.claims)
    assert all(_in_its_part(reading, [link.source]) for link in reading.links)


@given(soup.plain)
def test_a_claim_cites_the_very_characters_it_found(text: str) -> None:
    reading = understand_bytes(text.encode("utf-8", "replace"))

    for claim in reading.claims:
        cited = " ".join(reading.text_of(region) for region in claim.evidence)
        assert claim.value is not None
        assert "".join(cited.split()).startswith("".join(claim.value.split()))


def _covered(runs: list[tuple[int, int]]) -> int:
    """How far runs that follow one another without a gap reach."""
    at = 0
    for first, last in runs:
        assert first == at <= last
        at = last + 1
    return at


def _in_its_part(reading: Reading, regions: object) -> bool:
    assert isinstance(regions, list | tuple)
    return all(0 <= r.start <= r.end <= reading.part(r.part).length for r in regions)
