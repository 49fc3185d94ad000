"""What every page is made from: the library, who is asking, and the doors it is reached through."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from remnant.library.opening import Library
from remnant.library.watching import Clock
from remnant.model import Reader
from remnant.web.devices import Devices


@dataclass(frozen=True)
class Desk:
    """One reader's desk. `hosts` are the only names it answers to; `phone` is the address given to other devices."""

    library: Library
    reader: Reader
    clock: Clock
    devices: Devices
    hosts: frozenset[str]
    phone: str | None = None


def desk_of(request: Request) -> Desk:
    desk = request.app.state.desk
    assert isinstance(desk, Desk)
    return desk
