"""Forgetting a story everywhere: shelf, chains, index, an export, a vault and what lies beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from tests.harm.recording import is_packing
from tests.harm.scenes.scene import Scene
from tests.harm.tape import Tape
from tests.strategies.keep import NOW, library, now, put
from tests.strategies.unearthing import found_in
from tests.strategies.vaults import pack_files, packs, pushed, vault_of, whole_packs

from remnant.keep.audit import Audit, Grade
from remnant.keep.exports import Exported, Exports
from remnant.keep.folder import Folder, open_folder
from remnant.keep.journal import Arrived, Journal
from remnant.keep.ledger import Ledger
from remnant.keep.ocfl import object_id, place_of
from remnant.keep.shelf import Shelf
from remnant.keep.tombstones import Tombstones
from remnant.keep.vaults.form import short_of
from remnant.keep.vaults.listed import Vaults
from remnant.keep.vaults.memory import Memory
from remnant.library import indexing
from remnant.library.forgetting import finish, forget
from remnant.library.forgetting_plans import Plan
from remnant.library.opening import open_library
from remnant.model import Arrival, Digest, Original


def _folder_of(data: bytes) -> str:
    return place_of(object_id(Digest.of(data))).partition("/")[0]


GONE, STAYS, LATER = b"gone for good", b"stays", b"came later"
BESIDE = next(
    data for data in (b"gone too, %d" % number for number in count()) if _folder_of(data) == _folder_of(STAYS)
)
"""Goes too, out of a folder of the shelf in which something stays."""

WORK = "work-of-it"
WHOLE = (Digest.of(GONE), Digest.of(BESIDE))
SECRETS = [GONE.decode(), WORK, *(word for one in WHOLE for word in (one.hex, object_id(one).rpartition(":")[2]))]
PLAN = Plan((), (WORK,), WHOLE, (), (), (), (), (), (), (), ())


@dataclass(frozen=True, slots=True)
class ForgottenNow:
    """A word: nothing of it is left."""


def _told(place: Path) -> Folder:
    folder = library(place)
    put(folder, GONE, BESIDE, STAYS)
    again = (Arrival(Original(Digest.of(data), len(data)), "file", "again.txt", NOW) for data in (GONE, STAYS))
    Journal(folder).append(map(Arrived, again), NOW)
    (folder.index / "text").mkdir()
    (folder.index / "text" / "segment").write_bytes(b"..." + GONE)
    (folder.index / "catalogue").write_bytes(b"..." + GONE)
    return folder


def _with_vault(place: Path) -> None:
    """A vault with it, another pack of it set aside there, one that waits to be pushed, and an export."""
    folder = _told(place)
    vault = vault_of(folder, place / "vault", "usb")
    pushed(folder, vault)
    home = pack_files(vault)[0].parents[2]
    shutil.copytree(home, place / "vault" / "aside" / f"{home.name}-0")
    put(folder, LATER)
    waiting = Memory(folder, vault).sealed
    waiting.mkdir(parents=True)
    shutil.copytree(home, waiting / packs(folder, vault)[0].name)
    shutil.copyfile(waiting.parent / f"{packs(folder, vault)[0].name}.json", waiting / "pack.json")
    left = folder.staging / f"vault-{vault.name}-mending"
    left.mkdir()
    (left / "unlocked.zip").write_bytes(GONE)
    (place / "exports").mkdir()
    export = place / "exports" / "it.txt"
    export.write_bytes(GONE)
    Exports(folder).remember([Exported(WORK, (Digest.of(GONE),), export, Digest.of(GONE))], NOW)


def _forget(place: Path, tape: Tape) -> None:
    with _without_reading(), open_library(place / "library", NOW) as opened:
        receipt = forget(opened, PLAN, clock=now)
    assert not receipt.unfinished, receipt.unfinished
    tape.acknowledge(ForgottenNow())


@contextmanager
def _without_reading() -> Iterator[None]:
    """The index stays empty: what is made anew of what is left is no part of this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indexing, "catch_up", lambda *_, **__: indexing.CaughtUp())
        yield


def _wrong(place: Path, words: list[object]) -> list[str]:
    """Whatever was not to go is there, proved, and no line is closed unsaid; once it is said, all the rest went."""
    folder = open_folder(place / "library")
    harms = [verdict.what for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
    wrong = [harm for harm in harms if "or were cut off in writing" not in harm]
    wrong += ["what stays is lost"] * (Shelf(folder).check(Digest.of(STAYS)).original is None)
    wrong += ["a promise is gone"] * (Digest.of(STAYS) not in Ledger(folder).promised())
    acts = [entry.act for entry in Journal(folder).acts()]
    arrived = {act.arrival.original.digest for act in acts if isinstance(act, Arrived)}
    wrong += ["a word is gone"] * (Digest.of(STAYS) not in arrived)
    wrong += _not_in_vault(place, folder, STAYS)
    return wrong + (_left(place) if ForgottenNow() in words else [])


def _not_in_vault(place: Path, folder: Folder, data: bytes) -> list[str]:
    if not (place / "vault").is_dir():
        return []
    whole = set(whole_packs(str(place / "vault")))
    held = {
        short for pack in packs(folder, Vaults(folder).get("usb")) if pack.name in whole for short in pack.originals
    }
    return ["the vault lacks what stays"] * (short_of(Digest.of(data)) not in held)


def _left(place: Path) -> list[str]:
    empty = [path for path in (place / "library" / "shelf").glob("???") if not any(path.iterdir())]
    said = [f"{name} still says {words}" for name, words in found_in(place, SECRETS).items()]
    return said + [f"{path} stands empty" for path in empty]


def _after(place: Path) -> list[str]:
    """As whoever finds the note does."""
    with _without_reading(), open_library(place / "library", NOW) as opened:
        finish(opened, clock=now)
    folder = open_folder(place / "library")
    if Tombstones(folder).all():
        return _wrong(place, [ForgottenNow()])
    return _wrong(place, []) + ["it went unsaid"] * (Digest.of(GONE) not in Ledger(folder).promised())


FEW = {"forget": Scene(_told, _forget, _wrong, _after, is_packing)}
"""All their states are few enough for every day."""

MANY = {
    "forget in a vault too": Scene(_with_vault, _forget, _wrong, _after, is_packing),
}
