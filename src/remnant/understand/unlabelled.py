"""Facts that stand without labels in one line of a head: "The Weir; Tam/Jude; R; c. 2000 words", "(The Weir, PG)"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from remnant.model import Confidence, Field
from remnant.understand.cast import Cast
from remnant.understand.draft import Line
from remnant.understand.fact_items import (
    FIELD_OF,
    KIND_OF_STORY,
    LONGEST,
    PAIRING,
    Item,
    Kind,
    facts_of,
    few_facts,
    items_in,
    items_of,
    may_be_facts,
    value_in,
)
from remnant.understand.fandoms import world_called
from remnant.understand.normal import normal
from remnant.understand.places import places
from remnant.understand.sheet import Remark


def facts_in(index: int, line: Line, cast: Callable[[], Cast] | None = None) -> tuple[Remark, ...]:
    """What a line of facts says. Of names, the only one is the fandom, and only a guess: none behind a "Subject:".

    Where there are several, `cast` is asked which of them are people of the story.
    """
    text = line.text
    items = items_of(text)
    if cast is not None and len(text) <= LONGEST and may_be_facts(items or facts_of(text)):
        items = items_of(text, cast())
    return _said_in(index, line, items)


_BEHIND = re.compile(r"(?<=\S)\s*(?P<all>[\[({](?P<said>[^\[\](){}]{1,80})[\])}])\W*$")


def facts_behind(index: int, line: Line, cast: Callable[[], Cast]) -> tuple[int, tuple[Remark, ...]]:
    """What stands in brackets behind a title, if it is facts, and where the title ends."""
    found = _BEHIND.search(line.text)
    if found is None or len(line.text) > LONGEST:
        return len(line.text), ()
    remarks = facts_between(index, line, *found.span("said"), cast)
    return (found.start(), remarks) if remarks else (len(line.text), ())


def facts_between(index: int, line: Line, start: int, end: int, cast: Callable[[], Cast]) -> tuple[Remark, ...]:
    """What is said between two brackets, if it is nothing but facts: one of them will do if it can be nothing else."""
    text = line.text[start:end]
    items = facts_of(text)
    if may_be_facts(items):
        items = items_of(text, cast())
    elif len(items) > 1 or (items and items[0].kind not in _ALONE):
        items = items_of(text)
    moved = tuple(item._replace(start=item.start + start, end=item.end + start) for item in items)
    return _said_in(index, line, moved)


_ALONE = frozenset({Kind.RATING, Kind.PAIRING, Kind.COUNT, Kind.WORLD})


def few_facts_in(index: int, line: Line) -> tuple[Remark, ...]:
    """What such a line says: the fandom, as a guess."""
    return _said_in(index, line, tuple(items_in(line.text))) if few_facts(line.text) else ()


def _said_in(index: int, line: Line, items: tuple[Item, ...]) -> tuple[Remark, ...]:
    said = [_remark(index, line, item) for item in items]
    said += [remark_at(Field.FANDOM, index, line, *place, Confidence.GUESSED) for place in _worlds(line.text, items)]
    return tuple(remark for remark in said if remark is not None)


def _worlds(text: str, items: tuple[Item, ...]) -> Iterator[tuple[int, int]]:
    """Where the worlds stand among the items: those that are known, else the only name that is nobody's."""
    known = [item for item in items if item.kind is Kind.WORLD or (item.kind is Kind.NAME and _is_known(item, text))]
    names = [item for item in items if item.kind is Kind.NAME and any(map(str.isalpha, text[item.start : item.end]))]
    if len(names) > 2 and (first := text.find(";")) > 0 and names[0].end <= first < names[1].start:
        names = names[:1] if ";" not in text[names[1].start : names[-1].end] else names
    couple = any(item.kind is Kind.PAIRING for item in items)
    alone = len(names) == 1 and (couple or any(map(str.isupper, text)))
    for item in known or (names if alone and ":" not in text[names[0].start : names[0].end] else []):
        end = item.start + len(KIND_OF_STORY.sub("", text[item.start : item.end]))
        yield item.start, end


def _is_known(item: Item, text: str) -> bool:
    return world_called(KIND_OF_STORY.sub("", text[item.start : item.end])) is not None


def _remark(index: int, line: Line, item: Item) -> Remark | None:
    field = FIELD_OF.get(item.kind)
    if field is None:
        return None
    sure = Confidence.STATED if field is Field.RATING else Confidence.LIKELY
    return remark_at(field, index, line, *value_in(item, line.text), sure)


def remark_at(field: Field, index: int, line: Line, start: int, end: int, confidence: Confidence) -> Remark:
    """What a stretch of a line says of a field, as written and in its normal form."""
    value = line.text[start:end]
    return Remark(field, value, confidence, places(line, start, end), index, *normal(field, value))


def ratings_in(index: int, line: Line, start: int, end: int) -> Iterator[Remark]:
    """The ratings among what stands in brackets between two places of a line."""
    for item in items_in(line.text[start:end]):
        if item.kind is Kind.RATING and (
            remark := _remark(index, line, Item(item.kind, start + item.start, start + item.end))
        ):
            yield remark


def is_pairing(text: str) -> bool:
    """ "Tam/Jude", alone in a line of a head."""
    return len(text) <= 60 and text[:1].isupper() and "/" in text and PAIRING.fullmatch(text) is not None


def pairing_in(index: int, line: Line) -> Remark | None:
    """The couple that a line names and nothing else."""
    text = line.text.strip()
    start = line.text.index(text)
    if not is_pairing(text):
        return None
    return remark_at(Field.RELATIONSHIP, index, line, start, start + len(text), Confidence.LIKELY)


_LONE = re.compile(
    r"^[\s*_\[({<~=-]{0,4}(?:rat(?:ed|ing)\s*[:=-]?\s*)?(?P<rating>nc-?17|pg-?1[35]|pg|k\+|(?-i:[GRTMK]))"
    r"(?:,? (?:for|due to|because of)\b[^.!?]{1,80})?[\s*_\])}>~=.-]{0,4}$",
    re.IGNORECASE,
)


def is_rating(text: str) -> bool:
    """Whether a line is a rating and nothing else: one of more than one letter, or called one."""
    found = _LONE.match(text)
    return found is not None and (len(found["rating"]) > 1 or found.start("rating") > 4)


def lone_rating(index: int, line: Line) -> Remark | None:
    """ "PG-13", alone in a line of a head."""
    found = _LONE.match(line.text)
    return remark_at(Field.RATING, index, line, *found.span("rating"), Confidence.STATED) if found else None
