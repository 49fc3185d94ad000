"""What every page is made from: the library, who is asking, and the doors it is reached through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from starlette.requests import Request

from remnant.errors import RefusedError
from remnant.library import readers
from remnant.library.apps import App, has_profile
from remnant.library.opening import Library
from remnant.library.watching import Clock, utc_now
from remnant.model import ProfileKind, Reader
from remnant.web.devices import Devices
from remnant.web.origin import is_here
from remnant.web.sessions import COOKIE, LONGEST_KNOCK, Gate, Session, Sessions

APP = "remnant.app"
"""Where the guard writes down, in what is known of a request, which reading app asks."""

RESTRICTED = (ProfileKind.CHILD, ProfileKind.GUEST)


class MustChooseError(RefusedError):
    """In a household with a child or a guest nobody reads before they have said who they are."""


@dataclass(frozen=True)
class Desk:
    """The library as it is served. `reader` is who started it: they read wherever nobody has to choose.

    `hosts` are the only names it answers to; `phone` is the address given to other devices.
    """

    library: Library
    reader: Reader
    clock: Clock
    devices: Devices
    hosts: frozenset[str]
    phone: str | None = None
    sessions: Sessions = field(default_factory=Sessions)
    gate: Gate = field(default_factory=lambda: Gate(utc_now))
    knocking: Gate = field(default_factory=lambda: Gate(utc_now, "app password", LONGEST_KNOCK, guessable=False))


class Seat:
    """A desk as one browser or one reading app sits at it."""

    def __init__(self, desk: Desk, request: Request) -> None:
        self.desk = desk
        self.library = desk.library
        self.clock = desk.clock
        self.devices = desk.devices
        self.phone = desk.phone
        self.secret = request.cookies.get(COOKIE, "")
        self._app: App | None = request.scope.get(APP)
        self._beyond = self._app is not None or not is_here(request)
        """An app takes copies away, so that it counts as beyond this device wherever it runs."""

    @property
    def session(self) -> Session | None:
        """What is said in this browser; an app says who it reads as with its password, and nothing else counts."""
        if self._app is not None:
            return Session(self._app.reader)
        return self.desk.sessions.of(self.secret) if self.secret else None

    @property
    def name(self) -> str:
        """Who reads here, as far as is said."""
        session = self.session
        return session.reader if session else self.desk.reader.name

    @cached_property
    def reader(self) -> Reader:
        """Who reads here, as their own file says now. MustChooseError where they have to say so first."""
        session = self.session
        if session is None and is_a_household(self.library):
            raise MustChooseError("Say first who is reading.")
        reader = readers.reader_of(self.library, self.name)
        if self._app is not None:
            _must_have_its_reader(self.library, self._app, reader)
        once = frozenset(session.once) if session and reader.is_trusted else frozenset()
        return replace(reader, opened=reader.opened | once, beyond=self._beyond)


def _must_have_its_reader(library: Library, app: App, reader: Reader) -> None:
    if app.ward and reader.is_trusted:
        raise RefusedError("This app was let in for a child or a guest. Let it in anew for whoever reads now.")
    if is_a_household(library) and not has_profile(library, app):
        raise RefusedError("Whoever this app was let in for has no profile here. Let it in anew for whoever reads now.")


def is_a_household(library: Library) -> bool:
    """Whether anybody reads here whom something is hidden from, or who has a PIN."""
    return any(one.is_asked or one.kind in RESTRICTED for one in readers.household(library))


def desk_of(request: Request) -> Seat:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return Seat(desk, request)
