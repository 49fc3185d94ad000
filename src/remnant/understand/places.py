"""From characters of a line back to where they stand in the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from remnant.model import How, Region, Span
from remnant.understand.draft import Line


@dataclass(frozen=True, slots=True)
class Row:
    """One written line of a block, without the white space around it, and where it starts in the block's text."""

    text: str
    start: int


def rows_of(line: Line) -> Iterator[Row]:
    """The written lines of a block that are not blank."""
    at = 0
    for raw in line.text.splitlines(keepends=True):
        text = raw.strip()
        if text:
            yield Row(text, at + raw.index(text))
        at += len(raw)


def places(line: Line, start: int, end: int) -> tuple[Region, ...]:
    """The regions that characters `start` to `end` of the line's text were read from, neighbours joined."""
    return joined(_parts(line, start, end))


def whole(line: Line) -> tuple[Region, ...]:
    """Where the text of a line stands, without the white space around it."""
    text = line.text
    start = len(text) - len(text.lstrip())
    return places(line, start, max(start, len(text.rstrip())))


def trimmed(text: str, start: int, end: int, edge: str | None = None) -> tuple[int, int]:
    """The stretch without white space at its ends, or without the characters of `edge`."""
    inner = text[start:end].strip(edge)
    begin = start + text[start:end].index(inner)
    return begin, begin + len(inner)


def joined(regions: Iterable[Region]) -> tuple[Region, ...]:
    found: list[Region] = []
    for region in regions:
        if found and _follows(found[-1], region):
            found[-1] = replace(found[-1], end=region.end)
        else:
            found.append(region)
    return tuple(found)


def _follows(last: Region, region: Region) -> bool:
    same = (last.original, last.part) == (region.original, region.part)
    return same and (last.end == region.start or last == region)


def hull(lines: Iterable[Line]) -> Region | None:
    """From the first character to the last of neighbouring lines, as far as they stand in one part."""
    regions = [span.source for line in lines for span in line.spans]
    if not regions:
        return None
    first = regions[0]
    ends = [region.end for region in regions if (region.original, region.part) == (first.original, first.part)]
    return replace(first, end=max(ends))


def _parts(line: Line, start: int, end: int) -> Iterator[Region]:
    first = max(bisect_right(line.starts, start) - 1, 0)
    for number in range(first, len(line.spans)):
        span, at = line.spans[number], line.starts[number]
        if at >= end:
            break
        if start < at + len(span.text):
            yield _cut(span, max(start - at, 0), min(end - at, len(span.text)))


def _cut(span: Span, start: int, end: int) -> Region:
    if span.how is not How.VERBATIM:
        return span.source
    return replace(span.source, start=span.source.start + start, end=span.source.start + end)
