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


_SURE = re.compile(
    r"\bwrite more of (?:this|these|it)\b|\bi don['’]?t know where (?:this|that|it) came from\b|\bunbeta\w*"
    r"|\bi don['’]?t (?:usually|normally|really) write\b"
    r"|\be-?mail me (?:if|with|at)\b|\bdon['’]?t sue\b|\bi['’]?m not making any\b|\b(?:property|copyright) of\b"
    r"|\btitle is from\b|\bguest ?book\b"
    r"|\bif you (?:liked|enjoyed) (?:it|this)\b|^\W*more (?:soon|to come)\b|\bthis is set\b|\btranslator['’]?s note\b"
    r"|\bfan[ -]?fic(?:tion|s)?\b|\bfics?\b|\bficlets?\b|\bone-?shots?\b|\bdrabbles?\b|\bsong-?fics?\b"
    r"|\br ?(?:&|and|'?n'?) ?r\b|\bread (?:and|&|n) review|\b(?:please|pls|plz|do|leave|don['’]t forget to"
    r"|must) review|\breviews? (?:are|is|make|would|please|and)\b"
    r"|\b(?:your|for the|for all the|any|no|more|your lovely|the) reviews\b|\breviewers?\b|\breview(?:ed"
    r"|ing) (?:this|my|it)\b|\bconstructive crit\w*|\bcon-?crit\b|\bno flames\b|\bflames (?:are|will|welcome)"
    r"|\bfeedback (?:is|are|welcome|please|would|appreciated|makes|to|always)\b|\bkudos\b|\bbeta[- ]?(?:ed|'d"
    r"|read(?:er|ers|ing)?)\b|\bbeta'?d\b|\bun-?beta\w*\b|\bmy (?:lovely |awesome |amazing |wonderful "
    r"|fabulous )?betas?\b"
    r"|\b(?:do not|don['’]?t|does not|doesn['’]t|didn['’]t) own\b|\bown (?:none|nothing) of\b"
    r"|\bcopyright infringement\b|\b(?:no|not making(?: any)?) (?:profit|money)\b|\bcharacters (?:are|belong"
    r"|aren['’]?t|and (?:settings|places))\b"
    r"|\bbelongs? to (?:the bbc|bbc|jk|j\.? ?k\.?|joss|paramount|marvel|dc|disney|warner|their respective"
    r"|his respective|its respective)\b|\brespective owners\b"
    r"|\b(?:next|last|previous|new|this|first|another|short|long) chap(?:ter|pie|py|s|ters)\b[^.!?]{0,60}\b(?:will"
    r"|up|soon|is|was|for you|short|long|posted|review|wait|late)\b|\bchapters? (?:will be|up|soon)\b"
    r"|\b(?:hope|hopefully) (?:you|ya|y['’]all|everyone|u)(?: all| guys)? (?:like|liked|enjoy|enjoyed|love"
    r"|loved)\b|\benjoy(?:ed)? (?:the|this|reading|my)\b|\bthank(?:s| you)[^.!?]{0,40}\b(?:reading|read|review\w*"
    r"|beta\w*|follow\w*|favou?rit\w*|support|comments?|inspir\w*|feedback)\b"
    r"|\b(?:hope|hopefully)\b[^.!?]{0,30}\b(?:you|ya)\b[^.!?]{0,20}\b(?:like|enjoy)"
    r"|\bthis (?:story|chapter|one|piece|is)\b[^.!?]{0,60}\b(?:my first|was written|written for|had to be written"
    r"|is complete|is finished|takes place|is set|is a (?:sequel|prequel|tribute|gift|response|one)|is au"
    r"|is dedicated|is for|was inspired|inspired by|was going to|is based on|is rated|is slash|is my)\b"
    r"|\bmy (?:first|second|third|latest|new|other) (?:ever )?(?:attempt|try|go|story|stories|chapter|post)\b"
    r"|\bi(?:['’]ve)? (?:had to write|wrote this|wanted to write|was writing this|have written this"
    r"|started writing|finished writing|decided to write|write this)\b"
    r"|\bmy tribute\b|\ba tribute to\b|\b(?:spelling|grammar|grammer|typing)\b[^.!?]{0,30}\b(?:errors?"
    r"|mistakes?)\b|\b(?:all|any) (?:remaining )?mistakes\b|\bmistakes are (?:all )?mine\b|\btypos?\b"
    r"|\b(?:fandom|livejournal|\blj\b|ao3|ffn?\.net|fanfiction\.net)\b"
    r"|\bauthor'?s? notes?\b|\ba/n\b|\bplot ?bunn(?:y|ies)\b|\bhiatus\b"
    r"|\bwriter['’]?s block\b"
    r"|\bsorry (?:for|about|it took|this took|if|that)\b[^.!?]{0,50}\b(?:wait|delay|late|long|short|updat\w*"
    r"|post\w*|mistakes|chapter|ooc)\b|\b(?:i['’]ll|will|to|i|not) (?:try to |have )?updated?\b|\bupdates? (?:will"
    r"|soon|every|is|are|may)\b"
    r"|\bfavou?rite (?:character|pairing|ship|episode|show)\b|\bepisode(?:s)? (?:aired|airs|where|when)\b"
    r"|\b(?:lyrics|song) (?:is|are|belongs?|by|used|in this|i)\b|\bspoilers?\b|\bposted (?:on|to|at"
    r"|here)\b|\bcross-?posted\b"
    r"|\bfor (?:the )?(?:[\w'-]+ ){0,3}(?:challenge|prompt|ficathon|exchange|fest|big bang|secret santa"
    r"|yuletide)\b|\bword count\b|\bto be continued\b|\bdedicated to\b|\bdisclaimer\b|\bpublic domain\b"
    r"|\bmay (?:not )?be (?:archived|distributed|reproduced|copied)\b"
    r"|\b(?:do not|don['’]t) (?:archive|repost|sue|archive without)\b|\bcopyright (?:by|©|\(c\)|\d{4})|\b(?:this"
    r"|my) (?:fan)?fic|\bcreative commons\b|\bhappy reading\b|\bon with the (?:story|show|chapter|fic)\b"
    r"|\bhere (?:it is|you go|goes)\b[^.!?]{0,40}\b(?:chapter|story|part)\b",
    re.IGNORECASE,
)
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

_SURE_HINTS = (
    *("fic", "beta", "review", "drabble", "oneshot", "one-shot", "one shot", "feedback", "kudos", "flames", "chap"),
    *("write more of", "came from", "ly write", "mail me", "t sue", "making any", "property of", "copyright"),
    *("title is from", "constructive crit", "concrit", "con-crit", "t own", "own none", "own nothing", "no money"),
    *("no profit", "making money", "making profit", "characters ", "belong", "respective", "hope", "enjoy", "thank"),
    *("my first", "my second", "my third", "my latest", "my new", "my other", "to write", "wrote this", "write this"),
    *("writing this", "written this", "started writing", "finished writing", "tribute", "spelling", "gramm", "typing"),
    *("mistakes", "typo", "fandom", "livejournal", "lj", "ao3", "ff.net", "ffn.net", "author", "a/n", "bunn", "hiatus"),
    *("writer", "sorry", "update", "favourite", "favorite", "episode", "lyrics", "song", "spoiler", "posted"),
    *("challenge", "prompt", "exchange", "fest", "big bang", "secret santa", "yuletide", "word count"),
    *(
        "to be continued",
        "dedicated",
        "disclaimer",
        "public domain",
        "archive",
        "distributed",
        "reproduced",
        "copied",
        "repost",
    ),
    *("creative commons", "happy reading", "on with the", "here it is", "here you go", "here goes", "here it goes"),
    *("r&r", "r & r", "r and r", "rnr", "r n r", "r'n'r", "r 'n' r", "let me know", "delurk", "time posting"),
    *(
        "translat",
        "this is set",
        "next time",
        "guestbook",
        "guest book",
        "if you liked",
        "if you enjoyed",
        "more soon",
        "more to come",
    ),
)
"""One of these stands in whatever `_SURE` finds. To look for them costs a twentieth of looking for it."""
_SURE_OF_THIS = (
    *("written", "is complete", "is finished", "takes place", "is set", "is a ", "is au", "is for", "inspired"),
    *("was going to", "based on", "is rated", "is slash", "is my"),
)

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
    head = text[:LONGEST]
    if is_surely_authors(head):
        return Voice.SURE
    return Voice.LIKELY if _may_be_likely(head.lower()) and _LIKELY.search(head) else Voice.NONE


def is_surely_authors(text: str) -> bool:
    """Whether a line can only be the author's; cheaper than to ask for its voice."""
    head = text[:LONGEST]
    return _may_be_authors(head.lower()) and bool(_SURE.search(head))


def _may_be_authors(lowered: str) -> bool:
    return holds_any(lowered, _SURE_HINTS) or ("this " in lowered and holds_any(lowered, _SURE_OF_THIS))


def _may_be_likely(lowered: str) -> bool:
    return not _LIKELY_WORDS.isdisjoint(_WORD.findall(lowered)) or holds_any(lowered, _LIKELY_SIGNS)


_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]?")
_FIRST_PERSON = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|[Mm]e)\b")


_I_OR_YOU = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|my|me|you|your|u|ur)\b", re.IGNORECASE)


def says_i_or_you(text: str) -> bool:
    """Whether somebody speaks of himself or to somebody, outside quotation marks."""
    return bool(_I_OR_YOU.search(_QUOTED.sub("", text[:LONGEST])))


_TYPED = re.compile(r"!!|\?\?|[:;]-?[)PDp(](?!\w)|\bxo|\blol\b|<3|(?<![\w'’.])i(?=\s|['’])|\bu\b|\bbtw\b|\btbh\b")


def is_typed(text: str) -> bool:
    """Whether a line is written as mails are: "!!", ":)", a small "i"."""
    return bool(_TYPED.search(_QUOTED.sub("", text[:LONGEST])))


def shifts(text: str, story: Sequence[str]) -> bool:
    """Whether a line says "I" or "you" and is typed as mails are, beside a story that does neither."""
    if len(story) < 3 or is_dialogue(text) or not says_i_or_you(text):
        return False
    if not (is_typed(text) or is_surely_authors(text)):
        return False
    return sum(map(says_i_or_you, story)) * 8 <= len(story) and not any(map(is_typed, story))


def share_in_first_person(texts: Sequence[str]) -> float:
    """How many of these lines say "I" outside quotation marks: where it leaps up, somebody else is speaking."""
    said = sum(1 for text in texts if _FIRST_PERSON.search(_QUOTED.sub("", text[:LONGEST])))
    return said / len(texts) if texts else 0.0


def is_dialogue(text: str) -> bool:
    """Whether a line opens with somebody speaking."""
    return bool(_DIALOGUE.match(text))


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring lines, and how plainly each is the author's."""

    texts: tuple[str, ...]
    voices: tuple[Voice, ...]

    def since(self, place: int) -> Run:
        return Run(self.texts[place:], self.voices[place:])

    @property
    def spoken(self) -> int:
        """How many of its lines open with somebody speaking."""
        return sum(map(is_dialogue, self.texts))

    @property
    def is_authors(self) -> bool:
        """Whether these lines, set apart from the story, are the author speaking."""
        count = len(self.texts)
        sure = self.voices.count(Voice.SURE)
        heard = count - self.voices.count(Voice.NONE)
        plainly = sure > 0 and (2 * heard >= count or self.voices[0] is Voice.SURE)
        return plainly and 4 * sure >= count and 4 * self.spoken <= count


def run_of(texts: Iterable[str]) -> Run:
    told = tuple(texts)
    return Run(told, tuple(map(voice_of, told)))
