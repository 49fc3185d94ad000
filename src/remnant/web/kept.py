"""What is kept but not read, what was found amiss, and how far the reading has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from remnant.library import listing
from remnant.model import Severity
from remnant.web.desk import desk_of
from remnant.web.forms import page_number
from remnant.web.pages import page

SIZE = 100
Item = TypeVar("Item")


def kept(request: Request) -> Response:
    """How much is here, what waits to be read, and what gave no story and why."""
    desk = desk_of(request)
    unread = listing.unread(desk.library, desk.reader)
    number, here = _leaf(request, unread)
    return page(
        request,
        "kept.html",
        state=listing.index_state(desk.library, desk.reader),
        unread=here,
        total=len(unread),
        number=number,
        pages=_pages(unread),
    )


def findings(request: Request) -> Response:
    """What a person should know of the files, gravest first."""
    desk = desk_of(request)
    found = listing.findings(desk.library, desk.reader, _severity(request))
    number, here = _leaf(request, found)
    return page(
        request,
        "findings.html",
        findings=here,
        total=len(found),
        number=number,
        pages=_pages(found),
        severity=_severity(request),
        severities=tuple(Severity)[::-1],
    )


def _severity(request: Request) -> Severity | None:
    wanted = request.query_params.get("severity", "")
    return Severity(wanted) if wanted in set(Severity) else None


def _pages(items: Sequence[object]) -> int:
    return max(1, -(-len(items) // SIZE))


def _leaf(request: Request, items: Sequence[Item]) -> tuple[int, Sequence[Item]]:
    """The page of a long list that was asked for, within what there is."""
    number = min(page_number(request), _pages(items))
    return number, items[(number - 1) * SIZE : number * SIZE]
