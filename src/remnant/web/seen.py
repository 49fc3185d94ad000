"""What this reader has seen: a list of what there is, and a button for each part."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import UsageError
from remnant.library import seen as seen_here
from remnant.library.seen import How
from remnant.web.desk import Seat, desk_of
from remnant.web.forms import Form, form_of, local_path
from remnant.web.pages import page

MOST_CANONS = 200


def seen(request: Request) -> Response:
    """The ledger; with `?canon=`, that canon's parts, each a button that says how far one has come."""
    desk = desk_of(request)
    canon = request.query_params.get("canon", "")[: seen_here.LONGEST]
    of = request.query_params.get("for") or None
    whose = seen_here.whose_ledger(desk.library, desk.reader, of)
    chosen = seen_here.line_of(desk.library, whose, canon) if canon else None
    return page(
        request,
        "seen.html",
        of=whose.name if whose is not desk.reader else None,
        lines=seen_here.ledger(desk.library, whose),
        asked=seen_here.to_ask(desk.library, whose),
        canons=seen_here.described(desk.library)[:MOST_CANONS],
        chosen=chosen,
        parts=seen_here.parts_of(desk.library, canon) if canon else (),
        order=seen_here.order_of(desk.library, chosen) if chosen else (),
        trusted=desk.reader.is_trusted,
        back=local_path(request.query_params.get("back", "/seen?" + urlencode({"for": of}) if of else "/seen")),
    )


async def see(request: Request) -> Response:
    """Write down what was seen, and go back to where the question came up."""
    form = await form_of(request)
    back = RedirectResponse(local_path(form.one("back") or "/seen"), status_code=303)
    if form.one("how") == "order":
        await run_in_threadpool(_put_in_order, desk_of(request), form)
        return back
    how = form.choice("how", How)
    if how is None:
        raise UsageError("That is no way of having seen something. Nothing was changed.")
    desk = desk_of(request)
    await run_in_threadpool(
        seen_here.see,
        desk.library,
        desk.reader,
        form.one("canon"),
        form.one("part") or None,
        how,
        region=form.one("region") or None,
        of=form.one("for") or None,
        clock=desk.clock,
    )
    return back


def _put_in_order(desk: Seat, form: Form) -> None:
    parts = [line.strip() for line in form.one("order").splitlines() if line.strip()]
    of = form.one("for") or None
    seen_here.put_in_order(desk.library, desk.reader, form.one("canon"), parts, of=of, clock=desk.clock)
