"""The catalogue for reading apps (OPDS 1.2 and 2.0): the shelf as feeds, for whoever the app reads as."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from remnant.errors import NotFoundError, RefusedError
from remnant.library import asking, feeding, listing, placing
from remnant.library.asking import Answer, Sort
from remnant.library.feeding import Pages, Way
from remnant.library.knowing import card
from remnant.web.catalogue import ATOM, JSON, Catalogue, catalogue_of, prefers_json
from remnant.web.forms import page_number
from remnant.web.narrowing import facets, paged, question_for_apps
from remnant.web.shelf import Question, page_said
from remnant.web.unchanged import given
from remnant.web.words import count, field_name

SIZE = 50

BY = ("fandom", "author", "series", "relationship", "character", "tag", "rating", "status", "lang")
"""What the catalogue can be gone through by, where works say it."""

EVERYTHING: Mapping[Sort, str] = {
    "relevance": "All works",
    "added": "Newest first",
    "title": "By title",
    "author": "By author",
    "updated": "Last updated first",
    "words": "Longest first",
}
"""What a list of all works is called, by its order."""


def start(request: Request) -> Response:
    """The catalogue in whichever form is asked for; where any will do, the one that every app reads."""
    response = _root(catalogue_of(request, JSON if prefers_json(request.headers.get("accept", "")) else ATOM))
    response.headers["Vary"] = "Accept"
    return response


def root(request: Request) -> Response:
    """Where an app begins: the newest, what is being read, and ways through the library."""
    return _root(catalogue_of(request))


def works(request: Request) -> Response:
    """Works: all, or those that a question finds, with what it can be narrowed by."""
    catalogue, question = catalogue_of(request), question_for_apps(request)
    answer = asking.search(
        catalogue.desk.library,
        catalogue.reader,
        question.text,
        sort=question.sort,
        page=question.page,
        size=SIZE,
    )
    name = f"works {question.sort} {question.text}"
    feed = catalogue.feed(name, _title(question, answer), catalogue.asking(question))
    return catalogue.answered(
        replace(
            feed,
            says=_says(answer),
            works=answer.hits,
            lists_works=True,
            facets=tuple(facets(catalogue, question, answer)),
            pages=paged(
                lambda page: catalogue.asking(replace(question, page=page)), answer.total, answer.size, question.page
            ),
        )
    )


def by(request: Request) -> Response:
    """The values of one field, each a way to the works that have it."""
    catalogue, number = catalogue_of(request), page_number(request)
    field = request.path_params["field"]
    if field not in BY:
        raise NotFoundError("The catalogue cannot be gone through by this.")
    values, more = asking.values(catalogue.desk.library, catalogue.reader, field, page=number, size=SIZE)

    def at(page: int) -> str:
        return catalogue.at("by", field, page=page_said(page))

    turns = [("first", at(1)), *([("previous", at(number - 1))] if number > 1 else [])]
    turns += [("next", at(number + 1))] if more else []
    return catalogue.answered(
        replace(
            catalogue.feed(f"by {field}", f"By {_called(field)}", at(number)),
            ways=tuple(
                Way(one.value, catalogue.at("works", q=one.query, sort="title"), works=one.works) for one in values
            ),
            pages=Pages(None, SIZE, number, tuple(turns)),
        )
    )


def begun(request: Request) -> Response:
    """What this reader is reading, the last read first; on one page, since nobody reads a hundred at once."""
    catalogue = catalogue_of(request)
    found = placing.being_read(catalogue.desk.library, catalogue.reader, SIZE)
    feed = catalogue.feed("begun", "Being read", catalogue.at("begun"))
    pages = Pages(len(found), SIZE, 1)
    return catalogue.answered(replace(feed, works=found, lists_works=True, pages=pages))


def entry(request: Request) -> Response:
    """One work by itself."""
    catalogue = catalogue_of(request)
    shown = card(catalogue.desk.library, catalogue.reader, request.path_params["work"])
    if shown.veiled:
        raise RefusedError(f"{' '.join(shown.why)} Its page in the library says how to open it.")
    make = feeding.json_entry if catalogue.version == JSON else feeding.atom_entry
    return given(request, *make(shown, catalogue.addresses))


def description(request: Request) -> Response:
    """How to search here. Its address is a whole one: not every app completes what stands in a description."""
    catalogue = catalogue_of(request)
    whole = f"{request.url.scheme}://{request.headers['host']}{catalogue.at('works')}"
    return given(request, *feeding.description(whole))


def _root(catalogue: Catalogue) -> Response:
    library, reader = catalogue.desk.library, catalogue.reader
    answer = asking.search(library, reader, sort="added", size=1)
    feed = catalogue.feed("", "Remnant", catalogue.at())
    return catalogue.answered(
        replace(
            feed,
            up=None,
            says=f"{_says(answer)}{_waiting(catalogue)}",
            updated=max((hit.added for hit in answer.hits), default=None),
            ways=tuple(_ways(catalogue, answer)),
        )
    )


def _ways(catalogue: Catalogue, answer: Answer) -> Iterator[Way]:
    newest = catalogue.at("works", sort="added")
    yield Way("Newest", newest, says="What came here last", works=answer.total, rel=feeding.NEWEST)
    if placing.being_read(catalogue.desk.library, catalogue.reader, 1):
        yield Way("Being read", catalogue.at("begun"), says="Where you left off, the last first")
    yield Way("By title", catalogue.at("works", sort="title"), says="Everything, from A", works=answer.total)
    for field in BY:
        if answer.facets.get(field):
            name = _called(field)
            yield Way(f"By {name}", catalogue.at("by", field), to_works=False, says=f"Each {name}, the commonest first")
    for aside in answer.aside:
        yield Way(f"{aside.value.capitalize()}s", catalogue.at("works", q=aside.query), works=aside.works)


def _title(question: Question, answer: Answer) -> str:
    """What was asked for; one value that was chosen, by its name; else what order everything is in."""
    values = (one for counts in answer.facets.values() for one in counts)
    chosen = next((one.value for one in values if one.query == question.text), question.text)
    return chosen or EVERYTHING[question.sort]


def _called(field: str) -> str:
    return "language" if field == "lang" else field_name(field)


def _says(answer: Answer) -> str:
    """How many, how many are veiled as the shelf says it, and what in the question was ignored."""
    veiled = f", and {count(answer.veiled, 'work')} veiled" if answer.veiled else ""
    told = [f"{count(answer.total, 'work')}{veiled}"]
    if answer.unasked:
        told.append(f"{count(answer.unasked, 'work is', 'works are')} veiled, and no question finds them")
    return ". ".join([*told, *(note.removesuffix(".") for note in answer.notes)])


def _waiting(catalogue: Catalogue) -> str:
    """What is kept and not on the shelf yet; of an index that is just being made, that is nearly all."""
    waiting = listing.index_state(catalogue.desk.library, catalogue.reader).waiting
    return f". {count(waiting, 'file')} still to be read" if waiting else ""
