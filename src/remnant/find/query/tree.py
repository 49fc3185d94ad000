"""What a question means, whoever answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand one after the other in the story, its notes, its title or its labels; often only one."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A value of a field that contains each of these runs of words, or with `exact` is the first of them."""

    field: str
    parts: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`, both included; None is open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """A date that may lie between two days (`YYYY-MM-DD`), both included; None is open.

    In a bound, month and day may be 00 (before the first) or 99 (after the last). A date known only by its year or
    month counts when every day that it may be lies between them.
    """

    field: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class Untitled:
    """A work that nobody has given a title."""


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class All:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    nodes: tuple[Node, ...]


Node = Text | Match | Number | Day | Untitled | Not | All | Any


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for (None: everything), and plain sentences on what was ignored and what would work."""

    node: Node | None = None
    notes: tuple[str, ...] = ()

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        """The runs of words that a match may have, for marking them in a text."""
        return tuple(dict.fromkeys(text.words for text in _wanted(self.node)))


EVERYTHING = Query()


def matches_in(node: Node | None) -> Iterator[Match]:
    """Every value that is asked for or refused, wherever it stands in a question."""
    if isinstance(node, Match):
        yield node
    elif isinstance(node, Not):
        yield from matches_in(node.node)
    elif isinstance(node, All | Any):
        for inner in node.nodes:
            yield from matches_in(inner)


def _wanted(node: Node | None) -> Iterator[Text]:
    if isinstance(node, Text):
        yield node
    elif isinstance(node, All | Any):
        for inner in node.nodes:
            yield from _wanted(inner)
