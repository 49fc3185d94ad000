"""The author's own voice: words in which people speak of their story, not in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from remnant.understand.hints import holds_any


class Voice(IntEnum):
    """How plainly a line is said by the author to the reader."""

    NONE = 0
    LIKELY = 1
    SURE = 2


_PLAIN_WORDS: tuple[tuple[str, str], ...] = (
    ("write more of", r"\bwrite more of (?:this|these|it)\b"),
    ("came from", r"\bi don['’]?t know where (?:this|that|it) came from\b"),
    ("ly write", r"\bi don['’]?t (?:usually|normally|really) write\b"),
    ("mail me", r"\be-?mail me (?:if|with|at)\b"),
    ("t sue|archive|repost", r"\bdon['’]?t sue\b|\b(?:do not|don['’]t) (?:archive|repost|sue|archive without)\b"),
    ("making any", r"\bi['’]?m not making any\b"),
    ("property of|copyright", r"\b(?:property|copyright) of\b|\bcopyright (?:infringement\b|by|©|\(c\)|\d{4})"),
    ("title is from", r"\btitle is from\b"),
    ("guest", r"\bguest ?book\b"),
    ("if you liked|if you enjoyed", r"\bif you (?:liked|enjoyed) (?:it|this)\b"),
    ("more soon|more to come", r"^\W*more (?:soon|to come)\b"),
    ("this is set", r"\bthis is set\b"),
    ("translator", r"\btranslator['’]?s note\b"),
    (
        "fic",
        r"\bfan[ -]?fic(?:tion|s)?\b|\bfics?\b|\bficlets?\b|\bsong-?fics?\b|\b(?:this|my) (?:fan)?fic"
        r"|\bon with the fic\b|\bfor (?:the )?(?:[\w'-]+ ){0,3}ficathon\b",
    ),
    ("shot", r"\bone-?shots?\b"),
    ("drabble", r"\bdrabbles?\b"),
    (
        "r&r|r & r|r and r|rnr|r n r|r'n'r|r 'n' r|r'n r|r 'n r|rn r|randr|r &r|r& r|rand r|r andr|rn'r|r n'r|r nr|r'nr"
        "|r 'nr|rn' r|r n' r|r'n' r|r 'n'r",
        r"\br ?(?:&|and|'?n'?) ?r\b",
    ),
    (
        "review",
        r"\bread (?:and|&|n) review|\b(?:please|pls|plz|do|leave|don['’]t forget to|must) review"
        r"|\breviews? (?:are|is|make|would|please|and)\b|\breviewers?\b|\breview(?:ed|ing) (?:this|my|it)\b"
        r"|\b(?:your|for the|for all the|any|no|more|your lovely|the) reviews\b",
    ),
    ("crit", r"\bconstructive crit\w*|\bcon-?crit\b"),
    ("flames", r"\bno flames\b|\bflames (?:are|will|welcome)"),
    ("feedback", r"\bfeedback (?:is|are|welcome|please|would|appreciated|makes|to|always)\b"),
    ("kudos", r"\bkudos\b"),
    (
        "beta",
        r"\bbeta[- ]?(?:ed|'d|read(?:er|ers|ing)?)\b|\bbeta'?d\b|\bun-?beta\w*\b"
        r"|\bmy (?:lovely |awesome |amazing |wonderful |fabulous )?betas?\b",
    ),
    (" own ", r"\b(?:do not|don['’]?t|does not|doesn['’]t|didn['’]t) own\b|\bown (?:none|nothing) of\b"),
    ("t own", r"\b(?:do not|don['’]?t|does not|doesn['’]t|didn['’]t) own\b"),
    ("profit|money", r"\b(?:no|not making(?: any)?) (?:profit|money)\b"),
    ("characters ", r"\bcharacters (?:are|belong|aren['’]?t|and (?:settings|places))\b"),
    (
        "belong",
        r"\bbelongs? to (?:the bbc|bbc|jk|j\.? ?k\.?|joss|paramount|marvel|dc|disney|warner|their respective"
        r"|his respective|its respective)\b",
    ),
    ("respective owner", r"\brespective owners\b"),
    (
        "chap",
        r"\b(?:next|last|previous|new|this|first|another|short|long) chap(?:ter|pie|py|s|ters)\b[^.!?]{0,60}\b(?:will"
        r"|up|soon|is|was|for you|short|long|posted|review|wait|late)\b|\bchapters? (?:will be|up|soon)\b",
    ),
    (
        "hope",
        r"\b(?:hope|hopefully) (?:you|ya|y['’]all|everyone|u)(?: all| guys)? (?:like|liked|enjoy|enjoyed|love|loved)\b"
        r"|\b(?:hope|hopefully)\b[^.!?]{0,30}\b(?:you|ya)\b[^.!?]{0,20}\b(?:like|enjoy)",
    ),
    ("enjoy", r"\benjoy(?:ed)? (?:the|this|reading|my)\b"),
    (
        "thank",
        r"\bthank(?:s| you)[^.!?]{0,40}\b(?:reading|read|review\w*|beta\w*|follow\w*|favou?rit\w*|support|comments?"
        r"|inspir\w*|feedback)\b",
    ),
    (
        "this story|this chapter|this one|this piece|this is",
        r"\bthis (?:story|chapter|one|piece|is)\b[^.!?]{0,60}\b(?:my first|was written|written for|had to be written"
        r"|is complete|is finished|takes place|is set|is a (?:sequel|prequel|tribute|gift|response|one)|is au"
        r"|is dedicated|is for|was inspired|inspired by|was going to|is based on|is rated|is slash|is my)\b",
    ),
    (
        "my first|my second|my third|my latest|my new|my other",
        r"\bmy (?:first|second|third|latest|new|other) (?:ever )?(?:attempt|try|go|story|stories|chapter|post)\b",
    ),
    (
        "to write|wrote this|write this|writing this|written this|started writing|finished writing",
        r"\bi(?:['’]ve)? (?:had to write|wrote this|wanted to write|was writing this|have written this|started writing"
        r"|finished writing|decided to write|write this)\b",
    ),
    (
        "for everyone|for everybody|for all of you|for all those|for anyone who|to everyone who|to all of you",
        r"\bthis (?:one(?:['’]s| is)?|is|chapter is|goes out) (?:for|to) (?:everyone|everybody|all of you|all those"
        r"|anyone) who\b|\bthis (?:one(?:['’]s| is)|is|goes out) (?:for|to) all of you\b",
    ),
    ("tribute", r"\bmy tribute\b|\ba tribute to\b"),
    ("spelling|gramm|typing", r"\b(?:spelling|grammar|grammer|typing)\b[^.!?]{0,30}\b(?:errors?|mistakes?)\b"),
    ("mistakes", r"\b(?:all|any) (?:remaining )?mistakes\b|\bmistakes are (?:all )?mine\b"),
    ("typo", r"\btypos?\b"),
    (
        "fandom|livejournal|lj|ao3|ff.net|ffn.net|fanfiction.net",
        r"\b(?:fandom|livejournal|lj|ao3|ffn?\.net|fanfiction\.net)\b",
    ),
    ("author", r"\bauthor'?s? notes?\b"),
    ("a/n", r"\ba/n\b"),
    ("bunn", r"\bplot ?bunn(?:y|ies)\b"),
    ("hiatus", r"\bhiatus\b"),
    ("writer", r"\bwriter['’]?s block\b"),
    (
        "sorry",
        r"\bsorry (?:for|about|it took|this took|if|that)\b[^.!?]{0,50}\b(?:wait|delay|late|long|short|updat\w*"
        r"|post\w*|mistakes|chapter|ooc)\b",
    ),
    (
        "update",
        r"\b(?:i['’]ll|will|to|i|not) (?:try to |have )?updated?\b|\bupdates? (?:will|soon|every|is|are|may)\b",
    ),
    ("favourite|favorite", r"\bfavou?rite (?:character|pairing|ship|episode|show)\b"),
    ("episode", r"\bepisode(?:s)? (?:aired|airs|where|when)\b"),
    ("lyrics|song", r"\b(?:lyrics|song) (?:is|are|belongs?|by|used|in this|i)\b"),
    ("spoiler", r"\bspoilers?\b"),
    ("posted", r"\bposted (?:on|to|at|here)\b|\bcross-?posted\b"),
    (
        "challenge|prompt|exchange|fest|big bang|secret santa|yuletide",
        r"\bfor (?:the )?(?:[\w'-]+ ){0,3}(?:challenge|prompt|exchange|fest|big bang|secret santa|yuletide)\b",
    ),
    ("word count", r"\bword count\b"),
    ("to be continued", r"\bto be continued\b"),
    ("dedicated", r"\bdedicated to\b"),
    ("disclaimer", r"\bdisclaimer\b"),
    ("public domain", r"\bpublic domain\b"),
    (
        "archived|distributed|reproduced|copied",
        r"\bmay (?:not )?be (?:archived|distributed|reproduced|copied)\b",
    ),
    ("creative commons", r"\bcreative commons\b"),
    ("happy reading", r"\bhappy reading\b"),
    ("on with the", r"\bon with the (?:story|show|chapter)\b"),
    (
        "here it is|here you go|here goes|here it goes",
        r"\bhere (?:it is|you go|goes)\b[^.!?]{0,40}\b(?:chapter|story|part)\b",
    ),
)
"""What only an author says, and behind which letters to look for it: one of them stands in whatever is found.

To look for all patterns in a line costs a hundred times what looking for these few letters costs.
"""
_SURE = tuple((tuple(hints.split("|")), re.compile(pattern, re.IGNORECASE)) for hints, pattern in _PLAIN_WORDS)
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
