"""Whole commands refused a call that changes anything: joining, pushing to a vault, mending, wishing, growing back."""

from __future__ import annotations

import errno
import itertools
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.durability.campaign import Campaign, Tried, say
from bench.durability.drills import DRILLS, Drill, drilled, remnant
from tests.harm import tracing
from tests.harm.killing import ERRORS, wrong_at_once

ERRNOS = (*ERRORS, errno.EINTR)
_TOLD = (0, 1, 3, 4, 5)
"""Exit codes that say what happened."""


def refuse_commands(*, again: bool, place: Path | None, only: list[str], stride: int) -> bool:
    """Refuse every nth call of each command, the errors in turn; then do it again. Whether nothing was wrong."""
    campaign = Campaign.of("refuse-commands", again=again)
    drilled(campaign, place, only, lambda: _ways(stride), _one)
    _report(campaign, stride)
    return not campaign.wrong


def _ways(stride: int) -> Iterator[str]:
    for turn, number in enumerate(itertools.count(1, stride)):
        yield f"{number} {errno.errorcode[ERRNOS[turn % len(ERRNOS)]]}"


def _one(drill: Drill, base: Path, words: tuple[str, ...], place: Path, step: str) -> Tried:
    _, nth, name = step.split()
    shutil.copytree(base, place, symlinks=True)
    log = place.with_suffix(".calls")
    how = ("--refuse", nth, "--errno", str(getattr(errno, name)))
    ended = remnant(
        place, *words, before=(sys.executable, "-m", "tests.harm.tracing", str(place), str(log), *how, "--")
    )
    calls = tracing.calls(log)
    reached = int(nth) <= len(calls)
    wrong = ["a traceback"] * ("Traceback" in ended.stderr)
    wrong += [f"ended with {ended.returncode}"] * (ended.returncode not in _TOLD)
    wrong += ["no word of why"] * (ended.returncode > 1 and not ended.stderr.strip())
    # Of a sync that was refused a person has to take notice.
    for path in place.rglob("SUSPECT.txt"):
        path.unlink()
    wrong += [] if drill.mends else wrong_at_once(place / "library")
    done = remnant(place, *words)
    wrong += [f"again: {done.stderr[-300:]}"] * (done.returncode not in drill.ends)
    wrong += drill.wrong(place)
    shutil.rmtree(place)
    at = calls[int(nth) - 1].step if reached else None
    return {"at": at, "reached": reached, "code": ended.returncode, "wrong": wrong}


def _report(campaign: Campaign, stride: int) -> None:
    rows = ""
    for drill in DRILLS:
        tried = [one for step, one in campaign.done.items() if step.startswith(f"{drill.name} ") and one["reached"]]
        wrong = sum(bool(one["wrong"]) for one in tried)
        ends = ", ".join(
            f"{code} ({many})" for code, many in sorted(Counter(str(one["code"]) for one in tried).items())
        )
        rows += f"| `remnant {' '.join(drill.words)}` | {len(tried)} | {ends} | {wrong} |\n" if tried else ""
    named = "".join(f"\n- {one['step']} ({one['at']}): {one['wrong']}" for one in campaign.wrong)
    text = (
        f"One call in {stride} of all that change anything in the place (library, other library, vault) refused, with "
        f"{', '.join(errno.errorcode[number] for number in ERRNOS)} in turn. What it said is so (no traceback, a known "
        "exit code, a reason on stderr), every promise is kept, and once the disk is well again it completes.\n\n"
        f"| command | refusals | ended with | violations |\n|---|---|---|---|\n{rows}{named}"
    )
    command = "python -m bench.durability refuse-commands"
    say("refuse-commands", "Refused at a step of other commands", command, text)
