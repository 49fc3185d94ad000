"""The place of a reader is found again without looking at all the text before it each time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from remnant.library.placing import AROUND, _block_at
from remnant.model import Block, BlockKind, Digest, Role, Spot

RULES = tuple(Block(BlockKind.BREAK, Role.STORY, ()) for _ in range(300))


class Watched(Sequence[Block]):
    """Blocks that remember the longest run of them that was copied."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self.copied = 0

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, index: int) -> Block: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Block]: ...
    def __getitem__(self, index: int | slice) -> Block | Sequence[Block]:
        if isinstance(index, slice):
            self.copied = max(self.copied, len(self._blocks[index]))
        return self._blocks[index]


def test_looking_for_a_divider_copies_only_what_stands_next_to_each() -> None:
    blocks = Watched(RULES)
    spot = Spot(Digest.of(b"story"), "piece", "", None, None, "", "", "")

    assert _block_at(spot, blocks) == 0
    assert blocks.copied <= AROUND
