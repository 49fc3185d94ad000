"""A whole `add`, killed before each call that changes the library, and each such call refused with each error."""

from __future__ import annotations

import errno
import itertools
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.durability.campaign import Campaign, Tried, say
from tests.harm import killing
from tests.strategies.libraries import shared_pool

from remnant.library.pool import Pool

Wrong = Callable[[killing.Ended, Path], list[str]]


def kill_add(*, again: bool, place: Path | None) -> bool:
    """Kill at every call there is, whichever thread or process makes it. Whether nothing was wrong."""
    campaign = Campaign.of("kill-add", again=again)
    _try(campaign, _each("kill", 0), lambda _ended, library: killing.wrong_at_once(library), place)
    kills = [tried for tried in campaign.done.values() if tried["reached"]]
    steps = Counter(str(tried["at"]) for tried in kills)
    text = (
        f"{len(kills)} kills of the whole group of processes, one before every call of `remnant add` (three stories "
        "and an archive with a fourth, the making of the library included) that creates, writes, syncs, renames, links "
        f"or removes anything in the library: {len(steps)} different steps (SQLite's and tantivy's files, locks and "
        "catalogue.tsv among them). After each: every promise is kept at once; the next run completes; check is clean; "
        f"the index grown is the index rebuilt; nothing is left over.\n\n**{len(campaign.wrong)} violations.**\n"
    )
    say("kill-add", "Killed at every step of `add`", "python -m bench.durability kill-add", text + _named(campaign))
    return not campaign.wrong


def refuse_add(*, again: bool, place: Path | None, stride: int) -> bool:
    """Have the system refuse every nth call with every error. Whether nothing was wrong."""
    campaign = Campaign.of("refuse-add", again=again)
    for shift, number in enumerate(killing.ERRORS):
        _try(campaign, _each(errno.errorcode[number], shift, stride), _wrong_if_refused, place)
    refused = [tried for tried in campaign.done.values() if tried["reached"]]
    codes = Counter(f"{tried['code']}" for tried in refused)
    text = (
        f"{len(refused)} refusals: one call in {stride} of a whole `remnant add` answered with ENOSPC, EIO, EDQUOT, "
        f"EACCES or EROFS, {len({tried['at'] for tried in refused})} steps. After each: what it said is so (0 only if "
        "all is kept, no traceback, a reason on stderr), every promise is kept, and once the disk is well again the "
        "next run completes, as above. It ended with exit code "
        f"{', '.join(f'{code} ({times} times)' for code, times in sorted(codes.items()))}.\n\n"
        f"**{len(campaign.wrong)} violations.**\n"
    )
    say("refuse-add", "Refused at a step of `add`", "python -m bench.durability refuse-add", text + _named(campaign))
    return not campaign.wrong


def _wrong_if_refused(ended: killing.Ended, library: Path) -> list[str]:
    wrong = killing.falsely_told(ended, library)
    (library / "SUSPECT.txt").unlink(missing_ok=True)
    return [*wrong, *killing.wrong_at_once(library)]


def _each(what: str, shift: int, stride: int = 1) -> Iterator[str]:
    """Endless: nobody asks on once a run has ended before it reached its call."""
    return (f"{what} {number}" for number in itertools.count(1 + shift, stride))


def _try(campaign: Campaign, steps: Iterator[str], wrong: Wrong, place: Path | None) -> None:
    with tempfile.TemporaryDirectory(dir=place) as scratch, shared_pool() as pool:
        came = killing.coming(Path(scratch))

        def wanted() -> Iterator[str]:
            for step in steps:
                yield step
                if not campaign.done[step]["reached"]:
                    return

        campaign.try_all(wanted(), lambda step: _one(Path(scratch), came, step, wrong, pool))


def _one(scratch: Path, came: Path, step: str, wrong: Wrong, pool: Pool) -> Tried:
    what, nth = step.split()
    library = scratch / "library"
    ended = killing.meddled(library, came, int(nth), 0 if what == "kill" else getattr(errno, what))
    found = wrong(ended, library)
    found += killing.wrong_after_going_on(library, came, pool)
    shutil.rmtree(library)
    at = ended.calls[int(nth) - 1].step if ended.reached else None
    return {"at": at, "reached": ended.reached, "code": ended.code, "wrong": found}


def _named(campaign: Campaign) -> str:
    return "".join(f"\n- {tried['step']} ({tried['at']}): {tried['wrong']}" for tried in campaign.wrong)
