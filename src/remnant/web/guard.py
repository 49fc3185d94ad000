"""What stands before every page: who may ask, from where, and what a browser may do with the answer."""

from __future__ import annotations

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from remnant.errors import RemnantError
from remnant.library.apps import App
from remnant.web import apps, trouble
from remnant.web.desk import APP, Desk
from remnant.web.origin import is_here, same_origin

DEVICE_COOKIE = "device"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

# `same-origin` gives no address of ours to anybody else, as `no-referrer` does; but under `no-referrer` a browser
# says "Origin: null" with our own forms, and over plain HTTP to a phone that line is all we can know a form by.
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "X-Robots-Tag": "noindex",
}


class Headed:
    """Put the headers on every answer, error pages and files included."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault("Cache-Control", "private, no-cache")
                headers.add_vary_header("Cookie, Authorization")
            await send(message)

        await self.app(scope, receive, headed)


class Guarded:
    """Answer only to our own names, to devices and apps let in, and to forms that came from our own pages."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self.app = app
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        try:
            scope[APP] = await run_in_threadpool(self._app, request)
        except RemnantError as error:
            await trouble.wrong_password(request, error)(scope, receive, send)
            return
        for allowed, refusal in self._rules():
            if not allowed(request):
                await refusal(request)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _rules(self) -> tuple[tuple[Callable[[Request], bool], Callable[[Request], ASGIApp]], ...]:
        return (
            (self._named_as_we_are, trouble.wrong_name),
            (self._let_in, trouble.not_let_in),
            (self._from_our_page, trouble.not_our_form),
        )

    def _app(self, request: Request) -> App | None:
        """The app that asks, if one does; under a name that is not ours no password is tried."""
        return apps.who_asks(self.desk, request) if self._named_as_we_are(request) else None

    def _named_as_we_are(self, request: Request) -> bool:
        return request.headers.get("host", "").lower() in self.desk.hosts

    def _let_in(self, request: Request) -> bool:
        if request.scope[APP] is not None:
            return True
        if is_here(request) or request.url.path.startswith(("/static/", "/enter/")):
            return True
        return self.desk.devices.knows(request.cookies.get(DEVICE_COOKIE, ""))

    def _from_our_page(self, request: Request) -> bool:
        return request.method in ("GET", "HEAD") or same_origin(request.headers)
