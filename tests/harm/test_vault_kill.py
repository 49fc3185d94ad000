"""Killed at any step of pushing, mending or growing back: nothing is lost, nothing half made counts, and it goes on.

Some steps of each by default; every one with `REMNANT_TRIES=campaign`.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from tests.harm import tracing
from tests.strategies.keep import NOW, now, put
from tests.strategies.vaults import overwrite, pack_files, pushed, stories, troubles, with_vault

from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder, create, open_folder
from remnant.keep.ledger import Ledger
from remnant.keep.shelf import Shelf
from remnant.keep.vaults.counting import copies_elsewhere
from remnant.keep.vaults.growing_back import GrowingBack
from remnant.keep.vaults.listed import Vault, Vaults
from remnant.keep.vaults.reaching import open_store
from remnant.library.mending import tend
from remnant.library.opening import open_library
from remnant.model import Digest

STORIES = stories(5, 2000)
ALL = settings().max_examples > 10_000
A_FEW = 2

DOING = """
import sys
from pathlib import Path
from remnant.durable import files
from remnant.library.mending import tend
from remnant.library.opening import open_library
from remnant.library.restoring import restore
from remnant.library.vaulting import push
from remnant.model import Digest
from tests.strategies.keep import NOW, now

# In one thread, so that the steps come in the same order each time. What syncs are for, the power cut tries.
files.many = lambda jobs: [job() for job in jobs]
place, what = Path(sys.argv[1]), sys.argv[2]
if what == "restore":
    restore(str(place / "vault"), place / "again", clock=now)
else:
    with open_library(place / "library", NOW) as library:
        if what == "push":
            push(library, clock=now)
        else:
            tend(library, mend=True, harmed=[Digest(one) for one in sys.argv[3:]], clock=now)
"""


def prepared(place: Path, what: str) -> tuple[Folder, Vault]:
    """A library of which later stories wait to be pushed; or one that is harmed, and its vault too."""
    folder, vault = with_vault(place, STORIES[:3] if what == "push" else STORIES)
    pushed(folder, vault)
    if what == "push":
        put(folder, *STORIES[3:])
    if what == "mend":
        overwrite(Shelf(folder).path_of(Digest.of(STORIES[0])), 3, b"spoilt")
        shutil.rmtree(Shelf(folder).path_of(Digest.of(STORIES[1])).parents[2])
        overwrite(pack_files(vault)[0], 3000, bytes(100))
    return folder, vault


def meddled(place: Path, what: str, *how: str) -> list[tracing.Call]:
    log = place.parent / f"{place.name}.log"
    tracer = [sys.executable, "-m", "tests.harm.tracing", str(place), str(log), *how, "--"]
    harmed = [Digest.of(data).hex for data in STORIES[:2]] if what == "mend" else []
    subprocess.run(
        [*tracer, sys.executable, "-c", DOING, str(place), what, *harmed],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    return tracing.calls(log)


def aimed(place: Path) -> tuple[Folder, Vault]:
    folder = open_folder(place / "library")
    vault = Vaults(folder).get("usb")
    vault = Vault(vault.name, vault.identity, str(place / "vault"), vault.created)
    Vaults(folder).put(vault)
    return folder, vault


def is_whole(folder: Folder) -> bool:
    return all(verdict.grade is not Grade.HARM for verdict in Audit(folder).verdicts())


def after_a_push(place: Path) -> None:
    folder, vault = aimed(place)

    assert is_whole(folder)
    assert troubles(folder, vault) == []
    pushed(folder, vault)
    assert set(copies_elsewhere(folder).values()) == {1}
    assert len(copies_elsewhere(folder)) == len(STORIES)
    assert troubles(folder, vault) == []


def after_a_mend(place: Path) -> None:
    folder, _ = aimed(place)
    kept = Ledger(folder).promised()

    assert {Digest.of(data) for data in STORIES} == set(kept)
    assert all(Shelf(folder).get(Digest.of(data)) == data for data in STORIES[2:])
    with open_library(folder.path, NOW) as library:
        harmed = [verdict.digest for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
        done = tend(library, mend=True, harmed=[digest for digest in harmed if digest], clock=now)
    assert done.left == ()
    assert [one.left for one in done.vaults] == [()]
    assert is_whole(open_folder(folder.path))


def after_growing_back(place: Path) -> None:
    again = create(place / "again", NOW)
    GrowingBack(again, open_store(str(place / "vault")), None, now).run(lambda _done, _total: None, lambda: False)

    assert set(Ledger(again).promised()) == {Digest.of(data) for data in STORIES}
    assert is_whole(open_folder(again.path))


WAYS = [("push", "kill"), ("mend", "kill"), ("restore", "kill"), ("push", "refuse")]
WAYS += [("mend", "refuse"), ("restore", "refuse")] if ALL else []
AFTER: dict[str, Callable[[Path], None]] = {
    "push": after_a_push,
    "mend": after_a_mend,
    "restore": after_growing_back,
}


@pytest.mark.skipif(not tracing.may_trace(), reason="no process may trace another here")
@pytest.mark.parametrize(("what", "how"), WAYS)
def test_whatever_step_it_stops_at_nothing_is_lost_and_it_goes_on(what: str, how: str, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    prepared(place, what)
    steps = _tried(place, what, "--kill", "0")
    every = range(1, len(steps) + 1)
    chosen = every if ALL else [number for number in every if number % (len(steps) // A_FEW) == len(what) * 7]

    assert len(steps) > 20
    for number in chosen:
        ways = ("--kill", str(number)) if how == "kill" else ("--refuse", str(number), "--errno", str(errno.ENOSPC))
        _tried(place, what, *ways)
        # Of a sync that was refused a person has to take notice.
        for path in tmp_path.rglob("SUSPECT.txt"):
            path.unlink()
        try:
            AFTER[what](tmp_path / "trial")
        except Exception as fault:
            raise AssertionError(f"{what}: {how} at step {number}, {steps[number - 1].step}") from fault


def _tried(place: Path, what: str, *how: str) -> list[tracing.Call]:
    trial = place.parent / "trial"
    shutil.rmtree(trial, ignore_errors=True)
    shutil.copytree(place, trial)
    aimed(trial)
    if what == "restore":
        shutil.rmtree(trial / "library")
    return meddled(trial, what, *how)
