"""Which line is the last of the story: every line below it weighs for or against, and so does the cut itself.

The weights are learned from labelled files of our own by `python -m bench.quality.edge_weights --last`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from remnant.model import Role
from remnant.understand.closing import is_the_end
from remnant.understand.head_signs import is_salutation, rest_of, weight_of
from remnant.understand.line_score import Guess, guess
from remnant.understand.line_words import outlines
from remnant.understand.register import is_dialogue, is_surely_authors, is_typed
from remnant.understand.sheet import Sheet
from remnant.understand.tail_signs import candidates, names_in, of_end, of_last
from remnant.understand.titles import ENDS_AS_A_SENTENCE
from remnant.understand.tone import speaks_of_the_making

WEIGHTS: Mapping[str, float] = {
    "I or you": 0.06,
    "a field": -0.2,
    "a note": 0.44,
    "a page's": -0.07,
    "a remark": 0.59,
    "address": 0.27,
    "author's": 0.65,
    "bracketed": -0.18,
    "brief": -0.28,
    "byline": -0.06,
    "dated": 0.8,
    "ends: above a divider": 1.7,
    "ends: above a heading": -0.49,
    "ends: above a wider gap": 1.12,
    "ends: above furniture": 0.9,
    "ends: above no gap": -1.04,
    "ends: as the rules say": 1.27,
    "ends: at the end": -0.08,
    "ends: at the foot": 0.25,
    "ends: before the end": 1.53,
    "ends: below doubt": -0.84,
    "ends: in a word": -0.11,
    "ends: in doubt": -0.37,
    "ends: in prose": 0.13,
    "ends: spoken": 0.2,
    "facts": -0.12,
    "label": -0.31,
    "label like": -0.23,
    "labelled": -0.11,
    "letter": -0.25,
    "line": -0.32,
    "long": -0.46,
    "making": 0.42,
    "meaning": -0.51,
    "no story": 0.47,
    "numbered": 0.29,
    "of the page": -0.3,
    "owned": 0.15,
    "perhaps author's": 0.41,
    "question": 0.22,
    "row": -0.12,
    "sentence": -0.39,
    "set": 0.51,
    "shift of person": 0.23,
    "somebody": -0.38,
    "spoken": -0.4,
    "subjects": 0.08,
    "the end": 0.24,
    "titled": -0.56,
    "told": -0.37,
    "typed": 0.22,
    "typed as nowhere": -0.13,
    "verse": 0.47,
    "year": 0.7,
}

MARGIN = 1.5
"""How much more an earlier end must weigh: in cross-validation 26 were mended so and four were spoilt."""
LIGHTEST = -1.5
"""A line that weighs less is prose."""
BARRED = frozenset({"spoken"})
"""What stands below no story."""


def moved(sheet: Sheet, roles: Sequence[Role | None]) -> list[tuple[int, Guess]]:
    """The open lines below which the story seems to end, but above which it surely does, each with what it may be."""
    told = candidates(sheet, roles)
    ended = next((place for place, at in enumerate(told) if roles[at] is None), None)
    if ended is None or sheet.notes_apart or sheet.dialect is not None:
        return []
    if any(is_salutation(sheet.texts[at]) for at in told[ended:]):
        return []
    again = outlines(sheet.texts)
    if _is_surely_told(sheet.texts[told[ended]], guess(sheet, told[ended], again)):
        return []
    guessed = [guess(sheet, at, again) for at in told]
    cuts, lines = chain(sheet, roles, told, guessed)
    below = [weight_of(line, WEIGHTS) for line in lines]
    last = ended
    while last + 1 < len(told) and below[last] > LIGHTEST and BARRED.isdisjoint(lines[last]):
        if "numbered" in lines[last] and "numbered" in lines[last + 1]:
            break
        if _may_be_thought(sheet.texts[told[last]], guessed[last]):
            break
        last += 1
    scores = [weight_of(cuts[place], WEIGHTS) + sum(below[ended:place]) for place in range(ended, last + 1)]
    best = max(range(len(scores)), key=scores.__getitem__)
    if scores[best] - scores[0] <= MARGIN:
        return []
    while best and is_the_end(sheet.texts[told[ended + best - 1]]):
        best -= 1
    return [(told[place], guessed[place]) for place in range(ended, ended + best) if roles[told[place]] is None]


def _is_surely_told(text: str, guessed: Guess) -> bool:
    """Most last lines are: then nothing more is asked."""
    return is_dialogue(text) or (guessed.doubt < _SURELY_TOLD and ENDS_AS_A_SENTENCE.search(text) is not None)


_SURELY_TOLD = -3.5


def _may_be_thought(text: str, guessed: Guess) -> bool:
    """A few plain words with a stop: a voice without quotation marks, which says what no maker of stories says."""
    if len(text) > _BRIEF or not ENDS_AS_A_SENTENCE.search(text) or is_typed(text) or is_surely_authors(text):
        return False
    return guessed.doubt < _PLAINLY and not speaks_of_the_making(text) and not is_the_end(text)


_BRIEF, _PLAINLY = 40, 3.0


def chain(
    sheet: Sheet, roles: Sequence[Role | None], told: Sequence[int], guessed: Sequence[Guess]
) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    """What is weighed of each cut and of each line, from the lowest on."""
    upwards = told[::-1]
    rest = rest_of(sheet, told[len(told) // 3 :])
    names = names_in([sheet.texts[at] for at in upwards[: max(2 * len(told) // 3, 1)]])
    places = range(len(told))
    cuts = [of_end(sheet, roles, told, place, guessed) for place in places]
    lines = [of_last(sheet, told[at], roles[told[at]], rest, guessed[at], names) for at in places]
    return cuts, lines
