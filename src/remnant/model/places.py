"""From a place in an original to the blocks that were read from it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable

from remnant.model.original import Digest
from remnant.model.text import Block, Region

Strip = tuple[int, int, int]


class Places:
    """Built once from some blocks; each question then costs a binary search. Spans never overlap (law 3)."""

    def __init__(self, blocks: Iterable[Block]) -> None:
        strips: defaultdict[tuple[Digest, str], list[Strip]] = defaultdict(list)
        for index, block in enumerate(blocks):
            for span in block.spans:
                source = span.source
                strips[source.original, source.part].append((source.start, source.end, index))
        self._strips = {place: sorted(found) for place, found in strips.items()}

    def blocks(self, region: Region) -> tuple[int, ...]:
        """The positions of all blocks that hold any of the region, ascending; an empty region is a point."""
        strips = self._strips.get((region.original, region.part), [])
        last = max(region.end, region.start + 1)
        first = max(bisect_right(strips, (region.start, last, len(strips))) - 1, 0)
        held = strips[first : bisect_left(strips, (last, -1, -1))]
        return tuple(sorted({index for start, end, index in held if start < last and end > region.start}))

    def block(self, region: Region | None) -> int | None:
        """The first block that holds any of the region."""
        return next(iter(self.blocks(region)), None) if region is not None else None
