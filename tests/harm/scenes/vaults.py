"""Pushing to vaults, and mending them and from them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from tests.harm.judging import KNOWN, complaints_of, prepared
from tests.harm.scenes.scene import Scene
from tests.harm.tape import Tape
from tests.strategies.keep import NOW, library, now, put
from tests.strategies.vaults import overwrite, pack_files, packs, pushed, troubles, vault_of, whole_packs

from remnant.keep.audit import Audit, Grade
from remnant.keep.folder import Folder, open_folder
from remnant.keep.ledger import Ledger
from remnant.keep.shelf import Shelf
from remnant.keep.vaults.form import short_of
from remnant.keep.vaults.listed import Vault, Vaults
from remnant.library import vaulting
from remnant.library.mending import tend
from remnant.library.opening import open_library
from remnant.model import Digest

HARMED, LOST = Digest.of(b"harmed"), Digest.of(b"lost")
MORE = (b"two", b"three" * 300)
SPOILT = "spoilt.zip"
PARTS = 2
"""Files of spare parts beside a pack."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A word: this original stands in the vault too."""

    digest: Digest


@dataclass(frozen=True, slots=True)
class Listed:
    """A word: this vault is one of the library's."""

    name: str


def _with_vault(place: Path) -> None:
    folder = prepared(place)
    put(folder, *MORE)
    vault_of(folder, place / "vault", "usb")


def _with_a_pack(place: Path) -> None:
    folder = prepared(place)
    pushed(folder, vault_of(folder, place / "vault", "usb"))
    put(folder, *MORE)


def _held(place: Path) -> tuple[Folder, Vault]:
    folder = open_folder(place / "library")
    return folder, Vaults(folder).get("usb")


def _push(place: Path, tape: Tape) -> None:
    pushed(*_held(place))
    for data in (b"one", *MORE):
        tape.acknowledge(Copied(Digest.of(data)))


def _push_twice(place: Path, tape: Tape) -> None:
    _push(place, tape)
    for number in range(2):
        put(open_folder(place / "library"), b"later %d" % number)
    pushed(*_held(place))
    tape.acknowledge(Copied(Digest.of(b"later 1")))


def _push_to_two(place: Path, tape: Tape) -> None:
    with open_library(place / "library", NOW) as opened:
        vaulting.add(opened, str(place / "second"), clock=now)
        tape.acknowledge(Listed("second"))
        done = vaulting.push(opened, clock=now)
    assert [one.why for one in done] == [None, None]
    for data in (b"one", *MORE):
        tape.acknowledge(Copied(Digest.of(data)))


def _wrong_with_two(place: Path, words: list[object]) -> list[str]:
    wrong = _wrong_with_vault(place, [word for word in words if not isinstance(word, Listed)])
    folder = open_folder(place / "library")
    known = {vault.name: vault for vault in Vaults(folder).all()}
    wrong += [f"{word.name} is forgotten" for word in words if isinstance(word, Listed) and word.name not in known]
    if "second" not in known:
        return wrong
    copied = [word.digest for word in words if isinstance(word, Copied)]
    wrong += [trouble.what for trouble in troubles(folder, known["second"])]
    return wrong + _vault_lacks(folder, known["second"], copied)


def _after_two(place: Path) -> list[str]:
    with open_library(place / "library", NOW) as opened:
        vaulting.add(opened, str(place / "second"), clock=now)
        vaulting.push(opened, clock=now)
        kept = [Digest.of(data) for data in (b"one", *MORE)]
        vaults = Vaults(opened.folder).all()
        wrong = [f"{len(vaults)} vaults"] * (len(vaults) != 2)
        for vault in vaults:
            wrong += [trouble.what for trouble in troubles(opened.folder, vault)]
            wrong += _vault_lacks(opened.folder, vault, kept)
    return wrong


def _vault_lacks(folder: Folder, vault: Vault, digests: list[Digest]) -> list[str]:
    whole = set(whole_packs(vault.target)) if digests else set()
    held = {short for pack in packs(folder, vault) if pack.name in whole for short in pack.originals}
    return [f"the vault lacks {digest.short}" for digest in digests if short_of(digest) not in held]


def _wrong_with_vault(place: Path, words: list[object]) -> list[str]:
    folder, vault = _held(place)
    copied = [word.digest for word in words if isinstance(word, Copied)]
    wrong = complaints_of(folder, [word for word in words if not isinstance(word, Copied)])
    wrong += [f"{path} is empty" for path in (place / "vault/packs").glob("???") if not any(path.iterdir())]
    return wrong + [trouble.what for trouble in troubles(folder, vault)] + _vault_lacks(folder, vault, copied)


def _after_push(place: Path) -> list[str]:
    folder, vault = _held(place)
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
    _spoil(place, vault, 600, bytes(100))


def _harmed_beyond(place: Path) -> None:
    """The pack in the vault harmed beyond what its spare parts mend; all is whole on the shelf."""
    folder = library(place)
    put(folder, b"one", *MORE)
    vault = vault_of(folder, place / "vault", "usb")
    pushed(folder, vault)
    _spoil(place, vault, 300, bytes(1500))


def _spoil(place: Path, vault: Vault, start: int, data: bytes) -> None:
    """Harm the pack, and note beside what it is then."""
    overwrite(pack_files(vault)[0], start, data)
    shutil.copyfile(pack_files(vault)[0], place / SPOILT)


def _make_anew(place: Path, tape: Tape) -> None:
    """What it held is pushed anew, and it is set aside."""
    with open_library(place / "library", NOW) as opened:
        done = tend(opened, mend=True, clock=now)
    assert not done.vaults[0].left
    for data in (b"one", *MORE):
        tape.acknowledge(Copied(Digest.of(data)))


def _wrong_in_making_anew(place: Path, words: list[object]) -> list[str]:
    """The spoilt pack in its place or aside, whatever came of the new one."""
    folder, vault = _held(place)
    copied = [word.digest for word in words if isinstance(word, Copied)]
    wrong = [verdict.what for verdict in Audit(folder).verdicts() if verdict.grade is Grade.HARM]
    wrong += ["the pack is nowhere"] * (not any(path.stat().st_size for path in (place / "vault").rglob("pack.zip")))
    return [*filter(_counts, wrong), *_thrown_away(place), *_vault_lacks(folder, vault, copied)]


def _counts(what: str) -> bool:
    """Torn lines that nobody acknowledged do not."""
    return "last lines" not in what


def _after_making_anew(place: Path) -> list[str]:
    folder, vault = _held(place)
    with open_library(folder.path, NOW) as opened:
        tend(opened, mend=True, clock=now)
    kept = [Digest.of(data) for data in (b"one", *MORE)]
    return [trouble.what for trouble in troubles(folder, vault)] + _vault_lacks(folder, vault, kept)


def _mend(place: Path, tape: Tape) -> None:
    with open_library(place / "library", NOW) as opened:
        done = tend(opened, mend=True, harmed=[HARMED, LOST], clock=now)
    assert not done.left
    for data in (b"one", b"harmed", b"lost", *MORE):
        tape.acknowledge(Digest.of(data))
        tape.acknowledge(Copied(Digest.of(data)))


def _wrong_in_mending(place: Path, words: list[object]) -> list[str]:
    """The pack stands harmed, whole, or aside; what was whole is whole."""
    folder, vault = _held(place)
    copied = [word.digest for word in words if isinstance(word, Copied)]
    wrong = complaints_of(folder, [word for word in words if not isinstance(word, Copied)], KNOWN | {LOST})
    wrong += ["the pack is nowhere"] * (not any(_may_be_mended(path) for path in (place / "vault").rglob("pack.zip")))
    return wrong + _thrown_away(place) + _vault_lacks(folder, vault, copied)


def _thrown_away(place: Path) -> list[str]:
    """What is taken out of its place is set aside: at no moment is it nowhere."""
    there = [path.read_bytes() for path in (place / "vault").rglob("pack.zip")]
    return ["what was spoilt is thrown away"] * ((place / SPOILT).read_bytes() not in there)


def _may_be_mended(pack: Path) -> bool:
    """Whether its spare parts lie beside it; of its own bytes but those that were spoilt are gone."""
    return pack.stat().st_size > 600 and len(list(pack.parent.glob("*.par2"))) == PARTS


def _after_mending(place: Path) -> list[str]:
    folder, vault = _held(place)
    with open_library(folder.path, NOW) as opened:
        done = tend(opened, mend=True, harmed=[HARMED, LOST], clock=now)
    left = [f"{digest.short} is left" for digest in done.left] + [what for one in done.vaults for what in one.left]
    return left + [trouble.what for trouble in troubles(folder, vault)]


MANY = {
    "push": Scene(_with_vault, _push, _wrong_with_vault, _after_push),
    "push again": Scene(_with_a_pack, _push, _wrong_with_vault, _after_push),
    "mend by pushing anew": Scene(_harmed_beyond, _make_anew, _wrong_in_making_anew, _after_making_anew),
    "mend from a vault": Scene(_harmed_everywhere, _mend, _wrong_in_mending, _after_mending),
}

LONG = {
    "push, keep, push": Scene(_with_vault, _push_twice, _wrong_with_vault, _after_push),
    "vault added, push to two": Scene(_with_vault, _push_to_two, _wrong_with_two, _after_two),
}
"""Too long for every day."""
