"""The power fails at every moment of whatever changes a library, with every whim of the disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from bench.durability.campaign import OUT, Campaign, Tried, say
from tests.harm.crashing import Known, crashes, lay_out, lay_over, mark_at, take_away
from tests.harm.scenes import every
from tests.harm.scenes.scene import Scene, recorded
from tests.harm.tape import Tape, Tree
from tests.strategies.keep import no_sync

from remnant.durable import files
from remnant.errors import RemnantError
from remnant.keep import audit, shelf
from remnant.keep.objects import Examined, Pace, examine, unhurried

GO_ON = 40
"""In every how-manieth state the next adder is let at it too."""

STICK = " on a stick"
"""Ends the name of a scene on a disk where a rename from folder to folder is two steps."""

_MARK = 32
ALONE = every.FEW | every.MANY
SCENES = ALONE | every.LONG | every.AT_ONCE
FURTHER = [*(f"{name}{STICK}" for name in every.MANY), *every.LONG]
FEWER = 4
"""Of the choices in a long scene, one in so many."""


def power(*, again: bool, place: Path | None, aim: int, whims: int) -> bool:
    """Explore every scene, with ever new dice until so many different states were seen; leave out each sync in turn.

    Whether nothing was wrong, and every mutant was caught.
    """
    campaign, marks = Campaign.of("power", again=again), _Marks(OUT / "power.marks", again=again)
    # Always the same place: a library knows its vaults by where they are, and that is part of a state.
    scratch = (place or Path(tempfile.gettempdir())) / "remnant-power"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    explored = partial(_explored, scratch, marks, whims)
    try:
        campaign.try_all(ALONE, explored)
        for seed in count(1):
            if len(marks) >= aim:
                break
            campaign.try_all([f"{name}, {seed}" for name in (every.AT_ONCE if seed % 9 else SCENES)], explored)
        for name in [*ALONE, *(f"{name}{STICK}" for name in ALONE)]:
            left = [site for site in _sites(name, scratch) if site not in _caught(campaign)]
            campaign.try_all([f"{name} without {site}" for site in left], partial(_mutated, scratch))
        campaign.try_all(FURTHER, explored)
    finally:
        shutil.rmtree(scratch)
    return _report(campaign, len(marks))


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


def _explored(scratch: Path, marks: _Marks, whims: int, step: str) -> Tried:
    """A scene with new dice, as `step` names them both."""
    titled = _titled(step)
    before, name, seed = len(marks), titled.removesuffix(STICK), step.removeprefix(titled).strip(", ") or "0"
    with _apart(scratch) as (place, patch):
        tape = _recorded(titled, place, patch)
        found = crashes(tape, whims, int(seed), marks.known, FEWER if name in every.LONG else 1)
        states, wrong = _first_wrong(SCENES[name], place, patch, GO_ON, found)
    marks.keep()
    return {"states": states, "new": len(marks) - before, "asked": len(tape.ops), "wrong": wrong}


def _titled(step: str) -> str:
    """The scene that a step explores, without the number of its dice."""
    return step if step in SCENES or step in FURTHER else step.rpartition(", ")[0]


def _sites(name: str, scratch: Path) -> list[str]:
    """Where in the code a scene asks for a sync."""
    with _apart(scratch) as (place, patch):
        return sorted(set(_recorded(name, place, patch).sites))


def _recorded(titled: str, place: Path, patch: pytest.MonkeyPatch, skip: str | None = None) -> Tape:
    name = titled.removesuffix(STICK)
    threads = 8 if name in every.AT_ONCE else 1
    return recorded(SCENES[name], place, patch, skip, threads, whole_renames=name == titled)


def _caught(campaign: Campaign) -> set[str]:
    """The syncs that were missed when they were left out: one scene that shows it is enough."""
    return {str(tried["site"]) for tried in campaign.done.values() if tried.get("caught")}


def _mutated(scratch: Path, step: str) -> Tried:
    """With one sync left out. Nothing is `wrong` here: what is asked is whether it was caught."""
    name, site = step.split(" without ", 1)
    with _apart(scratch) as (place, patch):
        tape = _recorded(name, place, patch, site)
        states, wrong = _first_wrong(ALONE[name.removesuffix(STICK)], place, patch, 2, crashes(tape, 4))
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
        shutil.rmtree(place, ignore_errors=True)


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
    scene: Scene,
    place: Path,
    patch: pytest.MonkeyPatch,
    go_on: int,
    states: Iterator[tuple[Tree, list[object]]],
) -> tuple[int, list[str]]:
    """How many different states were looked at, and what was wrong with the first bad one."""
    patch.setattr(files, "sync", no_sync)
    patch.setattr(audit, "ThreadPoolExecutor", _AtOnce)
    examining = _Examining(place)
    for room in (audit, shelf):
        patch.setattr(room, "examine", examining)
    number, before = 0, None
    for number, (tree, words) in enumerate(states, 1):
        _make(before, tree, place)
        examining.tree = tree
        wrong = _told(scene.wrong, place, words)
        examining.tree = None
        before = tree if scene.only_looks and number % go_on else None
        if not wrong and number % go_on == 0:
            wrong = _told(scene.after, place)
        if wrong:
            return number, wrong
    return number, []


def _make(before: Tree | None, tree: Tree, place: Path) -> None:
    """Lay out a state, over that before it if it is known to be as it was laid out."""
    if before is not None:
        lay_over(before, tree, place)
        return
    take_away(str(place))
    lay_out(tree, place)


class _Examining:
    """Examines an object once, in whatever states it comes: the same bytes at the same place are judged alike."""

    def __init__(self, place: Path) -> None:
        self.tree: Tree | None = None
        self._place = place
        self._found: dict[tuple[bytes, Path, str], Examined] = {}

    def __call__(self, home: Path, identity: str, pace: Pace = unhurried) -> Examined:
        within = self.tree is not None and home.is_relative_to(self._place)
        mark = mark_at(self.tree, home.relative_to(self._place).parts) if within and self.tree else None
        if mark is None:
            return examine(home, identity, pace)
        key = mark, home, identity
        if key not in self._found:
            self._found[key] = examine(home, identity, pace)
        return self._found[key]


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
    covered = "".join(f"\n- `{site}`" for site in spare)
    text = (
        f"| scene | recordings | calls recorded | crash states |\n|---|---|---|---|\n{_rows(explored)}\n"
        f"**{different:,} different states of the disk**, told apart by every name and byte in them over all "
        f"recordings (random names come out the same in each), **{len(campaign.wrong)} violations.** In every "
        f"{GO_ON}th it was gone on as well: added, pushed, mended, joined, restored, forgotten to the end. After each "
        "call, what was synced is there, and of the rest anything: each call kept or dropped, each write whole, cut "
        "short, zeroed or holed. On a stick a rename from folder to folder is two calls, the new name before the old "
        "unless the old is synced.\n\n"
        f"{len(caught) + len(spare)} places ask for a sync. Left out one at a time, **{len(caught)} are missed**: lost "
        f"or half-made things were found, in {further:,} further states.{_spare(len(spare), covered)}\n"
    )
    say("power", "The power fails", "python -m bench.durability power", text)
    return not campaign.wrong and not spare


def _spare(many: int, named: str) -> str:
    return f" Not missed, {many}:\n{named}" if many else ""


def _rows(explored: list[Tried]) -> str:
    found: dict[str, list[Tried]] = {}
    for tried in explored:
        if tried["states"]:
            found.setdefault(_titled(str(tried["step"])), []).append(tried)
    return "".join(
        f"| {name} | {len(many)} | {max(int(str(one['asked'])) for one in many)} | "
        f"{sum(int(str(one['states'])) for one in many):,} |\n"
        for name, many in found.items()
    )
