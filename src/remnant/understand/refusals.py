"""Pages on which a site refuses: locked, deleted, for adults only, in maintenance, never archived."""

from __future__ import annotations

import re

from remnant.model import BlockKind, Region
from remnant.understand.places import places
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Sheet

_REFUSALS = {
    "a check for robots": (
        r"checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human|just a moment\.\.\."
        r"|attention required! \| cloudflare|enable javascript and cookies|complete the security check"
        r"|needs to review the security of your connection|ddos protection by"
    ),
    "an error page of a web archive": (
        r"(?:the )?wayback machine (?:has not archived|doesn['’]?t have that page)"
        r"|got an http \d{3} response at crawl time|page cannot be (?:crawled or )?displayed due to robots\.txt"
        r"|this url has been excluded from the wayback machine|not in archive\.$"
    ),
    "an adult-content notice": (
        r"this work could have adult content|you must be (?:at least )?(?:18|eighteen)\b"
        r"|adult content (?:warning|notice)|may contain (?:mature|adult) content[^.]*proceed"
        r"|(?:content|material) that may only be appropriate for adults|age consent required"
        r"|age statement|are you over (?:18|eighteen)|explicit adult content|(?:i am|i['’]m) (?:18|eighteen) or older"
    ),
    "a page of a story that waits to be let in": (
        r"this story has not been validated|has not been validated by the admini?strators"
        r"|awaiting (?:moderation|validation)"
    ),
    "a locked page": (
        r"this (?:work|page|story|entry|post|journal) is (?:only (?:available|visible)|restricted|locked) to"
        r"|\b(?:only|not) (?:visible|available|accessible) to (?:registered|logged[- ]in)\b|registered users only"
        r"|(?:entry|journal|post) is (?:friends[- ]only|private|locked|protected)|comment to be added"
        r"|you (?:do not|don['’]?t) have (?:permission|access|permissions) to (?:access|view|read|see)"
        r"|you are not authori[sz]ed to (?:access|view|read|see)"
        r"|you must be (?:a registered |registered|logged[- ]in|a )?(?:member|user)?(?: (?:and|or) \w+)?"
        r" ?to (?:view|read|access|see|do that)|please (?:log ?in|register) to (?:view|read|continue|access)"
    ),
    "a login page": (
        r"forgot(?:ten)? (?:your )?password|user ?name(?: or e-?mail)?:?\s*\n?\s*password"
        r"|don['’]t have an account\? *(?:register|sign up)"
    ),
    "a page of a hidden or unrevealed work": (
        r"this work is part of an ongoing challenge and will be revealed|this work has been hidden"
    ),
    "a page of a deleted or missing work": (
        r"\b404(?: error| not found| page|:)|\berror 404\b|page not found|file not found|story not found"
        r"|unable to locate story|(?:couldn['’]t|could not) (?:find|locate) (?:the|that|this) (?:work|page|file|story)"
        r"|the page you (?:were looking for|requested)"
        r"|this (?:story|work|page|entry|journal|account|user|group) (?:has been|was|is) (?:deleted|removed|suspended"
        r"|purged|no longer (?:available|published|here))"
        r"|(?:story|thread|user|post|member|entry|work|page) (?:either )?(?:could not be found|does not exist"
        r"|doesn['’]t exist)|category for this story has been disabled|the requested url|chapter not found"
        r"|account (?:has been )?suspended|deleted account|this domain (?:is for sale|may be for sale|has expired)"
    ),
    "a page that was never finished": r"under construction|coming soon|this (?:page|site) has moved|nothing here yet",
    "an error page": (
        r"\b(?:50[0234]|403) (?:error|bad gateway|forbidden|service)|internal server error"
        r"|service (?:temporarily )?unavailable|too many requests|retry later|oops! we ran into some problems"
        r"|bandwidth limit exceeded|(?:fatal|database) error|down for maintenance"
        r"|error establishing a database connection"
    ),
}
_REFUSED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _REFUSALS.items()}

_OFTEN_BESIDE = frozenset({"a login page", "a page that was never finished"})
"""What stands on many pages beside a story."""

_HEAD = 200
"""Lines looked at."""
_LONGEST = 400
"""Characters of a line that refuses; what tells and only mentions a refusal is longer, or goes on."""
_SOMEBODY = re.compile(r"\b(?:he|she|him|his|hers?|himself|herself)\b", re.IGNORECASE)
_SENTENCE = 60
_FEW = 3
"""Long lines that a refusal has. With more of them it may be a poem or a letter on a page that asks for a login."""


def refusal(sheet: Sheet, texts: list[str]) -> tuple[str, tuple[Region, ...]] | None:
    """What a page is instead of a story, and where it says so; None where somebody speaks or is told of.

    Stories quote such pages, and drabbles are no longer than they.
    """
    if tells(texts):
        return None
    told = sum(1 for text in texts if len(text) >= _SENTENCE)
    for name, pattern in _REFUSED.items():
        if (where := _said(sheet, pattern, aloud=told > (0 if name in _OFTEN_BESIDE else _FEW))) is not None:
            return name, where
    return None


def tells(texts: list[str]) -> bool:
    """Whether somebody speaks in these lines, or they tell of somebody."""
    return any(is_dialogue(text) or (len(text) >= _SENTENCE and _SOMEBODY.search(text)) for text in texts)


def _said(sheet: Sheet, pattern: re.Pattern[str], *, aloud: bool) -> tuple[Region, ...] | None:
    """Where a line says so. Where much else is told, only the page's title, a heading or its first words count."""
    first = next((index for index, _ in sheet.open_lines() if sheet.texts[index]), -1)
    for index, line in enumerate(sheet.lines[:_HEAD]):
        if aloud and index != first and line.kind is not BlockKind.HEADING:
            continue
        if len(line.text) <= _LONGEST and (found := pattern.search(line.text)):
            return places(line, *found.span())
    for fact in sheet.draft.facts:
        if fact.name == "html:title" and pattern.search(fact.value[:_LONGEST]):
            return (fact.region,)
    return None
