"""What one line is likely to be by itself: told, said by a page, a field of a head, or a remark of the author's.

The weights are learned from labelled files of our own by `python -m bench.quality.line_weights`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from remnant.understand.line_table import TABLE
from remnant.understand.line_words import REPEATED, outline, signs
from remnant.understand.sheet import Sheet


class Kind(IntEnum):
    """What a line may be instead of a part of a story: each has a column of weights."""

    PAGE = 0
    FIELD = 1
    REMARK = 2


class Guess(NamedTuple):
    """How much more each kind weighs than a story's line."""

    page: float
    field: float
    remark: float

    @property
    def doubt(self) -> float:
        """Above 0 a line is more likely no story than story; within a bound, so that no line outweighs all others."""
        return max(-_BOUND, min(_BOUND, max(self)))

    @property
    def kind(self) -> Kind:
        """Which of the three it is, if it is no story."""
        return Kind(max(range(3), key=self.__getitem__))


_BOUND = 4.0

Weights = Mapping[str, tuple[float, float, float]]


@cache
def weights() -> Weights:
    """The table as it is written: a sign and its three weights between bars, each row with a semicolon behind it."""
    rows = (row.split("|") for row in TABLE.split(";") if row)
    return {name: (int(page) / 100, int(field) / 100, int(remark) / 100) for name, page, field, remark in rows}


def weighed(found: Mapping[str, float], table: Weights) -> Guess:
    page = field = remark = 0.0
    for name, value in found.items():
        row = table.get(name)
        if row is not None:
            page += row[0] * value
            field += row[1] * value
            remark += row[2] * value
    return Guess(page, field, remark)


def guess(sheet: Sheet, index: int, outlines: Mapping[str, int]) -> Guess:
    """What a line of a file is by itself; `outlines` says which lines come again in it."""
    return weighed(signs_of(sheet, index, outlines), weights())


def signs_of(sheet: Sheet, index: int, outlines: Mapping[str, int]) -> dict[str, float]:
    text = sheet.texts[index]
    again = len(text) <= REPEATED and outlines.get(outline(text), 0) > 1
    return signs(text, linked=_is_linked(sheet, index), again=again)


def _is_linked(sheet: Sheet, index: int) -> bool:
    said = [span for span in sheet.lines[index].spans if span.text.strip()]
    return bool(said) and all(span.href is not None for span in said)
