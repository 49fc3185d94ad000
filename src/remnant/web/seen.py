"""What this reader has seen: a list of what there is, and a button for each part."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import UsageError
from remnant.library import seen as seen_here
from remnant.library.seen import How
from remnant.web.desk import desk_of
from remnant.web.forms import form_of, local_path
from remnant.web.pages import page

MOST_CANONS = 200


def seen(request: Request) -> Response:
    """The ledger; with `?canon=`, that canon's parts, each a button that says how far one has come."""
    desk = desk_of(request)
    canon = request.query_params.get("canon", "")[: seen_here.LONGEST]
    lines = seen_here.ledger(desk.library, desk.reader)
    return page(
        request,
        "seen.html",
        lines=lines,
        asked=seen_here.to_ask(desk.library, desk.reader),
        canons=seen_here.described(desk.library)[:MOST_CANONS],
        chosen=seen_here.line_of(desk.library, desk.reader, canon) if canon else None,
        parts=seen_here.parts_of(desk.library, canon) if canon else (),
        trusted=desk.reader.is_trusted,
        back=local_path(request.query_params.get("back", "/seen")),
    )


async def see(request: Request) -> Response:
    """Write down what was seen, and go back to where the question came up."""
    form = await form_of(request)
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
        clock=desk.clock,
    )
    return RedirectResponse(local_path(form.one("back") or "/seen"), status_code=303)
