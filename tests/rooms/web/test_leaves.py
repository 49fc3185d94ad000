"""Leaves hold every block once, in order, and none is longer than a page may be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from remnant.model import Block, BlockKind, Body, Digest, Region, Role, Section, Span
from remnant.web.leaves import MOST_CHARACTERS, leaf_with, leaves_of

REGION = Region(Digest.of(b""), "", "utf-8", 0, 0)


def block(size: int) -> Block:
    return Block(BlockKind.PARAGRAPH, Role.STORY, (Span("a" * size, REGION),))


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """Bodies whose sections cover their blocks in order (law 5)."""
    lengths = draw(st.lists(st.integers(1, 12), max_size=5))
    sizes = st.integers(0, MOST_CHARACTERS // 2)
    blocks = tuple(block(draw(sizes)) for _ in range(sum(lengths)))
    starts = [sum(lengths[:index]) for index in range(len(lengths))]
    sections = tuple(
        Section(None, None, start, start + length - 1) for start, length in zip(starts, lengths, strict=True)
    )
    return Body(blocks, sections, ())


@given(bodies())
def test_every_block_stands_in_exactly_one_leaf_in_order(body: Body) -> None:
    leaves = leaves_of(body)

    assert [number for leaf in leaves for number in range(leaf.first, leaf.last + 1)] == list(range(len(body.blocks)))
    assert [leaf.number for leaf in leaves] == list(range(1, len(leaves) + 1))


@given(bodies())
def test_no_leaf_is_much_longer_than_a_page_may_be(body: Body) -> None:
    for leaf in leaves_of(body):
        blocks = body.blocks[leaf.first : leaf.last + 1]

        assert sum(len(block.text) for block in blocks[:-1]) < MOST_CHARACTERS


@given(bodies())
def test_a_leaf_never_crosses_a_chapter(body: Body) -> None:
    for leaf in leaves_of(body):
        assert any(section.first <= leaf.first and leaf.last <= section.last for section in body.sections)


@given(bodies())
def test_every_block_is_found_on_its_leaf(body: Body) -> None:
    leaves = leaves_of(body)
    for number in range(len(body.blocks)):
        assert leaf_with(leaves, number).holds(number)


def test_a_million_words_are_many_leaves() -> None:
    body = Body(tuple(block(500) for _ in range(12_000)), (Section(None, None, 0, 11_999),), ())

    assert len(leaves_of(body)) == 120
