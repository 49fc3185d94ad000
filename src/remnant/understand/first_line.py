"""Which line is the first of the story: every line above it weighs for or against, and so does the cut itself.

The weights are learned from labelled files of our own by `python -m bench.quality.first_line_weights`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from remnant.model import Role
from remnant.understand.head_signs import candidates, of_cut, of_line, rest_of
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Sheet
from remnant.understand.titles import says_when, says_where

WEIGHTS = {
    "a field": 0.29,
    "a note": 1.71,
    "address": -0.36,
    "author's": 1.55,
    "bracketed": -0.67,
    "brief": 0.48,
    "byline": 3.09,
    "facts": 1.38,
    "I or you": -0.43,
    "label": 0.58,
    "label like": 0.43,
    "labelled": 0.35,
    "letter": -1.7,
    "line": -1.13,
    "long": 0.45,
    "making": 0.83,
    "of the page": 0.73,
    "owned": 1.41,
    "perhaps author's": 1.24,
    "row": 0.71,
    "sentence": -0.91,
    "set": 1.37,
    "shift of person": 0.98,
    "shift of tense": 1.52,
    "small": 0.58,
    "spoken": -1.27,
    "subjects": 0.72,
    "titled": -0.37,
    "told": -1.32,
    "typed": -1.21,
    "verse": -0.55,
    "begins: as the rules say": 1.44,
    "begins: at the top": -0.93,
    "begins: before prose": 2.57,
    "begins: below a divider": 2.33,
    "begins: below a heading": 2.12,
    "begins: below a wider gap": 2.58,
    "begins: below furniture": -0.63,
    "begins: below no gap": -2.79,
    "begins: in a sentence": 0.55,
    "begins: in a word": -1.16,
    "begins: in no sentence": -1.22,
    "begins: spoken": -0.3,
    "begins: under prose": -0.47,
}


def moved(sheet: Sheet, roles: Sequence[Role | None]) -> list[int]:
    """The lines at which the story seems to begin, but above which it surely does not; none where that is not sure.

    Only lines that may stand in a head are passed over: nothing spoken, and nothing that weighs like prose.
    """
    told = candidates(sheet, roles)
    begun = next((place for place, at in enumerate(told) if roles[at] is None), None)
    if begun is None or sheet.notes_apart:
        return []
    rest = rest_of(sheet, told)
    lines = [of_line(sheet, at, roles[at], rest) for at in told]
    above = [weighed(line) for line in lines]
    last = begun
    while last + 1 < len(told) and above[last] > LIGHTEST and not _is_told(sheet.texts[told[last]]):
        last += 1
    scores = [weighed(of_cut(sheet, roles, told, place)) + sum(above[begun:place]) for place in range(begun, last + 1)]
    best = max(range(len(scores)), key=scores.__getitem__)
    if scores[best] - scores[0] <= MARGIN or sheet.texts[told[begun + best]].startswith(">"):
        return []
    return [at for at in told[begun : begun + best] if roles[at] is None]


def _is_told(text: str) -> bool:
    """What no head holds: speech, and the place and hour of a scene."""
    return is_dialogue(text) or any(says_when(row) or says_where(row) for row in text[:200].split("\n"))


MARGIN = 1.5
"""How much more a later beginning must weigh: in cross-validation eleven were mended so and one was spoilt."""
LIGHTEST = -1.5
"""A line that weighs less is prose."""


def weighed(found: Mapping[str, float]) -> float:
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in found.items())
