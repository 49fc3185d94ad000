"""Facts that stand without labels in one line of a head: "The Weir; Tam/Jude; R; c. 2000 words", "(The Weir, PG)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple

from remnant.model import Confidence, Field
from remnant.understand.draft import Line
from remnant.understand.hints import holds_any
from remnant.understand.labels import LABEL
from remnant.understand.normal import normal
from remnant.understand.places import places
from remnant.understand.register import is_dialogue
from remnant.understand.sheet import Remark

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
    NAME = auto()
    OTHER = auto()


class Item(NamedTuple):
    kind: Kind
    start: int
    end: int


_KNOWN = frozenset({Kind.RATING, Kind.PAIRING, Kind.COUNT, Kind.SORT, Kind.PART})
_TELLING = frozenset({Kind.RATING, Kind.PAIRING, Kind.COUNT})
_SORTED = frozenset({Kind.SORT, Kind.PART})
_BETWEEN = re.compile(r"\s*(?:/{2}|,(?!\d{3}\b)|[;|•·()\[\]{}]|\s[-–—~:/]{1,2}\s|(?<!\bc)\.\s+(?=[A-Z(])|\.?\s*$)\s*")
_LETTER = re.compile(r"(?<![^\W_])(?<!(?i:rated) )[A-Z]$")
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
_JOINS = frozenset({"/", "&", "×"})
_EDGE = " \t\r\n\xa0*_~=<>#.-–—\"“”'‘’"
_RATING = re.compile(
    r"(?:(?:all|both|each|overall)\s+)?(?:rat(?:ed|ing)\s*[:=-]?\s*)?(?P<rating>nc-?17|pg-?1[35]|pg|fr[a-z]{1,3}\d{0,2}|k\+|mature|teen|explicit|adult"
    r"|all ages|(?-i:[GRTMKX]))(?:-ish)?(?: (?:for|due to|because of)\b[^,;]{1,60})?",
    re.IGNORECASE,
)
_RATED = re.compile(r"rat(?:ed|ing)\s*[:=-]?\s*(?P<rating>[a-z]{1,2}\+?|[\w+-]{1,8})", re.IGNORECASE)
_COUNT = re.compile(
    r"(?:c\.? ?|ca\.? ?|about |approx\.? |roughly |around |~ ?)?(?P<count>\d[\d,.]*k?\+?) ?(?:words?|wds|w)(?: \w+)?"
    r"|words?:? ?(?P<behind>\d[\d,.]*)|[~c]\.? ?(?P<about>\d{3,6})",
    re.IGNORECASE,
)
_PERSON = r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,2}"
_BETWEEN_TWO = ("/", "&", "×", "+", " x ", " X ")
_PAIRING = re.compile(rf"{_PERSON}(?:(?: ?[/&×+] ?| [xX] ){_PERSON}){{1,3}}")
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
_WRITER = re.compile(r"(?:written )?by (?P<name>[^\W\d_][\w'’-]{1,24}(?: [^\W\d_][\w'’-]{1,24}){0,2})", re.IGNORECASE)
_KIND_OF_STORY = re.compile(r"\s+(?:fan[ -]?)?(?:fic(?:tion)?|story|ficlet|one-?shot)$", re.IGNORECASE)
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


def items_of(text: str) -> tuple[Item, ...]:
    """The items of a line that is nothing but facts; none of any other line."""
    if len(text) > LONGEST or "\n" in text or is_dialogue(text) or LABEL.match(text.lstrip("*_[(# ")):
        return ()
    items = _facts_of(text)
    known = sum(item.kind in _KNOWN for item in items)
    telling = {item.kind for item in items} & _TELLING
    strangers = sum(item.kind is Kind.NAME for item in items)
    if not 2 <= len(items) <= MOST or not (telling or _is_sorted(items)):
        return ()
    if Kind.RATING not in telling and (known < 2 or strangers > 1):
        return ()
    most = max(known + 1, 2) + (1 if (";" in text or _IN_BRACKETS.match(text)) and _SURELY_RATED.search(text) else 0)
    return items if strangers <= most else ()


_IN_BRACKETS = re.compile(r"^[\s*_]*(?:\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\})[\s*_]*$")
_SURELY_RATED = re.compile(r"\b(?:nc-?17|pg-?1[35]|pg|k\+|rated [a-z]{1,2})\b", re.IGNORECASE)


def _facts_of(text: str) -> tuple[Item, ...]:
    """The items of a line; none as soon as one of them is no fact, as the first of most lines is not."""
    found: list[Item] = []
    for item in _items(text):
        if item.kind is Kind.OTHER:
            return ()
        found.append(item)
    return tuple(found)


def _is_sorted(items: tuple[Item, ...]) -> bool:
    """ "(The Weir, gen, complete)": three items, all of them sorts but a name."""
    return len(items) >= 3 and sum(item.kind in _SORTED for item in items) >= len(items) - 1


def _items(text: str) -> Iterator[Item]:
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
    if _RATING.fullmatch(said) or _RATED.fullmatch(said):
        return Kind.RATING
    for kind, pattern in ((Kind.COUNT, _COUNT), (Kind.PART, _PART), (Kind.SORT, _SORT)):
        if pattern.fullmatch(said):
            return kind
    if _WRITER.fullmatch(said):
        return Kind.WRITER
    if "/" in said and all(_SORT.fullmatch(part.strip()) for part in said.split("/")):
        return Kind.SORT
    if holds_any(said, _BETWEEN_TWO) and _PAIRING.fullmatch(said) and (lowered or said[0].isupper()):
        return Kind.PAIRING
    return Kind.NAME if _may_name(said, lowered) else Kind.OTHER


_LONGEST_NAME = 6
"""Words, without the two that may say that it is a story's."""


def _may_name(said: str, lowered: bool) -> bool:
    """A few words, with capitals as a name has them: a fandom, somebody in the story, a season."""
    if len(said.split()) > _LONGEST_NAME + 2:
        return False
    words = _KIND_OF_STORY.sub("", said).split()
    if len(words) > _LONGEST_NAME or _TELLER.search(said):
        return False
    if words[-1].lower() in _WORLDS and len(words) > 1:
        words = words[:-1]
    return lowered or all(not word[0].islower() or word.lower() in _SMALL for word in words)


def is_facts(text: str) -> bool:
    """Whether a line is nothing but facts of a work, of which one at least is surely one."""
    return bool(items_of(text))


def few_facts(text: str) -> bool:
    """ "Harrow Light, gen": a name and what sort of story it is. Only under a title is that enough."""
    items = tuple(_items(text)) if len(text) <= 80 and "\n" not in text else ()
    kinds = [item.kind for item in items]
    named = kinds.count(Kind.NAME) == 1 and 2 <= len(kinds) <= 4 and any(map(str.isupper, text))
    sorts = [text[item.start : item.end] for item in items if item.kind is Kind.SORT]
    return named and len(sorts) == len(kinds) - 1 and all(_PLAINLY_A_SORT.fullmatch(sort) for sort in sorts)


_PLAINLY_A_SORT = re.compile(
    r"(?:gen|het|slash|femslash|f/f|m/m|angst\w*|humou?r|fluff\w*|h/c|hurt[ /-]comfort|crack\w*|a\.?u\.?|pwp|schmoop"
    r"|deathfic|songfic|drabbles?|ficlet|one-?shot|wip|complete|crossover|missing scene|no spoilers)(?: fic)?",
    re.IGNORECASE,
)


def facts_in(index: int, line: Line) -> tuple[Remark, ...]:
    """What a line of facts says. Of names, the only one is the fandom, and only a guess: none behind a "Subject:"."""
    return _said_in(index, line, items_of(line.text))


def few_facts_in(index: int, line: Line) -> tuple[Remark, ...]:
    """What such a line says: the fandom, as a guess."""
    return _said_in(index, line, tuple(_items(line.text))) if few_facts(line.text) else ()


def _said_in(index: int, line: Line, items: tuple[Item, ...]) -> tuple[Remark, ...]:
    text = line.text
    names = [item for item in items if item.kind is Kind.NAME]
    said = [_remark(index, line, item) for item in items]
    if len(names) > 2 and (first := text.find(";")) > 0 and names[0].end <= first < names[1].start:
        names = names[:1] if ";" not in text[names[1].start : names[-1].end] else names
    couple = any(item.kind is Kind.PAIRING for item in items)
    if len(names) == 1 and (couple or any(map(str.isupper, text))) and ":" not in text[names[0].start : names[0].end]:
        start, end = names[0].start, names[0].end
        end = start + len(_KIND_OF_STORY.sub("", text[start:end]))
        said.append(_told(index, line, Field.FANDOM, start, end, Confidence.GUESSED))
    return tuple(remark for remark in said if remark is not None)


def _remark(index: int, line: Line, item: Item) -> Remark | None:
    said = line.text[item.start : item.end]
    match item.kind:
        case Kind.RATING:
            found = _RATING.fullmatch(said) or _RATED.fullmatch(said)
            assert found is not None
            start, end = found.span("rating")
            return _told(index, line, Field.RATING, item.start + start, item.start + end, Confidence.STATED)
        case Kind.PAIRING:
            return _told(index, line, Field.RELATIONSHIP, item.start, item.end, Confidence.LIKELY)
        case Kind.WRITER:
            named = _WRITER.fullmatch(said)
            assert named is not None
            start, end = named.span("name")
            return _told(index, line, Field.AUTHOR, item.start + start, item.start + end, Confidence.LIKELY)
        case Kind.COUNT:
            counted = _COUNT.fullmatch(said)
            assert counted is not None
            start, end = next(counted.span(group) for group in ("count", "behind", "about") if counted[group])
            return _told(index, line, Field.WORDCOUNT, item.start + start, item.start + end, Confidence.LIKELY)
        case _:
            return None


def _told(index: int, line: Line, field: Field, start: int, end: int, confidence: Confidence) -> Remark:
    value = line.text[start:end]
    ready, detail = normal(field, value)
    return Remark(field, value, confidence, places(line, start, end), index, ready, detail)


def ratings_in(index: int, line: Line, start: int, end: int) -> Iterator[Remark]:
    """The ratings among what stands in brackets between two places of a line."""
    for item in _items(line.text[start:end]):
        if item.kind is Kind.RATING and (
            remark := _remark(index, line, Item(item.kind, start + item.start, start + item.end))
        ):
            yield remark


def is_pairing(text: str) -> bool:
    """ "Tam/Jude", alone in a line of a head."""
    return len(text) <= 60 and text[:1].isupper() and "/" in text and _PAIRING.fullmatch(text) is not None


def pairing_in(index: int, line: Line) -> Remark | None:
    """The couple that a line names and nothing else."""
    text = line.text.strip()
    start = line.text.index(text)
    if not is_pairing(text):
        return None
    return _told(index, line, Field.RELATIONSHIP, start, start + len(text), Confidence.LIKELY)


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
    return _told(index, line, Field.RATING, *found.span("rating"), Confidence.STATED) if found else None
