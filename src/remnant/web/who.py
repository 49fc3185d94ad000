"""Who is reading: chosen on a page, with a PIN where there is one."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import RefusedError
from remnant.library import readers
from remnant.library.readers import Member
from remnant.model import ProfileKind
from remnant.web.desk import RESTRICTED, Seat, desk_of, is_a_household
from remnant.web.forms import Form, form_of, local_path
from remnant.web.pages import page
from remnant.web.sessions import COOKIE


def who(request: Request) -> Response:
    """Everybody who may read here."""
    desk = desk_of(request)
    guarded, members = is_a_household(desk.library), members_of(desk)
    return page(
        request,
        "who.html",
        members=members,
        you=desk.name if desk.session or not guarded else None,
        barred=[one.name for one in members if _is_barred(one, guarded)],
        back=local_path(request.query_params.get("back", "/")),
    )


async def choose(request: Request) -> Response:
    """Begin to read as somebody; in this browser, until it is said otherwise or the library is closed."""
    form = await form_of(request)
    secret = await run_in_threadpool(_begun, desk_of(request), form)
    response = RedirectResponse(local_path(form.one("back")), status_code=303)
    return sat_down(response, secret)


def sat_down(response: Response, secret: str) -> Response:
    """The answer with the session's secret for the browser to keep."""
    response.set_cookie(COOKIE, secret, httponly=True, samesite="lax", path="/")
    return response


def members_of(desk: Seat) -> tuple[Member, ...]:
    """The household, and whoever started the library though nothing is written of them yet."""
    household = readers.household(desk.library)
    own = Member(desk.desk.reader.name, ProfileKind.ADULT, has_pin=False)
    return household if any(one.name == own.name for one in household) else (own, *household)


def _begun(desk: Seat, form: Form) -> str:
    member = next((one for one in members_of(desk) if one.name == form.one("name")), None)
    if member is None:
        raise RefusedError("Nobody of this name reads here.")
    if _is_barred(member, is_a_household(desk.library)):
        raise RefusedError(
            f"{member.name} has no PIN, and somebody reads here whom things are hidden from. "
            "Give them a PIN where the library is kept."
        )
    if member.is_asked:
        desk.desk.gate.pass_with(member.name, lambda: readers.opens(desk.library, member.name, form.one("pin")))
    before, sessions = desk.name, desk.desk.sessions
    sessions.end(desk.secret)
    begun = sessions.begin(member.name)
    if not sessions.has(before):
        desk.library.keys.pop(before, None)
    return begun


def _is_barred(member: Member, guarded: bool) -> bool:
    """A grown-up's profile without a PIN would be a child's way out."""
    return guarded and member.kind not in RESTRICTED and not member.is_asked
