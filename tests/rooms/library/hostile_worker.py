"""A worker that does what hostile files would make a real one do: `hostile_worker.py SECONDS MEBIBYTES`."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from remnant.library import frames
from remnant.library.worker import _allow, _harden


def main() -> None:
    _harden(int(sys.argv[2]))
    while head := sys.stdin.buffer.read(frames.LENGTH.size):
        asked = json.loads(sys.stdin.buffer.read(frames.LENGTH.unpack(head)[0]))
        (length,) = frames.LENGTH.unpack(sys.stdin.buffer.read(frames.LENGTH.size))
        data = sys.stdin.buffer.read(length)
        _allow(int(sys.argv[1]))
        misbehave(asked)
        sys.stdout.buffer.write(frames.pack(b'{"said": %d}' % len(data), b"{}"))
        sys.stdout.buffer.flush()


def misbehave(asked: dict[str, str]) -> None:
    match asked["do"]:
        case "spin":
            while True:
                pass
        case "sleep":
            time.sleep(600)
        case "a moment":
            time.sleep(0.05)
        case "a while":
            time.sleep(1.5)
        case "crash":
            os.kill(os.getpid(), 11)
        case "leave":
            sys.exit(0)
        case "babble":
            os.write(1, b"\xff" * 64)
        case "boast":
            os.write(1, frames.LENGTH.pack(1 << 30))
            time.sleep(600)
        case "half":
            os.write(1, frames.LENGTH.pack(1000) + b"half a ")
            sys.exit(0)
        case "nonsense":
            os.write(1, frames.pack(b"no json", b"{}"))
        case "write":
            Path(asked["where"]).write_bytes(b"x")


if __name__ == "__main__":
    main()
