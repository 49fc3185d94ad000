"""Warnings and spoiler notices, labelled or not: what they warn of, and whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.model import Confidence, Detail, Field, Role
from remnant.understand.draft import Line
from remnant.understand.hints import holds_any
from remnant.understand.normal import warning
from remnant.understand.places import places
from remnant.understand.sheet import Remark

LONGEST = 1200
"""Characters; a longer line is prose, and a spoiler in it is told, not announced."""

UP_TO = "seen up to and including"
CONTAINS = "contains"
NONE = "none"


@dataclass(frozen=True, slots=True)
class Notice:
    """One statement: what of, and where its own characters stand in the line's text. `stop` is where it ends."""

    field: Field
    start: int
    end: int
    relation: str
    stop: int


_NOT = (
    r"(?:have\s?n['’o]?t|haven['’]?t|have not|did\s?n['’]?t|didn['’]?t|hav(?:e|ing) yet to"
    r"|don['’]t want to be spoil\w* (?:for|on|about))"
)
_MET = (
    r"(?:\s+(?:yet|already|actually|ever))?(?:\s+(?:seen|watched|read|finished|played|got(?:ten)? to"
    r"|caught up (?:with|on|to)|heard|see|watch))?(?:\s+(?:up to|through|as far as))?\s+"
)
_PART = (
    r"(?P<part>[^\n]*?)(?P<stop>(?:[\"”'’)\]]*[.!?]+(?=[\s\"”)\]]|$)|\s*[)\]](?:[\s.,!]|$)|\s+[-–—]{1,2}\s"
    r"|(?=,?\s+(?:so|then|please|you (?:might|may|should|have|want)|turn back|do not|don['’]t|stop|beware"
    r"|go (?:watch|see|read)|because|this (?:fic|story))\b)|;|\n|$))"
)

_UNSEEN = re.compile(
    rf"\bspoil\w*[^\n.!?]{{0,60}}?\b(?:if|unless|in case|for (?:those|anyone|people|you)(?: of you)? (?:who"
    rf"|that))\s+(?:you(?:['’]ve)?\s+|any(?:one|body)\s+)?(?:{_NOT})?{_MET}{_PART}",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    rf"\bif you(?:['’]ve)? {_NOT}{_MET}{_PART}(?=[^\n]{{0,80}}\b(?:spoil\w*|do not read|don['’]t read|turn back"
    rf"|stop (?:here|now|reading)|beware|look away|go away|run away))",
    re.IGNORECASE,
)
_SET_AFTER = re.compile(
    rf"\b(?:do not|don['’]t) (?:read|go)[^\n.!?]{{0,40}}?\b(?:if|unless|until) you(?:['’]ve)? (?:{_NOT})?{_MET}{_PART}",
    re.IGNORECASE,
)
_SPOILERS_FOR = re.compile(
    r"\bspoil(?:er(?:s|age|ish)?|s)\b(?:\s+(?:warnings?|alert|ahead|abound|within|inside))?\s*(?::|-|–|—)?\s*"
    rf"(?P<how>for|through(?:out)?|thru|up (?:to|through|until)(?: and including)?|up till|until|till|to|from|of"
    rf"|about|in|on|including|concerning|:)\s*(?P<all>all (?:of )?)?{_PART}",
    re.IGNORECASE,
)
_PART_SPOILERS = re.compile(
    r"^\W{0,4}(?:(?:major|minor|mild|slight|huge|big|massive|vague|possible|contains?|some|warnings?:?|light|heavy"
    r"|small|tiny)\s+)*"
    r"(?P<part>(?!spoil)[^\n.!?:;]{2,60}?)\s+spoilers?\b(?:\s+(?:ahead|within|inside|abound|alert|warning))?\W*$",
    re.IGNORECASE,
)
_NO_SPOILERS = re.compile(
    r"^\W*(?:(?:there (?:are|should be) )?(?P<part>no(?:ne)?(?: real| major)?(?:\s+spoilers?)?)(?:\s+(?:at all"
    r"|really|that i know of|here))?|(?P<also>n/?a|nope|nothing))\W*$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\W*(?:(?:major|minor|mild|slight|huge|big|massive|some|possible|contains?|warnings?:?|there are|many"
    r"|here be)\s+)*spoilers?\W*(?:ahead|alert|warning|within|inside|abound)?\W*$",
    re.IGNORECASE,
)
_SIGNS = ("spoil", "if you", "unless you", "until you", "for those", "for anyone")


def spoilers_in(text: str, start: int, end: int, *, labelled: bool = False) -> list[Notice]:
    """The spoiler notices in a stretch of a line. Under a label "Spoilers:" the stretch itself is what is spoiled."""
    if not labelled and not holds_any(text[start:end].lower(), _SIGNS):
        return []
    for pattern, relation in ((_UNSEEN, UP_TO), (_UNREAD, UP_TO), (_SET_AFTER, UP_TO)):
        if found := list(_found(pattern, text, start, end, relation)):
            return found
    found = [notice for match in _SPOILERS_FOR.finditer(text, start, end) for notice in _parts_of(text, match)]
    return found or _short_notice(text, start, end, labelled=labelled)


def _found(pattern: re.Pattern[str], text: str, start: int, end: int, relation: str) -> Iterator[Notice]:
    for match in pattern.finditer(text, start, end):
        yield from _pieces(text, match, relation)


def _parts_of(text: str, match: re.Match[str]) -> Iterator[Notice]:
    up_to = match["how"].lower().startswith(("up", "thr", "unt", "til", "to"))
    yield from _pieces(text, match, UP_TO if up_to else CONTAINS)


def _short_notice(text: str, start: int, end: int, *, labelled: bool) -> list[Notice]:
    stretch = text[start:end]
    if labelled and (match := _NO_SPOILERS.match(stretch)):
        group = "part" if match["part"] else "also"
        return [Notice(Field.SPOILER, start + match.start(group), start + match.end(group), NONE, end)]
    if match := _PART_SPOILERS.match(stretch):
        if _NO_SPOILERS.match(match["part"]):
            return [Notice(Field.SPOILER, start + match.start("part"), start + match.end("part"), NONE, end)]
        return [Notice(Field.SPOILER, start + match.start("part"), start + match.end("part"), CONTAINS, end)]
    if labelled:
        return _under_a_label(text, start, end)
    if match := _BARE.match(stretch):
        where = re.search(r"spoilers?", match[0], re.IGNORECASE)
        if where is not None:
            return [Notice(Field.SPOILER, start + where.start(), start + where.end(), CONTAINS, end)]
    return []


_HOW = re.compile(
    r"\s*(?P<how>for|through(?:out)?|thru|up (?:to|through|until)(?: and including)?|until|till|to"
    r"|everything (?:up )?to)\b\s*(?P<all>all (?:of )?)?",
    re.IGNORECASE,
)
_VALUE = re.compile(_PART)


def _under_a_label(text: str, start: int, end: int) -> list[Notice]:
    how = _HOW.match(text, start, end)
    begin = how.end() if how else start
    relation = UP_TO if how and not how["how"].lower().startswith("for") else CONTAINS
    match = _VALUE.match(text, begin, end)
    return list(_pieces(text, match, relation)) if match else []


_EDGE = " \t\r\n\f\v\xa0,:;.!*_\"“”'‘’()[]~-–—"
_TITLED = re.compile(r"\s*[\"“](?P<name>[^\"”]+)[\"”]")
"""An episode in quotation marks; what is said of it behind them is no part of its name."""

_BETWEEN = re.compile(r"\s*(?:,\s*(?:and\s+)?|;\s*)(?=[A-Z0-9\"“'‘])")


def _pieces(text: str, match: re.Match[str], relation: str) -> Iterator[Notice]:
    """What is spoiled, an item at a time: "3x04, 3x05 and Exit Wounds" has two items, the last one double."""
    start, end = match.span("part")
    at = start
    cuts = [*_BETWEEN.finditer(text, start, end), None]
    for cut in cuts:
        stop = cut.start() if cut else end
        piece = text[at:stop]
        quoted = _TITLED.match(piece)
        inner = (quoted["name"] if quoted else piece).strip(_EDGE)
        if inner and len(inner) <= 160:
            begin = at + piece.index(inner)
            yield Notice(Field.SPOILER, begin, begin + len(inner), relation, match.end())
        at = cut.end() if cut else end


_WARNINGS_FOR = re.compile(
    rf"\b(?:(?:trigger|content)\s+)?(?:warnings?|tw|cw)\s+(?:for|of)\s*:?\s*{_PART}"
    r"|\b(?:tw|cw)\s*:\s*(?P<abbreviated>[^\n.!?]{2,200})",
    re.IGNORECASE,
)
_CONTAINS = re.compile(
    r"\bthis (?:fan)?(?:fic(?:tion|let)?|story|chapter|one[- ]?shot|piece|drabble|part|work|ficlet)\s+(?:will\s+"
    r"|does\s+|may\s+)?"
    rf"(?:contains?|includes?|features?|deals with|depicts?|has)\s+{_PART}",
    re.IGNORECASE,
)
_SORT = re.compile(
    r"\b(?:slash|yaoi|yuri|femslash|incest|twincest|rape|non-?con|dub-?con|violen\w+|gore|blood|death|suicid\w*"
    r"|self[- ]harm|abuse|abusive"
    r"|swear\w*|cursing|language|smut|lemons?|limes?|sex(?:ual)?|bdsm|kink\w*|angst|torture|drugs?|alcohol|ooc|au"
    r"|mpreg|explicit|mature|graphic"
    r"|character death|major character|minor character|cutting|eating disorder|homophobi\w*|racis[mt]|underage"
    r"|miscarriage|pregnan\w*|spank\w*"
    r"|het|m/m|f/f|m/f|fluff|crack|adult|nudity|trigger\w*|assault|murder|war|depress\w*|cannibal\w*|slavery"
    r"|necro\w*|character-death)\b",
    re.IGNORECASE,
)
_DONT_LIKE = re.compile(
    r"\bdon['’]?t like\W{1,3}\s*don['’]?t read\b|\bif (?:that|this|it|slash|any of (?:that"
    r"|this))\b[^.!?\n]{0,60}\b(?:offends|bothers|squicks|isn['’]t your)",
    re.IGNORECASE,
)


_PLAINLY = re.compile(r"^\W*(?:(?:trigger|content) )?warnings? (?:for|of)\b", re.IGNORECASE)
_WARNS = re.compile(r"warning|\b[tc]w\b|\bthis\s", re.IGNORECASE)
_WARNING_SIGNS = ("warning", "cw", "tw", "this")
_DISLIKE_SIGNS = ("t read", "offends", "bothers", "squicks", "t your")


def warnings_in(text: str, start: int, end: int) -> list[Notice]:
    """Unlabelled warnings: "warnings for X", "this fic contains X", as far as X is a thing one warns of."""
    found: list[Notice] = []
    if not holds_any(text[start:end].lower(), _WARNING_SIGNS) or not _WARNS.search(text, start, end):
        return found
    for pattern in (_WARNINGS_FOR, _CONTAINS):
        for match in pattern.finditer(text, start, end):
            group = "part" if match.groupdict().get("part") else "abbreviated"
            begin, stop = match.span(group)
            plain = _PLAINLY.match(text) and match.start() <= 20 and len(text) <= 200
            if begin >= 0 and (plain or _SORT.search(text, begin, stop)):
                found += _items(text, begin, stop)
    return found


_ITEMS = re.compile(r"\s*(?:[,;+]\s*(?:and\s+|&\s*)?|\s(?:and|&)\s|\s/\s)(?![^()]*\))", re.IGNORECASE)
_SHORT = 7


def _items(text: str, start: int, end: int) -> list[Notice]:
    """A list of things warned of, cut where every item is short.

    A sentence stays whole, and so does "none, unless ...".
    """
    pieces = [piece for piece in _ITEMS.split(text[start:end]) if piece]
    denied = len(pieces) > 1 and warning(pieces[0].strip(_EDGE))[0] == "none apply"
    long = any(len(piece.split()) > _SHORT for piece in pieces)
    if denied or long or "." in text[start:end].strip(_EDGE):
        return [_notice(text, start, end)] if text[start:end].strip(_EDGE) else []
    found, at = [], start
    for cut in [*_ITEMS.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        if text[at:stop].strip(_EDGE):
            found.append(_notice(text, at, stop))
        at = cut.end() if cut else end
    return found


def _notice(text: str, start: int, end: int) -> Notice:
    inner = text[start:end].strip(_EDGE)
    begin = start + text[start:end].index(inner)
    return Notice(Field.WARNING, begin, begin + len(inner), CONTAINS, end)


def notice_remarks(index: int, line: Line, start: int, end: int, field: Field) -> Iterator[Remark]:
    """What stands behind a label "Warnings:" or "Spoilers:": warnings, spoilers or both."""
    text = line.text
    end = min(end, start + LONGEST)
    notices = spoilers_in(text, start, end, labelled=field is Field.SPOILER)
    if field is Field.WARNING:
        spoken = [(notice.start, notice.stop) for notice in notices]
        rest = min((at for at, _ in spoken), default=end)
        if spoken and (word := re.search(r"\bspoil\w*|\bif you", text[start:end], re.IGNORECASE)):
            rest = min(rest, start + word.start())
        notices = _items(text, start, _before_adjectives(text, start, rest)) + notices
    return (_remark(index, line, notice) for notice in notices)


_ADJECTIVES = re.compile(
    r"(?:(?:and|major|minor|mild|slight|huge|big|massive|some|possible|contains?|also|there are|has)\s*)+$",
    re.IGNORECASE,
)


def _before_adjectives(text: str, start: int, end: int) -> int:
    found = _ADJECTIVES.search(text, start, end)
    return found.start() if found else end


def open_remarks(index: int, line: Line) -> tuple[Role | None, tuple[Remark, ...]]:
    """The notices of a line that has no label, and the role they give it."""
    text = line.text
    if len(text) > LONGEST:
        return None, ()
    spoilers = spoilers_in(text, 0, len(text))
    warnings = warnings_in(text, 0, len(text))
    remarks = tuple(_remark(index, line, notice) for notice in [*warnings, *spoilers])
    if warnings or (not spoilers and holds_any(text.lower(), _DISLIKE_SIGNS) and _DONT_LIKE.search(text)):
        return Role.WARNING, remarks
    return (Role.SPOILER if spoilers else None), remarks


def _remark(index: int, line: Line, notice: Notice) -> Remark:
    value = " ".join(line.text[notice.start : notice.end].split())
    evidence = places(line, notice.start, notice.end)
    if notice.field is Field.WARNING:
        return Remark(Field.WARNING, value, Confidence.STATED, evidence, index, *warning(value))
    ready = "none" if notice.relation == NONE else None
    return Remark(Field.SPOILER, value, Confidence.STATED, evidence, index, ready, _spoiled(value, notice.relation))


_CANON = re.compile(
    r"^(?P<canon>(?!season|series|book|episode|chapter|part|volume)[A-Z][\w'’&. ]{1,40}?)\s*[:,–—-]?\s*"
    r"(?P<part>(?:season|series|book|episode|s|vol(?:ume)?\.?)\s*\d+.*|\d{1,2}x\d{1,2}.*|[\"“'‘].+|:\s*.+)$",
    re.IGNORECASE,
)


def _spoiled(value: str, relation: str) -> Detail:
    if relation == NONE:
        return {"canon": None, "part": None, "relation": NONE}
    found = _CANON.match(value)
    if found is None:
        return {"canon": None, "part": value, "relation": relation}
    return {"canon": found["canon"].strip(" ,:"), "part": found["part"].strip(" :\"“”'‘’"), "relation": relation}
