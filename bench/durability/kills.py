"""Whole commands killed before every call that changes anything, whichever of their threads or processes makes it."""

from __future__ import annotations

from pathlib import Path

from bench.durability.campaign import Campaign, say
from bench.durability.drilling import drilled, numbers, of_drill, which
from bench.durability.drills import DRILLS

_TEXT = (
    "All processes of the command killed before {which} that creates, writes, syncs, renames, links or removes "
    "anything in the place (library, other library, vault, exports; the files of SQLite and tantivy, locks and "
    "catalogue.tsv among them). After each every promise is kept at once; done again, the command completes, what it "
    "was to do is done, check is clean and nothing is left over. Of `add` also: adding again adds nothing, and the "
    "index grown is the index rebuilt. Push: the library grown back from the vault alone has every original. Forget: "
    "the story is alone, in an archive, exported and in a vault, and afterwards in nothing of that; away: a second "
    "vault was away, and is named, mends nothing of it, and is cleared when it is back."
)


def kill_commands(*, again: bool, place: Path | None, only: list[str], stride: int) -> bool:
    """Kill each command at every nth call, do it again, and see whether all is right. Whether nothing was wrong."""
    campaign = Campaign.of("kill-commands", again=again)
    drilled(campaign, place, only, lambda one: map(str, numbers(one, stride)), lambda one, way: one.tried(int(way)))
    _report(campaign, stride)
    return not campaign.wrong


def _report(campaign: Campaign, stride: int) -> None:
    rows = ""
    for drill in DRILLS:
        tried = of_drill(campaign, drill)
        wrong = sum(bool(one["wrong"]) for one in tried)
        steps = len({one["at"] for one in tried})
        rows += (
            f"| {drill.name} | `remnant {' '.join(drill.words)}` | {len(tried)} | {steps} | {wrong} |\n"
            if tried
            else ""
        )
    named = "".join(f"\n- {one['step']} ({one['at']}): {one['wrong']}" for one in campaign.wrong)
    text = (
        f"{_TEXT.format(which=which(stride))}\n\n"
        f"| drill | command | kills | different steps | violations |\n|---|---|---|---|---|\n{rows}{named}"
    )
    command = f"python -m bench.durability kill-commands --stride {stride}"
    say("kill-commands", "Killed at every step" if stride == 1 else "Killed at a step", command, text)
