"""The power fails at every moment of whatever changes a library, with every whim of the disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from bench.durability.campaign import Campaign, Tried, say
from tests.harm.judging import after_going_on, complaints_of
from tests.harm.power import Tape, crashes, lay_out
from tests.harm.scenarios import AT_ONCE, SCENARIOS, Scenario, recorded
from tests.strategies.keep import no_sync

from remnant.durable import files
from remnant.keep import audit
from remnant.keep.folder import open_folder

GO_ON = 40
"""In every how-manieth state the next adder is let at it too."""

AT_ONCE_WHIMS = 150
"""Random states a moment, where it is recorded anew each time."""


def power(*, again: bool, place: Path | None, whims: int, recordings: int) -> bool:
    """Explore every scenario, then leave out each sync in turn. Whether nothing was wrong, and every mutant caught."""
    campaign = Campaign.of("power", again=again)
    with tempfile.TemporaryDirectory(dir=place) as scratch:
        campaign.try_all(SCENARIOS, lambda name: _explored(SCENARIOS[name], Path(scratch), whims))
        mutants = [f"{name} without {site}" for name in SCENARIOS for site in _sites(name, Path(scratch))]
        campaign.try_all(mutants, lambda step: _mutated(step, Path(scratch)))
        many = {f"{name}, recording {number}": AT_ONCE[name] for number in range(1, recordings + 1) for name in AT_ONCE}
        campaign.try_all(many, lambda step: _explored(many[step], Path(scratch), AT_ONCE_WHIMS, threads=8))
    return _report(campaign)


def _explored(scenario: Scenario, scratch: Path, whims: int, threads: int = 1) -> Tried:
    with _apart(scratch) as (place, patch):
        tape = recorded(scenario, place, patch, threads=threads)
        states, wrong = _first_wrong(tape, place, patch, GO_ON, whims)
    return {"states": states, "asked": len(tape.ops), "wrong": wrong}


def _sites(name: str, scratch: Path) -> list[str]:
    """Where in the code a scenario asks for a sync."""
    with _apart(scratch) as (place, patch):
        return sorted(set(recorded(SCENARIOS[name], place, patch).sites))


def _mutated(step: str, scratch: Path) -> Tried:
    """With one sync left out. Nothing is `wrong` here: what is asked is whether it was caught."""
    name, site = step.split(" without ", 1)
    with _apart(scratch) as (place, patch):
        tape = recorded(SCENARIOS[name], place, patch, site)
        states, wrong = _first_wrong(tape, place, patch, 2, 4)
    return {"states": states, "site": site, "caught": bool(wrong), "wrong": []}


@contextmanager
def _apart(scratch: Path) -> Iterator[tuple[Path, pytest.MonkeyPatch]]:
    """A place and a patch of their own."""
    with tempfile.TemporaryDirectory(dir=scratch) as place, pytest.MonkeyPatch.context() as patch:
        yield Path(place), patch


class _AtOnce(AbstractContextManager["_AtOnce"]):
    """Stands in for the threads of a check: of so little, starting them is most of the work."""

    def __init__(self, *_: object) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def submit(self, job: Callable[..., object], *given: object) -> Future[object]:
        done: Future[object] = Future()
        done.set_result(job(*given))
        return done

    def shutdown(self, **_: object) -> None: ...


def _first_wrong(tape: Tape, place: Path, patch: pytest.MonkeyPatch, go_on: int, whims: int) -> tuple[int, list[str]]:
    """How many different states were looked at, and what was wrong with the first bad one."""
    patch.setattr(files, "sync", no_sync)
    patch.setattr(audit, "ThreadPoolExecutor", _AtOnce)
    number = 0
    for number, (tree, words) in enumerate(crashes(tape, whims), 1):
        state = place / "state"
        lay_out(tree, state)
        found = open_folder(state)
        wrong = complaints_of(found, words)
        if not wrong and number % go_on == 0:
            wrong = after_going_on(found) or complaints_of(found, words)
        if wrong:
            return number, wrong
        shutil.rmtree(state)
    return number, []


def _report(campaign: Campaign) -> bool:
    explored = [tried for tried in campaign.done.values() if "asked" in tried]
    mutants = [tried for tried in campaign.done.values() if "caught" in tried]
    caught = {str(tried["site"]) for tried in mutants if tried["caught"]}
    spare = sorted({str(tried["site"]) for tried in mutants} - caught)
    states = sum(int(str(tried["states"])) for tried in explored)
    further = sum(int(str(tried["states"])) for tried in mutants)
    rows = "".join(f"| {tried['step']} | {tried['asked']} | {int(str(tried['states'])):,} |\n" for tried in explored)
    covered = "".join(f"\n- `{site}`" for site in spare)
    text = (
        f"| scene | calls recorded | crash states |\n|---|---|---|\n{rows}\n"
        f"{states:,} states of the disk, all different within one recording, **{len(campaign.wrong)} violations.** In "
        f"every {GO_ON}th the next adder was let at it as well. After each call, what was synced is there, and of the "
        "rest anything: each call kept or dropped, each write whole, cut short, zeroed or with a hole.\n\n"
        f"{len(caught) + len(spare)} places ask for a sync. Left out one at a time, **{len(caught)} are missed**: lost "
        f"or half-made things were found, in {further:,} further states. The others ({len(spare)}) are not, since a "
        f"later sync covers what they promise:\n{covered}\n"
    )
    say("power", "The power fails", "python -m bench.durability power", text)
    return not campaign.wrong
