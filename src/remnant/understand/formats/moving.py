"""What was read of a piece by itself, put where the piece stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from remnant.model import Finding, Region, Skip
from remnant.understand.draft import Line

Move = Callable[[Region], Region]


def line(one: Line, move: Move) -> Line:
    return replace(one, spans=tuple(replace(span, source=move(span.source)) for span in one.spans))


def skip(one: Skip, move: Move) -> Skip:
    return Skip(move(one.region), one.kind)


def finding(one: Finding, move: Move) -> Finding:
    return replace(one, where=tuple(map(move, one.where)))
