"""Facts of a work that are told in a sentence: "a short Harrow Light fic", "PG-13 for language", "about 900 words"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from remnant.model import Field
from remnant.understand.hints import holds_any

LONGEST = 1200
"""Characters of a note that are listened to."""


class Told(NamedTuple):
    """A field, and where in the text its value stands."""

    field: Field
    start: int
    end: int


_GRADE = r"(?:NC-?17|PG-?1[35]|PG|K\+|R18|FR(?:AO|T|M|13|15|18|21)|[GRTMK](?=[\s.,;!?)\]]|$))"
_ANY_GRADE = r"(?:nc-?17|pg-?1[35]|pg|k\+|general|teen|mature|explicit|adult)"
_RATED = (
    re.compile(
        r"\b[Rr]at(?:ed|ing(?: is)?:?) (?:(?:this|it|an?|about|roughly|strictly|solid|hard|mild|probably|maybe) ){0,2}"
        rf"(?P<said>{_GRADE}|(?i:{_ANY_GRADE})\b)"
    ),
    re.compile(
        rf"\b(?P<said>(?:NC-?17|PG-?1[35]|PG|[GRTMK])(?=-rated\b| rated\b)|{_GRADE}(?= (?:for|because of|due to)\b))"
    ),
    re.compile(r"(?<![\w-])(?P<said>(?:NC-?17|PG-?1[35])|(?i:nc-17|pg-13))(?![\w-])"),
    re.compile(
        r"(?:\b(?:it['’]?s|this is|call it|say|at|about|than|above|strictly|is) (?:a )?)(?P<said>PG|K\+)(?![\w-])"
    ),
)
_COUNTED = re.compile(
    r"(?P<said>\d{1,3}(?:,\d{3})+|\d{2,6}|\d{1,3}(?:\.\d)?k)(?:\+|-ish)?[ -]?(?:words?|wds)\b"
    r"(?! (?:max\w*|limit|minimum|or (?:less|fewer|under)|a day|each|per)\b)",
    re.IGNORECASE,
)
_SORT = (
    r"(?:(?:[Ff]an|[Ss]ong|[Dd]eath|[Cc]rack)?[ -]?[Ff]ic(?:s|let|lets)?\b|[Oo]ne-?shot\b|[Ff]andom\b"
    r"|[Ff]an[ -]?[Ff]iction\b)"
)
_PART = r"[A-Z0-9][\w'’!&:+-]*"
_MORE = rf"(?: (?:(?:of|the|and|in|at|on|to|for|from|with|&|de|la)(?: the)? )?{_PART})"
_NAME = rf"(?P<said>{_PART}{_MORE}{{0,5}})(?<!:)"
_NAMES = rf"(?P<said>{_PART}{_MORE}{{1,5}})(?<!:)"
_TALE = r"(?:[Ss]tory|[Tt]ale|[Vv]ignette|[Dd]rabbles?)\b"
_BEFORE = (
    r"\b(?:[Aa]n?|[Mm]y|[Aa]nother|[Tt]he|[Ff]irst|[Oo]ther|[Ss]econd|[Mm]ore|[Ss]ome|[Nn]ew|[Oo]ld|[Ll]ittle|[Ss]hort"
    r"|[Tt]iny|[Ss]illy|[Ll]ong)"
)
_OF_A_WORLD = (
    re.compile(rf"{_BEFORE} {_NAME} {_SORT}"),
    re.compile(rf"^\W{{0,3}}{_NAME} {_SORT}"),
    re.compile(rf"{_BEFORE} {_NAMES} {_TALE}"),
    re.compile(
        rf"\b(?:fan ?)?(?:fic(?:tion)?|story) based on (?:the )?(?:(?:show|series|film|movie|book|game)s? )?{_NAME}"
    ),
    re.compile(rf"\b(?:set|takes place|happens) in (?:the )?{_NAME}(?: ?-?(?:uni)?verse| world| fandom)\b"),
    re.compile(rf"\b(?:in|into|for|to) the {_NAME} (?:fandom|universe|verse)\b"),
    re.compile(rf"\b[Ff]andom (?:is|here is|was)[:,]? (?:the )?{_NAME}"),
)
_NO_WORLD = re.compile(
    r"(?:i|christmas|x-?mas|yuletide|halloween|valentine'?s?(?: day)?|easter|holiday|birthday|secret santa|new year'?s?"
    r"|au|ah|mary sue|gen|het|slash|femslash|pwp|drabble|fan|pg|pg-13|r|nc-17|g|k\+?|t|m|h/c|ooc|wip|pov|one|two|three"
    r"|first|second|third|next|last|this|that|my|your|his|her|their|our|the|a|an|english|french|german|spanish"
    r"|(?:sun|mon|tues|wednes|thurs|fri|satur)day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|summer|winter|autumn|spring|so|anyway|and|but|just|another|here|ok|okay|well|note|warning"
    r"|disclaimer|chapter|part|crossover|archive|livejournal|tumblr|dreamwidth|ao3|ffn?|\d+)(?: .{1,3})?",
    re.IGNORECASE,
)
_GATHERED = re.compile(r"\s+(?:group|list|archive|board|club|community|forum|index|site|page|wiki)s?\b", re.IGNORECASE)
_PAIRED = re.compile(
    r"(?<![\w/&'’-])(?P<said>[A-Z][\w.'’-]{1,20}(?: [A-Z][a-z'’-]{1,20})?(?:\s?/\s?| [xX] )[A-Z][\w'’-]{1,20}"
    r"(?: [A-Z][a-z'’-]{1,20})?)(?![\w/-])"
)
_RATING_SIGNS = ("nc", "pg", "rat", "k+", " for ", "fr", " due", " because")
_WORD_SIGNS = ("word", "wds")


def told_in(text: str) -> Iterator[Told]:
    """Ratings, counts of words, worlds and couples that a text speaks of, the surest of each first."""
    text = text[:LONGEST]
    lowered = text.lower()
    if holds_any(lowered, _RATING_SIGNS):
        for pattern in _RATED:
            yield from (Told(Field.RATING, *found.span("said")) for found in pattern.finditer(text))
    if holds_any(lowered, _WORD_SIGNS):
        yield from (Told(Field.WORDCOUNT, *found.span("said")) for found in _COUNTED.finditer(text))
    for pattern in _OF_A_WORLD:
        for found in pattern.finditer(text):
            if not _NO_WORLD.fullmatch(found["said"]) and not _GATHERED.match(text, found.end()):
                yield Told(Field.FANDOM, *found.span("said"))
    yield from (Told(Field.RELATIONSHIP, *found.span("said")) for found in _PAIRED.finditer(text))
