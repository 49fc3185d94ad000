"""Facts among other things in a row of a head or a foot: "Good Omens - G - 495 words - with footnotes, I'm afraid"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Field
from remnant.understand.cast import Cast
from remnant.understand.fact_items import FIELD_OF, KIND_OF_STORY, Item, Kind, items_in, value_in
from remnant.understand.fandoms import world_called
from remnant.understand.in_passing import Told

LONGEST = 400
"""Characters of a row in which facts are looked for."""
_SURE = frozenset({Kind.RATING, Kind.COUNT, Kind.WORLD, Kind.PAIRING, Kind.PART})
_ANYTHING = frozenset({Kind.NAME, Kind.OTHER})
_BRACKETED = re.compile(r"[\[(](?P<said>[^\[\]()]{2,90})[\])]\W*$")
_FEW = 2
"""Items of a row in which a name may be anything."""
_PERSON = re.compile(r"[^\W\d_][\w.'’ -]*")
_ACCOUNT = re.compile(r"(?=\w*[a-z])(?!\d+x)[\w-]*[_\d][\w-]*")


def facts_behind(text: str, cast: Cast) -> Iterator[Told]:
    """What stands in brackets at the end of a row, if two facts stand there, or one that is surely one."""
    found = _BRACKETED.search(text) if len(text) <= LONGEST else None
    if found is None:
        return
    inside = found["said"]
    items = [_seen(item, inside, cast) for item in items_in(inside)]
    known = sum(item.kind in _SURE or item.kind is Kind.SORT for item in items)
    if known and 2 * known >= len(items) - sum(item.kind is Kind.PERSON for item in items):
        for told in _told(inside, items, cast):
            yield Told(told.field, told.start + found.start("said"), told.end + found.start("said"))


def facts_among(text: str, cast: Cast) -> Iterator[Told]:
    """What two or more items of a row say, whatever stands beside them."""
    if len(text) > LONGEST:
        return
    items = [_seen(item, text, cast) for item in items_in(text)]
    if sum(item.kind in _SURE for item in items) >= 2:
        yield from _told(text, items, cast)


def _seen(item: Item, text: str, cast: Cast) -> Item:
    said = text[item.start : item.end]
    if item.kind is not Kind.NAME:
        return item
    if world_called(KIND_OF_STORY.sub("", said)) is not None:
        return item._replace(kind=Kind.WORLD, end=item.start + len(KIND_OF_STORY.sub("", said)))
    return item._replace(kind=Kind.PERSON) if _PERSON.fullmatch(said) and cast.has(said) else item


def _told(text: str, items: list[Item], cast: Cast) -> Iterator[Told]:
    worlds = [item for item in items if item.kind is Kind.WORLD]
    names = [item for item in items if item.kind is Kind.NAME and ":" not in text[item.start : item.end]]
    for item in items:
        if item.kind is Kind.PERSON and not worlds and len(items) <= _FEW:
            continue
        if item.kind in FIELD_OF:
            yield Told(FIELD_OF[item.kind], *value_in(item, text))
        elif item.kind is Kind.WORLD:
            yield Told(Field.FANDOM, item.start, item.end)
        elif item.kind in _ANYTHING and item is items[-1] and _ACCOUNT.fullmatch(text[item.start : item.end]):
            yield Told(Field.AUTHOR, item.start, item.end)
    if any(item.kind is Kind.OTHER for item in items):
        return
    plain = [item for item in names if not _ACCOUNT.fullmatch(text[item.start : item.end])]
    shown = any(map(str.isupper, text)) or any(item.kind is Kind.PAIRING for item in items)
    if not worlds and shown and len(plain) == 1:
        yield Told(Field.FANDOM, plain[0].start, plain[0].end)
