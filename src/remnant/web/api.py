"""The read API: what the command line prints with `--json`, for programs, as their reader may see it."""

from __future__ import annotations

import json
from typing import get_args

from starlette.requests import Request
from starlette.responses import Response

from remnant.errors import NotFoundError, UsageError
from remnant.library import asking, giving, knowing, listing, records
from remnant.library.asking import Sort
from remnant.library.tellings import tellings
from remnant.web.desk import Seat, desk_of
from remnant.web.shelf import LONGEST_QUESTION
from remnant.web.unchanged import given
from remnant.wire.canonical import Json

BASE = "/api/v1"
SIZE, MOST = 24, 200
"""Works or values on a page: how many unless it is said, and how many at most."""

LAST_PAGE = 1_000_000


def index(request: Request) -> Response:
    """Who reads, and what can be asked."""
    desk = desk_of(request)
    told = {
        "v": 1,
        "reader": desk.reader.name,
        "works": f"{BASE}/works{{?q,sort,page,size}}",
        "work": f"{BASE}/works/{{work}}",
        "text": f"{BASE}/works/{{work}}/text",
        "facets": f"{BASE}/facets{{?q}}",
        "facet": f"{BASE}/facets/{{facet}}{{?q,page,size}}",
        "catalogue": "/opds",
    }
    return _given(request, told)


def works(request: Request) -> Response:
    """A page of what a question finds, with the counts of each facet: the object of `remnant find --json`."""
    desk = desk_of(request)
    reader, text = desk.reader, _text(request)
    page, size = _number(request, "page", 1, LAST_PAGE), _number(request, "size", SIZE, MOST)
    answer = asking.search(desk.library, reader, text, sort=_sort(request), page=page, size=size)
    return _given(request, records.answer(answer))


def work(request: Request) -> Response:
    """Everything known of one work and who says so: the object of `remnant show --json`."""
    desk = desk_of(request)
    return _given(request, _work(desk, request.path_params["work"]))


def text(request: Request) -> Response:
    """The work with its text: the record of docs/formats/exports.md."""
    desk = desk_of(request)
    book = giving.book(desk.library, desk.reader, request.path_params["work"], "json")
    return given(request, book.data, book.media_type)


def facets(request: Request) -> Response:
    """The commonest values of every facet among what a question finds."""
    desk = desk_of(request)
    answer = asking.search(desk.library, desk.reader, _text(request), size=1)
    counted = {name: records.counts(values) for name, values in answer.facets.items()}
    return _given(request, {"v": 1, "total": answer.total, "facets": counted})


def facet(request: Request) -> Response:
    """All values of one facet, page by page, the commonest first."""
    desk = desk_of(request)
    reader, name = desk.reader, request.path_params["facet"]
    if name not in asking.FACETS:
        raise NotFoundError(f"The facets are {', '.join(asking.FACETS)}.")
    page, size = _number(request, "page", 1, LAST_PAGE), _number(request, "size", SIZE, MOST)
    values, more = asking.values(desk.library, reader, name, _text(request), page=page, size=size)
    told = {"v": 1, "facet": name, "page": page, "size": size, "more": more, "values": records.counts(values)}
    return _given(request, told)


def _work(desk: Seat, wanted: str) -> Json:
    library, reader = desk.library, desk.reader
    shown = knowing.known(library, reader, wanted)
    return records.work(
        shown,
        knowing.standings_of(library, reader, shown.work),
        knowing.came(library, reader, shown.work).arrivals,
        listing.findings(library, reader, work=shown.work),
        () if shown.veiled else tellings(library, reader, shown.work),
    )


def _text(request: Request) -> str:
    text = " ".join(request.query_params.get("q", "").split())
    if len(text) > LONGEST_QUESTION:
        raise UsageError(f"A question has up to {LONGEST_QUESTION:,} characters.")
    return text


def _sort(request: Request) -> Sort:
    wanted = request.query_params.get("sort", "relevance")
    sort: Sort | None = next((known for known in get_args(Sort) if known == wanted), None)
    if sort is None:
        raise UsageError(f"Works are sorted by one of {', '.join(get_args(Sort))}.")
    return sort


def _number(request: Request, name: str, usual: int, most: int) -> int:
    said = request.query_params.get(name, str(usual))
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 9 else 0
    if not 1 <= number <= most:
        raise UsageError(f"`{name}` is a number from 1 to {most:,}.")
    return number


def _given(request: Request, told: Json) -> Response:
    """ASCII, as the command line has it: half a surrogate pair, which no UTF-8 can hold, survives as an escape."""
    return given(request, f"{json.dumps(told)}\n".encode("ascii"), "application/json")
