"""The power fails at every moment of whatever changes a library, with every whim of the disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from bench.durability.campaign import OUT, Campaign, Tried, say
from tests.harm import scenarios, scenes
from tests.harm.judging import after_going_on, complaints_of
from tests.harm.power import Known, Tape, Tree, crashes, lay_out
from tests.harm.scenarios import Scenario
from tests.harm.scenes import SCENES
from tests.strategies.keep import no_sync

from remnant.durable import files
from remnant.errors import RemnantError
from remnant.keep import audit
from remnant.keep.folder import open_folder

GO_ON = 40
"""In every how-manieth state the next adder is let at it too."""

_MARK = 32
_FEW_STATES = frozenset({"promise after a kill", "say after a kill", "journal", "read", "wish", "exports written anew"})
"""Scenes of so few calls that once is enough."""


@dataclass(frozen=True, slots=True)
class _Show:
    """A scene as it is explored: recorded in a place, and what is wrong with what is found of it there."""

    record: Callable[[Path, pytest.MonkeyPatch, str | None, int], Tape]
    wrong: Callable[[Path, list[object]], list[str]]
    after: Callable[[Path], list[str]]


def _of_scenario(scenario: Scenario) -> _Show:
    return _Show(
        partial(scenarios.recorded, scenario),
        lambda state, words: complaints_of(open_folder(state), words),
        lambda state: after_going_on(open_folder(state)) or complaints_of(open_folder(state), []),
    )


ALONE = {name: _of_scenario(scenario) for name, scenario in scenarios.SCENARIOS.items()}
ALONE |= {name: _Show(partial(scenes.recorded, scene), scene.wrong, scene.after) for name, scene in SCENES.items()}
TOGETHER = {name: _of_scenario(scenario) for name, scenario in scenarios.AT_ONCE.items()}


def power(*, again: bool, place: Path | None, aim: int, whims: int) -> bool:
    """Explore every scene until so many different states were seen, then leave out each sync in turn.

    Whether nothing was wrong, and every mutant was caught.
    """
    campaign, marks = Campaign.of("power", again=again), _Marks(OUT / "power.marks", again=again)
    # Always the same place: a library knows its vaults by where they are, and that is part of a state.
    scratch = (place or Path(tempfile.gettempdir())) / "remnant-power"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        campaign.try_all(ALONE, lambda name: _explored(ALONE[name], scratch, marks, whims, seed=0))
        for name, show in ALONE.items():
            left = [site for site in _sites(show, scratch) if site not in _caught(campaign)]
            campaign.try_all([f"{name} without {site}" for site in left], partial(_mutated, scratch))
        for seed in count(1):
            if len(marks) >= aim:
                break
            more = {f"{name}, {seed}": show for name, show in (ALONE | TOGETHER).items() if name not in _FEW_STATES}
            campaign.try_all(more, partial(_once_more, more, scratch, marks, whims, aim))
    finally:
        shutil.rmtree(scratch)
    return _report(campaign, len(marks))


def _once_more(shows: dict[str, _Show], scratch: Path, marks: _Marks, whims: int, aim: int, step: str) -> Tried:
    name, _, seed = step.rpartition(", ")
    if len(marks) >= aim:
        return {"states": 0, "asked": 0, "wrong": []}
    return _explored(shows[step], scratch, marks, whims, seed=int(seed), threads=8 if name in TOGETHER else 1)


class _Marks:
    """What tells apart the states that were seen, of all recordings, in a file of its own."""

    def __init__(self, path: Path, *, again: bool) -> None:
        self._path = path
        if again:
            path.unlink(missing_ok=True)
        data = path.read_bytes() if path.exists() else b""
        rows = (data[at : at + _MARK + 1] for at in range(0, len(data) // (_MARK + 1) * (_MARK + 1), _MARK + 1))
        self.known: Known = {(row[:_MARK], row[_MARK]) for row in rows}

    def keep(self) -> None:
        """Write all of them down."""
        self._path.write_bytes(b"".join(mark + bytes([words]) for mark, words in sorted(self.known)))

    def __len__(self) -> int:
        """How many states of the disk, whatever words had been given."""
        return len({mark for mark, _ in self.known})


def _explored(show: _Show, scratch: Path, marks: _Marks, whims: int, seed: int, threads: int = 1) -> Tried:
    before = len(marks)
    with _apart(scratch) as (place, patch):
        tape = show.record(place, patch, None, threads)
        states, wrong = _first_wrong(show, place, patch, GO_ON, crashes(tape, whims, seed, marks.known))
    marks.keep()
    return {"states": states, "new": len(marks) - before, "asked": len(tape.ops), "wrong": wrong}


def _sites(show: _Show, scratch: Path) -> list[str]:
    """Where in the code a scene asks for a sync."""
    with _apart(scratch) as (place, patch):
        return sorted(set(show.record(place, patch, None, 1).sites))


def _caught(campaign: Campaign) -> set[str]:
    """The syncs that were missed when they were left out: one scene that shows it is enough."""
    return {str(tried["site"]) for tried in campaign.done.values() if tried.get("caught")}


def _mutated(scratch: Path, step: str) -> Tried:
    """With one sync left out. Nothing is `wrong` here: what is asked is whether it was caught."""
    name, site = step.split(" without ", 1)
    with _apart(scratch) as (place, patch):
        tape = ALONE[name].record(place, patch, site, 1)
        states, wrong = _first_wrong(ALONE[name], place, patch, 2, crashes(tape, 4))
    return {"states": states, "site": site, "caught": bool(wrong), "wrong": []}


@contextmanager
def _apart(scratch: Path) -> Iterator[tuple[Path, pytest.MonkeyPatch]]:
    """A place and a patch of their own."""
    place = scratch / "place"
    place.mkdir()
    try:
        with pytest.MonkeyPatch.context() as patch:
            yield place, patch
    finally:
        shutil.rmtree(place)


STANDS = {"folder_store._move_aside": "for sticks where a rename between folders is not one step; here it is one"}
"""Syncs that no state of this model needs, by where they are asked for, and why they stand all the same."""


class _AtOnce(AbstractContextManager["_AtOnce"]):
    """Stands in for the threads of a check: of so little, starting them is most of the work."""

    def __init__(self, *_: object) -> None: ...

    def __exit__(self, *_: object) -> None: ...

    def submit(self, job: Callable[..., object], *given: object) -> Future[object]:
        done: Future[object] = Future()
        done.set_result(job(*given))
        return done

    def shutdown(self, **_: object) -> None: ...


def _first_wrong(
    show: _Show,
    place: Path,
    patch: pytest.MonkeyPatch,
    go_on: int,
    states: Iterator[tuple[Tree, list[object]]],
) -> tuple[int, list[str]]:
    """How many different states were looked at, and what was wrong with the first bad one."""
    patch.setattr(files, "sync", no_sync)
    patch.setattr(audit, "ThreadPoolExecutor", _AtOnce)
    number = 0
    for number, (tree, words) in enumerate(states, 1):
        state = place / "state"
        lay_out(tree, state)
        wrong = _told(show.wrong, state, words)
        if not wrong and number % go_on == 0:
            wrong = _told(show.after, state)
        if wrong:
            return number, wrong
        shutil.rmtree(state)
    return number, []


def _told(judge: Callable[..., list[str]], *given: object) -> list[str]:
    """What a judge found wrong; that it could not go on is wrong too."""
    try:
        return judge(*given)
    except (RemnantError, AssertionError, OSError) as error:
        return [f"{type(error).__name__}: {error}"]


def _report(campaign: Campaign, different: int) -> bool:
    explored = [tried for tried in campaign.done.values() if "asked" in tried]
    mutants = [tried for tried in campaign.done.values() if "caught" in tried]
    caught = _caught(campaign)
    spare = sorted({str(tried["site"]) for tried in mutants} - caught)
    further = sum(int(str(tried["states"])) for tried in mutants)
    covered = "".join(f"\n- `{site}`: {_stands(site) or 'why it stands is not known'}" for site in spare)
    text = (
        f"| scene | recordings | calls recorded | crash states |\n|---|---|---|---|\n{_rows(explored)}\n"
        f"**{different:,} different states of the disk**, told apart by every name and byte in them over all "
        f"recordings (random names come out the same in each), **{len(campaign.wrong)} violations.** In every "
        f"{GO_ON}th it was gone on as well: added, pushed, mended, joined again. After each call, what was synced is "
        "there, and of the rest anything: each call kept or dropped, each write whole, cut short, zeroed or holed.\n\n"
        f"{len(caught) + len(spare)} places ask for a sync. Left out one at a time, **{len(caught)} are missed**: lost "
        f"or half-made things were found, in {further:,} further states.{_spare(len(spare), covered)}\n"
    )
    say("power", "The power fails", "python -m bench.durability power", text)
    return not campaign.wrong and not [site for site in spare if not _stands(site)]


def _stands(site: str) -> str | None:
    return next((why for start, why in STANDS.items() if start in site), None)


def _spare(many: int, named: str) -> str:
    return f" Not missed, {many}:\n{named}" if many else ""


def _rows(explored: list[Tried]) -> str:
    found: dict[str, list[Tried]] = {}
    for tried in explored:
        if tried["states"]:
            found.setdefault(str(tried["step"]).rpartition(", ")[0] or str(tried["step"]), []).append(tried)
    return "".join(
        f"| {name} | {len(many)} | {max(int(str(one['asked'])) for one in many)} | "
        f"{sum(int(str(one['states'])) for one in many):,} |\n"
        for name, many in found.items()
    )
