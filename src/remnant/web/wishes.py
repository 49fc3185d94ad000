"""What this reader wishes to be shown, and the profiles of a household."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import UsageError
from remnant.library import readers
from remnant.model import WishHow, WishKind
from remnant.settings import reader_name
from remnant.web.desk import RESTRICTED, Seat, desk_of, is_a_household
from remnant.web.forms import Form, form_of
from remnant.web.pages import page

HOWS = {
    WishHow.VEIL: "veil them: a card in their place",
    WishHow.HIDE: "hide them everywhere",
    WishHow.SIGN: "show them with a sign",
    WishHow.SHOW: "show them all the same",
}
KINDS = {WishKind.WARNING: "a warning", WishKind.TAG: "a tag or genre", WishKind.FANDOM: "a fandom"}


def settings(request: Request) -> Response:
    """The wishes of whoever reads; for a grown-up also those of the children and guests, which theirs to set."""
    desk = desk_of(request)
    reader = desk.reader
    wards = [one.name for one in readers.household(desk.library) if one.kind in RESTRICTED]
    return page(
        request,
        "settings.html",
        profiles=[reader, *(readers.reader_of(desk.library, name) for name in wards if name != reader.name)]
        if reader.is_trusted
        else [reader],
        member=readers.member(desk.library, reader.name),
        guarded=is_a_household(desk.library),
        ratings=readers.RATINGS,
        hows=HOWS,
        kinds=KINDS,
        trusted=reader.is_trusted,
        said="said" in request.query_params,
    )


async def change(request: Request) -> Response:
    """Remember a wish, a profile, a PIN or a passphrase."""
    form, desk = await form_of(request), desk_of(request)
    await run_in_threadpool(_changed, desk, form)
    return RedirectResponse("/settings?said#said", status_code=303)


def _changed(desk: Seat, form: Form) -> None:
    match form.one("do"):
        case "wish":
            _wish(desk, form)
        case "rating":
            _say(desk, form, WishKind.RATING, form.one("value"), WishHow.HIDE)
        case "profile":
            _take_in(desk, form)
        case "pin":
            kind = desk.reader.kind
            readers.take_in(desk.library, desk.reader, desk.reader.name, kind, form.one("pin"), clock=desk.clock)
        case "passphrase":
            _lock(desk, form)
        case _:
            raise UsageError("There is nothing of this kind to change. Nothing was changed.")


def _wish(desk: Seat, form: Form) -> None:
    kind = form.choice("kind", WishKind)
    how = form.choice("how", WishHow)
    if kind is None or (how is None and form.one("how") != "forget"):
        raise UsageError("That is no wish that can be kept. Nothing was changed.")
    _say(desk, form, kind, form.one("value"), how)


def _say(desk: Seat, form: Form, kind: WishKind, value: str, how: WishHow | None) -> None:
    name = form.one("name") or desk.reader.name
    readers.wish(desk.library, desk.reader, name, kind, value, how, clock=desk.clock)


def _lock(desk: Seat, form: Form) -> None:
    if form.one("how") == "away":
        readers.take_lock_away(desk.library, desk.reader, clock=desk.clock)
    elif form.one("passphrase") != form.one("again"):
        raise UsageError("These were two different passphrases. Nothing was changed.")
    else:
        readers.lock(desk.library, desk.reader, form.one("passphrase"), clock=desk.clock)


def _take_in(desk: Seat, form: Form) -> None:
    """A new child or guest. Whoever makes one needs a PIN themselves, or it would keep nothing."""
    member = readers.member(desk.library, desk.reader.name)
    kind = form.choice("kind", RESTRICTED)
    name = reader_name(" ".join(form.one("name").split()))
    if kind is None or readers.member(desk.library, name) is not None:
        raise UsageError("A new profile is a child's or a guest's, under a name nobody has yet. Nothing was changed.")
    if member is None or not member.is_asked:
        raise UsageError("Set a PIN of your own first: without one, every profile could become yours.")
    readers.take_in(desk.library, desk.reader, name, kind, clock=desk.clock)
