"""The child process that reads hostile files: `python -m remnant.library.worker SECONDS MEBIBYTES`.

It holds nothing, writes nothing but its answers, and expects to be killed at any moment.
"""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import signal
import struct
import sys
import time
from typing import BinaryIO

from remnant.library import answering, frames
from remnant.library.allowance import seconds_for
from remnant.wire.canonical import Json, canonical


def main(arguments: list[str]) -> int:
    seconds, mebibytes = int(arguments[0]), int(arguments[1])
    asked, said = _own_pipes()
    _harden(mebibytes)
    return _serve(asked, said, seconds, mebibytes)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes for ourselves, so that no library that prints can speak in our place."""
    asked, said = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return asked, said


def _harden(mebibytes: int) -> None:
    """From here on nothing is written: what Python compiled while it loaded us is kept, since nobody else loads it."""
    sys.dont_write_bytecode = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes << 20, mebibytes << 20))


def _serve(asked: BinaryIO, said: BinaryIO, seconds: int, mebibytes: int) -> int:
    # A reading is many small values and no circles: to look for circles while it grows takes up to a third of all the
    # time. Between two files it costs little.
    gc.freeze()
    gc.disable()
    while (head := _frame(asked)) is not None and (data := _frame(asked)) is not None:
        _allow(seconds_for(len(data), seconds))
        try:
            answer, texts = answering.answer(json.loads(head), data)
        except MemoryError:
            answer, texts = _out_of_memory(mebibytes), {}
        said.write(frames.pack(canonical(answer), canonical(texts)))
        said.flush()
        del answer, texts, data
        gc.collect()
    return 0


def _allow(seconds: int) -> None:
    """The kernel ends us when this file has used its share, whatever we are in the middle of."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = math.ceil(time.process_time()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))


def _out_of_memory(mebibytes: int) -> Json:
    return {"stopped": f"understanding it took more than {mebibytes} MiB of memory"}


def _frame(pipe: BinaryIO) -> bytes | None:
    head = pipe.read(frames.LENGTH.size)
    if len(head) < frames.LENGTH.size:
        return None
    (length,) = struct.unpack(">Q", head)
    return pipe.read(length)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
