"""One command from its words to its exit code: what stops it is said in words on stderr."""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Sequence

from remnant.cli import commands, parser, terminal
from remnant.errors import NotFoundError, RefusedError, RemnantError
from remnant.settings import Settings

OUR_FAULT = 70
_OF_THE_SYSTEM = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE),
        *(errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.ENOLCK, errno.ENOMEM),
    }
)
"""Missing permissions, a full or failing disk, a share that went away."""


def run(arguments: Sequence[str] | None = None) -> int:
    """Do one command; its exit code says whether it was done."""
    terminal.plain_streams()
    wish = parser.build().parse_args(arguments)
    try:
        code = commands.run(wish, _settings(wish))
        sys.stdout.flush()
    except RemnantError as stop:
        terminal.remark(terminal.clean_lines(str(stop)), *_hints(stop))
        return stop.exit_code
    except BrokenPipeError:
        # Whoever read the result has read enough. Python would complain once more on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        return _refused(fault) if fault.errno in _OF_THE_SYSTEM else _our_fault(fault)
    except Exception as fault:  # noqa: BLE001 - the last line of defence: a sentence, not a traceback
        return _our_fault(fault)
    return code


def _settings(wish: argparse.Namespace) -> Settings:
    jobs = getattr(wish, "jobs", None)
    return Settings.read(os.environ, library=wish.library, reader=wish.reader, jobs=jobs, plain=wish.plain)


def _hints(stop: RemnantError) -> tuple[str, ...]:
    """What to type next: errors themselves speak to whoever stands before any face."""
    return ("remnant find lists works with their ids.",) if isinstance(stop, NotFoundError) else ()


def _refused(fault: OSError) -> int:
    """What the system does not let anybody do, wherever it was met, is no fault of the program."""
    what = f"{fault.strerror}: {fault.filename}" if fault.filename else str(fault.strerror)
    terminal.remark(
        terminal.clean_lines(f"The system refused something ({what}). What was acknowledged is kept."),
        "When that is put right, do the same again.",
    )
    return RefusedError.exit_code


def _our_fault(fault: Exception) -> int:
    if os.environ.get("REMNANT_TRACE"):
        raise fault
    where = fault.__traceback__
    while where and where.tb_next:
        where = where.tb_next
    place = f"{os.path.basename(where.tb_frame.f_code.co_filename)}:{where.tb_lineno}" if where else "somewhere"
    terminal.remark(
        f"This is our fault: {type(fault).__name__} at {place}. What was acknowledged is kept.",
        "Please report it; with REMNANT_TRACE=1 the same command shows the whole trace.",
    )
    return OUR_FAULT
