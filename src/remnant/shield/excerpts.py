"""A place in an original, with the text around it, veiled like all else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from remnant.model import Block, Reader, Reading, Region
from remnant.shield.addresses import Stretch
from remnant.shield.veil import Veil, clipped, replaced, veil_over


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A place in an original and the text around it as it stands there, markup and all."""

    before: str
    quoted: str
    after: str
    part: str


def excerpt(reading: Reading, region: Region, reader: Reader, around: int = 120) -> Excerpt:
    """Where in the original something stands, with up to `around` characters on either side.

    KeyError if the reading has no such part. What is hidden is hidden in the markup too: in links, in attributes, in
    addresses written as entities. What only a story says stays.
    """
    text, veil = reading.part(region.part).text, veil_over(reading.claims)
    window = replace(region, start=max(region.start - around, 0), end=min(region.end + around, len(text)))
    hidden = sorted(_hidden(reading, window, veil))

    def shown(start: int, end: int) -> str:
        return replaced(text[start:end], clipped(hidden, start, end))

    return Excerpt(
        before=shown(window.start, region.start),
        quoted=shown(region.start, region.end),
        after=shown(region.end, window.end),
        part=veil.words(region.part),
    )


def _hidden(reading: Reading, window: Region, veil: Veil) -> Iterator[Stretch]:
    yield from veil.hidden_in(window)
    for region in veil.regions(block for block in reading.blocks if _stands_in(block, window)):
        if region.part == window.part:
            yield region.start, region.end
    for skip in reading.skipped:
        if _meets(skip.region, window):
            for start, end in veil.in_markup(reading.text_of(skip.region)):
                yield skip.region.start + start, skip.region.start + end


def _stands_in(block: Block, window: Region) -> bool:
    return any(_meets(span.source, window) for span in block.spans)


def _meets(one: Region, other: Region) -> bool:
    return one.part == other.part and one.start < other.end and one.end > other.start
