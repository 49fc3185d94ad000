"""What the package file of a maker's book says beside its pages: no fact twice, and none lost."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping

from remnant.model import Confidence, Field
from remnant.understand.dialects.places import other_fact
from remnant.understand.draft import Fact
from remnant.understand.facts import remark_of, series_of
from remnant.understand.normal import normal
from remnant.understand.sheet import Remark


def beside(
    facts: Iterable[Fact], said: Iterable[Remark], fields: Mapping[str, Field], others: Mapping[str, str]
) -> Iterator[Remark]:
    """What no page has said: of `fields` those that nobody spoke of, of `others` (names and labels) every new value."""
    told = tuple(said)
    heard = {remark.field for remark in told}
    values = {word for remark in told for word in _words(remark)}
    facts = tuple(facts)
    if Field.SERIES not in heard:
        yield from _series(facts)
    for fact in facts:
        if fact.name in fields and fields[fact.name] not in heard:
            yield from remark_of(fact, fields[fact.name], Confidence.STATED)
        elif fact.name in others and not _is_among(values, fact.value):
            values.add(_folded(fact.value))
            yield from other_fact(others[fact.name], fact)


def _series(facts: tuple[Fact, ...]) -> Iterator[Remark]:
    first = {fact.name: fact for fact in reversed(facts)}
    for fact in facts:
        if fact.name == "meta:calibre:series":
            yield from series_of(fact, first)


def _words(remark: Remark) -> Iterator[str]:
    yield _folded(remark.value)
    if remark.normalised is not None:
        yield _folded(remark.normalised)
    if isinstance(said := remark.detail.get("said"), str):
        yield _folded(said)


def _is_among(values: set[str], value: str) -> bool:
    """Whether it was said, perhaps under another of its names: escaped twice, or what the maker called it before."""
    if _folded(value) in values or _folded(html.unescape(value)) in values:
        return True
    known, _ = normal(Field.WARNING, value)
    return known is not None and known in values


def _folded(value: str) -> str:
    return " ".join(value.split()).casefold()
