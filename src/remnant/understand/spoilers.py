"""What a spoiler notice is about: canon, parts and relation, read out of its own words, each with its own place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from remnant.model import NameKind, PartName, Relation
from remnant.understand.part_names import Numbered, numbered_in
from remnant.understand.places import trimmed

LONGEST_ITEM = 160


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a notice speaks of. Without `parts` it was not understood: then its words alone speak."""

    start: int
    end: int
    relation: Relation
    canon: str | None = None
    parts: tuple[PartName, ...] = ()


def items_in(text: str, start: int, end: int, relation: Relation) -> list[Item]:
    """The things named in a stretch, in order; `relation` is that of the words before it, unless its own say another.

    A list is cut at commas, and at "and" where what stands on either side is numbered or quoted. What a canon's name
    stands before or behind holds for its neighbours that have none.
    """
    items = [item for piece in _pieces(text, start, end) if (item := _item(text, piece, relation)) is not None]
    return _with_neighbours(text, items)


_QUOTED = re.compile(
    r"[\"“„«](?P<double>[^\"“”„»\n]{1,100})[\"”“»]"
    r"|(?<![\w])['‘](?P<single>[^'‘’\n]{1,80}(?:['’]\w[^'‘’\n]{0,60})?)['’](?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch between two separators, with the names found in it."""

    start: int
    end: int
    names: tuple[Numbered, ...]
    first: bool


_CUT = re.compile(r"\s*+[,;]\s*+(?:(?:and|und|et|y|&|or)\s++)?|\s++(?:and|und|&|\+|plus|as well as|or)\s++|\s*+/\s*+")
_STRONG = re.compile(r"[,;]")


def _pieces(text: str, start: int, end: int) -> Iterator[_Piece]:
    names = sorted([*_quoted(text, start, end), *numbered_in(text, start, end)], key=lambda name: name.start)
    names = [name for index, name in enumerate(names) if index == 0 or name.start >= names[index - 1].end]
    names = _ranged(text, names)
    whole = [found.span() for found in _UP_TO.finditer(text, start, end)] + [(name.start, name.end) for name in names]
    at, first = start, True
    for cut in [*_CUT.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        if cut and (
            any(begins < cut.end() and cut.start() < ends for begins, ends in whole) or _keeps(text, at, cut, end)
        ):
            continue
        if stop > at:
            yield _Piece(at, stop, tuple(name for name in names if at <= name.start < stop), first)
            first = False
        at = cut.end() if cut else end


def _keeps(text: str, at: int, cut: re.Match[str], end: int) -> bool:
    """In what is written small throughout, a comma may stand inside a title."""
    small = text[at : at + 1].islower() and text[cut.end() : cut.end() + 1].islower()
    return bool(_STRONG.search(cut[0])) and small and not _OPENS.match(text, cut.end(), end)


_OPENS = re.compile(
    r"(?:s\s?\d|the (?:first|second|third|fourth|fifth|sixth)|seasons?|series|episodes?|books?|films?|movies?|chapters?"
    r"|all |set |but |up to |through |if you|spoilers?|pre-|post-|staffel|folge|band|saison|tome|temporada|libro"
    r"|especially |including |beginning )",
    re.IGNORECASE,
)


def _quoted(text: str, start: int, end: int) -> Iterator[Numbered]:
    for match in _QUOTED.finditer(text, start, end):
        group = "double" if match["double"] is not None else "single"
        inner = match[group].strip(_EDGE)
        if inner:
            yield Numbered(match.start(), match.end(), (_titled(inner),))


def _titled(words: str) -> PartName:
    return PartName(NameKind.TITLE, title=" ".join(words.replace("..", " ").split()))


_FROM_TO = re.compile(r"\s*+(?:->|→|[-–—]|to|through|thru|until|bis|à)\s*+", re.IGNORECASE)


def _ranged(text: str, names: list[Numbered]) -> list[Numbered]:
    """ "Turn Left" -> "Journey's End" is all that lies between them."""
    joined: list[Numbered] = []
    for name in names:
        last = joined[-1] if joined else None
        between = text[last.end : name.start] if last else ""
        if last is not None and _FROM_TO.fullmatch(between) and _are_ends(last, name, between):
            joined[-1] = Numbered(last.start, name.end, (replace(last.names[0], to=name.names[0]),))
        else:
            joined.append(name)
    return joined


def _are_ends(first: Numbered, last: Numbered, between: str) -> bool:
    """Two single names are the ends of a range, unless a dash only sets a title behind a number."""
    names = (*first.names, *last.names)
    if len(names) != 2 or any(name.to is not None for name in names):
        return False
    dash = between.strip() in {"-", "–", "—"}
    return not dash or (names[0].kind is names[1].kind and names[0].kind is not NameKind.TITLE)


_EDGE = " \t\r\n\f\v\xa0,:;.!?*_\"“”'‘’()[]~-–—<>=|"

_UP_TO = re.compile(
    r"\b(?:up (?:to|until|through|till)(?: and including)?|through(?:out)?|thru|until|till|as far as"
    r"|bis(?: einschlie(?:ß|ss)lich)?(?: zum?r?)?|jusqu['’](?:[aà]u?x?|en)|hasta)\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:(?:all|every) (?:the )?(?:seasons|episodes|series)|everything|anything|all of it|(?:the )?(?:whole|entire"
    r"|complete)"
    r"(?: (?:tv|damn|bloody))? (?:series|show|thing|saga|run|canon)|alles|alle (?:staffeln|folgen|episoden)"
    r"|die ganze serie|tout(?:e la s[ée]rie|es les saisons)?|toda la serie|todo|all(?= of [A-Z\"“]))\b",
    re.IGNORECASE,
)
_ALL_OF_A_KIND = {
    NameKind.BOOK: re.compile(
        r"\b(?:(?:all|every) (?:of )?(?:the )?books?|alle b(?:ä|ae)nde|alle bücher"
        r"|tous les (?:tomes|livres)|todos los libros|the books)\b",
        re.IGNORECASE,
    ),
    NameKind.FILM: re.compile(
        r"\b(?:(?:all|every) (?:of )?(?:the )?(?:films?|movies?)|alle filme|tous les films"
        r"|todas las películas|the (?:films?|movies?))\b",
        re.IGNORECASE,
    ),
}
_AIRED = re.compile(
    r"\b(?:(?:aired|shown|broadcast)(?: (?:so far|to date|until now|up to now|already))?|so far|to date|up to now"
    r"|until now|current (?:episodes?|season|canon)|currently air\w+|bisher(?:igen?)?)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:(?:the |this |last |next |a |new )*(?:(?:season|mid-?season) )?(?:finale|premiere|ending)"
    r"|(?:the |this |that )?(?:most recent|latest|newest|last|new|current|recent|final|last (?:night|week)['’]s"
    r"|this (?:week|season)['’]s|tonight['’]s|(?:sun|mon|tues|wednes|thurs|fri|satur)day['’]s|(?:last|final) (?:few"
    r"|two|three|\d))"
    r" (?:episodes?|seasons?|eps?|chapters?|films?|movies?|books?))\b",
    re.IGNORECASE,
)


def _item(text: str, piece: _Piece, relation: Relation) -> Item | None:
    start, end = trimmed(text, piece.start, piece.end, _EDGE_OF_ITEM)
    if start >= end:
        return None
    words = text[start:end]
    up_to = _UP_TO.search(text, start, end)
    relation = Relation.UP_TO if up_to and relation in _OPEN_ENDED and not _is_ranged(up_to, piece) else relation
    if piece.names:
        return _numbered(text, start, end, piece, relation)
    if whole := _whole(words):
        return _all(text, start, end, whole, relation)
    for kind, shape in _ALL_OF_A_KIND.items():
        if shape.search(words):
            return Item(start, end, Relation.WHOLE, None, (PartName(kind),))
    if _VAGUE.search(words):
        return Item(start, end, relation)
    return _by_title(text, start, end, piece, relation)


_OPEN_ENDED = frozenset({Relation.CONTAINS, Relation.WHOLE})


def _is_ranged(found: re.Match[str], piece: _Piece) -> bool:
    """The "through" of "seasons 1 through 3" is no "up to"."""
    return any(name.start <= found.start() < name.end for name in piece.names)


_EDGE_OF_ITEM = " \t\r\n\f\v\xa0,:;.!?*_~-–—<>=|"


def _whole(words: str) -> NameKind | None:
    if _AIRED.search(words):
        return NameKind.AIRED
    return NameKind.ALL if _ALL.search(words) else None


def _all(text: str, start: int, end: int, kind: NameKind, relation: Relation) -> Item | None:
    """ "Everything": of the canon it names, if any; "everything up to Grave" is only as much as that."""
    found = _ALL.search(text, start, end)
    up_to = _UP_TO.search(text, start, end)
    if kind is NameKind.ALL and found is not None and up_to is not None and up_to.start() >= found.end():
        named = _title_in(text[up_to.end() : end])
        return Item(start, end, Relation.UP_TO, None, (_titled(named),)) if named else Item(start, end, relation)
    canon = _canon_behind(text[found.end() : end]) if found else None
    return Item(start, end, Relation.WHOLE, canon, (PartName(kind),))


def _numbered(text: str, start: int, end: int, piece: _Piece, relation: Relation) -> Item:
    """Numbers and quotations say which parts; capitalised words before them, or behind an "of", say of what."""
    first, last = piece.names[0], piece.names[-1]
    parts = tuple(part for name in piece.names for part in name.names)
    ends = [start, *(name.end for name in piece.names)]
    before = (_canon_in(text[end : name.start]) for end, name in zip(ends, piece.names, strict=False))
    behind = text[last.end : end]
    canon = next(filter(None, before), None) or _canon_behind(behind)
    if canon is None and (more := _title_behind(behind)):
        parts = (*parts, _titled(more))
    if len(piece.names) == 1 and canon is None and text[first.start] in "\"“„«'‘":
        start, end = trimmed(text, first.start, first.end, _EDGE)
    elif small := _PREPOSITIONS.match(text, start, first.start):
        start = small.end()
    return Item(start, end, relation, canon, parts)


_PREPOSITIONS = re.compile(
    rf"(?:(?:and|for|of|from|in|on|to|about|everything|anything|{_UP_TO.pattern})\s++)+", re.IGNORECASE
)
"""What leads to a part and is no part of its name."""


_FILLER = (
    r"(?:and|or|plus|also|the|a|an|some|any|all|of|for|from|in|on|to|about|during|is|are|be|will|with|have|has|by"
    r"|episodes?|eps?|events?|end(?:ing)?|beginning|start|half|early|late|mid|middle|major|minor|mild|slight|small|big"
    r"|huge|massive|vague|tiny|possible|potential|general|basic|specific|especially|particularly|mostly|mainly|only"
    r"|just|anything|everything|stuff|bits?|parts?|knowledge|references?|mentions?|nothing|not|much|spoilers?|contains?"
    r"|including|warnings?|heavy|light|really|very|maybe|perhaps|probably|tv|show|tag|up|through(?:out)?|thru|until"
    r"|till|as|far|well"
    r"|up to|past|beyond|after|before|set|over|first|second|last|final|original|season|series|finale|premiere|pilot"
    r"|us|uk|american"
    r"|british|see|seen|watched|so|what|happens|happened|title|named?|called|entitled|aired|manga|anime|canon|comics?"
    r"|die|der|das|den|dem|des|zur?|zum|von|bis|ende|einschlie(?:ß|ss)lich|für|le|la|les|l|de|du|sur|el|los|las|del)"
)
_IS_FILLER = re.compile(_FILLER, re.IGNORECASE)
_OF_WHAT = re.compile(
    r"^[\s\"”'’)]{0,4}(?:of|from|for|in|von|de|du)\s++(?:the\s++|season of\s++)?(?P<canon>[A-Z0-9\"“].*)$"
)


def _canon_in(words: str) -> str | None:
    """The canon's name before a number: what is left when small talk is gone, if it is written as a name."""
    said = words.strip(_EDGE).split()
    while said and _is_filler(said[-1]):
        said.pop()
    first = 0 if _is_all_name(said) else next((at for at, word in enumerate(said) if not _is_filler(word)), len(said))
    bare = " ".join(said[first:]).strip(_EDGE)
    return bare if is_name(bare) else None


def _is_filler(word: str) -> bool:
    bare = word.strip(_EDGE)
    return not bare or bool(_IS_FILLER.fullmatch(bare))


def _is_all_name(words: list[str]) -> bool:
    return bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)


def _canon_behind(words: str) -> str | None:
    found = _OF_WHAT.match(words)
    bare = _STOP_TITLE.split(found["canon"], maxsplit=1)[0].strip(_EDGE) if found else ""
    return bare if is_name(bare) else None


_SMALL = re.compile(r"(?:of|the|and|a|an|in|on|to|for|at|by|with|vs\.?|x|de|la|der|die|und|von)", re.IGNORECASE)


def is_name(words: str) -> bool:
    """Every word of a name is capitalised, or is a number, or small."""
    said = words.split()
    if not said or len(said) > 8 or not any(letter.isalnum() for letter in words):
        return False
    big = [word for word in said if (first := word.lstrip("(\"“'‘")[:1]).isupper() or first.isdigit()]
    return bool(big) and all(word in big or _SMALL.fullmatch(word) for word in said) and not _TALK.fullmatch(words)


_TALK = re.compile(
    r"(?:rating|warnings?|note|a/?n|author['’]?s? notes?|spoilers?|oh|well|yes|no|ok(?:ay)?|big time|i|us|uk|this"
    r"|there|if|beware|please|vague|some|also|language|slash|angst|fluff|au|pace|us pace|uk pace|airing|us airing)\W*",
    re.IGNORECASE,
)
_STOP_TITLE = re.compile(
    r"\s++(?:if|but|so|as|since|because|though|although|which|that|when|you|inside|within|ahead|below|here|especially"
    r"|mostly|only|don['’]?t|do not|please|and (?:up|before|after)|obviously|too|abound|lie|follow|beyond|in case"
    r"|just)\b"
    r"|\s++[-–—]{1,2}\s|[;!?]|\.(?=\s|$)|\s++\((?!\d{4}\))"
)


def _title_behind(words: str) -> str | None:
    """A title set behind a number: "5.22 SWAN SONG", "1x01 - Homecoming"."""
    bare = _STOP_TITLE.split(words.lstrip(" :–—-("), maxsplit=1)[0].strip(_EDGE)
    return bare if is_name(bare) and not all(map(_is_filler, bare.split())) else None


_CANON_AND_PART = re.compile(r"^(?P<canon>[A-Z0-9][^:\n]{1,48}?)\s*+(?::|\s[-–—])\s++(?P<part>[A-Z0-9].*)$")


def _by_title(text: str, start: int, end: int, piece: _Piece, relation: Relation) -> Item | None:
    """A piece without number or quotation is a title, if it is written as one or nothing else stands there."""
    words = text[start:end]
    title = _title_in(words)
    if title is None or not (piece.first or is_name(title)):
        return None
    if _MEDIUM.fullmatch(title):
        return Item(start, end, relation)
    if not title[:1].isupper() and _PRATTLE.search(title):
        return Item(start, end, relation)
    if len(title) > LONGEST_ITEM:
        return Item(start, min(end, start + LONGEST_ITEM), relation)
    begin = start + words.index(title)
    if (up_to := _UP_TO.search(title)) and is_name(title[: up_to.start()]) and is_name(title[up_to.end() :]):
        part = title[up_to.end() :].strip(_EDGE_OF_TITLE)
        return Item(begin, begin + len(title), relation, title[: up_to.start()].strip(), (_titled(part),))
    pair = _CANON_AND_PART.match(title)
    if pair and is_name(pair["canon"]):
        return Item(begin, begin + len(title), relation, pair["canon"].strip(), (_titled(pair["part"].strip(_EDGE)),))
    return Item(begin, begin + len(title), relation, None, (_titled(title),))


_MEDIUM = re.compile(
    r"(?:the )?(?:manga|anime|books?|novels?|movies?|films?|episodes?|show|games?|ending|series|canon|plot|comics?"
    r"|season|finale"
    r"|final|story|major|minor|possible|slight|mild|big|huge|some|character|dvd|trailer|promo|casting)s?",
    re.IGNORECASE,
)
"""A kind of thing, and nobody knows which."""
_PRATTLE = re.compile(
    r"\b(?:you|i|we|it|that|this|thing|things|what|some|my|your|one|maybe|kind of|sort of|know|guess|think)\b",
    re.IGNORECASE,
)
"""What begins small and holds such words is talk and no title."""
_BEFORE_A_TITLE = re.compile(
    r"^(?:(?:(?:just )?(?:an? )?(?:tiny|small|little|few|minor|brief) (?:ones?|bits?|things?|mentions?) (?:for|of)"
    r"|and|or|also|plus|including|especially|mostly|particularly|minor|major|mild|slight|some|small|big|huge"
    r"|massive|vague|tiny|possible"
    r"|ones?|the (?:end|ending|events|beginning|episodes?|film|movie|book|novel) of|the (?:episodes?|film|movie|book"
    r"|novel)|episodes?|events? (?:of|in|from)|anything"
    r"|everything|knowledge of|references? to|mentions? of|for|of|from|in|on|about|up to and including|up to"
    r"|through(?:out)?"
    r"|thru|until|till|as far as|past|beyond|after|to)\s++)+",
    re.IGNORECASE,
)


def _title_in(words: str) -> str | None:
    """The title in a piece; "Minor for Trinity" is of Trinity, but "Some Assembly Required" is all title."""
    bare = words.strip(_EDGE_OF_ITEM)
    if not _is_all_name(bare.split()) or bare.isupper():
        bare = _BEFORE_A_TITLE.sub("", bare)
    bare = _STOP_TITLE.split(bare, maxsplit=1)[0].strip(_EDGE_OF_TITLE)
    bare = _balanced(bare)
    return bare if any(letter.isalnum() for letter in bare) and not _TALK.fullmatch(bare) else None


_EDGE_OF_TITLE = ' \t\r\n\f\v\xa0,:;.!*_"“”‘~-–—<>=|'


def _balanced(words: str) -> str:
    for opening, closing in ("()", "[]"):
        if words.count(opening) != words.count(closing):
            words = words.strip(opening + closing)
    return words.strip()


def _with_neighbours(text: str, items: list[Item]) -> list[Item]:
    """ "Torchwood 2x12, 2x13" and "S1, S2 of Buffy": a canon holds for numbers after it, one behind an "of" for those
    before it.
    """
    for at in range(1, len(items)):
        items[at] = _of_the_same(items[at], items[at - 1].canon)
    for at in range(len(items) - 2, -1, -1):
        after = items[at + 1]
        behind = after.canon is not None and not text.startswith(after.canon, after.start)
        items[at] = _of_the_same(items[at], after.canon if behind else None)
    return items


def _of_the_same(item: Item, canon: str | None) -> Item:
    return replace(item, canon=canon) if item.canon is None and _needs_a_canon(item) else item


def _needs_a_canon(item: Item) -> bool:
    return bool(item.parts) and all(part.kind is not NameKind.TITLE for part in item.parts)
