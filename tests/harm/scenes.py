"""What changes a library and what stands beside it: pushing, mending, joining, wishing, exports written anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.harm.judging import KNOWN, complaints_of, prepared
from tests.harm.power import Tape, even_dice, record
from tests.strategies.keep import NOW, library, now, put
from tests.strategies.vaults import overwrite, pack_files, packs, pushed, troubles, vault_of, whole_packs

from remnant.keep.exports import Exported, Exports
from remnant.keep.folder import Folder, open_folder
from remnant.keep.journal import Journal, Said
from remnant.keep.ledger import Ledger
from remnant.keep.shelf import Shelf
from remnant.keep.vaults.form import short_of
from remnant.keep.vaults.listed import Vault, Vaults
from remnant.library import indexing
from remnant.library.joining import Joined, join
from remnant.library.mending import tend
from remnant.library.opening import open_library
from remnant.model import Confidence, Digest, Field, Person, WorkWish, work_id
from remnant.wire.claim import new_claim

HARMED, LOST = Digest.of(b"harmed"), Digest.of(b"lost")
MORE = (b"two", b"three" * 300)
PARTS = 2
"""Files of spare parts beside a pack."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A word: this original stands in the vault too."""

    digest: Digest


@dataclass(frozen=True, slots=True)
class Dropped:
    """A word: that this export was made is remembered no more."""

    path: Path


@dataclass(frozen=True, slots=True)
class Stands:
    """A word: a file of this name in the library says this."""

    name: str
    data: bytes


CANON = Stands("canons/ours.toml", b"# The ferry, in the order in which it was told.\n")


@dataclass(frozen=True, slots=True)
class Scene:
    """`act` is recorded in the place that `prepare` made, and says what is acknowledged when.

    `wrong` is what is wrong with such a place found after a power cut; `after`, once it was done again whole.
    """

    prepare: Callable[[Path], object]
    act: Callable[[Path, Tape], None]
    wrong: Callable[[Path, list[object]], list[str]]
    after: Callable[[Path], list[str]]


def recorded(scene: Scene, place: Path, patch: pytest.MonkeyPatch, skip: str | None = None, threads: int = 1) -> Tape:
    """What a scene asks of the disk; syncs asked for at `skip` in the code are left out."""
    place.mkdir(exist_ok=True)
    with even_dice(patch), patch.context() as during:
        scene.prepare(place)
        with record(place, during, skip, threads) as tape:
            scene.act(place, tape)
    return tape


def _library(place: Path) -> Folder:
    return open_folder(place / "library")


def _with_vault(place: Path) -> None:
    folder = prepared(place)
    put(folder, *MORE)
    vault_of(folder, place / "vault", "usb")


def _with_a_pack(place: Path) -> None:
    folder = prepared(place)
    pushed(folder, vault_of(folder, place / "vault", "usb"))
    put(folder, *MORE)


def _aimed(place: Path) -> tuple[Folder, Vault]:
    """The library, told where its vault stands now that both were found elsewhere."""
    folder = _library(place)
    vault = Vaults(folder).get("usb")
    here = Vault(vault.name, vault.identity, str(place / "vault"), vault.created)
    if vault != here:
        Vaults(folder).put(here)
    return folder, here


def _push(place: Path, tape: Tape) -> None:
    pushed(*_aimed(place))
    for data in (b"one", *MORE):
        tape.acknowledge(Copied(Digest.of(data)))


def _vault_lacks(folder: Folder, vault: Vault, digests: list[Digest]) -> list[str]:
    whole = set(whole_packs(vault.target)) if digests else set()
    held = {short for pack in packs(folder, vault) if pack.name in whole for short in pack.originals}
    return [f"the vault lacks {digest.short}" for digest in digests if short_of(digest) not in held]


def _wrong_with_vault(place: Path, words: list[object]) -> list[str]:
    folder, vault = _aimed(place)
    copied = [word.digest for word in words if isinstance(word, Copied)]
    wrong = complaints_of(folder, [word for word in words if not isinstance(word, Copied)])
    wrong += [f"{path} is empty" for path in (place / "vault/packs").glob("???") if not any(path.iterdir())]
    return wrong + [trouble.what for trouble in troubles(folder, vault)] + _vault_lacks(folder, vault, copied)


def _after_push(place: Path) -> list[str]:
    folder, vault = _aimed(place)
    pushed(folder, vault)
    kept = [digest for digest in Ledger(folder).promised() if digest != HARMED]
    return [trouble.what for trouble in troubles(folder, vault)] + _vault_lacks(folder, vault, kept)


def _harmed_everywhere(place: Path) -> None:
    """One original lost, one spoilt, and the pack in the vault harmed within what its spare parts mend."""
    folder = library(place)
    put(folder, b"one", b"harmed", b"lost", *MORE)
    vault = vault_of(folder, place / "vault", "usb")
    pushed(folder, vault)
    shutil.rmtree(Shelf(folder).path_of(LOST).parents[3])
    overwrite(Shelf(folder).path_of(HARMED), 0, b"hermed")
    overwrite(pack_files(vault)[0], 600, bytes(100))


def _mend(place: Path, tape: Tape) -> None:
    _aimed(place)
    with open_library(place / "library", NOW) as opened:
        done = tend(opened, mend=True, harmed=[HARMED, LOST], clock=now)
    assert not done.left
    for data in (b"one", b"harmed", b"lost", *MORE):
        tape.acknowledge(Digest.of(data))
        tape.acknowledge(Copied(Digest.of(data)))


def _wrong_in_mending(place: Path, words: list[object]) -> list[str]:
    """The pack stands harmed, whole, or aside; what was whole is whole."""
    folder, vault = _aimed(place)
    copied = [word.digest for word in words if isinstance(word, Copied)]
    wrong = complaints_of(folder, [word for word in words if not isinstance(word, Copied)], KNOWN | {LOST})
    wrong += ["the pack is nowhere"] * (not any(_may_be_mended(path) for path in (place / "vault").rglob("pack.zip")))
    return wrong + _vault_lacks(folder, vault, copied)


def _may_be_mended(pack: Path) -> bool:
    """Whether its spare parts lie beside it; of its own bytes but those that were spoilt are gone."""
    return pack.stat().st_size > 600 and len(list(pack.parent.glob("*.par2"))) == PARTS


def _after_mending(place: Path) -> list[str]:
    folder, vault = _aimed(place)
    with open_library(folder.path, NOW) as opened:
        done = tend(opened, mend=True, harmed=[HARMED, LOST], clock=now)
    left = [f"{digest.short} is left" for digest in done.left] + [what for one in done.vaults for what in one.left]
    return left + [trouble.what for trouble in troubles(folder, vault)]


def _wish_of(data: bytes) -> Said:
    claim = new_claim(Field.WISH, WorkWish.SEAL.value, Person("ada", NOW), Confidence.STATED, "0")
    return Said(work_id(Digest.of(data), "0"), Digest.of(data), claim)


def _two_libraries(place: Path) -> None:
    prepared(place)
    (place / "there").mkdir()
    other = library(place / "there")
    put(other, b"one", *MORE)
    (other.path / CANON.name).parent.mkdir()
    (other.path / CANON.name).write_bytes(CANON.data)
    Journal(other).append([_wish_of(MORE[0])], NOW)


def _joined(place: Path) -> Joined:
    """Without the index, which is no part of what is kept."""
    with pytest.MonkeyPatch.context() as patch, open_library(place / "library", NOW) as opened:
        patch.setattr(indexing, "catch_up", lambda *_, **__: indexing.CaughtUp())
        return join(opened, place / "there/library", clock=now)


def _join(place: Path, tape: Tape) -> None:
    _joined(place)
    for data in MORE:
        tape.acknowledge(Digest.of(data))
    tape.acknowledge(_wish_of(MORE[0]))
    tape.acknowledge(CANON)


def _wrong_library(place: Path, words: list[object]) -> list[str]:
    folder = _library(place)
    standing = [word for word in words if isinstance(word, Stands)]
    lost = [f"{word.name} is lost" for word in standing if not _stands(folder.path / word.name, word.data)]
    return lost + complaints_of(folder, [word for word in words if not isinstance(word, Stands)])


def _stands(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


def _after_joining(place: Path) -> list[str]:
    _joined(place)
    again = _joined(place)
    wanted = [*map(Digest.of, (b"one", *MORE)), _wish_of(MORE[0])]
    return complaints_of(_library(place), wanted) + ["joined again it takes something"] * bool(
        again.originals or again.acts
    )


def _wish(place: Path, tape: Tape) -> None:
    folder = _library(place)
    with folder.writing():
        Journal(folder).append([_wish_of(b"one")], NOW)
    tape.acknowledge(_wish_of(b"one"))


def _after_wishing(place: Path) -> list[str]:
    folder = _library(place)
    Journal(folder).append([_wish_of(b"two")], NOW)
    return complaints_of(folder, [_wish_of(b"two")])


def _exported(name: str) -> Exported:
    return Exported("work", (Digest.of(b"one"),), Path("/books") / name, Digest.of(name.encode()))


def _with_exports(place: Path) -> None:
    Exports(prepared(place)).remember([_exported("a.epub"), _exported("b.epub")], NOW)


def _drop(place: Path, tape: Tape) -> None:
    Exports(_library(place)).drop(lambda one: one.path.name == "a.epub", NOW)
    tape.acknowledge(Dropped(Path("/books/a.epub")))


def _wrong_exports(place: Path, words: list[object]) -> list[str]:
    known = {one.path for one in Exports(_library(place)).all()}
    still = [f"{word.path} is still remembered" for word in words if isinstance(word, Dropped) and word.path in known]
    return still + ["an export is no longer remembered"] * (Path("/books/b.epub") not in known)


def _after_dropping(place: Path) -> list[str]:
    Exports(_library(place)).remember([_exported("c.epub")], NOW)
    return ["an export is not remembered"] * (
        Path("/books/c.epub") not in {one.path for one in Exports(_library(place)).all()}
    )


SCENES = {
    "push": Scene(_with_vault, _push, _wrong_with_vault, _after_push),
    "push again": Scene(_with_a_pack, _push, _wrong_with_vault, _after_push),
    "mend from a vault": Scene(_harmed_everywhere, _mend, _wrong_in_mending, _after_mending),
    "join": Scene(_two_libraries, _join, _wrong_library, _after_joining),
    "wish": Scene(prepared, _wish, _wrong_library, _after_wishing),
    "exports written anew": Scene(_with_exports, _drop, _wrong_exports, _after_dropping),
}
