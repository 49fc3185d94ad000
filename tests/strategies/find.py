"""Entries, questions, and an index in plain Python that says what the right answer is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from hypothesis import strategies as st

from remnant.find.port import Answer, Count, Entry, Facet, Hit, Index, Question, Sort
from remnant.find.query import All, Any, Day, Match, Node, Not, Number, Query, Text, Untitled
from remnant.find.ranking import LEVEL, PHRASE, TOGETHER, WEIGHTS, prominent
from remnant.find.words import key, name, words
from remnant.model import Strength

OPEN, VEILED, SEALED = "open", "veiled", "sealed"


@dataclass(frozen=True)
class Looking:
    """Eyes of a test: what they see of each guard is written down; a guard that nobody named is hidden."""

    seen: frozenset[tuple[str, Strength]]
    opened: frozenset[str] = frozenset()
    minded: tuple[tuple[str, str, Strength], ...] = ()
    apart: bool = False

    def sees(self, guard: str) -> Strength:
        return dict(self.seen).get(guard, Strength.HIDDEN)

    def sees_value(self, facet: str, value: str) -> Strength:
        return max((s for f, v, s in self.minded if (f, v) == (facet, value)), default=Strength.OPEN)

    @property
    def wary(self) -> frozenset[str]:
        return frozenset(facet for facet, _, _ in self.minded)

    def at(self, entry: Entry) -> Strength:
        """What the contract says of a whole entry."""
        values = [(facet, value) for facet in self.wary for value in _values_of(entry, facet)]
        strength = max([*map(self.sees, entry.guards), *(self.sees_value(*each) for each in values)])
        return Strength.OPEN if strength is Strength.VEILED and entry.work in self.opened else strength


def looking(*passed: str, veiled: tuple[str, ...] = (), opened: tuple[str, ...] = ()) -> Looking:
    seen = [(guard, Strength.OPEN) for guard in passed] + [(guard, Strength.VEILED) for guard in veiled]
    return Looking(frozenset(seen), frozenset(opened))


BEGINNING = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)

WORDS = ["dragon", "Dragon’s", "half-blood", "café", "cafe", "don't", "the", "東京", "wyvern", "tower", "a", "…"]
VALUES = ["Torchwood", "torchwood", "Doctor Who", "Doctor Who (2005)", "Jack/Ianto", "Jack & Ianto", "♥", "Café"]
DATES = ["2009", "2009-03", "2009-03-12", "2010-01", "2008-12-31", "yesterday"]


class Engine(Protocol):
    """The doors of one kind of index: what a second one must offer to be held to the same tests."""

    def create(self, folder: Path) -> None: ...

    def open_to_read(self, folder: Path) -> Index: ...

    def open_to_write(self, folder: Path) -> Index: ...

    def making_again(self, folder: Path) -> AbstractContextManager[Index]: ...


def texts(most: int = 12) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(WORDS), max_size=most).map(" ".join)


def _values(most: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(VALUES), max_size=most).map(tuple)


@st.composite
def entries(draw: st.DrawFn, works: st.SearchStrategy[str] | None = None) -> Entry:
    """An entry with many values shared with its neighbours, so that questions find several."""
    named = {facet: draw(_values(2)) for facet in draw(st.sets(st.sampled_from(list(Facet)), max_size=4))}
    return Entry(
        work=draw(works or st.sampled_from([f"{letter}{digit}" for letter in "abc" for digit in "0123"])),
        guards=tuple(draw(st.lists(st.sampled_from([OPEN, OPEN, OPEN, VEILED, SEALED]), min_size=1, max_size=3))),
        card=draw(st.binary(max_size=6)),
        added=BEGINNING + timedelta(hours=draw(st.integers(0, 5)), microseconds=draw(st.integers(0, 1))),
        title=draw(st.none() | texts(3)),
        facets=named,
        words=draw(st.integers(0, 6)) * 1000,
        sections=draw(st.integers(0, 3)),
        published=draw(st.none() | st.sampled_from(DATES)),
        updated=draw(st.none() | st.sampled_from(DATES)),
        story=tuple(draw(st.lists(texts(), max_size=2))),
        notes=tuple(draw(st.lists(texts(4), max_size=2))),
        likeness=draw(st.binary(max_size=4)),
        traces=tuple(draw(st.lists(st.integers(0, 6) | st.just(2**62), max_size=4, unique=True))),
    )


def shelves(most: int = 12) -> st.SearchStrategy[list[Entry]]:
    return st.lists(entries(), max_size=most, unique_by=lambda entry: entry.work)


def _text_nodes() -> st.SearchStrategy[Node]:
    return texts(3).map(words).filter(bool).map(lambda found: Text(tuple(found)))


def _match(facet: str, value: str, exact: bool) -> Match | None:
    parts = (name(value),) if exact else tuple(" ".join(words(part)) for part in value.split("/") if words(part))
    return Match(facet, parts, exact) if parts and parts[0] else None


def _matches() -> st.SearchStrategy[Node]:
    fields = st.sampled_from([*(facet.value for facet in Facet), "title"])
    made = st.builds(_match, fields, st.sampled_from([*VALUES, *WORDS, "who"]), st.booleans())
    return made.filter(lambda node: node is not None).map(lambda node: node or Untitled())


def _ends(bounds: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str | None, str | None]]:
    return st.tuples(st.none() | bounds, st.none() | bounds).filter(any)


def leaves() -> st.SearchStrategy[Node]:
    numbers = st.builds(Number, st.sampled_from(["words", "sections"]), st.integers(0, 4000), st.integers(0, 6000))
    bounds = st.sampled_from(["2009-03-00", "2009-03-99", "2009-00-00", "2010-99-99", "2001-02-03"])
    days = st.builds(
        lambda day_field, ends: Day(day_field, *ends), st.sampled_from(["added", "published", "updated"]), _ends(bounds)
    )
    return st.one_of(_text_nodes(), _text_nodes(), _matches(), numbers, days, st.just(Untitled()))


def queries() -> st.SearchStrategy[Query]:
    """Any shape that parsing can give, and some that it cannot."""

    def larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return inner.map(Not) | several.map(All) | several.map(Any)

    return st.builds(Query, st.none() | st.recursive(leaves(), larger, max_leaves=4))


def eyes() -> st.SearchStrategy[Looking | None]:
    """Readers who see one thing more than another, with wishes and works they opened; and the library itself."""
    minded = st.tuples(st.just("tag"), st.sampled_from(VALUES), st.sampled_from([Strength.VEILED, Strength.HIDDEN]))
    strict = st.builds(
        Looking,
        st.fixed_dictionaries({OPEN: st.just(Strength.OPEN)}, optional={VEILED: st.sampled_from(Strength)}).map(
            lambda seen: frozenset(seen.items())
        ),
        st.frozensets(st.sampled_from(["a0", "a1", "b2"]), max_size=2),
        st.lists(minded, max_size=2).map(tuple),
    )
    return st.one_of(strict, strict, st.none())


def questions() -> st.SearchStrategy[Question]:
    return st.builds(
        Question,
        eyes=eyes(),
        query=queries(),
        sort=st.sampled_from(Sort),
        page=st.integers(1, 3),
        size=st.integers(1, 5),
        counted=st.just(tuple(Facet)),
        values=st.integers(1, 4),
    )


@dataclass
class Reference:
    """An index that is too slow and too simple to be wrong."""

    held: dict[str, Entry] = field(default_factory=dict)

    def put(self, many: Iterable[Entry]) -> None:
        self.held.update({entry.work: entry for entry in many})

    def search(self, question: Question) -> Answer:
        node = question.query.node
        eyes = question.eyes
        assert eyes is None or isinstance(eyes, Looking)
        visible = [e for e in self.held.values() if eyes is None or eyes.at(e) is Strength.OPEN]
        veiled = [e for e in self.held.values() if eyes is not None and eyes.at(e) is Strength.VEILED]
        found = [entry for entry in visible if node is None or matches(node, entry)]
        found.sort(key=lambda entry: (*_order(entry, question), entry.work))
        first = (question.page - 1) * question.size
        hits = tuple(Hit(entry.work, entry.card) for entry in found[first : first + question.size])
        facets = {facet: tuple(_counts(found, facet))[: question.values] for facet in question.counted}
        return Answer(hits, len(found), facets, len(veiled) if node is None else 0)


def matches(node: Node, entry: Entry) -> bool:
    match node:
        case Not(node=inner):
            return not matches(inner, entry)
        case All(nodes=nodes):
            return all(matches(inner, entry) for inner in nodes)
        case Any(nodes=nodes):
            return any(matches(inner, entry) for inner in nodes)
        case Untitled():
            return entry.title is None
        case Number(low=low, high=high):
            number = entry.words if node.field == "words" else entry.sections
            return (low is None or number >= low) and (high is None or number <= high)
        case Text(words=asked):
            return bool(_places(asked, entry))
        case Day():
            return _day_matches(node, entry)
    return any(_value_matches(node, value) for value in _values_of(entry, node.field))


def _values_of(entry: Entry, asked: str) -> Iterator[str]:
    if asked == "title":
        yield from () if entry.title is None else (entry.title,)
    else:
        seen: dict[str, str] = {}
        for value in entry.facets.get(Facet(asked), ()):
            seen.setdefault(name(value), value)
        yield from seen.values()


def _value_matches(node: Match, value: str) -> bool:
    return name(value) == node.parts[0] if node.exact else all(f" {part} " in key(value) for part in node.parts)


def _day_matches(node: Day, entry: Entry) -> bool:
    value = _date({"added": entry.added.isoformat()[:10], "published": entry.published}.get(node.field, entry.updated))
    if value is None:
        return False
    least, most = value + "-00-00"[len(value) - 4 :], value + "-99-99"[len(value) - 4 :]
    return (node.low is None or least >= node.low) and (node.high is None or most <= node.high)


def _date(value: str | None) -> str | None:
    return value if value and value[0].isdigit() else None


def _fields(entry: Entry) -> dict[str, tuple[str, ...]]:
    people = entry.facets.get(Facet.AUTHOR, ()) + entry.facets.get(Facet.SERIES, ())
    labels = (Facet.FANDOM, Facet.CHARACTER, Facet.RELATIONSHIP, Facet.TAG)
    return {
        "name": (*(() if entry.title is None else (entry.title,)), *people),
        "label": tuple(value for facet in labels for value in entry.facets.get(facet, ())),
        "story": entry.story,
        "notes": entry.notes,
    }


def _stands_in(asked: tuple[str, ...], chunk: str) -> bool:
    found = words(chunk)
    return any(tuple(found[at : at + len(asked)]) == asked for at in range(len(found)))


def _places(asked: tuple[str, ...], entry: Entry) -> list[str]:
    return [place for place, chunks in _fields(entry).items() if any(_stands_in(asked, chunk) for chunk in chunks)]


def score(node: Node, entry: Entry) -> int:
    """What `find.ranking` says the entry is worth, of what asks for words only."""
    match node:
        case All(nodes=nodes):
            alone = [inner.words[0] for inner in nodes if isinstance(inner, Text) and len(inner.words) == 1]
            together = len(alone) > 1 and any(_stands_in(tuple(alone), chunk) for chunk in entry.story)
            return sum(score(inner, entry) for inner in nodes) + (TOGETHER if together else 0)
        case Any(nodes=nodes):
            return sum(score(inner, entry) for inner in nodes if matches(inner, entry))
        case Text(words=asked):
            worth = sum(WEIGHTS[place] for place in _places(asked, entry))
            return worth * PHRASE if len(asked) > 1 else worth + LEVEL * _levels(asked[0], entry)
    return 0


def _levels(word: str, entry: Entry) -> int:
    counts = Counter(found for chunk in entry.story for found in words(chunk))
    return sum(word in reached for _, reached in prominent(counts))


def wordy(node: Node) -> bool:
    if isinstance(node, Not):
        return wordy(node.node)
    return all(map(wordy, node.nodes)) if isinstance(node, All | Any) else isinstance(node, Text)


def _needed(node: Node | None) -> Node | None:
    """The words that every match must have; None if the question has none, so that there is no relevance."""
    parts = node.nodes if isinstance(node, All) else (node,) if node else ()
    asked = tuple(part for part in parts if wordy(part))
    if all(isinstance(part, Not) for part in asked):
        return None
    return asked[0] if len(asked) == 1 else All(asked)


def _order(entry: Entry, question: Question) -> tuple[object, ...]:
    sort, needed = question.sort, _needed(question.query.node)
    if sort is Sort.RELEVANCE and needed is not None:
        return (-score(needed, entry),)
    if sort in (Sort.TITLE, Sort.AUTHOR):
        given = entry.title if sort is Sort.TITLE else next(iter(entry.facets.get(Facet.AUTHOR, ())), None)
        shown = (" ".join(words(given)) or name(given)) if given else ""
        return (not shown, shown)
    if sort is Sort.WORDS:
        return (-entry.words,)
    if sort is Sort.UPDATED:
        since = _date(entry.updated) or _date(entry.published)
        return (-int((since or "0").replace("-", "").ljust(8, "0")),)
    return (BEGINNING - entry.added,)


def _counts(found: list[Entry], facet: Facet) -> Iterator[Count]:
    spelled = Counter(value for entry in found for value in _values_of(entry, facet.value))
    merged: Counter[str] = Counter()
    for value, works in spelled.items():
        merged[name(value)] += works
    for each, works in sorted(merged.items(), key=lambda item: (-item[1], item[0])):
        yield Count(min((value for value in spelled if name(value) == each), key=lambda v: (-spelled[v], v)), works)
