"""A command watched from outside: every call of all its threads and processes that changes a folder, in one count.

`python -m tests.harm.tracing FOLDER LOG [--kill N | --refuse N --errno E] -- COMMAND...` numbers the calls under
FOLDER as they are begun, writes each to LOG, and stops all its processes dead before the nth, or has the system
refuse it. strace counts each thread by itself, so it cannot be asked for the nth call of many.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import platform
import re
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

_X86 = {
    1: "write", 18: "pwrite64", 20: "writev", 40: "sendfile", 74: "fsync", 75: "fdatasync", 76: "truncate",
    77: "ftruncate", 82: "rename", 83: "mkdir", 84: "rmdir", 86: "link", 87: "unlink", 88: "symlink", 90: "chmod",
    91: "fchmod", 257: "openat", 258: "mkdirat", 263: "unlinkat", 264: "renameat", 265: "linkat", 268: "fchmodat",
    285: "fallocate", 296: "pwritev", 316: "renameat2", 326: "copy_file_range", 2: "open", 85: "creat",
    266: "symlinkat", 280: "utimensat", 328: "pwritev2",
}  # fmt: skip
_ARM = {
    64: "write", 68: "pwrite64", 66: "writev", 71: "sendfile", 82: "fsync", 83: "fdatasync", 45: "truncate",
    46: "ftruncate", 34: "mkdirat", 35: "unlinkat", 38: "renameat", 37: "linkat", 53: "fchmodat", 52: "fchmod",
    47: "fallocate", 70: "pwritev", 276: "renameat2", 285: "copy_file_range", 56: "openat", 36: "symlinkat",
    88: "utimensat", 287: "pwritev2",
}  # fmt: skip
_MACHINES = {"x86_64": (_X86, 0xC000003E), "aarch64": (_ARM, 0xC00000B7)}
_PATHS = {
    "open": (None, 0), "openat": (0, 1), "mkdir": (None, 0), "rmdir": (None, 0), "unlink": (None, 0),
    "chmod": (None, 0), "truncate": (None, 0), "rename": (None, 1), "link": (None, 1), "symlink": (None, 1),
    "mkdirat": (0, 1), "unlinkat": (0, 1), "fchmodat": (0, 1), "renameat": (2, 3),
    "renameat2": (2, 3), "linkat": (2, 3), "creat": (None, 0), "symlinkat": (1, 2), "utimensat": (0, 1),
}  # fmt: skip
"""Where a call says what it changes: the argument with the folder, the one with the name. Others name an open file."""
_OPENED = {"sendfile": 0, "copy_file_range": 2}
_CHANGING = os.O_CREAT | os.O_TRUNC

_LIBC = ctypes.CDLL(None, use_errno=True)
_TRACEME, _CONT, _GETREGS, _SETREGS, _SETOPTIONS, _INFO = 0, 7, 12, 13, 0x4200, 0x420E
_OPTIONS = 0x100000 | 0x2 | 0x4 | 0x8 | 0x80  # die with us; follow fork, vfork, clone; stop where the filter says
_SECCOMP_STOP = 7
_WALL = 0x40000000


@dataclass(frozen=True, slots=True)
class Call:
    """One call that changes something: which, and of what, by path under the folder."""

    name: str
    path: str

    @property
    def step(self) -> str:
        """What it does in the course of things: names that differ from run to run are taken out."""
        path = re.sub(r"run-[0-9a-f]{16}/\d+", "run-*/*", self.path)
        return f"{self.name} {_NAMES.sub('*', path)}"


_NAMES = re.compile(
    r"(?<=remnant%3a)[a-z2-7]{26}|(?<=run-)[0-9a-f]{16}|(?<=data-)[0-9a-f]+|(?<=text/)[0-9a-f]{32}|(?<=/\.)\w{6,16}\b"
    r"|(?<=/)[0-9a-f]{3}(?=/|$)|[a-z2-7]{16}(?=\.jsonl)"
)


class Tracer:
    """Runs one command to its end. `nth` is the call to meddle with, 0 for none."""

    def __init__(self, root: Path, log: Path, nth: int, number: int) -> None:
        self.root = str(root)
        self.names = _MACHINES[platform.machine()][0]
        self.nth, self.errno = nth, number
        self.count = 0
        self.alive: set[int] = set()
        self.log = log.open("w", buffering=1)

    def run(self, begin: Callable[[], NoReturn]) -> int:
        """Its exit status, as a shell would say it. `begin` is what a process of its own does, and never returns."""
        child = os.fork()
        if not child:
            _watched(begin)
        os.waitpid(child, _WALL)
        _ptrace(_SETOPTIONS, child, 0, _OPTIONS)
        _ptrace(_CONT, child, 0, 0)
        return self._follow(child)

    def _follow(self, child: int) -> int:
        ended = 0
        for pid, status in _stops():
            self.alive.add(pid)
            if not os.WIFSTOPPED(status):
                self.alive.discard(pid)
                ended = os.waitstatus_to_exitcode(status) if pid == child else ended
                continue
            passed_on = os.WSTOPSIG(status)
            if passed_on == signal.SIGTRAP:
                passed_on = 0
                if status >> 16 == _SECCOMP_STOP:
                    self._asked(pid)
            elif passed_on == signal.SIGSTOP:
                passed_on = 0  # How each new thread begins under a tracer.
            with suppress(ProcessLookupError):
                _ptrace(_CONT, pid, 0, passed_on)
        return ended if ended >= 0 else 128 - ended

    def _asked(self, pid: int) -> None:
        call = self._call(pid)
        if call is None:
            return
        self.count += 1
        self.log.write(f"{call.name}\t{call.path}\n")
        if self.count == self.nth:
            if self.errno:
                _refuse(pid, self.errno)
            else:
                for one in self.alive:
                    with suppress(ProcessLookupError):
                        os.kill(one, signal.SIGKILL)

    def _call(self, pid: int) -> Call | None:
        """What this thread is about to change, if that is under the folder."""
        info = ctypes.create_string_buffer(88)
        if _LIBC.ptrace(_INFO, pid, ctypes.c_void_p(88), info) < 0:
            return None
        number, *given = struct.unpack_from("=7Q", info, 24)
        name = self.names[number]
        path = _path(pid, name, given)
        if path != self.root and not path.startswith(self.root + "/"):
            return None
        return Call(name, path[len(self.root) + 1 :])


def calls(log: Path) -> list[Call]:
    return [Call(*line.split("\t", 1)) for line in log.read_text("utf-8", "surrogateescape").splitlines()]


def may_trace() -> bool:
    """Whether this machine is one we know, and lets a process watch its children."""
    if platform.machine() not in _MACHINES or sys.platform != "linux":
        return False
    child = os.fork()
    if not child:
        os._exit(_LIBC.ptrace(_TRACEME, 0, None, None) != 0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _watched(begin: Callable[[], NoReturn]) -> None:
    try:
        os.setsid()
        _ptrace(_TRACEME, 0, 0, 0)
        _LIBC.prctl(38, 1, 0, 0, 0)  # No new privileges: without that, only root may filter.
        _filter()
        # Until whoever watches has said how, a call that the filter stops would fail.
        os.kill(os.getpid(), signal.SIGSTOP)
        begin()
    finally:
        os._exit(127)


def _filter() -> None:
    """Have the kernel stop us only where something may change: all else goes at full speed."""
    names, machine = _MACHINES[platform.machine()]
    trace, allow = 0x7FF00000, 0x7FFF0000
    rows = [(0x20, 0, 0, 4), (0x15, 1, 0, machine), (0x06, 0, 0, allow), (0x20, 0, 0, 0)]
    for number, name in names.items():
        if name in ("open", "openat"):
            flags = 16 + 8 * (1 if name == "open" else 2)
            rows += [(0x15, 0, 4, number), (0x20, 0, 0, flags), (0x45, 0, 1, _CHANGING), (0x06, 0, 0, trace)]
            rows += [(0x06, 0, 0, allow)]
        else:
            rows += [(0x15, 0, 1, number), (0x06, 0, 0, trace)]
    rows.append((0x06, 0, 0, allow))
    program = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *row) for row in rows))
    whole = struct.pack("@HP", len(rows), ctypes.addressof(program))
    if _LIBC.prctl(22, 2, ctypes.create_string_buffer(whole), 0, 0):
        raise OSError(ctypes.get_errno(), "no filter")


def _stops() -> Iterator[tuple[int, int]]:
    while True:
        try:
            yield os.waitpid(-1, _WALL)
        except ChildProcessError:
            return


def _path(pid: int, name: str, given: list[int]) -> str:
    if name not in _PATHS:
        return _opened(pid, given[_OPENED.get(name, 0)])
    above, at = _PATHS[name]
    folder = -100 if above is None else ctypes.c_int32(given[above] & 0xFFFFFFFF).value
    if not given[at]:
        return _opened(pid, folder)
    path = _text(pid, given[at])
    if path.startswith("/"):
        return os.path.normpath(path)
    start = os.readlink(f"/proc/{pid}/cwd") if folder == -100 else _opened(pid, folder)
    return os.path.normpath(f"{start}/{path}")


def _opened(pid: int, number: int) -> str:
    try:
        return os.readlink(f"/proc/{pid}/fd/{number & 0xFFFFFFFF}")
    except OSError:
        return ""


def _text(pid: int, at: int) -> str:
    found = b""
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        while b"\0" not in found and len(found) < 4096:
            memory.seek(at + len(found))
            found += memory.read(256 - (at + len(found)) % 256)
    return os.fsdecode(found.partition(b"\0")[0])


def _refuse(pid: int, number: int) -> None:
    """Have the call not made, and answered with an error. Registers are those of x86-64."""
    registers = (ctypes.c_uint64 * 27)()
    _ptrace(_GETREGS, pid, 0, ctypes.addressof(registers))
    registers[15], registers[10] = 2**64 - 1, 2**64 - number
    _ptrace(_SETREGS, pid, 0, ctypes.addressof(registers))


def _ptrace(request: int, pid: int, address: int, data: int) -> None:
    if _LIBC.ptrace(request, pid, ctypes.c_void_p(address), ctypes.c_void_p(data)) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("log", type=Path)
    parser.add_argument("--kill", type=int, default=0, metavar="N")
    parser.add_argument("--refuse", type=int, default=0, metavar="N")
    parser.add_argument("--errno", type=int, default=0, metavar="E")
    parser.add_argument("command", nargs="+")
    wish = parser.parse_args()
    return Tracer(wish.folder.resolve(), wish.log, wish.kill or wish.refuse, wish.errno).run(
        lambda: os.execvp(wish.command[0], wish.command)
    )


if __name__ == "__main__":
    sys.exit(main())
