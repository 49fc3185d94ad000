"""Warnings and spoiler notices, labelled or not: what they warn of, and whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from remnant.model import Confidence, Detail, Field, Relation, Role
from remnant.understand.cautions import NONE_APPLY, caution_of
from remnant.understand.draft import Line
from remnant.understand.hints import holds_any
from remnant.understand.places import places, trimmed
from remnant.understand.sheet import Remark
from remnant.understand.spoiler_notices import EDGE, spoilers_in
from remnant.understand.spoilers import Item
from remnant.understand.timelines import labelled_items
from remnant.wire.part_name import to_text

LONGEST = 1200
"""Characters; a longer line without a label is prose, in which a spoiler is told, not announced."""

MOST_PIECES = 20
"""Pieces of a long note or summary that are looked at."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing that is warned of, and where its own characters stand in the line's text."""

    start: int
    end: int


_PART = (
    r"(?P<part>[^\n]*?)(?:[\"”'’)\]]*[.!?]+(?=[\s\"”)\]]|$)|\s*[)\]](?:[\s.,!]|$)|\s+[-–—]{1,2}\s"
    r"|(?=,?\s+(?:so|then|please|you (?:might|may|should|have|want)|turn back|do not|don['’]t|stop|beware"
    r"|go (?:watch|see|read)|because|this (?:fic|story))\b)|;|\n|$)"
)
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


def warnings_in(text: str, start: int, end: int) -> list[Warned]:
    """Unlabelled warnings: "warnings for X", "this fic contains X", as far as X is a thing one warns of."""
    found: list[Warned] = []
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


def _items(text: str, start: int, end: int) -> list[Warned]:
    """A list of things warned of, cut where every item is short.

    A sentence stays whole, and so does "none, unless ...".
    """
    pieces = [piece for piece in _ITEMS.split(text[start:end]) if piece]
    denied = len(pieces) > 1 and caution_of(pieces[0].strip(EDGE)) == NONE_APPLY
    long = any(len(piece.split()) > _SHORT for piece in pieces)
    if denied or long or "." in text[start:end].strip(EDGE):
        return [_notice(text, start, end)] if text[start:end].strip(EDGE) else []
    found, at = [], start
    for cut in [*_ITEMS.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        if text[at:stop].strip(EDGE):
            found.append(_notice(text, at, stop))
        at = cut.end() if cut else end
    return found


def _notice(text: str, start: int, end: int) -> Warned:
    return Warned(*trimmed(text, start, end, EDGE))


def notice_remarks(index: int, line: Line, start: int, end: int, field: Field) -> Iterator[Remark]:
    """What stands behind a label "Warnings:" or "Spoilers:": warnings, spoilers or both."""
    text = line.text
    end = min(end, start + LONGEST)
    spoilers = spoilers_in(text, start, end, labelled=field is Field.SPOILER)
    if field is Field.WARNING:
        rest = min((item.start for item in spoilers), default=end)
        if spoilers and (word := re.search(r"\bspoil\w*|\bif you", text[start:end], re.IGNORECASE)):
            rest = min(rest, start + word.start())
        before = _items(text, start, _before_adjectives(text, start, rest))
        behind = _behind(text, rest, end, spoilers) if spoilers else []
        for warned in [*before, *behind]:
            yield _warning(index, line, warned)
    yield from (_spoiler(index, line, item) for item in spoilers)


def _behind(text: str, start: int, end: int, spoilers: list[Item]) -> list[Warned]:
    """ "Warnings: spoilers for S4, character death": what a list goes on with, as far as one warns of such things."""
    found: list[Warned] = []
    at = start
    for cut in [*_LISTED.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        piece = text[at:stop]
        free = not any(item.start < stop and at < item.end for item in spoilers) and "spoil" not in piece.lower()
        if free and (caution_of(piece) or _SORT.search(piece)):
            found += _items(text, at, stop)
        at = cut.end() if cut else end
    return found


_LISTED = re.compile(r"[,;]|\s(?:and|&)\s", re.IGNORECASE)


def timeline_remarks(index: int, line: Line, start: int, end: int) -> Iterator[Remark]:
    """What stands behind a label "Timeline:" or "Setting:", as far as it names parts of a canon."""
    items = labelled_items(line.text, start, min(end, start + LONGEST))
    return (_spoiler(index, line, item) for item in items)


_ADJECTIVES = re.compile(
    r"(?:(?:and|major|minor|mild|slight|huge|big|massive|some|possible|contains?|also|there are|has)\s*)+$",
    re.IGNORECASE,
)


def _before_adjectives(text: str, start: int, end: int) -> int:
    found = _ADJECTIVES.search(text, start, end)
    return found.start() if found else end


def remarks_within(index: int, line: Line) -> Iterator[Remark]:
    """The notices in a line of another kind, however long: a summary, a note."""
    for at, stop in islice(_pieces(line.text, 0, len(line.text)), MOST_PIECES):
        yield from (_warning(index, line, warned) for warned in warnings_in(line.text, at, stop))
        yield from (_spoiler(index, line, item) for item in spoilers_in(line.text, at, stop))


_SENTENCE_END = re.compile(r"[.!?][\s\"”)]")


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of at most LONGEST characters, cut behind a sentence where one ends."""
    while end - start > LONGEST:
        ends = [found.end() for found in _SENTENCE_END.finditer(text, start, start + LONGEST)]
        stop = ends[-1] if ends else start + LONGEST
        yield start, stop
        start = stop
    yield start, end


def open_remarks(index: int, line: Line) -> tuple[Role | None, tuple[Remark, ...]]:
    """The notices of a line that has no label, and the role they give it."""
    text = line.text
    if len(text) > LONGEST:
        return None, ()
    spoilers = spoilers_in(text, 0, len(text))
    warnings = warnings_in(text, 0, len(text))
    remarks = (
        *(_warning(index, line, warned) for warned in warnings),
        *(_spoiler(index, line, item) for item in spoilers),
    )
    if warnings or (not spoilers and holds_any(text.lower(), _DISLIKE_SIGNS) and _DONT_LIKE.search(text)):
        return Role.WARNING, remarks
    return _role_of(text, spoilers), remarks


_OPENS = re.compile(
    r"\W*(?:this (?:fic\w*|story|chapter|one|is|takes)\b|diese \w+ spielt|cette histoire|esta historia|set\b"
    r"|takes place|post\b|pre\b|tag\b|coda\b|episode tag"
    r"|missing"
    r"|au\b|a\.u\.|goes au|canon|diverg\w+|ignor\w+|disregard\w+|spielt|se (?:passe|situe)|situad[ao]|ambientad[ao])",
    re.IGNORECASE,
)


def _role_of(text: str, spoilers: list[Item]) -> Role | None:
    """Where a story stands in time is only a note on it, and only if that opens the line: stories tell of time too."""
    if not spoilers:
        return None
    if any(item.relation not in _TIMELINE for item in spoilers):
        return Role.SPOILER
    return Role.NOTE if _OPENS.match(text) and len(text) <= LONGEST_TIMELINE else None


_TIMELINE = frozenset({Relation.SET_AFTER, Relation.SET_BEFORE, Relation.SET_DURING, Relation.AU_AFTER})
LONGEST_TIMELINE = 240
"""Characters of a line that says when a story is set; a longer one is prose."""


def _warning(index: int, line: Line, warned: Warned) -> Remark:
    value = " ".join(line.text[warned.start : warned.end].split())
    evidence = places(line, warned.start, warned.end)
    return Remark(Field.WARNING, value, Confidence.STATED, evidence, index, caution_of(value))


def _spoiler(index: int, line: Line, item: Item) -> Remark:
    value = " ".join(line.text[item.start : item.end].split())
    evidence = places(line, item.start, item.end)
    ready = "none" if item.relation is Relation.NONE else None
    return Remark(Field.SPOILER, value, Confidence.STATED, evidence, index, ready, detail_of(item, value))


def spoiler_said(value: str) -> tuple[str | None, Detail]:
    """What a value says as a whole, as a person or a record states it; of several canons or relations none is sure."""
    items = spoilers_in(value, 0, len(value), labelled=True)
    canons, relations = {item.canon for item in items}, {item.relation for item in items}
    if (
        len(canons) != 1
        or len(relations) != 1
        or not all(item.parts or item.relation is Relation.NONE for item in items)
    ):
        return None, {"canon": None, "part": value, "parts": (), "relation": Relation.CONTAINS.value}
    whole = replace(items[0], parts=tuple(part for item in items for part in item.parts))
    return ("none" if whole.relation is Relation.NONE else None), detail_of(whole, value)


def detail_of(item: Item, value: str) -> Detail:
    """Canon, part and relation as data. Without `parts` the notice was not understood: its words alone speak."""
    if item.relation is Relation.NONE:
        return {"canon": None, "part": None, "parts": (), "relation": Relation.NONE.value}
    parts = tuple(to_text(part) for part in item.parts)
    return {"canon": item.canon, "part": value, "parts": parts, "relation": item.relation.value}
