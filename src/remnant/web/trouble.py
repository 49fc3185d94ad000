"""When something does not work: a calm page that says what happened, what is safe and what to do."""

from __future__ import annotations

import json
import logging
import math
import traceback
from pathlib import Path
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from remnant.errors import (
    BusyError,
    DamageError,
    NotFoundError,
    RefusedError,
    RemnantError,
    TooLargeError,
    UsageError,
)
from remnant.web.apps import is_for_apps, speaks_to_a_program
from remnant.web.pages import page
from remnant.web.sessions import MustWaitError

log = logging.getLogger("remnant.web")

_STATUS: tuple[tuple[type[RemnantError], int, str], ...] = (
    (TooLargeError, 413, "That is too large"),
    (UsageError, 400, "This cannot be understood"),
    (BusyError, 503, "The library is busy"),
    (DamageError, 500, "Something here is damaged"),
)


def stopped(request: Request, error: Exception) -> Response:
    """A library error, in its own words: they were written for people and quote no story."""
    for kind, status, heading in _STATUS:
        if isinstance(error, kind):
            return _page(request, status, heading, str(error))
    if isinstance(error, RefusedError) and speaks_to_a_program(request) and not isinstance(error, NotFoundError):
        return _page(request, 403, "The library will not do this", str(error))
    if isinstance(error, RefusedError) and request.method in ("GET", "HEAD"):
        return _page(request, 404, "This cannot be shown", str(error))
    if isinstance(error, RefusedError):
        return _page(request, 409, "The library will not do this", str(error))
    return _page(request, 503, "Not just now", f"{error} Look again in a moment.")


def must_choose(request: Request, error: Exception) -> Response:
    """Who reads has to be said first, by an app with its password; a page that was asked for comes after that."""
    if speaks_to_a_program(request):
        return _asked_for_password(request, "Several people read here. Each app has a password that says for whom.")
    if request.method in ("GET", "HEAD"):
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse("/who?" + urlencode({"back": wanted}), status_code=303)
    return _page(request, 403, "Who is reading?", str(error))


def no_page(request: Request, error: Exception) -> Response:
    """An address we do not have, or a way of asking that it does not answer."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _page(request, status, "There is nothing here", "No page of the library has this address.")


def fault(request: Request, error: Exception) -> Response:
    """Our own fault. The log names the kind and the line of code: a message or an address might quote a story."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "nowhere"
    log.error("fault while answering: %s at %s", type(error).__name__, where)
    return _page(
        request,
        500,
        "That went wrong",
        "This is a fault in Remnant, not yours. What is kept is safe.",
    )


def wrong_name(request: Request) -> Response:
    return _page(
        request,
        421,
        "Not by this name",
        "The library answers only at the address that it printed when it was started. Open that one.",
    )


def wrong_password(request: Request, error: Exception) -> Response:
    """An app's password lets nobody in, or too many did not."""
    if isinstance(error, RefusedError):
        return _asked_for_password(request, str(error))
    if isinstance(error, MustWaitError):
        answer = _page(request, 429, "Too many wrong passwords", str(error))
        answer.headers["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
        return answer
    return stopped(request, error)


def not_let_in(request: Request) -> Response:
    if is_for_apps(request) and speaks_to_a_program(request):
        return _asked_for_password(request, "The library is read on another machine. Apps come in with a password.")
    return _page(
        request,
        403,
        "This device is not let in",
        "The library is read on another machine. Ask there for a new code, and open it on this device.",
    )


def not_our_form(request: Request) -> Response:
    return _page(
        request,
        403,
        "That did not come from here",
        "A page that is not the library’s sent this, or the browser did not say. Nothing was changed. "
        "Open the page in the library and try there.",
    )


def not_from_afar(request: Request) -> Response:
    return _page(
        request,
        403,
        "Only at the machine itself",
        "Devices are let in and shut out where the library is kept.",
    )


def _asked_for_password(request: Request, why: str) -> Response:
    where = "One is made where the library is kept, under Devices."
    answer = _page(request, 401, "A password is needed", f"{why} {where}")
    answer.headers["WWW-Authenticate"] = 'Basic realm="Remnant", charset="UTF-8"'
    return answer


def _page(request: Request, status: int, heading: str, text: str) -> Response:
    if speaks_to_a_program(request):
        return _problem(status, heading, text)
    return page(request, "trouble.html", status, heading=heading, text=text)


def _problem(status: int, title: str, detail: str) -> Response:
    """The same for a program (RFC 9457)."""
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(json.dumps(told), status, media_type="application/problem+json")
