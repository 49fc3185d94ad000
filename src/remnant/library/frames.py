"""How a worker and its keeper speak: frames of a length and that many bytes, over pipes."""

from __future__ import annotations

import os
import select
import struct
import time

LENGTH = struct.Struct(">Q")
LONGEST = 1 << 29
"""Eight times the largest file that is read: as JSON, a letter of one byte may take six.

No frame is longer: a worker that says so is not to be believed.
"""


class SilentError(Exception):
    """The other side went away, or said something that is no frame."""


class LateError(SilentError):
    """The other side ran out of time."""


def pack(*parts: bytes) -> bytes:
    return b"".join(piece for part in parts for piece in (LENGTH.pack(len(part)), part))


def send(pipe: int, data: bytes, deadline: float) -> None:
    """Write all of it to a pipe that does not block; LateError if it is not taken by the deadline."""
    view = memoryview(data)
    while view:
        _wait(pipe, select.POLLOUT, deadline)
        try:
            view = view[os.write(pipe, view) :]
        except BlockingIOError:
            continue
        except OSError:
            raise SilentError("it went away") from None


def receive(pipe: int, deadline: float) -> bytes:
    """Read one frame from a pipe that does not block."""
    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size, deadline))
    if length > LONGEST:
        raise SilentError("it spoke nonsense")
    return _exactly(pipe, length, deadline)


def _exactly(pipe: int, size: int, deadline: float) -> bytes:
    found = bytearray()
    while len(found) < size:
        _wait(pipe, select.POLLIN, deadline)
        try:
            some = os.read(pipe, min(size - len(found), 1 << 20))
        except BlockingIOError:
            continue
        except OSError:
            some = b""
        if not some:
            raise SilentError("it went away")
        found += some
    return bytes(found)


def _wait(pipe: int, event: int, deadline: float) -> None:
    poll = select.poll()
    poll.register(pipe, event)
    if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
        raise LateError("it ran out of time")
