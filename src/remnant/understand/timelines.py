"""Where a story stands beside its canon: set after X, between X and Y, before it all; AU after X; canon up to X."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from remnant.model import NameKind, PartName, Relation
from remnant.understand.hints import holds_any
from remnant.understand.spoilers import Item, is_name, items_in

LABELS = frozenset({"timeline", "time line", "timeframe", "time frame", "setting", "set", "takes place", "post-ep"})
"""Behind these labels stands nothing else; who sees one may leave out "set"."""

_PART = (
    r"(?P<part>(?:[\"“„][^\"“”„\n]{1,100}[\"”“]|[^\n;!?,.\"“„()\[\]]|\.(?=\d))+?)"
    r"(?=$|[;!?,()\[\]]|\.(?!\d)|[\"“„](?![^\"“”„\n]{1,100}[\"”“])"
    r"|\s(?:and|but|so|und|et|y)\s(?!(?-i:[\"“'‘A-Z\d])|seasons?\b|series\b|the "
    r"|one\b|two\b|three\b|four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b)"
    r"|\s(?:with|when|where|as|which|because|in which|contains?|then|onwards?|on,|completely|entirely|altogether"
    r"|totally)\b|\s[-–—]\s|\bspoil)"
)
_OF_EVENTS = (
    r"(?:\s*+(?:the\s+|all\s+(?:of\s+)?)?(?:events?|end|ending|finale?|beginning|start|middle)(?:\s+of|\s+in)\b"
    r"|\s*+mid\b"
    r"|\s*+(?:early|late)\b)?[\s-]*+"
)
_WHEN = (
    r"(?:after|following|post|during|throughout|in|within|between|before|prior to|around|mid|pre|nach|während|vor"
    r"|zwischen|apr[eè]s|pendant|avant|entre|despu[eé]s de|durante|antes de)\b"
)
_HOW = rf"(?P<how>{_WHEN})"
_SET = re.compile(
    r"\b(?:set|takes? place|taking place|happens|occurs|picks? up|spielt|se passe|se d[eé]roule|se situe"
    rf"|situad[ao]|ambientad[ao]|transcurre)\b(?:\s++(?!{_WHEN})[\w'’-]++){{0,5}}\s++{_HOW}[\s-]*+{_OF_EVENTS}{_PART}",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"(?<![\w-])(?P<how>post|pre)(?:\s?[-–]\s?(?=[\"“'‘\dA-Z]|seasons?\b|series\b|canon\b|show\b|s\d)"
    rf"|\s(?=[\"“'‘\d]|(?-i:[A-Z]\w{{0,6}}[A-Z])|seasons?\s?\d|series\s?\d|s\d)){_PART}",
    re.IGNORECASE,
)
_TAG = re.compile(
    rf"\b(?P<how>(?:episode |ep |post-?ep )?(?:tag|coda)|post-?ep(?:isode)?|missing (?:scene|moment)s?)\s*+(?:to|for"
    rf"|of|from|in|:"
    rf"|-)\s++{_PART}",
    re.IGNORECASE,
)
_AU = re.compile(
    r"\b(?:AU|a\.u\.|(?:canon[- ])?diverg\w+(?: from canon)?)(?:\s++(?:\w++\s++){0,2}?)"
    rf"(?:after|from|post|since|as of|following|starting (?:with|after|from)|beginning (?:with|after|from)|at"
    rf"|during)[\s-]++{_OF_EVENTS}{_PART}"
    r"|\b(?:ignor|disregard)(?:es?|s|ing)?\s++(?:(?:all|everything|anything|canon|the events)\s++)*(?:(?:of|after|past"
    rf"|from|beyond|in|since)\s++)?{_OF_EVENTS}{_PART.replace('<part>', '<also>')}",
    re.IGNORECASE,
)
_CANON_UP_TO = re.compile(
    rf"\bcanon(?:[- ]compliant)?\s++(?:up (?:to|until|through)|through|until|to|as of|till)\s++{_OF_EVENTS}{_PART}",
    re.IGNORECASE,
)
_EVENTS = re.compile(rf"\b(?:after|following)\s++(?:all )?the events (?:of|in)\s++{_PART}", re.IGNORECASE)
_DENIES = re.compile(r"(?<![\w-])(?P<part>[\"“]?[A-Z\d][^\n.!?,;]{1,60}?)\s(?:never|didn['’]t|did not) happen(?:ed)?\b")
_MENDS_OF = re.compile(rf"\bfix-?it(?: fic)?\s++(?:for|of|to)\s++{_PART}", re.IGNORECASE)
_MENDS = re.compile(r"(?<![\w-])(?P<part>[A-Z\d][\w'’ .-]{1,60}?)[\s-]+(?:fix-?it|denial fic)\b")

_SPACES = " \t\n\r\xa0"
_SIGNS_OF_AU = (*(f"au{space}" for space in _SPACES), "a.u.", "diverg", "ignor", "disregard")
_SIGNS_OF_SET = (
    *("set", "place", "taking", "happens", "occurs", "pick", "spielt", "se passe", "se situe", "se d", "situad"),
    *("ambientad", "transcurre"),
)
_SIGNS_OF_TAG = ("tag", "coda", "post-ep", "postep", "missing")
_SIGNS_OF_BESIDE = tuple(f"{word}{sign}" for word in ("post", "pre") for sign in f"-–{_SPACES}")
"""What stands in whatever the pattern of that name finds, and in little else."""
_RELATIONS = {
    Relation.SET_AFTER: frozenset({"after", "following", "post", "nach", "apres", "après", "después de", "despues de"}),
    Relation.SET_BEFORE: frozenset({"before", "prior to", "pre", "vor", "avant", "antes de"}),
}
_BETWEEN = frozenset({"between", "zwischen", "entre"})
_LOOSE = frozenset({"in", "within", "around", "mid"})
"""A story is set in Cardiff more often than in a title: here only numbers and quotation marks count."""


def timeline_items(text: str, start: int, end: int) -> list[Item]:
    """What a stretch says of the story's place beside its canon; nothing, where no part of a canon is surely meant."""
    found: list[Item] = []
    for item in _all_items(text, start, end, text[start:end].lower()):
        if not any(item.start < other.end and other.start < item.end for other in found):
            found.append(item)
    return sorted(found, key=lambda item: item.start)


def labelled_items(text: str, start: int, end: int) -> list[Item]:
    """What stands behind "Timeline:" or "Setting:": there a bare number is where it is set."""
    if found := timeline_items(text, start, end):
        return found
    how = _LABELLED_HOW.match(text, start, end)
    relation = _relation(how["how"]) if how else Relation.SET_DURING
    begin = how.end() if how else start
    said = how["how"].lower() if how else "in"
    items = list(_sure(text, items_in(text, begin, end, relation), said))
    return list(_ranged(items)) if said in _BETWEEN else items


_LABELLED_HOW = re.compile(
    rf"[\s*_]*+(?:(?:just|right|shortly|immediately|directly|some\s?time|a \w+"
    rf"|\d+ \w+)\s++)*+{_HOW}[\s-]*+{_OF_EVENTS}",
    re.IGNORECASE,
)


def _all_items(text: str, start: int, end: int, lowered: str) -> Iterator[Item]:
    for match in _AU.finditer(text, start, end) if holds_any(lowered, _SIGNS_OF_AU) else ():
        group = "part" if match["part"] is not None else "also"
        yield from _sure(text, items_in(text, *match.span(group), Relation.AU_AFTER), "after")
    for match in _CANON_UP_TO.finditer(text, start, end) if "canon" in lowered else ():
        yield from _sure(text, items_in(text, *match.span("part"), Relation.UP_TO), "after")
    for match in _SET.finditer(text, start, end) if holds_any(lowered, _SIGNS_OF_SET) else ():
        yield from _placed(text, match)
    for match in _TAG.finditer(text, start, end) if holds_any(lowered, _SIGNS_OF_TAG) else ():
        relation = Relation.SET_DURING if match["how"].lower().startswith("missing") else Relation.SET_AFTER
        yield from _sure(text, items_in(text, *match.span("part"), relation), "after")
    for match in _BESIDE.finditer(text, start, end) if holds_any(lowered, _SIGNS_OF_BESIDE) else ():
        yield from _placed(text, match)
    for signs, pattern, relation in _OTHERS:
        for match in pattern.finditer(text, start, end) if holds_any(lowered, signs) else ():
            yield from _sure(text, items_in(text, *match.span("part"), relation), "after")


_OTHERS = (
    (("events",), _EVENTS, Relation.SET_AFTER),
    (("happen",), _DENIES, Relation.AU_AFTER),
    (("fix", "denial"), _MENDS, Relation.CONTAINS),
    (("fix",), _MENDS_OF, Relation.CONTAINS),
)


def _placed(text: str, match: re.Match[str]) -> Iterator[Item]:
    how = match["how"].lower()
    start, end = match.span("part")
    relation = _relation(how)
    if relation is Relation.SET_BEFORE and _WHOLE.match(text, start, end):
        yield Item(start, end, relation, None, (PartName(NameKind.FIRST),))
        return
    items = list(_sure(text, items_in(text, start, end, relation), how))
    yield from _ranged(items) if how in _BETWEEN else items


_WHOLE = re.compile(r"(?:the )?(?:series|canon|show|pilot|movies?|books?|games?|everything)\b(?!\s*\d)", re.IGNORECASE)


def _relation(how: str) -> Relation:
    folded = " ".join(how.lower().split())
    return next((relation for relation, hows in _RELATIONS.items() if folded in hows), Relation.SET_DURING)


def _sure(text: str, items: list[Item], how: str) -> Iterator[Item]:
    """Items that name a part without doubt: by number, in quotation marks, or written as a name."""
    for item in items:
        titles = [part.title or "" for part in item.parts if part.kind is NameKind.TITLE]
        quoted = text[item.start - 1 : item.start] in {*"\"“„'‘"}
        named = how not in _LOOSE and all(map(is_name, titles))
        if item.parts and (not titles or quoted or named):
            yield item


def _ranged(items: list[Item]) -> Iterator[Item]:
    """Between two parts: from the one to the other."""
    parts = [part for item in items for part in item.parts]
    if len(parts) == 2 and parts[0].to is None and parts[1].to is None:
        yield replace(items[0], end=items[-1].end, parts=(replace(parts[0], to=parts[1]),))
    else:
        yield from items
