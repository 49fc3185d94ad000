"""What a list of works can be narrowed to and put in order by in a reading app, and its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from starlette.requests import Request

from remnant.library.asking import Answer, Sort
from remnant.library.feeding import Facet, Pages
from remnant.web.catalogue import Catalogue
from remnant.web.shelf import LONGEST_QUESTION, MOST_VALUES, SORTS, Question, question_of
from remnant.web.words import field_name

NARROWED_BY = ("rating", "warning", "fandom", "relationship", "character", "status", "lang", "kind")

ORDERS: Mapping[Sort, str] = {**SORTS, "updated": "Last updated first"}

LENGTHS = (
    ("Under 1,000 words", "words:<1000"),
    ("1,000 to 5,000", "words:1000-4999"),
    ("5,000 to 20,000", "words:5000-19999"),
    ("20,000 to 100,000", "words:20000-99999"),
    ("100,000 and more", "words:>=100000"),
)

Value = tuple[str, str, int | None]
"""What a person reads, the filter that narrows to it, and how many works it would leave."""


def question_for_apps(request: Request) -> Question:
    """What an app asks for: as the shelf is asked, or in the word that OPDS 2.0 has for it."""
    question, asked = question_of(request), " ".join(request.query_params.get("query", "").split())
    return question if question.text or not asked else replace(question, text=asked[:LONGEST_QUESTION])


def facets(catalogue: Catalogue, question: Question, answer: Answer) -> Iterator[Facet]:
    """Groups of which exactly one member is on, as OPDS wants it: the whole, or one value."""
    for sort, title in ORDERS.items():
        if sort != "relevance" or question.text:
            on = sort == (question.sort if question.text or question.sort != "relevance" else "added")
            yield Facet("Order", title, catalogue.asking(replace(question, sort=sort, page=1)), on=on)
    for field in NARROWED_BY:
        counts = answer.facets.get(field, ())[:MOST_VALUES]
        values = [(one.value, one.query, one.works) for one in counts]
        if any(question.has(words) or works < answer.total for _, words, works in values):
            name = "language" if field == "lang" else field_name(field)
            yield from _group(catalogue, question, name.capitalize(), values)
    yield from _group(catalogue, question, "Length", [(title, words, None) for title, words in LENGTHS])


def _group(catalogue: Catalogue, question: Question, name: str, values: Sequence[Value]) -> Iterator[Facet]:
    """Where one value is on, the others would be counted within it: then there is only that one, and the way back."""
    on = next((value for value in values if question.has(value[1])), None)
    whole = question.turned(on[1]) if on else question
    yield Facet(name, "Any", catalogue.asking(whole.turned_back), on=on is None)
    if on is not None:
        yield Facet(name, on[0], catalogue.asking(question.turned_back), on=True)
        return
    for title, words, works in values:
        yield Facet(name, title, catalogue.asking(question.turned(words)), works)


def paged(at: Callable[[int], str], total: int, size: int, page: int) -> Pages:
    """A page of a list and the ways to the others."""
    last = max(1, -(-total // size))
    ways = [("first", at(1)), ("last", at(last))] if last > 1 else []
    ways += [("previous", at(min(page - 1, last)))] if page > 1 else []
    ways += [("next", at(page + 1))] if page < last else []
    return Pages(total, size, page, tuple(ways))
