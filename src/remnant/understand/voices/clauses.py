"""Who does something in the telling beside a quotation: the clause that follows it, and the sentence before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from remnant.understand.voices.quotes import Quote
from remnant.understand.voices.verbs import HE, KIN, PERSONS, SAYING, SHE

NARRATOR = "I"


class Way(Enum):
    """How what somebody does stands to what is said.

    TAG: it says so beside the words. APART: it says so, or brings the words in, some way off. AFTER and BEFORE:
    something is done in the sentence after the words, or before.
    """

    TAG = 0
    APART = 1
    AFTER = 2
    BEFORE = 3


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does something beside a quotation: a name, a pronoun (`who` is "he" or "she"), or a noun ("the waiter")."""

    who: str
    way: Way
    quote: int
    at: int
    pronoun: bool = False
    noun: bool = False


Named = Sequence[tuple[int, int, str]]
"""Names in the telling: from where to where, and whose."""

REACH = 160
"""Characters of telling looked at beside a quotation."""

_DETERMINER = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Mm]y|[Tt]heir|[Aa]nother|[Oo]ne)"
_NOT_OF_IT = (
    r"(?:of|in|with|at|on|from|who|to|as|and|by|for|over|when|but|while|that|after|again|beside|behind|looking"
    r"|[a-z]+ly)\b"
)
_ANY_NOUN = rf"(?:\s+(?!{_NOT_OF_IT})[a-z'’-]+){{1,3}}?(?=\W*$|[.,;:!?—\"”]|\s+{_NOT_OF_IT}|\s+[A-Z])"
_A_PERSON = rf"{_DETERMINER}\s+(?:[a-z-]+\s+){{0,3}}?(?:{'|'.join(sorted(PERSONS))})(?![\w-])"
_INVERTED = re.compile(
    r"^[\s,—–-]*(?P<verb>[a-z]+)(?:\s+[a-z]+ly)?(?:\s+(?:back|out|up|on))?\s+"
    rf"(?:(?P<who>he|she|I)(?!\w)|(?P<noun>(?:{'|'.join(sorted(KIN))})(?!\w)|{_A_PERSON}|{_DETERMINER}{_ANY_NOUN})"
    r"|(?P<name>(?:the\s+)?(?=[^\W\d_a-z])))"
)
_DIRECT = re.compile(
    rf"(?:\b(?P<who>[Hh]e|[Ss]he|I)\b(?!['’]s\b)|\b(?P<noun>{_A_PERSON}))(?!['’]s?\s+(?!eyes|face|voice|hands?|heart|head))"
)
_ONE_OF_THE_NAMED = re.compile(r"['’]s?\s+(?:[a-z]+\s+){0,2}?([a-z]+)")
_TO_SOMEBODY = re.compile(
    r"\b(?:to|at|with|from|for|of|on|into|by|after|behind|beside|towards?|upon|over|past|near|against)\s$"
)
_FIRST = re.compile(
    r"[\s,—–-]*(?:(?:and|but|then|so|as|while|when|here|again|at last|slowly|finally)\b,?\s*){0,2}", re.IGNORECASE
)
_GOES_ON = re.compile(r"\b(?:and|but|while|as|when)\b", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z'’]+")
_STOP = re.compile(r"[.!?…][\"”'’)]*(?=\s|$)")
_NOT_A_STOP = re.compile(r"\b(?:M(?:rs?|me|lle|s)|Dr|St|Prof|Col|Capt|Lt|Sgt|Rev|Gen|[A-Z])\.$")
_OWN = frozenset(
    [
        "voice",
        "eyes",
        "eye",
        "face",
        "hand",
        "hands",
        "head",
        "heart",
        "lips",
        "mouth",
        "smile",
        "gaze",
        "brow",
        "brows",
        "eyebrow",
        "eyebrows",
        "fingers",
        "arms",
        "arm",
        "shoulders",
        "expression",
        "tone",
        "tones",
        "breath",
        "jaw",
        "cheeks",
        "look",
        "grin",
        "stomach",
        "body",
        "mind",
        "answer",
        "reply",
        "response",
    ]
)
"""What does something for whose it is: "Jack's eyes narrowed"."""

LEFT_OUT = ("...", "…")
CUT = re.compile(r"(?:\.\.\.|…)\s?([a-z]{3,})(?=[,.!?])")


def subjects_of(text: str, spoken: Sequence[Quote], named: Named) -> Iterator[Subject]:
    """In the order of the paragraph: of each stretch of telling, who acts at its beginning and who at its end."""
    at = first = 0
    for number in range(len(spoken) + 1):
        end = spoken[number].start if number < len(spoken) else len(text)
        while first < len(named) and named[first][0] < at:
            first += 1
        if end - at > 2:
            if number > 0:
                yield from _after(text, at, end, named[first : first + 8], number - 1)
            if number < len(spoken):
                yield from _before(text, at, end, named, number)
        if number < len(spoken):
            at = spoken[number].end


def brings_in(text: str, named: Named) -> Subject | None:
    """Who is said to speak at the end of a paragraph of telling, before what is said in the next: "So she said:"."""
    stop = len(text.rstrip())
    if text[stop - 1 : stop] not in (":", ",") or stop < 4:
        return None
    return next(_before(text, 0, stop, named, 0), None)


def _after(text: str, start: int, end: int, named: Named, quote: int) -> Iterator[Subject]:
    """The clause after a quotation: "said Jack", "Jack said quietly", "the man muttered", "Jack turned away."."""
    end = _sentence_end(text, start, min(end, start + REACH))
    clause = text[start:end]
    letter = next((character for character in clause if character.isalpha()), "")
    joined = text[start - 2 : start - 1] in (",", "—", "-") or letter.islower()
    inverted = _INVERTED.match(clause)
    if inverted and (inverted["verb"] in SAYING or (joined and inverted["verb"].endswith("ed"))):
        subject = _inverted(text, start, inverted, named, quote)
        if subject:
            yield subject
            return
    subject = _direct(text, start, end, named, quote, Way.AFTER, joined)
    if subject:
        yield subject


def _inverted(text: str, start: int, found: re.Match[str], named: Named, quote: int) -> Subject | None:
    if found["who"]:
        return _of_pronoun(found["who"], Way.TAG, quote, start)
    if found["name"] is not None:
        at = start + found.end()
        return next((_of_name(text, name, Way.TAG, quote) for name in named if name[0] - at in (0, 1)), None)
    noun = " ".join(found["noun"].split())
    if noun.rsplit(" ", 1)[-1] in _OWN:
        of = re.compile(r"\s+of\s+").match(text, start + found.end())
        if of or not noun.endswith(" voice") or noun.startswith(("his", "her", "my", "their")):
            return next((_of_name(text, name, Way.TAG, quote) for name in named if of and name[0] == of.end()), None)
    return Subject(noun, Way.TAG, quote, start, noun=True)


def _direct(text: str, start: int, end: int, named: Named, quote: int, way: Way, joined: bool) -> Subject | None:
    """Whoever the clause begins with, and whether a verb of saying follows soon."""
    first = _FIRST.match(text, start, end)
    begin = first.end() if first else start
    found = _DIRECT.search(text, begin, min(end, begin + 60))
    name = next((name for name in named if begin <= name[0] < end), None)
    if name is not None and (found is None or name[0] <= found.start()):
        at, after = name[0], name[1]
    elif found is not None:
        at, after, name = found.start(), found.end(), None
    else:
        return None
    if at - begin > 40:
        return None
    near = at - begin <= 3 and not _GOES_ON.search(text, start, begin)
    how = (
        Way.TAG if near and (joined or _says(text, after, end, 3)) else Way.APART if _says(text, after, end, 5) else way
    )
    if name is not None:
        return _of_name(text, name, how, quote)
    assert found is not None
    if found["who"]:
        return _of_pronoun(found["who"], how, quote, at)
    return Subject(" ".join(found["noun"].split()).lower(), how, quote, at, noun=True)


def _before(text: str, start: int, end: int, named: Named, quote: int) -> Iterator[Subject]:
    """The last sentence before a quotation: 'Jack smiled. "', 'He said, "'."""
    stop = start + len(text[start:end].rstrip())
    begin = _sentence_begin(text, start, stop)
    brings_in = text[stop - 1] in ",:"
    if quote > 0 and begin == start and not brings_in:
        return
    near = [name for name in named if begin <= name[0] < stop]
    if brings_in or _says(text, max(begin, stop - 40), stop, 9):
        said = _sayer(text, begin, stop, near, quote)
        if said:
            yield said
            return
    subject = _direct(text, begin, stop, near, quote, Way.APART if brings_in else Way.BEFORE, False)
    if subject:
        yield subject


def _sayer(text: str, begin: int, stop: int, named: Named, quote: int) -> Subject | None:
    """Whoever stands last before a verb of saying: "so that Angela remarked", "the Rabbit, who said"."""
    best: Subject | None = None
    for name in named:
        if _says(text, name[1], stop, 4) and not _TO_SOMEBODY.search(text, max(begin, name[0] - 10), name[0]):
            best = _of_name(text, name, Way.APART, quote) or best
    for found in _DIRECT.finditer(text, begin, stop):
        if (best is None or found.start() > best.at) and _says(text, found.end(), stop, 4):
            if found["who"]:
                best = _of_pronoun(found["who"], Way.APART, quote, found.start())
            else:
                best = Subject(" ".join(found["noun"].split()).lower(), Way.APART, quote, found.start(), noun=True)
    return best


def _of_pronoun(word: str, way: Way, quote: int, at: int) -> Subject:
    small = word.lower()
    if small in HE or small in SHE:
        return Subject(small, way, quote, at, pronoun=True)
    return Subject(NARRATOR, way, quote, at)


def _of_name(text: str, name: tuple[int, int, str], way: Way, quote: int) -> Subject | None:
    """Somebody named; of "Jack's mother" the mother, of "Jack's voice" Jack."""
    start, end, who = name
    if text[end : end + 1] not in ("'", "’"):
        return Subject(who, way, quote, start)
    whose = _ONE_OF_THE_NAMED.match(text, end)
    if whose is None or whose[1] in _OWN:
        return Subject(who, way, quote, start)
    if whose[1] in PERSONS:
        return Subject(f"{who}'s {whose[1]}", way, quote, start, noun=True)
    return None if way is Way.TAG else Subject(who, way, quote, start)


def _says(text: str, start: int, end: int, among: int) -> bool:
    """Whether a verb of saying is one of the next words of the sentence."""
    words = _WORD.findall(text[start : min(end, start + 60)].split(".", 1)[0])[:among]
    return any(word in SAYING for word in words)


def _sentence_end(text: str, start: int, end: int) -> int:
    for stop in _STOP.finditer(text, start, end):
        if not _NOT_A_STOP.search(text, max(start, stop.start() - 5), stop.start() + 1):
            return stop.start()
    return end


def _sentence_begin(text: str, start: int, stop: int) -> int:
    begin = max(start, stop - 2 * REACH)
    for found in _STOP.finditer(text, begin, stop - 1):
        if not _NOT_A_STOP.search(text, max(start, found.start() - 5), found.start() + 1):
            begin = found.end()
    return begin
