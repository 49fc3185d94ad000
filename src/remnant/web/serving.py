"""Start the web reader: ask what must be asked, open the doors, print the address, serve until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from types import FrameType

import uvicorn

from remnant.errors import RemnantError, UsageError
from remnant.library.opening import open_library
from remnant.library.pool import Limits
from remnant.library.watching import utc_now
from remnant.model import Reader
from remnant.settings import Settings
from remnant.web.app import build
from remnant.web.desk import Desk
from remnant.web.devices import Devices
from remnant.web.doors import Doors, open_doors
from remnant.web.phone import invitation, terminal_code
from remnant.web.upkeep import kept_up

PORT = 8017

QUESTION = """\
This opens the library to other devices in your network, each with a code of its own that you can take back.
The line is not encrypted: whoever controls the network can read along. At home that is you; in a café it is not.
Open it? [y/N] """


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve a library; what stops it is said in words and as an exit code."""
    try:
        serve(_parser().parse_args(arguments))
    except KeyboardInterrupt:
        return 0
    except RemnantError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def serve(wish: argparse.Namespace) -> None:
    """Open the library, then the doors, and answer until the process is told to end."""
    settings = Settings.read(os.environ, library=wish.library, reader=wish.reader, plain=wish.plain)
    if wish.phone and not (wish.yes or _agrees()):
        sys.stderr.write("Nothing was opened.\n")
        return
    limits = Limits(settings.file_seconds, settings.file_memory)
    with (
        open_library(settings.library, utc_now(), limits=limits) as library,
        open_doors(wish.host, wish.port, wish.phone) as doors,
        kept_up(library),
    ):
        desk = Desk(library, Reader(settings.reader), utc_now, Devices(utc_now), doors.hosts, doors.phone)
        _announce(desk, doors, plain=settings.plain)
        with _told_to_end():
            _server(desk).run(sockets=list(doors.sockets))


def _agrees() -> bool:
    """A yes typed at a terminal; where nobody can be asked, the answer is no."""
    if not sys.stdin.isatty():
        raise UsageError("Nobody is here to say yes to opening the library to a phone. Add --yes.")
    sys.stderr.write(QUESTION)
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _announce(desk: Desk, doors: Doors, *, plain: bool) -> None:
    lines = [f"The library is open at {doors.address}"]
    if doors.phone is not None:
        lines += _for_the_phone(invitation(desk), plain)
    lines.append("Ctrl-C closes it.")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _for_the_phone(address: str, plain: bool) -> list[str]:
    """What a phone needs; a code drawn in blocks is noise to a screen reader, so `plain` leaves it out."""
    return [
        f"For one phone in this network, within a quarter of an hour: {address}",
        *([] if plain else [terminal_code(address)]),
        "The line is not encrypted. Devices are listed, and shut out, under /devices at this machine.",
    ]


def _server(desk: Desk) -> uvicorn.Server:
    """No access log, and no word of what passes: logs carry no titles."""
    return uvicorn.Server(
        uvicorn.Config(
            build(desk),
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            limit_concurrency=128,
            timeout_graceful_shutdown=3,
        )
    )


@contextlib.contextmanager
def _told_to_end() -> Iterator[None]:
    """A polite kill ends things as Ctrl-C does, so that the worker processes end too."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="remnant serve", description="Read the library in a browser.")
    parser.add_argument("--library", metavar="DIR", help="the library folder (else REMNANT_LIBRARY)")
    parser.add_argument("--reader", metavar="NAME", help="who is reading (else REMNANT_READER)")
    parser.add_argument("--host", default="127.0.0.1", help="this machine; with --phone, its address in your network")
    parser.add_argument("--port", type=int, default=PORT, help=f"0 picks a free one (default {PORT})")
    parser.add_argument("--phone", action="store_true", help="open the library to a phone in your network; asks first")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--plain", action="store_true", help="no drawn code, for screen readers and logs")
    return parser
