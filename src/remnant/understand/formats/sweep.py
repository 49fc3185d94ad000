"""A paragraph with the signs in it taken for what they mean: spans with marks, and the signs themselves as skips."""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterator

from remnant.model import How, Mark, Skip, SkipClass, Span
from remnant.understand.formats.md_inline import Inline, Range
from remnant.understand.formats.source import Source

_HARD_END = re.compile(r"(?:(?<=\S)[ \t]{2,}|\\)(\r?\n|\r)")


class Sweep:
    """One pass over a paragraph, cut wherever a mark begins or ends. `skips` is whole once all spans were taken."""

    def __init__(
        self, source: Source, text: str, cuts: list[tuple[int, int]], said: Inline, *, hard_ends: bool = False
    ) -> None:
        self.source = source
        self.text = text
        self.skips: list[Skip] = []
        self.classes: dict[int, SkipClass | None] = {}
        self.ends: dict[int, int] = {}
        self.starting: defaultdict[int, list[Range]] = defaultdict(list)
        self.ending: defaultdict[int, list[Range]] = defaultdict(list)
        self.edges = {edge for found in said.ranges for edge in (found.start, found.end)}
        for found in said.ranges:
            self.starting[found.start].append(found)
            self.ending[found.end].append(found)
        until = 0
        for start, end in sorted((*cuts, *said.markup)):
            if start >= until:
                self._hide(start, end, SkipClass.TAG)
                until = end
        for hard in _HARD_END.finditer(text) if hard_ends else ():
            if hard.start() not in self.classes:
                signs = SkipClass.SPACE if hard[0][0].isspace() else SkipClass.TAG
                self._hide(hard.start(), hard.start(1), signs)
                self.edges |= {hard.start(1), hard.end()}
                self.classes[hard.start(1)] = None

    def _hide(self, start: int, end: int, kind: SkipClass) -> None:
        self.classes[start], self.ends[start] = kind, end
        self.edges |= {start, end}

    def spans(self, told: tuple[Span, ...]) -> Iterator[Span]:
        """The same text with its marks, and without its markup."""
        edges = deque(sorted(self.edges))
        marks: Counter[Mark] = Counter()
        links: list[str] = []
        begin = 0
        for span in told:
            stop = begin + len(span.text)
            at = begin
            while at < stop:
                self._turn(at, marks, links)
                while edges and edges[0] <= at:
                    edges.popleft()
                end = min(edges[0] if edges else stop, stop)
                if span.how is not How.VERBATIM:
                    end = stop
                yield from self._piece(span, at - begin, end - begin, at, marks, links)
                at = end
            begin = stop

    def _turn(self, at: int, marks: Counter[Mark], links: list[str]) -> None:
        for found in self.ending[at]:
            marks.subtract(found.marks)
            if found.href is not None and links:
                links.pop()
        for found in self.starting[at]:
            marks.update(found.marks)
            if found.href is not None:
                links.append(found.href)

    def _piece(
        self, span: Span, start: int, end: int, at: int, marks: Counter[Mark], links: list[str]
    ) -> Iterator[Span]:
        if span.how is not How.VERBATIM:
            yield span
            return
        place = self.source.region(span.source.start + start, span.source.start + end)
        if at in self.classes and (kind := self.classes[at]) is not None:
            self.skips.append(Skip(place, kind))
        elif at in self.classes:
            yield Span("\n", place, how=How.DECODED)
        else:
            own = frozenset(mark for mark, count in marks.items() if count > 0)
            yield Span(span.text[start:end], place, own, href=links[-1] if links else None)
