"""The sockets that the library is reached through: loopback always, the local network only when asked for."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from remnant.errors import BusyError, RefusedError, UsageError
from remnant.web.origin import is_loopback


@dataclass(frozen=True, slots=True)
class Doors:
    """`address` is for a browser at this machine, `phone` for other devices; `hosts` are all the names answered to."""

    sockets: tuple[socket.socket, ...]
    address: str
    phone: str | None
    hosts: frozenset[str]


@contextlib.contextmanager
def open_doors(host: str, port: int, phone: bool) -> Iterator[Doors]:
    """Listen, and stop listening at the end. UsageError if other machines could come in without `phone`."""
    if not phone and not is_loopback(host):
        raise UsageError(f"{host} can be reached from other machines. Add --phone, which lets devices in one by one.")
    with contextlib.ExitStack() as open_now:
        here = open_now.enter_context(_listen("127.0.0.1" if phone or host == "localhost" else host, port))
        port = int(here.getsockname()[1])
        if not phone:
            yield Doors((here,), _address(here), None, _names(here))
            return
        there = open_now.enter_context(_listen(local_address() if is_loopback(host) else host, port))
        yield Doors((here, there), _address(here), _address(there), _names(here) | _names(there))


def local_address() -> str:
    """This machine's address in its network; asking the system for the way out sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))
            found = str(line.getsockname()[0])
        except OSError:
            found = "127.0.0.1"
    if is_loopback(found) or found == "0.0.0.0":
        raise RefusedError("This machine is in no network that a phone could reach it by. Nothing was opened.")
    return found


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError):
        raise BusyError(f"Nothing can listen at {host}, port {port}: it is taken or not ours. Try --port 0.") from None


def _address(door: socket.socket) -> str:
    return f"http://{_host(door)}"


def _names(door: socket.socket) -> frozenset[str]:
    """What a browser may call this door; at port 80 it leaves the port out."""
    port = door.getsockname()[1]
    names = {_host(door)} | ({f"localhost:{port}"} if is_loopback(door.getsockname()[0]) else set())
    return frozenset(names | {name.removesuffix(":80") for name in names})


def _host(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
