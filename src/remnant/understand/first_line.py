"""Which line is the first of the story: every line above it weighs for or against, and so does the cut itself.

The weights are learned from labelled files of our own by `python -m bench.quality.first_line_weights`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from remnant.model import BlockKind, Role
from remnant.understand.bylines import is_byline
from remnant.understand.header import entries_of
from remnant.understand.headings import is_capitalised
from remnant.understand.register import (
    is_dialogue,
    is_surely_authors,
    is_typed,
    says_i_or_you,
    share_in_first_person,
    voice_of,
)
from remnant.understand.sheet import Sheet
from remnant.understand.titles import says_when, says_where
from remnant.understand.tone import speaks_of_the_making
from remnant.understand.unlabelled import is_facts, is_pairing, is_rating

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

MOST = 60
"""Lines with text among which the first is looked for."""
_BRIEF, _ROW, _LONG = 40, 90, 200

_STOP = re.compile(r"[.!?…][\"”'’)*_~]*$")
_LABEL_LIKE = re.compile(r"^\W{0,4}[A-Za-z][\w'’/& -]{1,24}(?::|=|\s[-–—~]\s|\s?\.{3,}|\s?>)\s*\S")
_BRACKETED = re.compile(r"^\W*[\[({<].*[\])}>]\W*$", re.DOTALL)
_PRESENT = re.compile(
    r"\b(?:is|are|am|isn['’]t|aren['’]t|has|have|do|don['’]t|does|will|it['’]s|i['’]m)\b", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:was|were|had|did|said|came|went|wasn['’]t|hadn['’]t|didn['’]t|would)\b", re.IGNORECASE)
_OWNED = re.compile(r"\b(?:mine|owns?|belongs?|borrowed|characters|somebody else['’]s|hers|theirs)\b", re.IGNORECASE)
_LETTER = re.compile(
    r"^\W{0,3}(?:my )?(?:dear(?:est)?|darling|beloved|sir|madam)\b[^.!?]{0,50}[,:—–-]?$", re.IGNORECASE
)
_ADDRESS = re.compile(r"\w@\w|://|\bwww\.")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_TOLD = frozenset(
    [
        "he",
        "she",
        "him",
        "her",
        "his",
        "hers",
        "they",
        "them",
        "their",
        "had",
        "was",
        "were",
        "said",
        "did",
        "would",
        "could",
        "went",
        "came",
        "saw",
        "looked",
        "it",
        "its",
        "there",
        "then",
        "when",
        "where",
        "who",
        "an",
        "into",
        "down",
        "up",
        "over",
        "until",
    ]
)
_OF_FICS = frozenset(
    [
        "archive",
        "author",
        "beta",
        "betaed",
        "beta'd",
        "challenge",
        "chapter",
        "chapters",
        "comm",
        "comments",
        "crossover",
        "disclaimer",
        "drabble",
        "drabbles",
        "episode",
        "fandom",
        "feedback",
        "fic",
        "fics",
        "ficlet",
        "gen",
        "het",
        "list",
        "note",
        "notes",
        "pairing",
        "part",
        "post",
        "posted",
        "posting",
        "prompt",
        "rated",
        "rating",
        "readers",
        "reposted",
        "request",
        "review",
        "reviews",
        "season",
        "sequel",
        "series",
        "slash",
        "spoilers",
        "story",
        "summary",
        "title",
        "tumblr",
        "update",
        "warning",
        "warnings",
        "wip",
        "words",
        "written",
    ]
)
_FIELDS = frozenset({Role.TITLE, Role.BYLINE, Role.HEADER, Role.WARNING, Role.SPOILER})
_CUTS = frozenset({Role.SCENE_BREAK, Role.CHAPTER_HEADING})


def candidates(sheet: Sheet, roles: Sequence[Role | None]) -> list[int]:
    """The lines that may be the story's first: any with text that is no furniture, no heading and no divider."""
    told = (at for at, text in enumerate(sheet.texts[: 4 * MOST]) if text and roles[at] is not Role.CHROME)
    return [at for at in told if roles[at] not in _CUTS][:MOST]


def of_line(sheet: Sheet, index: int, role: Role | None, rest: Rest) -> dict[str, float]:
    """What a line weighs if it stands above the story."""
    text, line = sheet.texts[index], sheet.lines[index]
    own = _unquoted(text)
    stop = _STOP.search(text) is not None
    words = _WORD.findall(text[:600].lower())
    told = sum(word in _TOLD for word in words) / max(len(words), 4)
    entries = entries_of(index, line)
    marked = bool(line.spans) and all(span.marks for span in line.spans if span.text.strip())
    found = {
        "line": True,
        "brief": len(text) <= _BRIEF,
        "row": _BRIEF < len(text) <= _ROW,
        "long": len(text) > _LONG,
        "sentence": stop and len(words) > 3,
        "spoken": is_dialogue(text),
        "labelled": any(entry.label.strong for entry in entries),
        "label": bool(entries),
        "label like": not entries and bool(_LABEL_LIKE.match(text)),
        "facts": is_facts(text) or is_pairing(text) or is_rating(text),
        "byline": is_byline(text),
        "bracketed": bool(_BRACKETED.match(text)),
        "author's": is_surely_authors(text),
        "perhaps author's": voice_of(text) > 0,
        "making": speaks_of_the_making(text) > 0,
        "I or you": says_i_or_you(text) and not is_dialogue(text),
        "shift of person": not is_dialogue(text) and rest.person < 0.15 and says_i_or_you(text),
        "shift of tense": rest.past and bool(_PRESENT.search(own)) and not _PAST.search(own),
        "owned": bool(_OWNED.search(own)),
        "of the page": len(text) > 3 and text.casefold() in rest.page,
        "typed": is_typed(text),
        "address": bool(_ADDRESS.search(text[:300])),
        "titled": len(text) <= _ROW and not stop and is_capitalised(text),
        "small": len(text) > 3 and text == text.lower(),
        "letter": bool(_LETTER.match(text)),
        "verse": line.kind is BlockKind.VERSE and not entries,
        "set": line.kind is BlockKind.HEADING or line.centred or marked,
        "a field": role in _FIELDS,
        "a note": role is Role.NOTE or role is Role.SUMMARY,
    }
    return {name: 1.0 for name, is_so in found.items() if is_so} | {"told": 4 * told, "subjects": _subjects(words)}


def _subjects(words: Sequence[str]) -> float:
    return min(3.0, 10 * sum(word in _OF_FICS for word in words) / max(len(words), 5))


def _unquoted(text: str) -> str:
    return "" if is_dialogue(text) else text[:600]


class Rest(NamedTuple):
    """How the text goes on: what a line above it is held against."""

    person: float
    past: bool
    page: str


def rest_of(sheet: Sheet, told: Sequence[int]) -> Rest:
    """What is heard of the teller below the first lines, and what the page is called."""
    texts = [sheet.texts[at] for at in told[len(told) // 3 :]]
    past, present = (sum(1 for text in texts if sign.search(_unquoted(text))) for sign in (_PAST, _PRESENT))
    page = " ".join(fact.value for fact in sheet.draft.facts if fact.name.endswith("title")).casefold()
    return Rest(share_in_first_person(texts), past > present, page)


def of_cut(sheet: Sheet, roles: Sequence[Role | None], told: Sequence[int], place: int) -> dict[str, float]:
    """What it weighs that the story begins with this of the candidates."""
    index = told[place]
    line, text = sheet.lines[index], sheet.texts[index]
    above = next((at for at in range(index - 1, -1, -1) if sheet.texts[at] or roles[at] in _CUTS), None)
    below = told[place : place + 4]
    gaps = [sheet.lines[at].gap for at in told[place + 1 : place + 6]]
    prose = [at for at in below if is_dialogue(sheet.texts[at]) or _reads_on(sheet.texts[at])]
    first_open = next((at for at in told if roles[at] is None), None)
    found = {
        "begins: as the rules say": index == first_open,
        "begins: at the top": place == 0,
        "begins: below a wider gap": line.gap > max(gaps, default=line.gap),
        "begins: below no gap": sheet.plain and place > 0 and not line.gap and max(gaps, default=0) > 0,
        "begins: below a divider": above is not None and roles[above] is Role.SCENE_BREAK,
        "begins: below a heading": above is not None and roles[above] is Role.CHAPTER_HEADING,
        "begins: below furniture": above is not None and roles[above] is Role.CHROME,
        "begins: spoken": is_dialogue(text),
        "begins: in a word": len(text) <= 25,
        "begins: in no sentence": len(text) <= _BRIEF and not _STOP.search(text) and not is_dialogue(text),
        "begins: under prose": above is not None
        and _reads_on(sheet.texts[above])
        and not is_surely_authors(sheet.texts[above]),
        "begins: in a sentence": bool(_STOP.search(text)),
    }
    weighed = {name: 1.0 for name, is_so in found.items() if is_so}
    return weighed | {"begins: before prose": len(prose) / max(len(below), 1)}


def _reads_on(text: str) -> bool:
    return len(text) >= 60 and _STOP.search(text) is not None


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
