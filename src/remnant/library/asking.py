"""Ask the library: search, filter, sort, count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from remnant.find import port
from remnant.find.query import EVERYTHING, Query, filter_for, parse
from remnant.find.query.tree import All, Any, Match, Node, Not, matches_in
from remnant.find.snippet import snippet
from remnant.library.cards import card_from_bytes
from remnant.library.even_pace import answering
from remnant.library.opening import Library
from remnant.model import PieceKind, Reader, Shown, Snippet, Work
from remnant.shield.showing import HiddenError

_KIND = "kind"
ASIDE = (PieceKind.LETTER.value, PieceKind.REVIEW.value)
"""Kinds that are no story and are many."""
_STANDS_ASIDE = Any(tuple(Match(_KIND, (kind,), exact=True) for kind in ASIDE))

FACETS = tuple(facet.value for facet in port.Facet)
"""What works are counted by."""

Sort = Literal["relevance", "title", "author", "added", "updated", "words"]
"""Words sort longest first, dates newest first, names from A; relevance without words asked for is `added`."""


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet and how many of the works found have it; `query` is the filter that narrows to it."""

    value: str
    works: int
    query: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of what was found. Hits are cards (no body), each with a snippet where words were asked for."""

    hits: tuple[Shown, ...]
    total: int
    page: int
    size: int
    facets: Mapping[str, tuple[Count, ...]]
    veiled: int
    """How many works are veiled, where nothing was asked; 0 else, since no question finds them."""
    notes: tuple[str, ...]
    """Plain sentences on what in the question was ignored or could not be honoured."""
    unasked: int = 0
    """How many works are veiled, where something was asked and nothing found: the same number whatever was asked."""
    aside: tuple[Count, ...] = ()
    """What matched as well and is no story, by kind, where the question asked for no kind; `query` asks for it too."""

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))


def search(
    library: Library,
    reader: Reader,
    text: str = "",
    *,
    sort: Sort = "relevance",
    page: int = 1,
    size: int = 24,
    facets: bool = True,
    letters: bool = False,
) -> Answer:
    """Find works; an empty text finds all. Never raises for what is asked, however odd.

    Letters and reviews stand aside unless `letters` or a kind is asked for: a mailing list has ten of them for each
    story.
    """
    query = parse(text)
    counted = tuple(port.Facet) if facets else ()
    eyes = library.seeing.eyes(reader)
    question = port.Question(eyes, query, port.Sort(sort), max(1, page), max(1, size), counted)
    with answering(library, eyes):
        aside = () if letters else _aside(library.index(), question, text)
        found = _search(library.index(), question, aside)
        unasked = _veiled(library.index(), question) if query.node is not None and not found.total else 0
    return Answer(
        hits=tuple(card for hit in found.hits if (card := _card(library, reader, query, hit)) is not None),
        total=found.total,
        page=question.page,
        size=question.size,
        facets={facet.value: _counts(facet, counts) for facet, counts in found.facets.items()},
        veiled=found.veiled,
        notes=query.notes,
        unasked=unasked,
        aside=aside,
    )


def values(
    library: Library, reader: Reader, facet: str, text: str = "", *, page: int = 1, size: int = 50
) -> tuple[tuple[Count, ...], bool]:
    """One page of the values of a facet among what the text finds, the commonest first, and whether there are more."""
    counted, last = port.Facet(facet), max(1, page) * size
    eyes = library.seeing.eyes(reader)
    question = port.Question(eyes, parse(text), size=1, counted=(counted,), values=last + 1)
    with answering(library, eyes):
        found = _search(library.index(), question, _aside(library.index(), question, text))
    counts = found.facets.get(counted, ())
    return _counts(counted, counts[last - size : last]), len(counts) > last


def _aside(index: port.Index, question: port.Question, text: str) -> tuple[Count, ...]:
    if any(node.field == _KIND for node in matches_in(question.query.node)):
        return ()
    asked = port.Question(question.eyes, _and(question.query, _STANDS_ASIDE), size=1, counted=(port.Facet.KIND,))
    counts = sorted(index.search(asked).facets.get(port.Facet.KIND, ()), key=lambda count: count.value)
    return tuple(Count(count.value, count.works, f"{text} {_KIND}:{count.value}".strip()) for count in counts)


def _search(index: port.Index, question: port.Question, aside: tuple[Count, ...]) -> port.Answer:
    if not aside:
        return index.search(question)
    found = index.search(replace(question, query=_and(question.query, Not(_STANDS_ASIDE))))
    return replace(found, veiled=_veiled(index, question)) if question.query.node is None else found


def _veiled(index: port.Index, question: port.Question) -> int:
    return index.veiled(question.eyes, 1, 1).total if question.eyes is not None else 0


def _and(query: Query, node: Node) -> Query:
    return Query(node if query.node is None else All((query.node, node)), query.notes)


def veiled(library: Library, reader: Reader, *, page: int = 1, size: int = 24) -> Answer:
    """The cards of what is veiled from this reader, by id: with their author's notices, and why."""
    found = library.index().veiled(library.seeing.eyes(reader), max(1, page), max(1, size))
    cards = (_card(library, reader, EVERYTHING, hit) for hit in found.hits)
    return Answer(tuple(filter(None, cards)), found.total, max(1, page), max(1, size), {}, found.veiled, ())


def _counts(facet: port.Facet, counts: tuple[port.Count, ...]) -> tuple[Count, ...]:
    return tuple(Count(count.value, count.works, filter_for(facet.value, count.value)) for count in counts)


def _card(library: Library, reader: Reader, query: Query, hit: port.Hit) -> Shown | None:
    """The shield has the last word on each hit: a work that it hides is left out, whatever found it."""
    work = card_from_bytes(hit.card).work
    try:
        return library.seeing.show(work, None, reader, _snippet(library, work, query) if query.phrases else None)
    except HiddenError:
        return None


def _snippet(library: Library, work: Work, query: Query) -> Snippet | None:
    """Cut from the veiled text that was searched."""
    cut = (snippet(text, query) for text in library.index().texts(work.id))
    return next(filter(None, cut), None)
