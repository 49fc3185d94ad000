"""What is weighed to find the first line of a story: signs of each line above it, and of the cut itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from remnant.model import BlockKind, Role
from remnant.understand.bylines import is_byline
from remnant.understand.fact_items import is_facts
from remnant.understand.header import entries_of
from remnant.understand.headings import is_capitalised
from remnant.understand.line_score import Guess, Kind
from remnant.understand.register import (
    is_dialogue,
    is_surely_authors,
    is_typed,
    says_i_or_you,
    share_in_first_person,
    voice_of,
)
from remnant.understand.sheet import Sheet
from remnant.understand.tone import speaks_of_the_making
from remnant.understand.unlabelled import is_pairing, is_rating

MOST = 60
"""Lines with text among which the first is looked for."""
_BRIEF, _ROW, _LONG = 40, 90, 200

_STOP = re.compile(r"[.!?…][\"”'’)*_~]*$")
_LABEL_LIKE = re.compile(r"^\W{0,4}[A-Za-z][\w'’/& -]{1,24}(?::|=|\s[-–—~]\s|\s?\.{3,}|\s?>)\s*\S")
_OPENING, _CLOSING = ("[", "(", "{", "<"), ("]", ")", "}", ">")
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
    (
        *("he", "she", "him", "her", "his", "hers", "they", "them", "their", "had", "was", "were", "said"),
        *("did", "would", "could", "went", "came", "saw", "looked", "it", "its", "there", "then", "when"),
        *("where", "who", "an", "into", "down", "up", "over", "until"),
    )
)
_OF_FICS = frozenset(
    (
        *("archive", "author", "beta", "betaed", "beta'd", "challenge", "chapter", "chapters", "comm"),
        *("comments", "crossover", "disclaimer", "drabble", "drabbles", "episode", "fandom", "feedback", "fic"),
        *("fics", "ficlet", "gen", "het", "list", "note", "notes", "pairing", "part", "post", "posted"),
        *("posting", "prompt", "rated", "rating", "readers", "reposted", "request", "review", "reviews"),
        *("season", "sequel", "series", "slash", "spoilers", "story", "summary", "title", "tumblr", "update"),
        *("warning", "warnings", "wip", "words", "written"),
    )
)
_FIELDS = frozenset({Role.TITLE, Role.BYLINE, Role.HEADER, Role.WARNING, Role.SPOILER})
_CUTS = frozenset({Role.SCENE_BREAK, Role.CHAPTER_HEADING})


def candidates(sheet: Sheet, roles: Sequence[Role | None]) -> list[int]:
    """The lines that may be the story's first: any with text that is no furniture, no heading and no divider."""
    told = (at for at, text in enumerate(sheet.texts[: 4 * MOST]) if text and roles[at] is not Role.CHROME)
    return [at for at in told if roles[at] not in _CUTS][:MOST]


def of_line(sheet: Sheet, index: int, role: Role | None, rest: Rest, guessed: Guess) -> dict[str, float]:
    """What a line weighs if it stands above the story, or below it."""
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
        "bracketed": _is_bracketed(text),
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
        "letter": is_salutation(text),
        "verse": line.kind is BlockKind.VERSE and not entries,
        "set": line.kind is BlockKind.HEADING or line.centred or marked,
        "a page's": guessed.doubt > 0 and guessed.kind is Kind.PAGE,
        "a remark": guessed.doubt > 0 and guessed.kind is Kind.REMARK,
        "a field": role in _FIELDS,
        "a note": role is Role.NOTE or role is Role.SUMMARY,
    }
    shares = {"told": 4 * told, "subjects": _subjects(words), "no story": guessed.doubt}
    return {name: 1.0 for name, is_so in found.items() if is_so} | shares


def _subjects(words: Sequence[str]) -> float:
    return min(3.0, 10 * sum(word in _OF_FICS for word in words) / max(len(words), 5))


def is_salutation(text: str) -> bool:
    """Whether a line is how a letter begins."""
    return _LETTER.match(text) is not None


def _is_bracketed(text: str) -> bool:
    inner = text.strip("*_~ .")
    return inner[:1] in _OPENING and inner[-1:] in _CLOSING


def _unquoted(text: str) -> str:
    return "" if is_dialogue(text) else text[:600]


class Rest(NamedTuple):
    """How the text goes on: what a line above it is held against."""

    person: float
    past: bool
    page: str
    typed: bool


def rest_of(sheet: Sheet, told: Sequence[int]) -> Rest:
    """What is heard of the teller below the first lines, and what the page is called."""
    texts = [sheet.texts[at] for at in told[len(told) // 3 :]]
    past, present = (sum(1 for text in texts if sign.search(_unquoted(text))) for sign in (_PAST, _PRESENT))
    page = " ".join(fact.value for fact in sheet.draft.facts if fact.name.endswith("title")).casefold()
    return Rest(share_in_first_person(texts), past > present, page, any(map(is_typed, texts)))


def of_cut(
    sheet: Sheet, roles: Sequence[Role | None], told: Sequence[int], place: int, guessed: Sequence[Guess]
) -> dict[str, float]:
    """What it weighs that the story begins with this of the candidates, each of which was guessed at by itself."""
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
        "begins: under prose": above is not None and is_prose(sheet.texts[above]),
        "begins: in a sentence": bool(_STOP.search(text)),
    }
    weighed = {name: 1.0 for name, is_so in found.items() if is_so}
    doubts = [one.doubt for one in guessed[place : place + 4]]
    shares = {"begins: in doubt": doubts[0], "begins: before doubt": sum(doubts) / len(doubts)}
    return weighed | shares | {"begins: before prose": len(prose) / max(len(below), 1)}


def is_prose(text: str) -> bool:
    """Whether a line reads on as told things do."""
    return _reads_on(text) and not is_surely_authors(text)


def _reads_on(text: str) -> bool:
    return len(text) >= 60 and _STOP.search(text) is not None


def weight_of(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """What all that was found weighs together; a sign without a weight weighs nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in found.items())
