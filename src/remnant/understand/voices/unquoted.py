"""Voices outside quotation marks: thoughts, and words whose italics were lost. Rules that would rather say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from remnant.model import Block, Confidence, Mark, Voice, VoiceKind
from remnant.understand.voices.people import Cast
from remnant.understand.voices.quotes import LONGEST, Quote

SHORT = 10
"""Words of a paragraph that may be a voice by itself without italics or a tag: longer ones are telling too often."""

A_CLAUSE = 3
"""Words from which italics are more than stress on a word."""

TAGS = 50
"""Tags of thought looked at in one paragraph."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_I = re.compile(r"\b(?:I|me|my|mine|myself|we|us|our)\b|\bI['’]")
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b|\byou['’]", re.IGNORECASE)
_WILL = re.compile(r"\b(?:will|shall|won['’]t)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself|they|them|their)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"(?P<before>^|[,.!?…][\"”'’]?\s+|[.!?…]+\s+)(?P<tag>(?P<who>he|she|I|[A-Z][\w'’-]+)\s+(?:\w+ly\s+)?"
    r"(?:thinks?|thought|wonders?|wondered|mused?|muses|"
    r"(?:tells?|told|reminds?|reminded|asks?|asked)\s+(?:himself|herself|myself))(?:\s+\w+ly)?)(?=[.,;:!?…]|$)"
)

_TOLD_WITH = ("hink", "hought", "onder", "mus", "self")
"""One of these stands in every tag: to look for them first takes a tenth of the time."""


def is_first_person(texts: Sequence[str], quotes: Sequence[tuple[Quote, ...]]) -> bool:
    """A story is told by an "I" where one paragraph in ten says so outside quotation marks."""
    told = [outside(text, spoken) for text, spoken in zip(texts, quotes, strict=True)]
    long = [text for text in told if len(text.split()) > SHORT]
    said = sum(1 for text in long if _I.search(text))
    return 10 * said >= len(long) > 0


def outside(text: str, spoken: Sequence[Quote]) -> str:
    """What is told, with blanks where somebody speaks: places stay as they are."""
    told, at = [], 0
    for quote in spoken:
        told += [text[at : quote.start], " " * (quote.end - quote.start)]
        at = quote.end
    return "".join([*told, text[at:]])


def voices_outside(block: Block, spoken: tuple[Quote, ...], cast: Cast, *, first_person: bool) -> Iterator[Voice]:
    """Thoughts and other voices in a paragraph of a story, beside what is spoken in it."""
    told = outside(block.text[:LONGEST], spoken)
    tagged = list(_tagged(told, cast))
    if tagged:
        yield from tagged
        return
    italic = list(_in_italics(block, spoken))
    if italic:
        yield from italic
    elif not spoken and not first_person:
        yield from _alone(told, cast)


def _tagged(told: str, cast: Cast) -> Iterator[Voice]:
    """ "No, he thinks, please don't do this.": the words around the tag, if they read as somebody's own."""
    if not any(sign in told for sign in _TOLD_WITH):
        return
    for tag in islice(_TOLD.finditer(told), TAGS):
        start, end = _sentence_around(told, tag.start("tag"), tag.end("tag"))
        before, after = (start, tag.start("tag")), (tag.end("tag"), end)
        words = told[before[0] : before[1]] + told[after[0] : after[1]]
        if not words.strip(" .,") or _THEY.search(words) or not _WORD.search(words):
            continue
        for first, last in (before, after):
            first, last = _trimmed(told, first, last)
            if first < last:
                yield Voice(first, last, VoiceKind.THOUGHT, _thinker(tag["who"], cast), Confidence.LIKELY)


def _sentence_around(told: str, start: int, end: int) -> tuple[int, int]:
    """From the end of the sentence before to the end of this one. A question or cry before the tag belongs to it."""
    begin = 0
    for before in _STOP.finditer(told, 0, max(0, start - 2)):
        begin = before.end()
    stop = _STOP.search(told, end)
    return begin, stop.end() if stop else len(told)


_STOP = re.compile(r"[.!?…]+[\"”'’)]*(?=\s|$)")


def _trimmed(told: str, first: int, last: int) -> tuple[int, int]:
    while first < last and (told[first].isspace() or told[first] in ",.;:"):
        first += 1
    while first < last and told[last - 1].isspace():
        last -= 1
    return first, last


def _thinker(who: str, cast: Cast) -> str | None:
    person = cast.forms.get(who)
    return None if person is None else cast.people[person].name


def _in_italics(block: Block, spoken: tuple[Quote, ...]) -> Iterator[Voice]:
    """A clause in italics that says "I" or "you", or is a whole paragraph, and is not spoken."""
    at = 0
    for start, end in _emphasised(block):
        if start < at or any(quote.start < end and start < quote.end for quote in spoken):
            continue
        words = block.text[start:end]
        whole = end - start >= len(block.text.strip())
        if len(_WORD.findall(words)) >= A_CLAUSE and (whole or _I.search(words) or _YOU.search(words)):
            kind = VoiceKind.THOUGHT if _I.search(words) or not whole else VoiceKind.OTHER
            yield Voice(start, end, kind, None, Confidence.GUESSED)
        at = end


def _emphasised(block: Block) -> Iterator[tuple[int, int]]:
    """Runs of spans in italics, joined where they touch."""
    at, start = 0, -1
    for span in block.spans:
        if Mark.EMPHASIS in span.marks:
            start = at if start < 0 else start
        elif span.text.strip() and start >= 0:
            yield start, at
            start = -1
        at += len(span.text)
    if start >= 0:
        yield start, at


def _alone(told: str, cast: Cast) -> Iterator[Voice]:
    """A short paragraph in a story told of "he" and "she" that says "I" or "you", or tells what will be."""
    words = _WORD.findall(told)
    if not 2 <= len(words) <= SHORT or _THEY.search(told) or not _STOP.search(told):
        return
    mine = bool(_I.search(told))
    named = any(mention.start == len(told) - len(told.lstrip()) for mention in cast.mentions(told))
    if named or not (mine or _YOU.search(told) or _WILL.search(told)):
        return
    start = len(told) - len(told.lstrip())
    kind = VoiceKind.THOUGHT if mine else VoiceKind.OTHER
    yield Voice(start, len(told.rstrip()), kind, None, Confidence.GUESSED)
