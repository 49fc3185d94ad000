"""Letting a phone or a reading app in: an invitation or a password, and the list of those who came."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import RefusedError
from remnant.library import apps
from remnant.library.apps import App
from remnant.web import trouble
from remnant.web.desk import Desk, MustChooseError, Seat, desk_of
from remnant.web.forms import Form, form_of
from remnant.web.guard import DEVICE_COOKIE
from remnant.web.origin import is_here
from remnant.web.pages import page


def door(request: Request) -> Response:
    """What the code opens. A look at it changes nothing: cameras and previews look too; pressing the button enters."""
    token = request.path_params["token"]
    if not desk_of(request).devices.awaits(token):
        return _spent(request)
    return page(request, "door.html", token=token)


async def enter(request: Request) -> Response:
    """Spend the invitation and bind this device to it."""
    what = _what(request.headers.get("user-agent", ""))
    secret = await run_in_threadpool(desk_of(request).devices.let_in, request.path_params["token"], what)
    if secret is None:
        return _spent(request)
    response = RedirectResponse("/", status_code=303)
    response.set_cookie(DEVICE_COOKIE, secret, httponly=True, samesite="lax", path="/")
    return response


@dataclass(frozen=True, slots=True)
class AppsHere:
    """The reading apps as whoever sits here may see them, and for whom they may let another in."""

    listed: tuple[App, ...]
    readers: tuple[str, ...]


def devices(request: Request) -> Response:
    """Who was let in; only the machine itself may look."""
    if not is_here(request):
        return trouble.not_from_afar(request)
    return _list(request)


async def change_devices(request: Request) -> Response:
    """Shut a device or an app out, shut all out, or let another in."""
    if not is_here(request):
        return trouble.not_from_afar(request)
    form = await form_of(request)
    return await run_in_threadpool(_changed, request, form)


def _changed(request: Request, form: Form) -> Response:
    desk = desk_of(request)
    match form.one("do"):
        case "invite":
            return _list(request, code=_picture(invitation(desk.desk)))
        case "app":
            called, reader = form.one("called"), form.one("reader")
            app, password = apps.let_in(desk.library, desk.reader, reader, called, clock=desk.clock)
            return _list(request, fresh={"app": app, "password": password, "address": _feeds(request, desk)})
        case "all":
            desk.devices.shut_all()
            if (here := _apps(desk)) and here.readers:
                _shut_out(desk, frozenset(app.id for app in here.listed))
        case "shut-app":
            _shut_out(desk, frozenset({form.one("app")}))
        case _ if form.one("number").isdecimal():
            desk.devices.shut_out(int(form.one("number")))
    return RedirectResponse("/devices", status_code=303)


def _shut_out(desk: Seat, ids: frozenset[str]) -> None:
    apps.shut_out(desk.library, desk.reader, ids, clock=desk.clock)


def _apps(desk: Seat) -> AppsHere | None:
    """None where it has to be said first who sits here."""
    try:
        reader = desk.reader
    except MustChooseError:
        return None
    wards = apps.wards(desk.library)
    return AppsHere(apps.listed(desk.library, reader), (reader.name, *wards) if reader.is_trusted else ())


def _feeds(request: Request, desk: Seat) -> str:
    """The address that an app is told."""
    here = f"http://{request.headers['host']}"
    return f"{desk.phone or here}/opds"


def invitation(desk: Desk) -> str:
    """The address that lets one device in; only a desk that was opened to the network has one."""
    if desk.phone is None:
        raise RefusedError("The library was not opened to other devices. Start it with --phone.")
    return f"{desk.phone}/enter/{desk.devices.invite()}"


def terminal_code(address: str) -> str:
    """The address as a code that a phone's camera reads off a terminal."""
    rows = [[bool(dark) for dark in row] for row in segno.make(address, error="m").matrix_iter(border=2)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    halves = {(False, False): "█", (False, True): "▀", (True, False): "▄", (True, True): " "}
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join("".join(halves[cell] for cell in zip(above, below, strict=True)) for above, below in pairs)


def _list(request: Request, *, code: dict[str, str] | None = None, fresh: dict[str, object] | None = None) -> Response:
    desk = desk_of(request)
    return page(
        request,
        "devices.html",
        devices=desk.devices.all(),
        waiting=desk.devices.waiting(),
        apps=_apps(desk),
        code=code,
        fresh=fresh,
    )


def _picture(address: str) -> dict[str, str]:
    return {"address": address, "picture": segno.make(address, error="m").svg_data_uri(scale=6, border=2)}


def _spent(request: Request) -> Response:
    return page(
        request,
        "trouble.html",
        410,
        heading="This code is used up",
        text="Each code lets one device in, once, within a quarter of an hour. Ask for a new one at the other machine.",
    )


def _what(agent: str) -> str:
    """A word for the device that its owner will recognise."""
    kinds = ("iPhone", "iPad", "Android", "Kindle", "Kobo", "Windows", "Macintosh", "Linux")
    return next((kind for kind in kinds if kind in agent), "Another device")
