"""A work cut into leaves: a chapter each, and a chapter too long for one page into several of about one length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remnant.model import Body, Section

MOST_CHARACTERS = 50_000
"""About nine thousand words: half an hour's reading, and a page that an old phone still scrolls."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Blocks `first` to `last`, both included: part `part` of `parts` of one section. Leaves count from 1."""

    number: int
    first: int
    last: int
    title: str | None
    chapter: int | None
    part: int
    parts: int

    @property
    def name(self) -> str:
        """What to call it in the contents."""
        chapter = f"Chapter {self.chapter}" if self.chapter is not None else None
        name = self.title or chapter or "Beginning"
        return f"{name}, page {self.part} of {self.parts}" if self.parts > 1 else name

    def holds(self, block: int) -> bool:
        return self.first <= block <= self.last


def leaves_of(body: Body) -> tuple[Leaf, ...]:
    """Every block of the body in exactly one leaf, in order; a body without blocks has none."""
    leaves: list[Leaf] = []
    for section in body.sections or (Section(None, None, 0, len(body.blocks) - 1),):
        stretches = list(_stretches(body, section))
        for part, (first, last) in enumerate(stretches, 1):
            leaves.append(Leaf(len(leaves) + 1, first, last, section.title, section.number, part, len(stretches)))
    return tuple(leaves)


def leaf_with(leaves: tuple[Leaf, ...], block: int) -> Leaf:
    """The leaf that this block lies in; the first, if none does."""
    return next((leaf for leaf in leaves if leaf.holds(block)), leaves[0])


def _stretches(body: Body, section: Section) -> Iterator[tuple[int, int]]:
    """Cut a section into as few stretches as its length asks for, all about equally long."""
    sizes = [len(block.text) for block in body.blocks[section.first : section.last + 1]]
    enough = sum(sizes) / max(1, -(-sum(sizes) // MOST_CHARACTERS))
    first, size = section.first, 0
    for block, length in enumerate(sizes, section.first):
        size += length
        if size >= enough and block < section.last:
            yield first, block
            first, size = block + 1, 0
    if first <= section.last:
        yield first, section.last
