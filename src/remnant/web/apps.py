"""Reading apps at the door: the password that one brings, and what it opens: feeds, the API and downloads."""

from __future__ import annotations

import base64
import binascii
import re

from starlette.requests import HTTPConnection

from remnant.library.apps import App, app_of
from remnant.web.desk import APP, Desk

_OPEN = re.compile(r"/(?:opds|api)(?:/.*)?|/work/[^/]+/download/[^/]+", re.DOTALL)
_DATA = re.compile(r"/(?:opds|api)(?:/.*)?", re.DOTALL)


def is_for_apps(request: HTTPConnection) -> bool:
    """Whether an app may ask for this; everywhere else its password is not even looked at."""
    return _OPEN.fullmatch(request.url.path) is not None


def speaks_to_a_program(request: HTTPConnection) -> bool:
    """Whether whoever asks wants no pages: their troubles are told as data."""
    return (
        request.scope.get(APP) is not None
        or _DATA.fullmatch(request.url.path) is not None
        or (is_for_apps(request) and "text/html" not in request.headers.get("accept", ""))
    )


def who_asks(desk: Desk, request: HTTPConnection) -> App | None:
    """The app whose password came with this; None if none came.

    RefusedError for one that lets nobody in, MustWaitError after many of those from one machine: a wrong password is
    never answered as none would be.
    """
    if not is_for_apps(request) or (said := request.headers.get("authorization")) is None:
        return None
    found: list[App | None] = []

    def fits() -> bool:
        found.append(app_of(desk.library, _password(said)))
        return found[-1] is not None

    desk.knocking.pass_with(request.client.host if request.client else "", fits)
    return found[-1]


def _password(said: str) -> str:
    """What is said in a Basic line behind the name, which may be any, or in a Bearer line."""
    scheme, _, rest = said.partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(rest.strip(), validate=True).decode("utf-8", "replace").partition(":")[2]
    except binascii.Error:
        return ""
