"""What is veiled from this reader, why, and opening it on purpose."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.library import asking, unveiling
from remnant.library.knowing import full_id
from remnant.library.seen import to_ask
from remnant.web.desk import Seat, desk_of
from remnant.web.forms import Form, form_of, page_number
from remnant.web.pages import page
from remnant.web.who import sat_down

SIZE = 20


def veiled(request: Request) -> Response:
    """The veiled cards, in an order that tells nothing of them."""
    desk = desk_of(request)
    answer = asking.veiled(desk.library, desk.reader, page=page_number(request), size=SIZE)
    return page(request, "veiled.html", answer=answer, asked=to_ask(desk.library, desk.reader))


async def open_it(request: Request) -> Response:
    """Open a veiled work, for this visit or for good, or veil it again."""
    form, desk = await form_of(request), desk_of(request)
    work, secret = await run_in_threadpool(_opened, desk, request.path_params["work"], form)
    return sat_down(RedirectResponse(f"/work/{work}", status_code=303), secret)


def _opened(desk: Seat, work: str, form: Form) -> tuple[str, str]:
    """The work's id, and the secret of the session that it is open in."""
    reader, identity = desk.reader, full_id(desk.library, desk.reader, work)
    if form.one("how") == "close":
        unveiling.close(desk.library, reader, identity, clock=desk.clock)
    elif form.one("how") == "always":
        unveiling.for_good(desk.library, reader, identity, clock=desk.clock)
    else:
        unveiling.once(desk.library, reader, identity)
        secret = desk.secret if desk.session else desk.desk.sessions.begin(reader.name)
        desk.desk.sessions.open(secret, identity)
        return identity, secret
    return identity, desk.secret
