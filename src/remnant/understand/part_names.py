"""Parts of a canon as people number them: "3x04", "season 2 finale", "Staffel 1-3", "books one to five"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from remnant.model import NameKind, PartName


@dataclass(frozen=True, slots=True)
class Numbered:
    """Parts named by number or place, and where in the text that stands."""

    start: int
    end: int
    names: tuple[PartName, ...]


def numbered_in(text: str, start: int, end: int) -> Iterator[Numbered]:
    """Every such name in a stretch, in order; none lies inside another."""
    for match in _any().finditer(text, start, end):
        rule = _RULES[match.lastgroup or ""]
        names = rule(match[0])
        if names:
            yield Numbered(match.start(), match.end(), names)


_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
_ORDINALS = (
    "first|1st|erste[nrs]?|premi[eè]re?s?|1[eè]re|primer[ao]?s?",
    "second|2nd|zweite[nrs]?|deuxi[eè]mes?|seconde?|segund[ao]s?",
    "third|3rd|dritte[nrs]?|troisi[eè]mes?|tercer[ao]?s?",
    "fourth|4th|vierte[nrs]?|quatri[eè]mes?|cuart[ao]s?",
    "fifth|5th|f[uü]nfte[nrs]?|cinqui[eè]mes?|quint[ao]s?",
    "sixth|6th|sechste[nrs]?|sixi[eè]mes?|sext[ao]s?",
    "seventh|7th|siebte[nrs]?|septi[eè]mes?|s[eé]ptim[ao]s?",
    "eighth|8th|achte[nrs]?|huiti[eè]mes?|octav[ao]s?",
    "ninth|9th|neunte[nrs]?|neuvi[eè]mes?|noven[ao]s?",
    "tenth|10th|zehnte[nrs]?|dixi[eè]mes?|d[eé]cim[ao]s?",
    "eleventh|11th|elfte[nrs]?",
    "twelfth|12th|zw[oö]lfte[nrs]?",
    "thirteenth|13th",
    "fourteenth|14th",
    "fifteenth|15th",
)
_CARDINALS = {word: number for number, word in enumerate(_WORDS.split(), start=1)}
_ORDINAL = "|".join(_ORDINALS)
_NUMBER = rf"(?:\d{{1,4}}(?!\d|\s?[x×]\d|\.\d)|(?:{'|'.join(_CARDINALS)})\b)"

_KINDS = {
    NameKind.SEASON: r"seasons?|series|staffeln?|saisons?|temporadas?",
    NameKind.EPISODE: r"episodes?|eps?\b\.?|episoden?|folgen?|[eé]pisodes?|episodios?|cap[ií]tulos?",
    NameKind.BOOK: r"books?|novels?|b[aä]nde?s?|b[uü]ch(?:er)?s?|tomes?|livres?|libros?",
    NameKind.FILM: r"films?|movies?|filme|pel[ií]culas?",
    NameKind.CHAPTER: r"chapters?|chaps?\b\.?|ch\b\.?|kapitel|chapitres?",
    NameKind.VOLUME: r"volumes?|vols?\b\.?",
    NameKind.ISSUE: r"issues?",
    NameKind.GAME: r"games?|spiele?",
}
_UNIT = "|".join(_KINDS.values())
_SEASON = _KINDS[NameKind.SEASON]
_EPISODE = _KINDS[NameKind.EPISODE]
_UNIT_OF = {kind: re.compile(rf"(?:{words})\b", re.IGNORECASE) for kind, words in _KINDS.items()}

_TO = r"\s*+(?:->|→|[-–—]|\b(?:to|through|thru|until|till|bis|[aà])\b)\s*+"
_AND = r"\s*+(?:,\s*+(?:and\s++|&\s*+|und\s++)?|&|\+|/|\b(?:and|und|et|y)\b)\s*+"
_CODE = (
    r"(?:s\s?\d{1,2}\s?[,.]?\s?e(?:p(?:isode|\.)?)?\s?\d{1,3}|s?\d{1,2}\s?[x×]\s?\d{1,3}"
    r"|(?<![\d.])\d{1,2}\.\d\d(?![\d.]))(?![\dx×])"
)
_OF = r"\s*+(?:,|of|in|from|aus|von|der|de|la|du|del|the)?(?:\s++(?:the|der|de|la))?\s*+"
_SAID_NUMBER = rf"(?:{_NUMBER}|(?:{_ORDINAL})\b)"
_SEASON_SAID = rf"(?:(?:{_SEASON})\s*+{_NUMBER}|(?:{_ORDINAL})\s++(?:{_SEASON})\b|\bs\s?\d{{1,2}}\b)(?:['’]s)?"
_FINALE = r"(?:finales?|ender|closer|season[- ]ender|cliffhanger|last episode|final episode|finalfolge)"
_PREMIERE = r"(?:premi[eè]res?|opener|season[- ]opener|first episode|opening episode|pilot)"

_SHAPES = {
    "coded": rf"\b{_CODE}(?:{_TO}(?:{_CODE}|\d{{1,3}}\b))?",
    "spelled": rf"\b(?:{_SEASON})\s*+{_SAID_NUMBER}\s*+[,:.]?\s*+(?:{_EPISODE})\s*+{_NUMBER}",
    "inverted": rf"\b(?:{_EPISODE})\s*+{_NUMBER}{_OF}(?:the\s++)?{_SEASON_SAID}",
    "edge": rf"(?:\b{_SEASON_SAID}\s++(?:season\s++)?(?:{_FINALE}|{_PREMIERE})"
    rf"|\b(?:{_FINALE}|{_PREMIERE})\s++(?:of|from|in|to|der|de la)\s++(?:the\s++)?{_SEASON_SAID})\b",
    "ends": r"\b(?:(?:series|show)\s++(?:finale|pilot|premiere)|(?:final|last|very last) episode of the (?:series|show)"
    r"|pilot(?: episode)?|pilotfolge|first ever episode)\b",
    "letters": rf"\bs\s?\d{{1,2}}(?![\dx×])(?:(?:{_TO}|{_AND})(?:s\s?)?\d{{1,2}}\b(?!\s?[x×.]\d))*",
    "run": rf"\b(?:(?:the|all)\s++)?(?:first|all)\s++(?:of the\s++)?(?:{_NUMBER})\s++(?:{_UNIT})\b",
    "listed": rf"\b(?:{_UNIT})\s*+#?\s*+{_NUMBER}(?:(?:{_TO}|{_AND})(?:(?:{_UNIT})\s*+)?#?{_NUMBER})*",
    "ordinal": rf"\b(?:{_ORDINAL})(?:{_AND}(?:{_ORDINAL}))?\s++(?:{_UNIT})\b",
    "hashed": r"#\s?\d{1,4}\b",
}


@cache
def _any() -> re.Pattern[str]:
    """One pattern of all shapes; it is dear to make, and most files have no notice."""
    return re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES.items()), re.IGNORECASE)


def _numbers(text: str) -> list[int]:
    return [_number(found[0]) for found in _A_NUMBER.finditer(text)]


_A_NUMBER = re.compile(rf"\d+|\b(?:{'|'.join(_CARDINALS)}|{_ORDINAL})\b", re.IGNORECASE)
_ORDINAL_OF = [re.compile(rf"(?:{words})", re.IGNORECASE) for words in _ORDINALS]


def _number(word: str) -> int:
    if word.isdecimal():
        return int(word)
    if cardinal := _CARDINALS.get(word.lower()):
        return cardinal
    return next(number for number, shape in enumerate(_ORDINAL_OF, start=1) if shape.fullmatch(word))


def _coded(text: str) -> tuple[PartName, ...]:
    first, *more = _numbers(text)
    name = PartName(NameKind.EPISODE, first, more[0])
    if len(more) == 2:
        return (replace(name, to=PartName(NameKind.EPISODE, first, more[1])),)
    if len(more) == 3:
        return (replace(name, to=PartName(NameKind.EPISODE, more[1], more[2])),)
    return (name,)


def _spelled(text: str) -> tuple[PartName, ...]:
    season, episode = _numbers(text)[:2]
    return (PartName(NameKind.EPISODE, season, episode),)


def _inverted(text: str) -> tuple[PartName, ...]:
    episode, season = _numbers(text)[:2]
    return (PartName(NameKind.EPISODE, season, episode),)


_IS_FIRST = re.compile(r"premi[eè]re|opener|opening|pilot|first (?:ever )?episode", re.IGNORECASE)


def _edge(text: str) -> tuple[PartName, ...]:
    bare = _FIRST_EPISODE.sub("", text)
    season = _numbers(bare)
    return (PartName(NameKind.FIRST if _IS_FIRST.search(text) else NameKind.LAST, season[0]),) if season else ()


_FIRST_EPISODE = re.compile(r"first episode", re.IGNORECASE)


def _ends(text: str) -> tuple[PartName, ...]:
    return (PartName(NameKind.FIRST if _IS_FIRST.search(text) else NameKind.LAST),)


def _letters(text: str) -> tuple[PartName, ...]:
    return tuple(_listed_as(NameKind.SEASON, text))


def _run(text: str) -> tuple[PartName, ...]:
    """ "The first two seasons", "all seven books": from one on."""
    kind = _kind_in(text)
    count = _numbers(re.sub(r"\bfirst\b", "", text, flags=re.IGNORECASE))
    return (replace(_named(kind, 1), to=_named(kind, count[0])),) if count and count[0] > 1 else ()


def _listed(text: str) -> tuple[PartName, ...]:
    return tuple(_listed_as(_kind_in(text), text))


def _ordinal(text: str) -> tuple[PartName, ...]:
    return tuple(_named(_kind_in(text), number) for number in _numbers(text))


def _hashed(text: str) -> tuple[PartName, ...]:
    return (_named(NameKind.ISSUE, _numbers(text)[0]),)


_RANGE = re.compile(rf"({_A_NUMBER.pattern}){_TO}(?:(?:{_UNIT}|s)?\s*+#?)({_A_NUMBER.pattern})", re.IGNORECASE)


def _listed_as(kind: NameKind, text: str) -> Iterator[PartName]:
    at = 0
    for found in _RANGE.finditer(text):
        yield from (_named(kind, number) for number in _numbers(text[at : found.start()]))
        yield replace(_named(kind, _number(found[1])), to=_named(kind, _number(found[2])))
        at = found.end()
    yield from (_named(kind, number) for number in _numbers(text[at:]))


def _kind_in(text: str) -> NameKind:
    return next(kind for kind, shape in _UNIT_OF.items() if shape.search(text))


def _named(kind: NameKind, number: int) -> PartName:
    return PartName(kind, season=number) if kind is NameKind.SEASON else PartName(kind, number=number)


_RULES = {
    "coded": _coded,
    "spelled": _spelled,
    "inverted": _inverted,
    "edge": _edge,
    "ends": _ends,
    "letters": _letters,
    "run": _run,
    "listed": _listed,
    "ordinal": _ordinal,
    "hashed": _hashed,
}
