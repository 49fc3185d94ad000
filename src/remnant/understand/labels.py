"""The labels of header blocks, as four decades of archives, lists and sites have written them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from remnant.model import Field, Role
from remnant.understand.alternatives import any_of
from remnant.understand.label_names import NAMES, SAID_IN_STORIES


@dataclass(frozen=True, slots=True)
class Label:
    """What a label announces; a `strong` one is hardly ever said in a story."""

    name: str
    field: Field | None
    role: Role
    strong: bool = True


LABELS: dict[str, Label] = {
    name: Label(name, field, role, name not in SAID_IN_STORIES)
    for (field, role), names in NAMES.items()
    for name in names.split("|")
}

_SHAPES = {" ": r"[ \t]+", "'": "['’´`]"}

TAG_LEFT_IN = (
    r"(?:\[/?[A-Za-z]{1,6}(?:=[^\[\]]{0,20})?\]"
    r"|</?(?:[biu]|em|strong|font|center|span|div|p|br|tt|big|small|h[1-6])(?:[ =/][^<>]{0,20})?>)"
)
"""A tag of a forum or a page that was left in the text, where it sets letters or lines; a title may hold others."""
_NAMED = (
    rf"(?<![\w'’])(?P<label>{any_of(LABELS, _SHAPES)})(?:\(s\)|\(es\))?[ \t*_]*(?:\(\w+\))?"
    rf"{TAG_LEFT_IN}{{0,3}}[*_ \t]*"
)

LABEL = re.compile(rf"{_NAMED}(?P<sign>[:=])", re.IGNORECASE)
"""A label and its sign, wherever it stands; who uses it says what may stand before."""


@cache
def bracketed() -> re.Pattern[str]:
    """A label that opens a bracket: there a dash will do. Seldom asked for, so made when it is."""
    return re.compile(rf"[\s*_]*[\[<{{][\s*_]*{_NAMED}(?P<sign>[-–—])\s", re.IGNORECASE)


@cache
def dashed() -> re.Pattern[str]:
    """A label with a dash, where a whole block is written so."""
    return re.compile(rf"[\s*_]*{_NAMED}(?P<sign>[-–—])\s+", re.IGNORECASE)


def named_with(sign: str) -> str:
    """A label at the very beginning and another sign behind it, as a pattern."""
    return rf"[\s*_]*{_NAMED}(?P<sign>{sign})(?=\S)"


_APOSTROPHES = str.maketrans("’´`", "'''")
_SPACES = re.compile(r"[ \t]+")


def label_of(found: re.Match[str]) -> Label:
    """The label a match of `LABEL` speaks of. In a proforma of Key=Value, "Name=" is the story's."""
    name = _SPACES.sub(" ", found["label"].translate(_APOSTROPHES).lower())
    return LABELS["title" if name == "name" and found["sign"] == "=" else name]
