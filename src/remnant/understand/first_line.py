"""Which line is the first of the story: every line above it weighs for or against, and so does the cut itself.

The weights are learned from labelled files of our own by `python -m bench.quality.edge_weights`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from remnant.model import Role
from remnant.understand.head_signs import candidates, is_salutation, of_cut, of_line, rest_of, weight_of
from remnant.understand.line_score import Guess, Kind, guess
from remnant.understand.line_words import outlines
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Sheet
from remnant.understand.titles import ENDS_AS_A_SENTENCE, says_when, says_where

WEIGHTS: Mapping[str, float] = {
    "I or you": -0.5,
    "a field": 0.08,
    "a note": 1.0,
    "a page's": -0.17,
    "a remark": 0.8,
    "address": -0.14,
    "author's": 0.6,
    "begins: as the rules say": 1.21,
    "begins: before doubt": -0.81,
    "begins: before prose": 1.19,
    "begins: below a divider": 1.59,
    "begins: below a heading": 1.25,
    "begins: below a wider gap": 1.28,
    "begins: below furniture": -0.7,
    "begins: below no gap": -2.16,
    "begins: in a sentence": -0.17,
    "begins: in a word": -0.44,
    "begins: in doubt": -0.22,
    "begins: in no sentence": -0.1,
    "begins: spoken": -0.26,
    "begins: under prose": -0.51,
    "bracketed": -0.53,
    "brief": -0.05,
    "byline": 0.82,
    "facts": 0.52,
    "label": 0.25,
    "label like": -0.53,
    "labelled": 0.1,
    "letter": 0.36,
    "line": -0.56,
    "long": 0.05,
    "making": 0.94,
    "no story": 0.39,
    "of the page": 0.51,
    "owned": 0.88,
    "perhaps author's": 0.79,
    "row": -0.35,
    "sentence": -0.51,
    "set": 0.67,
    "shift of person": 0.78,
    "shift of tense": 1.16,
    "small": 0.26,
    "spoken": -0.36,
    "subjects": 0.36,
    "titled": -0.4,
    "told": -0.62,
    "typed": 0.37,
    "verse": 0.25,
}


def moved(sheet: Sheet, roles: Sequence[Role | None]) -> list[tuple[int, Guess]]:
    """The lines at which the story seems to begin, but above which it surely does not, each with what it may be.

    Only lines that may stand in a head are passed over: nothing spoken, and nothing that weighs like prose.
    """
    told = candidates(sheet, roles)
    begun = next((place for place, at in enumerate(told) if roles[at] is None), None)
    if begun is None or sheet.notes_apart:
        return []
    again = outlines(sheet.texts)
    if _is_told(sheet.texts[told[begun]], guess(sheet, told[begun], again)):
        return []
    rest = rest_of(sheet, told)
    guessed = [guess(sheet, at, again) for at in told]
    lines = [of_line(sheet, at, roles[at], rest, one) for at, one in zip(told, guessed, strict=True)]
    above = [weight_of(line, WEIGHTS) for line in lines]
    last = begun
    while last + 1 < len(told) and above[last] > LIGHTEST and not _is_told(sheet.texts[told[last]], guessed[last]):
        last += 1
    cuts = [weight_of(of_cut(sheet, roles, told, place, guessed), WEIGHTS) for place in range(begun, last + 1)]
    scores = [cut + sum(above[begun : begun + place]) for place, cut in enumerate(cuts)]
    best = max(range(len(scores)), key=scores.__getitem__)
    if scores[best] - scores[0] <= MARGIN or sheet.texts[told[begun + best]].startswith(">"):
        return []
    return [(told[at], guessed[at]) for at in range(begun, begun + best) if roles[told[at]] is None]


def _is_told(text: str, guessed: Guess) -> bool:
    """What no head holds: speech, a line that can only be told, the number, place and hour of a scene.

    Unless a page says when something was posted.
    """
    if (
        is_dialogue(text)
        or is_salutation(text)
        or _NUMBER.fullmatch(text)
        or (guessed.doubt < _SURELY_TOLD and ENDS_AS_A_SENTENCE.search(text))
    ):
        return True
    stamped = guessed.kind is Kind.PAGE and guessed.doubt > _STAMPED
    return not stamped and any(says_when(row) or says_where(row) for row in text[:200].split("\n"))


_NUMBER = re.compile(r"\W{0,3}(?:[ivxlIVXL]{1,6}|\d{1,2})\W{0,3}")
_SURELY_TOLD, _STAMPED = -1.0, 3.0


MARGIN = 1.5
"""How much more a later beginning must weigh: in cross-validation 43 were mended so and six were spoilt."""
LIGHTEST = -2.5
"""A line that weighs less is prose."""
