"""One text for how a notice names a part: `episode 3x04`, `season 2`, `last 2`, `title Exit Wounds`.

A range is two of them with ` .. ` between. It stands in the detail of a spoiler claim, under `parts`.
"""

from __future__ import annotations

import re

from remnant.model import NameKind, PartName

_RANGE = " .. "
_EPISODE = re.compile(r"(?:(\d{1,4})x)?(\d{1,5})")
_NUMBER = re.compile(r"\d{1,5}")


def to_text(name: PartName) -> str:
    """The text of a name; `from_text` reads it back."""
    first = f"{name.kind}{_rest(name)}"
    return first if name.to is None else f"{first}{_RANGE}{to_text(name.to)}"


def from_text(text: str) -> PartName:
    """Read a name back; ValueError for anything else."""
    first, between, last = text.partition(_RANGE)
    name = _one(first)
    if not between:
        return name
    return PartName(name.kind, name.season, name.number, name.title, _one(last))


def _rest(name: PartName) -> str:
    if name.kind is NameKind.TITLE:
        return f" {' '.join((name.title or '').replace('..', ' ').split())}"
    if name.kind is NameKind.EPISODE:
        return f" {name.number}" if name.season is None else f" {name.season}x{name.number or 0:02}"
    number = name.season if name.kind in _BY_SEASON else name.number
    return "" if number is None else f" {number}"


_BY_SEASON = frozenset({NameKind.SEASON, NameKind.FIRST, NameKind.LAST})
_ALONE = frozenset({NameKind.FIRST, NameKind.LAST, NameKind.ALL, NameKind.AIRED, NameKind.BOOK, NameKind.FILM})
"""Kinds that may stand without a number: `book` is all of them, `first` that of the whole canon."""


def _one(text: str) -> PartName:
    word, _, rest = text.partition(" ")
    kind = NameKind(word)
    if kind is NameKind.TITLE and rest.strip():
        return PartName(kind, title=rest.strip())
    if kind is NameKind.EPISODE and (found := _EPISODE.fullmatch(rest)):
        return PartName(kind, int(found[1]) if found[1] else None, int(found[2]))
    if not rest and kind in _ALONE:
        return PartName(kind)
    if not _NUMBER.fullmatch(rest) or kind in {NameKind.ALL, NameKind.AIRED, NameKind.TITLE, NameKind.EPISODE}:
        raise ValueError(f"No name of a part: {text[:80]!r}")
    return PartName(kind, season=int(rest)) if kind in _BY_SEASON else PartName(kind, number=int(rest))
