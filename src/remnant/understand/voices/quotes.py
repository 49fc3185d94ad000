"""Quotation marks of a story: which pair it speaks in, and where somebody speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from remnant.understand.voices.verbs import SAYING, words

LONGEST = 20_000
"""Characters of one paragraph looked at: no paragraph that a person wrote is longer."""

MOST = 400
"""Quotations of one paragraph looked at."""

SAMPLE = 2_000
"""Paragraphs that decide in which marks a story speaks."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Something said: half-open characters of its paragraph, marks included. `open`: its closing mark is missing."""

    start: int
    end: int
    open: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """A pair of quotation marks. Straight ones are told apart by what stands around them."""

    opening: str
    closing: str

    @property
    def straight(self) -> bool:
        return self.opening == self.closing


DOUBLE, CURLY = Marks('"', '"'), Marks("“", "”")
SINGLE, CURLY_SINGLE = Marks("'", "'"), Marks("‘", "’")
GUILLEMETS, GUILLEMETS_INWARD, LOW = Marks("«", "»"), Marks("»", "«"), Marks("„", "“")
ALL = (DOUBLE, CURLY, SINGLE, CURLY_SINGLE, GUILLEMETS, GUILLEMETS_INWARD, LOW)


def speech(texts: Sequence[str]) -> list[tuple[Quote, ...]]:
    """Where somebody speaks in each of these paragraphs of one story."""
    marks = marks_of(texts)
    return [tuple(quote for quote in quotations(text, marks) if _is_said(text, quote)) for text in texts]


def marks_of(texts: Sequence[str]) -> tuple[Marks, ...]:
    """The pairs in which people speak in these paragraphs; none where nobody does.

    Where many paragraphs open with a pair, that is how people speak; all pairs that do so at least a fifth as
    often as the commonest count, since chapters of one story may be typed in different ways. Single marks count only
    where double ones are rarer: within double ones they quote.
    """
    opened = dict.fromkeys(ALL, 0)
    for text in texts[:SAMPLE]:
        for pair in ALL:
            opened[pair] += text.startswith(pair.opening) and text.find(pair.closing, 1) > 0
    if not any(opened.values()):
        opened |= {pair: sum(text.count(pair.opening) for text in texts[:SAMPLE]) for pair in (DOUBLE, CURLY)}
    most = max(opened.values())
    chosen = [pair for pair in ALL if opened[pair] and 5 * opened[pair] >= most]
    singles = opened[SINGLE] + opened[CURLY_SINGLE]
    doubles = sum(opened.values()) - singles
    return tuple(pair for pair in chosen if (pair in (SINGLE, CURLY_SINGLE)) <= (singles > doubles))


def quotations(text: str, marks: Sequence[Marks]) -> tuple[Quote, ...]:
    """Where one of these pairs encloses something in a paragraph, in order and apart from one another.

    A pair that opens and never closes runs to the end of the paragraph: the speech goes on in the next one, or its
    mark was lost.
    """
    text = text[:LONGEST]
    found: list[Quote] = []
    for pair in marks:
        found += islice(_straight(text, pair) if pair.straight else _curly(text, pair), MOST)
    found.sort(key=lambda quote: quote.start)
    apart: list[Quote] = []
    for quote in found:
        if not apart or quote.start >= apart[-1].end:
            apart.append(quote)
    return tuple(apart[:MOST])


def _curly(text: str, pair: Marks) -> Iterator[Quote]:
    at = text.find(pair.opening)
    while at >= 0:
        end = _closed(text, pair, at + 1)
        yield Quote(at, len(text) if end < 0 else end + 1, end < 0)
        at = -1 if end < 0 else text.find(pair.opening, end + 1)


def _closed(text: str, pair: Marks, at: int) -> int:
    """Where the pair closes: for ’, which is an apostrophe too, where no letter follows."""
    end = text.find(pair.closing, at)
    while pair is CURLY_SINGLE and end >= 0 and text[end + 1 : end + 2].isalpha():
        end = text.find(pair.closing, end + 1)
    return end


_SINGLES = re.compile(r"(?<![^\W_])'(?=\S)|(?<=[^\s\w])'(?!\w)|(?<=\w)'(?!\w)")


def _straight(text: str, pair: Marks) -> Iterator[Quote]:
    """Straight marks in turn: the first opens. A single one inside a word is an apostrophe."""
    if pair.opening not in text:
        return
    places = (
        [match.start() for match in _SINGLES.finditer(text)]
        if pair is SINGLE
        else [match.start() for match in re.finditer(re.escape(pair.opening), text)]
    )
    start = -1
    for at in places:
        if start < 0:
            if _may_open(text, at):
                start = at
        elif _may_close(text, at):
            yield Quote(start, at + 1)
            start = -1
    if start >= 0:
        yield Quote(start, len(text), True)


def _may_open(text: str, at: int) -> bool:
    """An opening mark has something after it, and no word before it."""
    return at + 1 < len(text) and not (at > 0 and text[at - 1].isalnum())


def _may_close(text: str, at: int) -> bool:
    return not text[at + 1 : at + 2].isalnum()


_ENDED = re.compile(r"[.,!?…—–-][\"”'’»«“]?$")
_SAYS = SAYING - words("call calls called")
_TO_WHOM = words("him her me us them it only out back again just aloud quietly softly simply")
_NAMED_SO = words("a an the his her its their my our this that of as word words name named called titled term")


def _is_said(text: str, quote: Quote) -> bool:
    """Whether what stands in quotation marks is said.

    One to three words in the middle of a sentence, with no stop of their own, are quoted: "whoever 'they' were". So is
    what goes on in the middle of a sentence as if there were no marks, unless somebody says it: 'known as "the lady,"'.
    """
    words = text[quote.start + 1 : quote.end - 1].split()
    before, after = text[: quote.start].rstrip(), text[quote.end :].lstrip()
    if not words or quote.open or not before:
        return True
    if before[-1].isalpha():
        last = before[-60:].split()[-2:]
        if last[-1] in _SAYS or (last[-1] in _TO_WHOM and last[0] in _SAYS):
            return True
        if words[0][:1].islower() or (len(words) <= 3 and last[-1] in _NAMED_SO):
            return False
    if len(words) > 3 or _ENDED.search(text[quote.start : quote.end]):
        return True
    return before[-1] in ",:.!?…" or not after
