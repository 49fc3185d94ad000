"""The items of a line that is nothing but facts: ratings, couples, counts, sorts of stories, and names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from remnant.model import Field
from remnant.understand.cast import Cast
from remnant.understand.fandoms import is_surely_a_world
from remnant.understand.hints import holds_any
from remnant.understand.labels import LABEL
from remnant.understand.register import is_dialogue

LONGEST = 160
"""Characters of such a line; a longer one is prose."""
MOST = 9


class Kind(Enum):
    """What one item of the line is by its own words."""

    RATING = auto()
    PAIRING = auto()
    COUNT = auto()
    SORT = auto()
    PART = auto()
    WRITER = auto()
    WORLD = auto()
    PERSON = auto()
    NAME = auto()
    OTHER = auto()


class Item(NamedTuple):
    kind: Kind
    start: int
    end: int


_KNOWN = frozenset({Kind.RATING, Kind.PAIRING, Kind.COUNT, Kind.SORT, Kind.PART, Kind.WORLD, Kind.PERSON})
_TELLING = frozenset({Kind.RATING, Kind.PAIRING, Kind.COUNT})
_SORTED = frozenset({Kind.SORT, Kind.PART})
_BETWEEN = re.compile(
    r"\s*(?:/{2}|,(?!\d{3}\b)|[;|•·()\[\]{}]|\s[-–—~:/]{1,2}\s"
    r"|(?<!\bc)(?<!\bca)(?<!approx)\.\s+(?=[A-Z(\d])|\.?\s*$)\s*"
)
_LETTER = re.compile(r"(?<![^\W_])(?<!(?i:rated) )[A-Z]$")
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
_JOINS = frozenset({"/", "&", "×"})
_EDGE = " \t\r\n\xa0*_~=<>#.-–—\"“”'‘’"
RATING = re.compile(
    r"(?:(?:all|both|each|overall)\s+)?(?:rat(?:ed|ing)\s*[:=-]?\s*)?"
    r"(?P<rating>nc-?17|pg-?1[35]|pg|fr[a-z]{1,3}\d{0,2}|k\+|mature|teen|explicit|adult|r-?1[58]|nc-?1[68]"
    r"|hard r|soft r|teen and up|tout public"
    r"|e for everyone|everyone|1[2-8]\+|18|not worksafe|nsfw|worksafe|lemon|lime|citrus"
    r"|all ages|(?-i:[GRTMKX]))"
    r"(?:-ish)?(?: (?:for|due to|because of)\b[^,;]{1,60})?",
    re.IGNORECASE,
)
RATED = re.compile(r"rat(?:ed|ing)\s*[:=-]?\s*(?P<rating>[a-z]{1,2}\+?|[\w+-]{1,8})", re.IGNORECASE)
COUNT = re.compile(
    r"(?:c\.? ?|ca\.? ?|about |approx\.? |roughly |around |~ ?)?(?P<count>\d[\d,.]*k?\+?) ?(?:words?|wds|w)(?: \w+)?"
    r"|words?:? ?(?P<behind>\d[\d,.]*)|[~c]\.? ?(?P<about>\d{3,6})",
    re.IGNORECASE,
)
_PERSON = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,2}"
_BETWEEN_TWO = ("/", "&", "×", "+", " x ", " X ")
PAIRING = re.compile(rf"{_PERSON}(?:(?: ?[/&×+] ?| [xX] ){_PERSON}){{1,3}}|[A-Z][a-z]{{1,14}}x[A-Z][a-z]{{1,14}}")
_SORT = re.compile(
    r"(?:(?:mild|some|light|heavy|very|slight|mostly|pure|post-ep(?:isode)?|pre-)\s?)?(?:gen|het|slash|femslash|f/f|m/m|m/f|f/m|angst\w*"
    r"|humou?r|fluff\w*|romance|drama|h/c|hurt[ /-]comfort|crack\w*|a\.?u\.?|pwp|smut|schmoop|horror|mystery|adventure"
    r"|friendship|family|general|parody|tragedy|poetry|deathfic|songfic|drabbles?|ficlet|vignette|one-?shot|complete"
    r"|multi-?chapter(?:ed)?|chaptered|sequel|prequel|series"
    r"|wip|unfinished|in progress|crossover|missing scene|first time|character study|slice of life|english|no spoilers"
    r"|spoilers?\b.*|no warnings?|(?:season|series|s|book|year) ?\d{1,2}\b.*|\d{4}"
    r"|(?:(?:a bit|a little|just|well) )?(?:about|around|under|over|nearly|almost|roughly) (?:a |\w{3,6} )?"
    r"(?:hundred|thousand)(?: words)?"
    r"|set (?:after|before|during|in|at|between|post|pre)\b.*)(?:-?ish)?(?: fic)?",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:(?:part|chapter|chap\.?|ch\.?|pt\.?)\s*)?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?+)", re.IGNORECASE)
WRITER = re.compile(r"(?:written )?by (?P<name>[^\W\d_][\w'’-]{1,24}(?: [^\W\d_][\w'’-]{1,24}){0,2})", re.IGNORECASE)
KIND_OF_STORY = re.compile(r"\s+(?:fan[ -]?)?(?:fic(?:tion)?|story|ficlet|one-?shot)$", re.IGNORECASE)
_SMALL = frozenset(
    {
        *("of", "the", "and", "in", "at", "on", "a", "an", "to", "for", "from", "with", "&", "vs"),
        *("de", "la", "le", "der", "die", "das"),
    }
)
_WORLDS = frozenset(
    (
        *("legend", "legends", "mythology", "myth", "myths", "mythos", "universe", "verse", "canon", "books"),
        *("comics", "movies", "films", "tales"),
    )
)
_TELLER = re.compile(
    r"\b(?:i|i['’]\w+|me|my|you|your|was|were|had|is|are|did|don['’]t|said|he|she|they|it)\b", re.IGNORECASE
)


def items_of(text: str, cast: Cast | None = None) -> tuple[Item, ...]:
    """The items of a line that is nothing but facts; none of any other line. `cast` tells people from worlds."""
    if len(text) > LONGEST or "\n" in text or is_dialogue(text) or LABEL.match(text.lstrip("*_[(# ")):
        return ()
    items = facts_of(text)
    if cast is not None:
        items = tuple(_seen(item, text, cast) for item in items)
    known = sum(item.kind in _KNOWN for item in items)
    telling = {item.kind for item in items} & _TELLING
    strangers = sum(item.kind is Kind.NAME for item in items)
    if not 2 <= len(items) <= MOST or not (telling or _is_sorted(items) or _is_of_a_world(items)):
        return ()
    if Kind.RATING not in telling and (known < 2 or strangers > 1):
        return ()
    most = max(known + 1, 2) + (1 if (";" in text or _IN_BRACKETS.match(text)) and _SURELY_RATED.search(text) else 0)
    return items if strangers <= most else ()


def _seen(item: Item, text: str, cast: Cast) -> Item:
    """A name that the story keeps using is one of its people."""
    said = text[item.start : item.end]
    if item.kind is not Kind.NAME or any(mark in ":/?" or mark.isdecimal() for mark in said) or not cast.has(said):
        return item
    return item._replace(kind=Kind.PERSON)


def _is_of_a_world(items: tuple[Item, ...]) -> bool:
    """ "(Narnia, Susan)", "Firefly, gen": a known world, and people of the story or what sort it is."""
    kinds = {item.kind for item in items}
    return Kind.WORLD in kinds and kinds <= _KNOWN


def may_be_facts(items: tuple[Item, ...]) -> bool:
    """Whether a line could turn out to be facts if some of its names are people of the story."""
    kinds = [item.kind for item in items]
    return kinds.count(Kind.NAME) + kinds.count(Kind.WORLD) > 1 and bool({*kinds} & (_TELLING | {Kind.WORLD}))


_IN_BRACKETS = re.compile(r"^[\s*_]*(?:\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\})[\s*_]*$")
_SURELY_RATED = re.compile(r"\b(?:nc-?17|pg-?1[35]|pg|k\+|rated [a-z]{1,2})\b", re.IGNORECASE)


def facts_of(text: str) -> tuple[Item, ...]:
    """The items of a line; none as soon as one of them is no fact, as the first of most lines is not."""
    found: list[Item] = []
    for item in items_in(text):
        if item.kind is Kind.OTHER:
            return ()
        found.append(item)
    return tuple(found)


def _is_sorted(items: tuple[Item, ...]) -> bool:
    """ "(The Weir, gen, complete)": three items, all of them sorts but a name."""
    return len(items) >= 3 and sum(item.kind in _SORTED for item in items) >= len(items) - 1


def items_in(text: str) -> Iterator[Item]:
    lowered = not any(map(str.isupper, text))
    at = 0
    for cut in _BETWEEN.finditer(text):
        if _is_after_initial(text, cut):
            continue
        yield from _item(text, at, cut.start(), lowered)
        at = cut.end()
    yield from _item(text, at, len(text), lowered)


def _is_after_initial(text: str, cut: re.Match[str]) -> bool:
    """Whether a full stop stands behind the first letter of a name ("M. R. Hale") and parts nothing."""
    if not cut[0].startswith(".") or not _LETTER.search(text, 0, cut.start()):
        return False
    behind = _WORD.match(text, cut.end())
    if behind is None or behind[0] == "By":
        return False
    return not _SORT.fullmatch(behind[0]) and text[behind.end() : behind.end() + 1] not in _JOINS


def _item(text: str, start: int, end: int, lowered: bool) -> Iterator[Item]:
    said = text[start:end].strip(_EDGE)
    if said:
        begin = start + text[start:end].index(said)
        if said.isdecimal() and text[start:begin].endswith("~"):
            begin, said = begin - 1, f"~{said}"
        yield Item(_kind(said, lowered), begin, begin + len(said))


def _kind(said: str, lowered: bool) -> Kind:
    if RATING.fullmatch(said) or RATED.fullmatch(said):
        return Kind.RATING
    for kind, pattern in ((Kind.COUNT, COUNT), (Kind.PART, _PART), (Kind.SORT, _SORT)):
        if pattern.fullmatch(said):
            return kind
    if WRITER.fullmatch(said):
        return Kind.WRITER
    if is_surely_a_world(said):
        return Kind.WORLD
    if "/" in said and all(_SORT.fullmatch(part.strip()) for part in said.split("/")):
        return Kind.SORT
    if holds_any(said, _BETWEEN_TWO) and PAIRING.fullmatch(said) and (lowered or said[0].isupper()):
        return Kind.PAIRING
    return Kind.NAME if _may_name(said, lowered) else Kind.OTHER


_LONGEST_NAME = 6
"""Words, without the two that may say that it is a story's."""


def _may_name(said: str, lowered: bool) -> bool:
    """A few words, with capitals as a name has them: a fandom, somebody in the story, a season."""
    if len(said.split()) > _LONGEST_NAME + 2:
        return False
    words = KIND_OF_STORY.sub("", said).split()
    if not words or len(words) > _LONGEST_NAME or _TELLER.search(said):
        return False
    if words[-1].lower() in _WORLDS and len(words) > 1:
        words = words[:-1]
    return lowered or all(not word[0].islower() or word.lower() in _SMALL for word in words)


FIELD_OF = {
    Kind.RATING: Field.RATING,
    Kind.COUNT: Field.WORDCOUNT,
    Kind.WRITER: Field.AUTHOR,
    Kind.PAIRING: Field.RELATIONSHIP,
    Kind.PERSON: Field.CHARACTER,
}
"""What an item says by itself, whatever stands beside it."""


def value_in(item: Item, text: str) -> tuple[int, int]:
    """Where in the text the value of an item stands: a rating without "rated", a count without "words"."""
    said = text[item.start : item.end]
    groups: tuple[str, ...]
    match item.kind:
        case Kind.RATING:
            found, groups = RATING.fullmatch(said) or RATED.fullmatch(said), ("rating",)
        case Kind.COUNT:
            found, groups = COUNT.fullmatch(said), ("count", "behind", "about")
        case Kind.WRITER:
            found, groups = WRITER.fullmatch(said), ("name",)
        case _:
            return item.start, item.end
    assert found is not None
    start, end = next(found.span(group) for group in groups if found[group])
    return item.start + start, item.start + end


def is_facts(text: str) -> bool:
    """Whether a line is nothing but facts of a work, of which one at least is surely one."""
    return bool(items_of(text))


def few_facts(text: str) -> bool:
    """ "Harrow Light, gen": a name and what sort of story it is. Only under a title is that enough."""
    items = tuple(items_in(text)) if len(text) <= 80 and "\n" not in text else ()
    kinds = [item.kind for item in items]
    named = kinds.count(Kind.NAME) == 1 and 2 <= len(kinds) <= 4 and any(map(str.isupper, text))
    sorts = [text[item.start : item.end] for item in items if item.kind is Kind.SORT]
    return named and len(sorts) == len(kinds) - 1 and all(_PLAINLY_A_SORT.fullmatch(sort) for sort in sorts)


_PLAINLY_A_SORT = re.compile(
    r"(?:gen|het|slash|femslash|f/f|m/m|angst\w*|humou?r|fluff\w*|h/c|hurt[ /-]comfort|crack\w*|a\.?u\.?|pwp|schmoop"
    r"|deathfic|songfic|drabbles?|ficlet|one-?shot|wip|complete|crossover|missing scene|no spoilers)(?: fic)?",
    re.IGNORECASE,
)
