"""The reader: one leaf at a time, the warning before the story, the place kept to the paragraph."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import RefusedError, UsageError
from remnant.library import giving, placing
from remnant.library.knowing import known
from remnant.model import Body, Shown
from remnant.web import marks
from remnant.web.desk import Seat, desk_of
from remnant.web.forms import form_of
from remnant.web.leaves import Leaf, leaf_with, leaves_of
from remnant.web.pages import page


def begin(request: Request) -> Response:
    """The first leaf, for whoever may turn it."""
    _open(request)
    return RedirectResponse(f"/work/{request.path_params['work']}/read/1", status_code=303)


def go_on(request: Request) -> Response:
    """Where this reader was; the first leaf if they have not begun, or the place is gone."""
    desk, shown, body = _open(request)
    place = placing.place_of(desk.library, desk.reader, shown.work, shown)
    block = place.block if place else None
    if block is None:
        return RedirectResponse(f"/work/{shown.work}/read/1", status_code=303)
    return RedirectResponse(_address(shown, leaves_of(body), block), status_code=303)


def read(request: Request) -> Response:
    """One leaf.

    The notices stand before the first leaf, and before any other for whoever has not begun the work; before a later
    leaf stand those that its own text holds.
    """
    desk, shown, body = _open(request)
    leaves = leaves_of(body)
    leaf = _leaf(leaves, request.path_params["leaf"])
    place = placing.place_of(desk.library, desk.reader, shown.work, shown)
    block = place.block if place else None
    link = _links(shown, leaves, leaf)
    return page(
        request,
        "read.html",
        shown=shown,
        leaf=leaf,
        leaves=leaves,
        before=giving.notices(shown, link) if leaf.number == 1 or place is None else "",
        notices=[notice for notice in shown.notices if notice.block is not None and leaf.holds(notice.block)],
        story=giving.stretch(shown, leaf.first, leaf.last, link, _mark(request)),
        elsewhere=_address(shown, leaves, block) if block is not None and not leaf.holds(block) else None,
        kept="kept" in request.query_params,
        marks="marks" in request.query_params,
    )


async def keep_place(request: Request) -> Response:
    """Keep the place: quietly for a script, with a way back to the paragraph for a form."""
    form = await form_of(request)
    if not form.one("block").isdecimal() or len(form.one("block")) > 9:
        raise UsageError("A place is the number of a paragraph. Nothing was changed.")
    address = await run_in_threadpool(_keep, request, int(form.one("block")))
    if form.one("quietly"):
        return Response(status_code=204)
    return RedirectResponse(address, status_code=303)


def _keep(request: Request, block: int) -> str:
    desk, shown, body = _open(request)
    placing.keep_place(desk.library, desk.reader, shown.work, block, shown=shown, clock=desk.clock)
    leaves = leaves_of(body)
    return f"/work/{shown.work}/read/{leaf_with(leaves, block).number}?kept#p{block}"


def _open(request: Request) -> tuple[Seat, Shown, Body]:
    desk = desk_of(request)
    shown = known(desk.library, desk.reader, request.path_params["work"])
    if shown.veiled:
        raise RefusedError(f"{' '.join(shown.why)} Its page says how to open it.")
    if shown.body is None or not shown.body.blocks:
        raise RefusedError("This work has no text that could be read. Its original is kept.")
    return desk, shown, shown.body


def _leaf(leaves: tuple[Leaf, ...], number: int) -> Leaf:
    if not 1 <= number <= len(leaves):
        raise RefusedError(f"The pages of this work are 1 to {len(leaves)}; there is no page {number}.")
    return leaves[number - 1]


def _links(shown: Shown, leaves: tuple[Leaf, ...], here: Leaf) -> Callable[[int], str]:
    """The address of any block, as it is seen from this leaf."""
    return lambda block: f"#p{block}" if here.holds(block) else _address(shown, leaves, block)


def _mark(request: Request) -> Callable[[int], str]:
    return marks.by_ear if "marks" in request.query_params else marks.by_touch


def _address(shown: Shown, leaves: tuple[Leaf, ...], block: int) -> str:
    return f"/work/{shown.work}/read/{leaf_with(leaves, block).number}#p{block}"
