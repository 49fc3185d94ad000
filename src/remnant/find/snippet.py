"""The piece of a text that best shows why it was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remnant.find.query import Query
from remnant.find.words import placed, words
from remnant.model import Snippet

_OVERLAP = 300
"""Stretches overlap by this or twice the longest phrase, so that a phrase across their ends is whole in one."""

_CUT = "…"

_Hit = tuple[int, int]
"""Where a phrase stands, in characters of its stretch."""


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a text that will be shown, with the hits in it."""

    text: str
    start: int
    end: int
    hits: tuple[_Hit, ...]


def snippet(text: str, query: Query, width: int = 240) -> Snippet | None:
    """About `width` characters with most of what was wanted, hits marked; None if the text has none of it.

    Give it veiled text only: it shows what it is given.
    """
    best = _best_stretch(text, query.phrases)
    if best is None:
        return None
    start, stretch = best
    window = _window(stretch, _hits(stretch, query.phrases), width)
    before = _CUT if start + window.start > 0 else ""
    after = _CUT if start + window.end < len(text) else ""
    return Snippet(tuple(_pieces(window, before, after)))


def _best_stretch(text: str, phrases: tuple[tuple[str, ...], ...]) -> tuple[int, str] | None:
    """The first stretch with the most of the phrases, and where it starts."""
    best: tuple[int, str] | None = None
    most = 0
    longest = max((sum(map(len, phrase)) + len(phrase) for phrase in phrases), default=0)
    for start, stretch in _stretches(text, max(_OVERLAP, 2 * longest)):
        found = f" {' '.join(words(stretch))} "
        count = sum(f" {' '.join(phrase)} " in found for phrase in phrases)
        if count > most:
            best, most = (start, stretch), count
        if most == len(phrases):
            break
    return best


def _stretches(text: str, overlap: int) -> Iterator[tuple[int, str]]:
    """Overlapping stretches of the text, cut between words where there are any."""
    start = 0
    while True:
        end = _between_words(text, start + 4 * overlap)
        yield start, text[start:end]
        if end >= len(text):
            return
        start = max(start + 1, _between_words(text, end - overlap))


def _between_words(text: str, at: int) -> int:
    """The first white space from here on, within reason."""
    for place in range(at, min(at + 80, len(text))):
        if text[place].isspace():
            return place
    return min(at, len(text))


def _hits(stretch: str, phrases: tuple[tuple[str, ...], ...]) -> tuple[_Hit, ...]:
    """Where the phrases stand, in order; of overlapping ones, all that they cover is one hit."""
    there = list(placed(stretch))
    found = [word for word, _, _ in there]
    hits = sorted(
        (there[at][1], there[at + len(phrase) - 1][2])
        for phrase in phrases
        for at in range(len(found) - len(phrase) + 1)
        if tuple(found[at : at + len(phrase)]) == phrase
    )
    return tuple(_joined(hits))


def _joined(hits: list[_Hit]) -> Iterator[_Hit]:
    while hits:
        start, end = hits.pop(0)
        while hits and hits[0][0] < end:
            end = max(end, hits.pop(0)[1])
        yield start, end


def _window(stretch: str, hits: tuple[_Hit, ...], width: int) -> _Window:
    """The part of the stretch, about `width` long, in which most hits begin; the hits stand a little way in."""
    first = max(hits, key=lambda hit: (sum(hit[0] <= other[0] < hit[0] + width // 2 for other in hits), -hit[0]))
    start = max(0, first[0] - width // 3)
    start = _after_space(stretch, start, first[0]) if start else 0
    end = max(first[1], min(len(stretch), start + width))
    if end < len(stretch):
        end = max(first[1], stretch.rfind(" ", start, end))
    inside = tuple((begin, min(stop, end)) for begin, stop in hits if start <= begin < end)
    return _Window(stretch, start, end, inside)


def _after_space(text: str, start: int, end: int) -> int:
    space = text.find(" ", start, end)
    return start if space < 0 else space + 1


def _pieces(window: _Window, before: str, after: str) -> Iterator[tuple[str, bool]]:
    """The window as text and hits by turns, white space of any kind as one space."""
    at, text = window.start, before
    for start, end in window.hits:
        yield from _piece(text + window.text[at:start], hit=False)
        yield from _piece(window.text[start:end], hit=True)
        at, text = end, ""
    yield from _piece(text + window.text[at : window.end] + after, hit=False)


def _piece(text: str, *, hit: bool) -> Iterator[tuple[str, bool]]:
    plain = "".join(" " if mark.isspace() else mark for mark in text)
    while "  " in plain:
        plain = plain.replace("  ", " ")
    if plain:
        yield plain, hit
