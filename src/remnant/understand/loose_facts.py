"""Facts among other things in a row of a head or a foot: "Good Omens - G - 495 words - with footnotes, I'm afraid"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from remnant.model import Field
from remnant.understand.cast import Cast
from remnant.understand.fact_items import COUNT, KIND_OF_STORY, RATED, RATING, WRITER, Item, Kind, items_in
from remnant.understand.fandoms import world_called
from remnant.understand.in_passing import Told

LONGEST = 400
"""Characters of a row in which facts are looked for."""
_SURE = frozenset({Kind.RATING, Kind.COUNT, Kind.WORLD, Kind.PAIRING, Kind.PART})
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
        said = text[item.start : item.end]
        match item.kind:
            case Kind.RATING if found := RATING.fullmatch(said) or RATED.fullmatch(said):
                yield _inner(Field.RATING, item, found.span("rating"))
            case Kind.COUNT if found := COUNT.fullmatch(said):
                group = next(group for group in ("count", "behind", "about") if found[group])
                yield _inner(Field.WORDCOUNT, item, found.span(group))
            case Kind.WRITER if found := WRITER.fullmatch(said):
                yield _inner(Field.AUTHOR, item, found.span("name"))
            case Kind.PAIRING:
                yield Told(Field.RELATIONSHIP, item.start, item.end)
            case Kind.PERSON if worlds or len(items) > _FEW:
                yield Told(Field.CHARACTER, item.start, item.end)
            case Kind.WORLD:
                yield Told(Field.FANDOM, item.start, item.end)
            case Kind.NAME | Kind.OTHER if item is items[-1] and _ACCOUNT.fullmatch(said):
                yield Told(Field.AUTHOR, item.start, item.end)
            case _:
                pass
    if any(item.kind is Kind.OTHER for item in items):
        return
    plain = [item for item in names if not _ACCOUNT.fullmatch(text[item.start : item.end])]
    shown = any(map(str.isupper, text)) or any(item.kind is Kind.PAIRING for item in items)
    if not worlds and shown and len(plain) == 1:
        yield Told(Field.FANDOM, plain[0].start, plain[0].end)


def _inner(field: Field, item: Item, span: tuple[int, int]) -> Told:
    return Told(field, item.start + span[0], item.start + span[1])
