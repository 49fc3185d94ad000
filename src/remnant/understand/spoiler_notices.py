"""Where a line gives a spoiler notice, labelled or not, and what it says there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from remnant.model import Relation
from remnant.understand.hints import holds_any
from remnant.understand.places import trimmed
from remnant.understand.spoilers import LONGEST_ITEM, Item, items_in
from remnant.understand.timelines import timeline_items

LONGEST_LIST = 400
"""Characters of what is named behind a cue; nobody lists more in a sentence."""

MOST_CUES = 6
"""Cues of one kind looked behind in a line; where six lead nowhere the seventh will not."""

_NOT = (
    r"(?:have\s?n['’o]?t|haven['’]?t|have not|['’]ve not|had\s?n['’]?t|has\s?n['’]?t|has not|did\s?n['’]?t|hav(?:e"
    r"|ing) yet to|are(?:n['’]t| not)|['’]re not|is(?:n['’]t| not)"
    r"|don['’]t want to be spoil\w* (?:for|on|about))"
)
_MET = (
    r"(?:\s++(?:yet|already|actually|ever))?(?:\s++(?:seen|watched|read|finished|played|got(?:ten)? to|reached|been"
    r"|(?:all )?caught up(?: (?:with|on|to))?|up to date (?:with|on)|heard|see|watch|finish|past"
    r"|gotten past))?(?:\s++(?:up to|through|as far as|past))?\s++"
)
_SHORTENED = "".join(rf"(?<!\b{word}\.)" for word in ("ch", "ep", "eps", "vol", "pt", "dr", "mr", "mrs", "st"))
_STOP = re.compile(
    rf"[\"”'’)\]]{{0,4}}[.!?]++{_SHORTENED}(?=[\s\"”)\]*]|$)|\s?[)\]](?:[\s.,!*]|$)"
    r"|\s[-–—]{1,2}\s(?:(?![\"“'‘A-Z\d])|(?=(?:I|Don|Do|You|If|Please|This)\b))"
    r"|(?=,?\s{1,2}(?:so|then|please|you (?:might|may|should|have|want|will|can)|turn back|do not|don['’]t|stop"
    r"|should|need|beware|go (?:watch|see|read)|because|there be|before reading|look away|go away|this (?:fic"
    r"|story))\b)|\n|$",
    re.IGNORECASE,
)
"""Where what is named behind a cue ends: at a full stop, a bracket, a dash, at the next thing that is said."""
_YOU = r"(?:\s++(?:you|any(?:one|body)|who|that)(?:['’]ve|['’]s)?)?(?!\s++only\b)"

_NEEDS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bspoil\w*[^\n.!?]{{0,60}}?\b(?:if|unless|in case|for (?:all )?(?:those|anyone|people"
        rf"|you)(?: of you)? (?:who|that))"
        rf"{_YOU}(?:\s*+{_NOT})?{_MET}",
        rf"\b(?:if you|(?:for )?(?:those|anyone|everyone|people|any of you)(?: of you)? (?:who"
        rf"|that))(?:['’]ve)?\s*+{_NOT}{_MET}",
        rf"\b(?:do not|don['’]t) (?:read|go|continue)[^\n.!?]{{0,40}}?\b(?:if|unless"
        rf"|until) you(?:['’]ve)?(?:\s*+{_NOT})?{_MET}",
        r"\byou (?:should|need to|must|ought to|will need to|have to) (?:have )?(?:already )?(?:seen|watched|read"
        r"|see|watch|know|finished)\s++",
        r"\bif you(?:['’]ve| have) (?:seen|watched|read|finished)\s++"
        r"(?=[^\n.;]{2,80}?,?\s(?:you['’](?:re|ll)|you (?:are|will)|it['’]s|there)\b)",
    )
)
_TURN_BACK = re.compile(
    r"\b(?:spoil\w*|do not read|don['’]t read|turn back|stop|beware|look away|go away|run away|go (?:watch|see"
    r"|read))\b",
    re.IGNORECASE,
)
"""What makes "if you haven't seen X" a notice: near by, before it or behind."""
_NEAR = 100
_FOR = (
    r"(?:für|fuer|zu(?:r|m)?|bis|sur|jusqu['’]|para|hasta|del?|du|des|sobre"
    r"|for|through(?:out)?|thru|up (?:to|through|until)(?: and including)?|up till|until|till|to|from|of"
    r"|about|in|on|including|concerning)\b"
)
_SPOILERS_FOR = re.compile(
    r"\bspoil(?:er(?:s|age|ish|y)?|erwarnung(?:en)?)\b(?:\s+(?:warnings?|alert|ahead|abound|within|inside|galore))?\s*+"
    rf"(?:[?:~–—-]+\s*+(?=[\"“'‘A-Z\d])|(?:[:~–—-]+\s*+)?(?P<how>{_FOR})\s*+|:\s*+)",
    re.IGNORECASE,
)
_SPOILS = re.compile(
    r"\b(?:this|story|fic|chapter|it)\s++(?:also\s++)?(?:totally\s++|completely\s++)?spoils\s++", re.IGNORECASE
)
_PART_SPOILERS = re.compile(
    r"^\W{0,6}(?:(?:major|minor|mild|slight|huge|big|massive|vague|possible|contains?|some|warnings?:?|light|heavy"
    r"|small|tiny|has|with|includes?|there are|will be)\s++)*"
    r"(?P<part>(?!spoil)[^\n.!?;]{2,80}?)[\s-]++spoilers?\b(?:\s+(?:ahead|within|inside|abound|alert|warning"
    r"|here))?(?=\W*$|[,.!;])",
    re.IGNORECASE,
)
_FAIR_GAME = re.compile(r"^\W{0,8}(?P<part>[^\n.!?;]{2,80}?)\s++(?:is|are)\s++(?:all\s++)?fair game", re.IGNORECASE)
_NO = r"(?:no(?:ne|pe|t)?|nah|nil|zero|nothing|without|keine?|nein|aucune?|non|pas de|sans|ningun[oa]?|ningún|sin|nada)"
_FAR = r"(?:past|beyond|after|later than|further than|over|nach|apr[eè]s|despu[eé]s de|m[aá]s all[aá] de)"
_NOT_PAST = re.compile(
    rf"\b{_NO}\b(?:\s++(?:real|major|big|specific))?(?:\s++spoil\w*)?[^\n.!?;]{{0,30}}?\s++{_FAR}\s++",
    re.IGNORECASE,
)
_NONE_SAID = re.compile(
    rf"^\W{{0,8}}(?:there (?:are|should be)\s++)?(?P<none>{_NO}\b(?:\s++spoilers?)?)(?:\s++(?:real(?:ly)?|major|big"
    rf"|specific|a one|one|at all|that (?:i|you)\b[^\n.!?,;]{{0,30}}|here"
    r"|any|spoilers?|intended|in particular|to speak of|whatsoever|yet))*\W*(?=$|[,.;(])|^\W{0,8}(?P<na>n/?a)\W*$",
    re.IGNORECASE,
)
_NO_SPOILERS = re.compile(
    rf"(?:\b(?P<none>{_NO}\s++(?:(?:real|major|big|specific|actual)\s++)?spoil(?:ers?|age))\b"
    rf"|\b(?P<free>spoiler[\s-]free)\b)"
    r"(?!\s++(?:past|beyond|after|please|for me))",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\bspoil\w*[^\n.!?]{0,40}\b(?:in|on) (?:the|your|my) (?:comments?|reviews?|replies|feedback|ask)\b"
    r"|\b(?:please|pls)\b[^\n.!?]{0,30}\b(?:don['’]?t|do not|no|without)\b[^\n.!?]{0,30}\bspoil",
    re.IGNORECASE,
)
"""An author who asks readers not to spoil: no notice."""
_BARE = re.compile(
    r"^\W{0,8}(?:(?:(?:major|minor|mild|slight|huge|big|massive|some|possible|contains?|warnings?:?|there (?:are|be"
    r"|will be|may be)|many"
    r"|here be|beware(?: of)?|has|this (?:story|fic|chapter|one)|attention|achtung|also|lots of|includes?|enth[aä]lt"
    r"|contient|contiene|hay)\W{1,4})*)"
    r"(?P<word>spoil(?:ers?|ery|erwarnung))\W*(?:(?:ahead|alert|warning|within|inside|abound|here|galore|below|inside"
    r"|in this (?:story|fic|chapter|one))\W*)?$",
    re.IGNORECASE,
)
_SIGNS = (
    "spoil",
    "if you",
    "unless you",
    "until you",
    "for those",
    "for anyone",
    "anyone who",
    "fair game",
    "you need",
    "you should",
)
_SENTENCE = re.compile(
    rf"[.!?][.!?]*+{_SHORTENED}(?<!spoilers\?)(?<!spoiler\?)[\s\"”)\]*]++(?=[\"“'‘(*]?[A-ZÄÖÜÉ\d])", re.IGNORECASE
)


def spoilers_in(text: str, start: int, end: int, *, labelled: bool = False) -> list[Item]:
    """The spoiler notices in a stretch of a line. Under a label "Spoilers:" the stretch itself is what is spoiled."""
    if labelled:
        return _labelled(text, start, end)
    timeline = timeline_items(text, start, end)
    if not holds_any(text[start:end].lower(), _SIGNS):
        return timeline
    found = _needed(text, start, end)
    for at, stop in _sentences(text, start, end):
        found += [item for item in _sentence(text, at, stop) if _is_apart(item, found)]
    found += [item for item in timeline if _is_apart(item, found)]
    return sorted(_telling(found), key=lambda item: item.start)


def _is_apart(item: Item, others: list[Item]) -> bool:
    return not any(item.start < other.end and other.start < item.end for other in others)


def _telling(found: list[Item]) -> list[Item]:
    """ "If you haven't seen it": what has no part of its own goes where others have."""
    named = [item for item in found if item.parts or item.relation is Relation.NONE]
    return named or found[:1]


def _labelled(text: str, start: int, end: int) -> list[Item]:
    """What stands behind a label: at least its own words, whatever they say."""
    found = _needed(text, start, end, labelled=True)
    if not found and (past := _NOT_PAST.search(text, start, end)):
        found = _told(text, past, end, Relation.UP_TO)
    none = _NONE_SAID.match(text[start:end])
    if not found and none:
        group = "none" if none["none"] is not None else "na"
        found = [Item(start + none.start(group), start + none.end(group), Relation.NONE)]
        start += none.end()
    if not found:
        whole = _end_of(text, start, end)
        found = items_in(text, start, whole, Relation.CONTAINS)
        if not any(item.parts for item in found):
            found = _whole(text, start, whole)
    found += [item for item in timeline_items(text, start, end) if _is_apart(item, found)]
    return _telling(found)


EDGE = " \t\r\n\f\v\xa0,:;.!*_\"“”'‘’()[]~-–—"


def _whole(text: str, start: int, end: int) -> list[Item]:
    begin, stop = trimmed(text, start, end, EDGE)
    return [Item(begin, min(stop, begin + LONGEST_ITEM), Relation.CONTAINS)] if begin < stop else []


def _needed(text: str, start: int, end: int, *, labelled: bool = False) -> list[Item]:
    for pattern in _NEEDS:
        for match in islice(pattern.finditer(text, start, end), MOST_CUES):
            near = labelled or _TURN_BACK.search(text, max(start, match.start() - _NEAR), min(end, match.end() + _NEAR))
            if near and (found := _told(text, match, end, Relation.UP_TO)):
                return found
    return []


_IT = re.compile(
    r"(?:it|(?:this|that)(?: far)?|both|them|these|those|the (?:episode|show|film|movie|book|series))\W*", re.IGNORECASE
)


def _is_it(text: str, item: Item) -> bool:
    return bool(_IT.fullmatch(text[item.start : item.end]))


def _told(text: str, cue: re.Match[str], end: int, relation: Relation) -> list[Item]:
    """What is named behind a cue."""
    stop = _end_of(text, cue.end(), min(end, cue.end() + LONGEST_LIST))
    return [item for item in items_in(text, cue.end(), stop, relation) if not _is_it(text, item)]


def _end_of(text: str, start: int, end: int) -> int:
    for found in _STOP.finditer(text, start, end):
        if not found[0].lstrip().startswith((")", "]")) or not _is_open(text[start : found.start()]):
            return found.start()
    return end


def _is_open(text: str) -> bool:
    """Whether a bracket that closes here was opened here too: "Thor (2011), Loki"."""
    return text.count("(") + text.count("[") > text.count(")") + text.count("]")


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for cut in _SENTENCE.finditer(text, start, end):
        yield at, cut.end()
        at = cut.end()
    yield at, end


def _sentence(text: str, start: int, end: int) -> list[Item]:
    if "spoil" not in text[start:end].lower():
        fair = _FAIR_GAME.match(text[start:end])
        return items_in(text, start, start + fair.end("part"), Relation.CONTAINS) if fair else []
    if _ASKED.search(text, start, end):
        return []
    if past := _NOT_PAST.search(text, start, end):
        return _told(text, past, end, Relation.UP_TO)
    if none := _NO_SPOILERS.search(text, start, end):
        group = "none" if none["none"] is not None else "free"
        return [Item(*none.span(group), Relation.NONE)]
    return _spoken(text, start, end) or _announced(text, start, end)


def _spoken(text: str, start: int, end: int) -> list[Item]:
    """ "Spoilers for X", "this spoils X"."""
    for cue in islice(_SPOILERS_FOR.finditer(text, start, end), MOST_CUES):
        if none := _NONE_SAID.match(text[cue.end() : end]):
            return [Item(cue.end() + none.start(), cue.end() + none.end(), Relation.NONE)]
        if found := _told(text, cue, end, Relation.UP_TO if _goes_up_to(cue) else Relation.CONTAINS):
            return found
    spoils = _SPOILS.search(text, start, end)
    return _told(text, spoils, end, Relation.CONTAINS) if spoils else []


def _announced(text: str, start: int, end: int) -> list[Item]:
    """ "Spoilers!", "X spoilers ahead"."""
    stretch = text[start:end]
    if bare := _BARE.match(stretch):
        return [Item(start + bare.start("word"), start + bare.end("word"), Relation.CONTAINS)]
    named = _PART_SPOILERS.match(stretch)
    return items_in(text, start + named.start("part"), start + named.end("part"), Relation.CONTAINS) if named else []


_GOES_UP_TO = ("up", "thr", "unt", "til", "to", "bis", "jusqu", "hasta")


def _goes_up_to(match: re.Match[str]) -> bool:
    return (match["how"] or "").lower().startswith(_GOES_UP_TO)
