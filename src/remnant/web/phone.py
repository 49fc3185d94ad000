"""Letting a phone in: an invitation, the door it opens, and the list of those who came."""

from __future__ import annotations

import segno
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import RefusedError
from remnant.web import trouble
from remnant.web.desk import Desk, desk_of
from remnant.web.forms import form_of
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


def devices(request: Request) -> Response:
    """Who was let in; only the machine itself may look."""
    if not is_here(request):
        return trouble.not_from_afar(request)
    return _list(request, None)


async def change_devices(request: Request) -> Response:
    """Shut one device out, shut all out, or invite another."""
    if not is_here(request):
        return trouble.not_from_afar(request)
    desk = desk_of(request)
    form = await form_of(request)
    if form.one("do") == "invite":
        return _list(request, _picture(invitation(desk.desk)))
    if form.one("do") == "all":
        desk.devices.shut_all()
    elif form.one("number").isdecimal():
        desk.devices.shut_out(int(form.one("number")))
    return RedirectResponse("/devices", status_code=303)


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


def _list(request: Request, code: dict[str, str] | None) -> Response:
    devices = desk_of(request).devices
    return page(request, "devices.html", devices=devices.all(), waiting=devices.waiting(), code=code)


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
