"""Whole commands of which the system refuses one call that changes anything."""

from __future__ import annotations

import errno
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.durability.campaign import Campaign, Tried, say
from bench.durability.drilling import Prepared, drilled, numbers, of_drill, which
from bench.durability.drills import DRILLS
from tests.harm.killing import ERRORS

ERRNOS = (*ERRORS, errno.EINTR)
NAMES = tuple(errno.errorcode[number] for number in ERRNOS)
_TEXT = (
    "Of all that changes anything in the place {which} refused, with the error that the table names. What the command "
    "said is so (no traceback, a known exit code, a reason on stderr, and 0 only if what it was to do is done), every "
    "promise is kept, and once the disk is well again the command completes, as above. A call that was interrupted "
    "(EINTR) is made again by Python, or refused."
)


def refuse_commands(*, again: bool, place: Path | None, only: list[str], stride: int, errors: list[str]) -> bool:
    """Refuse every nth call of each command, with each of these errors; then do it again. Whether nothing was wrong."""
    campaign = Campaign.of("refuse-commands", again=again)
    for name in errors or NAMES:
        drilled(campaign, place, only, partial(_ways, name, stride), _one)
    _report(campaign, stride)
    return not campaign.wrong


def _ways(name: str, stride: int, prepared: Prepared) -> Iterator[str]:
    return (f"{number} {name}" for number in numbers(prepared, stride, NAMES.index(name)))


def _one(prepared: Prepared, way: str) -> Tried:
    nth, name = way.split()
    return prepared.tried(int(nth), getattr(errno, name))


def _report(campaign: Campaign, stride: int) -> None:
    rows = ""
    for drill in DRILLS:
        tried = of_drill(campaign, drill)
        by_error = Counter(str(one["step"]).rpartition(" ")[2] for one in tried)
        ends = Counter(str(one["code"]) for one in tried)
        cells = [str(by_error[name]) for name in NAMES]
        cells += [", ".join(f"{code} ({many})" for code, many in sorted(ends.items()))]
        cells += [str(sum(bool(one["wrong"]) for one in tried))]
        rows += f"| {drill.name} | {' | '.join(cells)} |\n" if tried else ""
    named = "".join(f"\n- {one['step']} ({one['at']}): {one['wrong']}" for one in campaign.wrong)
    head = f"| drill | {' | '.join(NAMES)} | ended with | violations |\n|---{'|---' * (len(NAMES) + 2)}|\n"
    command = f"python -m bench.durability refuse-commands --stride {stride}"
    say("refuse-commands", "Refused at a step", command, f"{_TEXT.format(which=which(stride))}\n\n{head}{rows}{named}")
