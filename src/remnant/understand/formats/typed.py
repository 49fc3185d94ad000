"""Emphasis as people type it where a text has none: _slanted_, *heavy*, **heavy**, /slanted/.

A sign is believed only if the whole text keeps to it: most of what opens is closed. Names with underscores, notes
under a star, paths, dividers and signs that stand alone stay as they are. One pass, one open sign of each kind at a
time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from remnant.model import Mark, Skip
from remnant.understand.draft import Line
from remnant.understand.formats.md_inline import Inline, Range
from remnant.understand.formats.source import Source
from remnant.understand.formats.sweep import Sweep
from remnant.understand.hints import holds_any

_SIGN = re.compile(r"([*_/])\1*+")
_ADDRESS = re.compile(r"\w+://\S++|\bwww\.\S++", re.IGNORECASE)
_MEANS = {
    "_": Mark.EMPHASIS,
    "/": Mark.EMPHASIS,
    "*": Mark.EMPHASIS,
    "**": Mark.STRONG,
    "__": Mark.STRONG,
}
_FEWEST = {"_": 1, "*": 1, "**": 1, "__": 1, "/": 3}
"""Pairs by which a text shows that it means a sign."""
_LONGEST = {"_": 5000, "*": 5000, "**": 500, "__": 500, "/": 500}
"""Characters between two signs."""
_STRAYS = 5
"""Pairs to one sign that is left over, at least."""
_BEFORE_WORDS = frozenset("\"'“‘«„([{¡¿…$£€#—–-")
_BEHIND_WORDS = frozenset("\"'”’»“)]}.,;:!?…%—–-")
_LETTER = re.compile(r"[^\W_]")
_NAME = re.compile(r"[a-z0-9-]+")
_NAMED = re.compile(r"(?:\b(?:by|from|author|beta|to|for|thanks|user|lj|name|aka)\b\W*|^\W*)$", re.IGNORECASE)
_TOLD = re.compile(r"[\"“”]|[.!?…]\W*$")
_SHORT = 60
"""Characters of a line in which one word between underscores may be what somebody calls himself."""
_NEVER = frozenset({"at", "dot"})
"""What stands between signs in an address that is hidden from machines."""


class _Pair(NamedTuple):
    sign: str
    start: int
    end: int
    """Where the opening sign begins, and where the closing one ends."""


def read(source: Source, lines: Sequence[Line]) -> tuple[list[Line], list[Skip]]:
    """The lines with emphasis for the signs that the text keeps to, and those signs as skips."""
    if not holds_any(source.text, "_*/"):
        return list(lines), []
    found: list[list[_Pair]] = []
    pairs: Counter[str] = Counter()
    strays: Counter[str] = Counter()
    for line in lines:
        found.append(list(_pairs(line.text, strays)))
        pairs.update(pair.sign for pair in found[-1])
    kept = {sign for sign, count in pairs.items() if count >= _FEWEST[sign] and strays[sign] * _STRAYS <= count}
    marks = {sign: frozenset({_MEANS[sign]}) for sign in kept}
    if "*" in kept and not kept.isdisjoint("_/"):
        marks["*"] = frozenset({Mark.STRONG})
    told = list(lines)
    skips: list[Skip] = []
    for at, those in enumerate(found):
        if believed := [pair for pair in those if pair.sign in kept]:
            sweep = Sweep(source, lines[at].text, [], _inline(believed, marks))
            told[at] = replace(lines[at], spans=tuple(sweep.spans(lines[at].spans)))
            skips += sweep.skips
    return told, skips


def _inline(pairs: Iterable[_Pair], marks: Mapping[str, frozenset[Mark]]) -> Inline:
    signs: list[tuple[int, int]] = []
    ranges: list[Range] = []
    for pair in pairs:
        wide = len(pair.sign)
        signs += [(pair.start, pair.start + wide), (pair.end - wide, pair.end)]
        ranges.append(Range(pair.start + wide, pair.end - wide, marks[pair.sign]))
    return Inline(tuple(sorted(signs)), tuple(ranges))


def _pairs(text: str, strays: Counter[str]) -> Iterator[_Pair]:
    """What stands between two signs of one kind; signs that open or close nothing are counted as strays."""
    opened: dict[str, int] = {}
    for sign, start, end in _signs(text):
        before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
        closes = _ends_a_word(before, after)
        opens = not closes and _begins_a_word(before, after)
        if closes and sign in opened:
            first = opened.pop(sign)
            if _is_emphasis(text, sign, first, end):
                yield _Pair(sign, first, end)
        elif closes or opens:
            strays[sign] += 1 if closes or sign in opened else 0
            if opens:
                opened[sign] = start
    strays.update(opened.keys())


def _signs(text: str) -> Iterator[tuple[str, int, int]]:
    """The signs that might mean emphasis, not those in an address of the web."""
    if not holds_any(text, "*_/"):
        return
    passed = [found.span() for found in _ADDRESS.finditer(text)] if "://" in text or "www." in text.lower() else []
    at = 0
    for found in _SIGN.finditer(text):
        start, end = found.span()
        while at < len(passed) and passed[at][1] <= start:
            at += 1
        if found[0] in _MEANS and not (at < len(passed) and passed[at][0] <= start):
            yield found[0], start, end


def _begins_a_word(before: str, after: str) -> bool:
    return not before.isalnum() and before not in "@_*/\\" and (after.isalnum() or after in _BEFORE_WORDS)


def _ends_a_word(before: str, after: str) -> bool:
    return (before.isalnum() or before in _BEHIND_WORDS) and not after.isalnum() and after not in "@_*/\\"


def _is_emphasis(text: str, sign: str, start: int, end: int) -> bool:
    inner = text[start + len(sign) : end - len(sign)]
    if len(inner) > _LONGEST[sign] or (sign == "/" and "/" in inner) or not _LETTER.search(inner[:200]):
        return False
    if inner.lower() in _NEVER:
        return False
    return not (sign == "_" and len(text) <= _SHORT and _is_called(text, inner, start, end))


def _is_called(text: str, inner: str, start: int, end: int) -> bool:
    """Whether a word is what somebody calls himself: "by _lamplight_", or that alone on its line."""
    if not _NAME.fullmatch(inner) or _TOLD.search(text):
        return False
    found = _NAMED.search(text[:start])
    return found is not None and (found[0].strip() != "" or end >= len(text.rstrip()))
