"""An author heard by tone alone: one who says "I" beside a story that never does, and speaks of the making of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from remnant.understand.register import is_dialogue, is_typed, says_i_or_you, share_in_first_person

LONGEST = 600
"""Characters of a line that is heard; a longer one is prose."""
SHORT = 240
"""Characters of a line in which one sign is enough."""
LEAST = 3
"""Lines of a story from which one hears who tells it."""

_MAKING = re.compile(
    r"\b(?:title|ending|prompt|plot|sequel|prequel|draft|spelling|grammar|summary|story|stories|chapters?|scenes?"
    r"|read|reads|re-?read|reading|readers?|writing|wrote|write|written|type|typed|typing|posts?|posted|posting|edited"
    r"|proof-?read|(?:ma(?:de|ke|king)|made) (?:\w+ ){0,3}up|next (?:time|one|part|bit)"
    r"|part (?:one|two|three|four|five|\d{1,2})|the last of|last one|first one"
    r"|i promise|wondering|prize|wins|happy birthday|birthday|hand-?holding|i blame|sorry|thanks?|thank you|hope you"
    r"|borrowed|inspir\w+|asked for|research\w*|looked (?:it|this|that) up|tell me|let me know"
    r"|really happened|(?:is|are|was|were) (?:all )?real|a real|true story|leave it there|so this happened|muses?"
    r"|here(?:['’]s| is) (?:a|an|another|some|my|one|the next)"
    r"|comments?|lurk\w+)\b",
    re.IGNORECASE,
)
_OF_TODAY = re.compile(
    r"\b(?:keyboard|computer|laptop|internet|on ?line|e-?mails?|printer|modem|website|lurk\w+|posting|so this happened"
    r"|typing|typos?|proof-?read\w*|first time poster)\b",
    re.IGNORECASE,
)
_AT_HOME = re.compile(
    r"\bmy (?:own )?(?:mum|mom|mother|dad|father|uncle|aunt|sister|brother|cousin|nan|gran\w*|husband|wife|boyfriend"
    r"|girlfriend|flat ?mate|room ?mate|teacher|cat|dog)\b|\bas for\b|\bmore or less\b|\bany(?:one|body) who\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"^\W{0,3}(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d{1,2}(?:st|nd|rd|th)?\b|Dear|My dear)\b")
_TOLD = re.compile(
    r"\b(?:he|she|they) (?:thought|said|told|wrote|whispered|added|asked|read|replied|muttered)\b", re.IGNORECASE
)
_I = re.compile(r"(?<!\w)(?:I|i)(?=['’ ]|$)|\b(?:my|me|mine)\b", re.IGNORECASE)


def speaks_of_the_making(text: str) -> int:
    """How many different things a line says of which authors speak when they speak of what they wrote."""
    return len({found.lower() for found in _MAKING.findall(text[:LONGEST])})


def steps_out(text: str, story: Sequence[str]) -> bool:
    """Whether whoever told this story speaks here of himself or to readers, and of the story as something made."""
    if len(story) < LEAST or len(text) > LONGEST or is_dialogue(text) or not says_i_or_you(text):
        return False
    if is_dated(text) or _TOLD.search(text):
        return False
    enough = 1 if _I.search(text) and len(text) <= SHORT else 2
    return speaks_of_the_making(text) >= enough and not tells_of_itself(story)


def speaks_for_itself(text: str, story: Sequence[str]) -> bool:
    """The same under a divider, where it is enough to be at home elsewhere than the story is."""
    if steps_out(text, story):
        return True
    heard = len(text) <= LONGEST and _I.search(text) is not None and _AT_HOME.search(text) is not None
    return heard and len(story) >= LEAST and not (is_dated(text) or _TOLD.search(text) or tells_of_itself(story))


def opens_a_talk(text: str, story: Sequence[str]) -> bool:
    """The same under a head, where an interjection is as good as another sign."""
    return steps_in(text, story) or (_INTERJECTION.match(text) is not None and steps_out(text, story))


_INTERJECTION = re.compile(
    r"^\W{0,3}(?:ok(?:ay)?|so|well|right|anyway|anyhow|um+|eek|hi|hey|hello|sorry|gah|argh|ugh|yay|whew|phew)\b",
    re.IGNORECASE,
)


def steps_in(text: str, story: Sequence[str]) -> bool:
    """The same before a story, where a letter or a diary may stand too: only what nobody says in one."""
    if not steps_out(text, story) or any(map(is_typed, story)):
        return False
    return speaks_of_the_making(text) >= 2 or _OF_TODAY.search(text) is not None


def is_dated(text: str) -> bool:
    """Whether a line begins as an entry of a diary or a letter does, which somebody in the story keeps."""
    return _DATED.match(text) is not None


def tells_of_itself(story: Sequence[str]) -> bool:
    """Whether the story says "I" outside quotation marks so often that nobody can tell who else does."""
    return share_in_first_person(story) > 1 / 8
