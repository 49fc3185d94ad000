"""A place in an original, with the text around it, veiled like all else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate

from remnant.model import Reader, Reading, Region, Work
from remnant.shield.addresses import Stretch
from remnant.shield.veil import Veil, clipped, replaced, veil_of, veil_over

Look = Callable[[], Iterable[Region]]
"""Finds what is hidden somewhere."""


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
    return Excerpts(reading, reader).at(region, around)


class Excerpts:
    """Many places of one reading: the veil is made once, and each block and tag is looked at once at most."""

    def __init__(self, reading: Reading, reader: Reader, work: Work | None = None) -> None:
        self._reading = reading
        self._veil = veil_over(reading.claims) if work is None else veil_of(work, reading)
        self._places = _Places(_looks(reading, self._veil))

    def at(self, region: Region, around: int = 120) -> Excerpt:
        """As `excerpt` says."""
        text = self._reading.part(region.part).text
        window = replace(region, start=max(region.start - around, 0), end=min(region.end + around, len(text)))
        hidden = sorted([*self._veil.hidden_in(window), *self._places.hidden_near(window)])

        def shown(start: int, end: int) -> str:
            return replaced(text[start:end], clipped(hidden, start, end))

        return Excerpt(
            before=shown(window.start, region.start),
            quoted=shown(region.start, region.end),
            after=shown(region.end, window.end),
            part=self._veil.words(region.part),
        )


def _looks(reading: Reading, veil: Veil) -> Iterator[tuple[Region, Look]]:
    """Every place that may hide something, and how to look there: spans by their blocks, and what is in no span."""
    for block in reading.blocks:
        look = _once(partial(veil.regions, (block,)))
        for span in block.spans:
            yield span.source, look
    for skip in reading.skipped:
        yield skip.region, _once(partial(_in_markup, reading, skip.region, veil))


def _in_markup(reading: Reading, region: Region, veil: Veil) -> Iterator[Region]:
    for start, end in veil.in_markup(reading.text_of(region)):
        yield replace(region, start=region.start + start, end=region.start + end)


def _once(look: Look) -> Look:
    found: list[Iterable[Region]] = []

    def looked() -> Iterable[Region]:
        if not found:
            found.append(tuple(look()))
        return found[0]

    return looked


class _Places:
    """Places by where they begin. Some hold others, so beside each stands how far any up to it reaches."""

    def __init__(self, looks: Iterable[tuple[Region, Look]]) -> None:
        by_part: defaultdict[str, list[tuple[Region, Look]]] = defaultdict(list)
        for region, look in looks:
            by_part[region.part].append((region, look))
        self._by_part = {part: sorted(places, key=lambda place: place[0].start) for part, places in by_part.items()}
        self._starts = {part: [region.start for region, _ in places] for part, places in self._by_part.items()}
        self._reach = {
            part: list(accumulate((region.end for region, _ in places), max)) for part, places in self._by_part.items()
        }

    def hidden_near(self, window: Region) -> Iterator[Stretch]:
        """All that is hidden in whatever shares a character with the window; some may be told twice."""
        if window.part not in self._by_part:
            return
        first = bisect_right(self._reach[window.part], window.start)
        last = bisect_left(self._starts[window.part], window.end)
        looks = {id(look): look for region, look in self._by_part[window.part][first:last] if region.end > window.start}
        for look in looks.values():
            yield from ((region.start, region.end) for region in look() if region.part == window.part)
