"""Ratings of every system on one scale of four, beside "not rated"; where several are named, the highest counts."""

from __future__ import annotations

import re

SCALE = ("general", "teen", "mature", "explicit")
NOT_RATED = "not rated"

_NAMES = {
    "general": (
        "general audiences|general|gen|g|k|k+|k plus|pg|all|all ages|all audiences|everyone|everybody|family|e|e10"
        "|e10+|u|uc"
        "|fiction k|fiction k+|frc|frk|fr7|tv-y|tv-y7|tv-g|tv-pg|0|0+|6|6+|7|7+|9+|10+|p0|p6|fsk 0|fsk 6|child|children"
        "|safe|worksafe|work safe|sfw|clean|rated g|rated pg|tout public|tous publics|todos los publicos|apta|atp|verde"
    ),
    "teen": (
        "teen and up audiences|teen and up|teen & up|teen|teens|t|t+|pg-13|pg13|pg 13|pg-14|pg14|pg-15|pg15|pg 15"
        "|fiction t|frt"
        "|fr13|fr15|12|12+|12a|13|13+|14|14+|14a|tv-14|p12|fsk 12|ab 12|-12|-13|giallo|young adult|ya"
    ),
    "mature": (
        "mature|mature audiences|m|r|fiction m|frm|frmao|fr18|15|15+|16|16+|17|17+|pg-16|pg16|nc-16|nc16|hard r"
        "|strong r|soft r"
        "|light r|m15+|ma15+|ma-15|tv-ma|p16|fsk 16|ab 16|-16|arancione|restricted"
    ),
    "explicit": (
        "explicit|nc-17|nc17|nc 17|nc-18|nc18|nc-21|nc21|x|xx|xxx|ma|ao|a|adult|adults|adults only|adult only|18|18+"
        "|21|21+|r18"
        "|r18+|x18+|fiction ma|frao|fr21|p18|p18-avl|p18 avl|fsk 18|ab 18|-18|rosso|smut|lemon|porn|pwp"
    ),
    NOT_RATED: "not rated|unrated|nr|none|no rating|ohne|sans|keine",
}
_LEVEL_OF = {name: level for level, names in _NAMES.items() for name in names.split("|")}

_BETWEEN = re.compile(
    r"[,;/()\[\]–—]|->|[:!.](?=\s|$)|\s-\s|\s(?:to|through|thru|and|or|but|then|with|bis|und|oder|à|et|a|y)(?=\s)"
    r"|\s(?:for|because|due|in|on|later|overall|this|eventual\w*|probably|at|just|wegen|pour|por|as|between)\b"
)
"""What stands between two ratings, or between a rating and its reason."""

_HEDGES = re.compile(
    r"^(?:(?:rated|rating|but|will be|may be|becoming|rising|up|goes|solid|fiction rated|a|an|very|quite|mostly|maybe"
    r"|probably|possibly|about|approx\.?|around|strong"
    r"|hard|high"
    r"|low|mild|soft|light|barely|eventual(?:ly)?|later|light)\s++)+|(?:[- ]?ish|\s++(?:rated|rating))$"
)
_SIGNS = re.compile(r"\b(nc-?1[678]|pg-?1[345]|pg|explicit|mature|teen|general)\b", re.IGNORECASE)


def level_of(value: str) -> str | None:
    """The level that a rating says, or NOT_RATED; None where it is of no system we know: unknown is not harmless."""
    key = _key(value)
    if whole := _LEVEL_OF.get(key):
        return whole
    levels = [level for piece in _BETWEEN.split(key) if (level := _level_of(piece))]
    levels = levels or [_LEVEL_OF[sign.lower()] for sign in _SIGNS.findall(value)]
    return _highest(levels)


def is_level(text: str) -> bool:
    """Whether this is the name of a level and nothing else."""
    return _key(text) in _LEVEL_OF


def _key(value: str) -> str:
    return " ".join(value.lower().replace("’", "'").strip(" .!*_[]()\"'").split())


def _level_of(piece: str) -> str | None:
    bare = piece.strip(" .!*_[]()\"'")
    return _LEVEL_OF.get(bare) or _LEVEL_OF.get(_HEDGES.sub("", bare).strip())


def _highest(levels: list[str]) -> str | None:
    rated = [level for level in levels if level != NOT_RATED]
    return max(rated, key=SCALE.index) if rated else next(iter(levels), None)
