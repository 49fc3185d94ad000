"""Whether every character of every part is accounted for exactly once (law 3), and said as it stands (law 4).

For a draft or a reading alike: both have parts, skips, and spans.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from remnant.model import How, Part, Reading, Region, Skip, SkipClass, Span
from remnant.understand.draft import Draft


def check_draft(draft: Draft) -> None:
    """Fail unless laws 3 and 4 hold for this draft."""
    check(draft.parts, [span for line in draft.lines for span in line.spans], draft.skips)
    for fact in draft.facts:
        _within(fact.region, {part.path: part for part in draft.parts})


def check_reading(reading: Reading) -> None:
    """Fail unless laws 3 and 4 hold for this reading."""
    check(reading.parts, [span for block in reading.blocks for span in block.spans], reading.skipped)


def check(parts: Iterable[Part], spans: Iterable[Span], skips: Iterable[Skip]) -> None:
    """Fail unless the spans and skips cover each part from end to end, without a gap and without overlap."""
    spans, skips = list(spans), list(skips)
    by_path = {part.path: part for part in parts}
    covered: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for region in (*(span.source for span in spans), *(skip.region for skip in skips)):
        _within(region, by_path)
        covered[region.part].append((region.start, region.end))
    for path, part in by_path.items():
        _covers(sorted(covered[path]), part)
    for span in spans:
        _is_said_as_it_stands(span, by_path[span.source.part])
    for skip in skips:
        _is_rightly_skipped(skip, by_path[skip.region.part])


def _within(region: Region, parts: dict[str, Part]) -> None:
    part = parts[region.part]
    assert region.encoding == part.encoding, f"{region} speaks of another encoding than its part."
    assert 0 <= region.start <= region.end <= part.length, f"{region} leaves its part of {part.length} characters."


def _covers(ranges: list[tuple[int, int]], part: Part) -> None:
    at = 0
    for start, end in ranges:
        assert start == at, (
            f"{part.path!r} is accounted for {'twice' if start < at else 'nowhere'} near {min(start, at)}."
        )
        at = end
    assert at == part.length, f"{part.path!r} is accounted for only up to {at} of {part.length}."


def _is_said_as_it_stands(span: Span, part: Part) -> None:
    stands = part.text[span.source.start : span.source.end]
    assert span.how is not How.VERBATIM or span.text == stands, f"{span.text!r} is not what stands there: {stands!r}."


def _is_rightly_skipped(skip: Skip, part: Part) -> None:
    text = part.text[skip.region.start : skip.region.end]
    assert text, f"{skip} skips nothing."
    if skip.kind is SkipClass.SPACE:
        assert (
            all(word.isspace() or word.startswith("&") for word in text.replace(";", "; ").split()) or not text.split()
        )
    if skip.kind is SkipClass.BOM:
        assert text == "\ufeff"
