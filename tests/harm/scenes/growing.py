"""A library that begins: made, brought up to date, grown back from a vault."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.harm.judging import complaints_of, prepared
from tests.harm.scenes.scene import Scene
from tests.harm.tape import Tape
from tests.strategies.keep import NOW, library, now, put
from tests.strategies.vaults import pushed, vault_of

from remnant.keep import migrating
from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import create, fixed_files, is_library, open_folder
from remnant.keep.ledger import Ledger
from remnant.keep.shelf import Shelf
from remnant.keep.vaults.form import NAME
from remnant.library.restoring import restore
from remnant.model import Digest

KEPT = (b"one", b"two", b"three" * 300)
EARLIER = b"What this folder is, as it was told before.\n"


@dataclass(frozen=True, slots=True)
class Current:
    """A word: the README is today's."""


def _make(place: Path, tape: Tape) -> None:
    put(create(place / "library", NOW), *KEPT)
    for data in KEPT:
        tape.acknowledge(Digest.of(data))


def _wrong_when_made(place: Path, words: list[object]) -> list[str]:
    digests = [word for word in words if isinstance(word, Digest)]
    if not is_library(place / "library"):
        return ["the library is gone"] * bool(digests)
    folder = open_folder(place / "library")
    harms = [verdict.what for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
    lost = [f"{digest.short} is lost" for digest in digests if not _whole(place / "library", digest)]
    return [harm for harm in harms if "last lines" not in harm] + lost


def _whole(path: Path, digest: Digest) -> bool:
    folder = open_folder(path)
    return digest in Ledger(folder).promised() and not Shelf(folder).check(digest).harms


def _after_making(place: Path) -> list[str]:
    put(create(place / "library", NOW), *KEPT)
    return _wrong_when_made(place, [*map(Digest.of, KEPT)])


def _only_a_vault(place: Path) -> None:
    folder = library(place)
    put(folder, *KEPT)
    pushed(folder, vault_of(folder, place / "vault", "usb"))
    shutil.rmtree(folder.path)


def _only_a_nameless_vault(place: Path) -> None:
    """Which it is stands nowhere in it any more: that it is grown from is known by the note alone."""
    _only_a_vault(place)
    (place / "vault" / NAME).unlink()


def _grow(place: Path, tape: Tape) -> None:
    done = restore(str(place / "vault"), place / "grown", clock=now)
    assert not done.lost
    for data in KEPT:
        tape.acknowledge(Digest.of(data))


def _wrong_when_grown(place: Path, words: list[object]) -> list[str]:
    """Half grown, it lacks what is promised. Nothing in it is other than it was."""
    grown = place / "grown"
    if not is_library(grown):
        return ["the library is gone"] * bool(words)
    shelf = Shelf(open_folder(grown))
    harmed = [digest for digest in map(Digest.of, KEPT) if shelf.has(digest) and shelf.check(digest).harms]
    lost = [word for word in words if isinstance(word, Digest) and not _whole(grown, word)]
    return [f"{digest.short} is harmed" for digest in harmed] + [f"{digest.short} is lost" for digest in lost]


def _after_growing(place: Path) -> list[str]:
    restore(str(place / "vault"), place / "grown", clock=now)
    folder = open_folder(place / "grown")
    harms = [verdict.what for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
    return harms + _wrong_when_grown(place, [*map(Digest.of, KEPT)])


def _of_before(place: Path) -> None:
    (prepared(place).path / migrating.README).write_bytes(EARLIER)


def _migrated(place: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrating, "EARLIER_READMES", {hashlib.sha256(EARLIER).hexdigest()})
        migrating.migrate(open_folder(place / "library"), NOW)


def _migrate(place: Path, tape: Tape) -> None:
    _migrated(place)
    tape.acknowledge(Current())


def _wrong_after_migrating(place: Path, words: list[object]) -> list[str]:
    folder = open_folder(place / "library")
    there = (folder.path / migrating.README).read_bytes()
    wrong = ["the README is neither"] * (there not in (EARLIER, fixed_files()[migrating.README]))
    wrong += ["the README is the old one"] * (Current() in words and there == EARLIER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrating, "EARLIER_READMES", {hashlib.sha256(EARLIER).hexdigest()})
        return wrong + complaints_of(folder, [word for word in words if word != Current()])


def _after_migrating(place: Path) -> list[str]:
    _migrated(place)
    return _wrong_after_migrating(place, [Current()])


FEW = {
    "migrate": Scene(_of_before, _migrate, _wrong_after_migrating, _after_migrating),
}
"""All their states are few enough for every day."""

MANY = {
    "library made": Scene(lambda place: None, _make, _wrong_when_made, _after_making),
    "restore": Scene(_only_a_vault, _grow, _wrong_when_grown, _after_growing),
    "restore from a nameless vault": Scene(_only_a_nameless_vault, _grow, _wrong_when_grown, _after_growing),
}
