"""The author's own voice: words in which people speak of their story, not in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from remnant.understand.hints import holds_any
from remnant.understand.plain_words import PLAIN_WORDS


class Voice(IntEnum):
    """How plainly a line is said by the author to the reader."""

    NONE = 0
    LIKELY = 1
    SURE = 2


_SURE = tuple((tuple(hints.split("|")), re.compile(pattern, re.IGNORECASE)) for hints, pattern in PLAIN_WORDS)
_HINTS = tuple(dict.fromkeys(hint for hints, _ in _SURE for hint in hints))
_LIKELY = re.compile(
    r"\bi (?:wrote|write|was|am|do|know|think|hope|live|just|really|got|had|promise|apologi[sz]e|tried|wanted"
    r"|love)\b|\b(?:i['’]m|i['’]ve|i['’]ll|i['’]d)\b|\bmy\b|\byou guys\b|\bthanks?\b|\bthank you\b|\bthis (?:story"
    r"|chapter|part|scene|series)\b"
    r"|\bthe (?:story|chapter|series|show|episode|movie|clip)\b|\bseason\b|\b(?:tumblr|youtube|wattpad|canon"
    r"|pairing)\b|\breview\b|\bsorry\b|\bplease\b"
    r"|\bcomments?\b|\benjoy\b|\bfarewell\b|\blove,|:\)|:d\b|\blol\b|<3|\bxd\b|\bhappy (?:birthday|christmas"
    r"|holidays|valentine)|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_DIALOGUE = re.compile(r"^[\s*_]*(?:[\"“„«‘「—–]|â€[œ˜\x9c\x98])")
"""Also as UTF-8 looks that was read wrongly once: a mojibake file is still read."""

LONGEST = 1500
"""Characters of a line looked at: the author's voice shows at once, or not at all."""

_WORD = re.compile(r"[a-z]+")
_LIKELY_WORDS = frozenset(
    (
        *("i", "my", "guys", "thanks", "thank", "story", "chapter", "part", "scene", "series", "show", "episode"),
        *("movie", "clip", "season", "tumblr", "youtube", "wattpad", "canon", "pairing", "review", "sorry", "please"),
        *("comment", "comments", "enjoy", "farewell", "love", "lol", "xd", "happy"),
    )
)
_LIKELY_SIGNS = (":)", ":d", "<3", "19", "20")


def voice_of(text: str) -> Voice:
    """How plainly a line is the author's."""
    return Voice.SURE if is_surely_authors(text) else _less_surely(text)


def _less_surely(text: str) -> Voice:
    head = text[:LONGEST]
    return Voice.LIKELY if _may_be_likely(head.lower()) and _LIKELY.search(head) else Voice.NONE


def is_surely_authors(text: str) -> bool:
    """Whether a line can only be the author's; cheaper than to ask for its voice."""
    head = text[:LONGEST]
    lowered = head.lower()
    if not holds_any(lowered, _HINTS):
        return False
    return any(holds_any(lowered, hints) and pattern.search(head) for hints, pattern in _SURE)


def _may_be_likely(lowered: str) -> bool:
    return not _LIKELY_WORDS.isdisjoint(_WORD.findall(lowered)) or holds_any(lowered, _LIKELY_SIGNS)


_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e)\b")


_I_OR_YOU = re.compile(r"[imuy](?<!\w.)(?:(?<=[iu])|(?<=m)[ey]|(?<=y)our?|(?<=u)r)(?!\w)")
"""These words as words of their own. It begins with letters, so that a search passes over all others at once."""


def says_i_or_you(text: str) -> bool:
    """Whether somebody speaks of himself or to somebody, outside quotation marks."""
    return _I_OR_YOU.search(_unquoted(text).lower()) is not None


def _unquoted(text: str) -> str:
    head = text[:LONGEST]
    return _QUOTED.sub("", head) if '"' in head or "“" in head else head


_TYPED = re.compile(r"!!|\?\?|[:;]-?[)PDp(](?!\w)|\bxo|\blol\b|<3|(?<![\w'’.])i(?=\s|['’])|\bu\b|\bbtw\b|\btbh\b")


def is_typed(text: str) -> bool:
    """Whether a line is written as mails are: "!!", ":)", a small "i"."""
    return _TYPED.search(_unquoted(text)) is not None


def shifts(text: str, story: Sequence[str]) -> bool:
    """Whether a line says "I" or "you" and is typed as mails are, beside a story that does neither."""
    if len(story) < 3 or is_dialogue(text) or not says_i_or_you(text):
        return False
    if not (is_typed(text) or is_surely_authors(text)):
        return False
    return sum(map(says_i_or_you, story)) * 8 <= len(story) and not any(map(is_typed, story))


def share_in_first_person(texts: Sequence[str]) -> float:
    """How many of these lines say "I" outside quotation marks: where it leaps up, somebody else is speaking."""
    said = sum(1 for text in texts if _FIRST_PERSON.search(_unquoted(text)))
    return said / len(texts) if texts else 0.0


def is_dialogue(text: str) -> bool:
    """Whether a line opens with somebody speaking."""
    first = text[:1]
    return not (first.isascii() and first.isalnum()) and _DIALOGUE.match(text) is not None


class _Heard(dict[str, bool]):
    """Which lines are surely the author's: each is heard when it is asked for, and once."""

    def __missing__(self, text: str) -> bool:
        sure = self[text] = is_surely_authors(text)
        return sure


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring lines, and which of them are surely the author's, found out only for whoever asks."""

    texts: tuple[str, ...]
    heard: _Heard

    def since(self, place: int) -> Run:
        return Run(self.texts[place:], self.heard)

    @property
    def sure(self) -> tuple[bool, ...]:
        return tuple(self.heard[text] for text in self.texts)

    @property
    def voices(self) -> tuple[Voice, ...]:
        """How plainly each is the author's. What is not surely so is heard only for whoever asks: that is dear."""
        return tuple(
            Voice.SURE if sure else _less_surely(text) for text, sure in zip(self.texts, self.sure, strict=True)
        )

    @property
    def spoken(self) -> int:
        """How many of its lines open with somebody speaking."""
        return sum(map(is_dialogue, self.texts))

    @property
    def is_authors(self) -> bool:
        """Whether these lines, set apart from the story, are the author speaking."""
        count = len(self.texts)
        if 4 * self.spoken > count:
            return False
        sure = sum(self.sure)
        if sure == 0 or 4 * sure < count:
            return False
        return self.heard[self.texts[0]] or 2 * (count - self.voices.count(Voice.NONE)) >= count


def run_of(texts: Iterable[str]) -> Run:
    return Run(tuple(texts), _Heard())
