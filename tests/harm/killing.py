"""A whole `add` in a process of its own, stopped or refused at its nth call, and what is wrong with what it left."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.harm import commands, tracing
from tests.strategies.libraries import READER, library_at, story, write_all, zipped

from remnant.errors import RefusedError
from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import open_folder
from remnant.keep.ledger import Ledger
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.checking import check
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.model import Digest

ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Ended:
    """How a meddled-with `add` ended. `reached`: it came to the call that was to be stopped; `calls` were begun."""

    code: int
    out: str
    err: str
    calls: list[tracing.Call]
    reached: bool


def coming(place: Path) -> Path:
    """A few stories, one of them in an archive."""
    came = write_all(place / "in", [story(f"Story {number}", "Ann", f"Rain {number}.") for number in range(ENOUGH)])
    zipped(came / "more.zip", {"zipped.txt": story("Zipped")})
    return came


def meddled(library: Path, came: Path, nth: int, number: int = 0) -> Ended:
    """Run `add`; at its nth call that changes the library kill it, or have the system answer with an error."""
    log = library.with_suffix(".calls")
    how = ["--refuse", str(nth), "--errno", str(number)] if number else ["--kill", str(nth)]
    tracer = [sys.executable, "-m", "tests.harm.tracing", str(library), str(log), *how, "--"]
    process = commands.begin(library, "add", str(came), before=tracer)
    out, err = process.communicate(timeout=120)
    calls = tracing.calls(log)
    return Ended(process.returncode, out.decode(), err.decode(), calls, 0 < nth <= len(calls))


def promised(library: Path) -> set[Digest]:
    try:
        return set(Ledger(open_folder(library)).promised())
    except RefusedError:
        return set()  # Stopped before there was a library.


def wrong_at_once(library: Path) -> list[str]:
    """What is wrong before anybody has looked after it: every promise must be kept already."""
    try:
        folder = open_folder(library)
    except RefusedError:
        return []
    return [verdict.what for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]


def wrong_after_going_on(library: Path, came: Path, pool: Pool, works: int = ENOUGH + 1) -> list[str]:
    """What is wrong once the next run has been at it: it completes, loses nothing, and all is as after a quiet one."""
    before = promised(library)
    with library_at(library, pool) as opened:
        add(opened, [came])
        wrong = [harm.what for harm in (*check(opened, READER).harmed, *check(opened, READER).remarks)]
        wrong += ["a promise is gone"] * (not before <= promised(library))
        wrong += ["not every story is found"] * (search(opened, READER).total != works)
        wrong += ["adding again adds"] * bool(add(opened, [came]).kept)
        wrong += [f"left over: {path.name}" for path in opened.folder.staging.iterdir()]
        grown, catalogue = list(opened.index().dump()), (library / "catalogue.tsv").read_bytes()
        rebuild(opened)
        wrong += ["rebuilt is not grown"] * (list(opened.index().dump()) != grown)
        wrong += ["the catalogue is another one"] * ((library / "catalogue.tsv").read_bytes() != catalogue)
    return wrong


def falsely_told(ended: Ended, library: Path, originals: int = ENOUGH + 2) -> list[str]:
    """What an `add` that was refused something said that is not so."""
    wrong = ["a traceback"] * ("Traceback" in ended.err)
    wrong += [f"ended with {ended.code}"] * (ended.code not in (0, 1, 3, 4, 5))
    wrong += ["said that all is kept"] * (ended.code == 0 and len(promised(library)) < originals)
    wrong += ["no word of why"] * (ended.code > 1 and not ended.err.strip())
    return wrong


def one_of_each(calls: Iterable[tracing.Call]) -> dict[str, int]:
    """The number of the first call of each step."""
    first: dict[str, int] = {}
    for number, call in enumerate(calls, 1):
        first.setdefault(call.step, number)
    return first


ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EACCES, errno.EROFS)
