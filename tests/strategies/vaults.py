"""Libraries with vaults, for tests of what is kept elsewhere."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from tests.strategies.keep import NOW, library, now, put

from remnant.keep import ocfl
from remnant.keep.folder import Folder
from remnant.keep.vaults import begun, form, looking
from remnant.keep.vaults.listed import Vault, Vaults
from remnant.keep.vaults.memory import Memory, Pack
from remnant.keep.vaults.pushing import Push, Pushed
from remnant.keep.vaults.reaching import open_store
from remnant.keep.vaults.tending import Tending, Trouble


def stories(many: int = 12, size: int = 3000, seed: int = 1) -> list[bytes]:
    chance = random.Random(seed)
    return [chance.randbytes(size) for _ in range(many)]


def with_vault(path: Path, contents: list[bytes], recipients: tuple[str, ...] = ()) -> tuple[Folder, Vault]:
    """A library of these originals and a vault that nothing was pushed to yet."""
    folder = library(path)
    put(folder, *contents)
    return folder, vault_of(folder, path / "vault", "usb", recipients)


def vault_of(folder: Folder, place: Path, name: str, recipients: tuple[str, ...] = ()) -> Vault:
    says = begun.begin(str(place), recipients, NOW)
    vault = Vault(name, says.vault, str(place), says.created, says.recipients)
    Vaults(folder).put(vault)
    return vault


def pushed(folder: Folder, vault: Vault, stop_after: int = 10**9) -> Pushed:
    """One push; `stop_after` so many packs somebody presses Ctrl-C."""
    asked = iter(range(stop_after))
    with Vaults(folder).held(vault, "pushing"):
        push = Push(folder, vault, begun.reach(vault), now)
        return push.run(
            {"catalogue.tsv": b"work\tlabel\n"}, lambda _done, _total: None, lambda: next(asked, None) is None
        )


def troubles(folder: Folder, vault: Vault) -> list[Trouble]:
    tending = Tending(folder, vault, begun.reach(vault), now)
    return list(tending.troubles(lambda _done, _total: None, lambda: False))


def packs(folder: Folder, vault: Vault) -> list[Pack]:
    return sorted(Memory(folder, vault).packs().values(), key=lambda pack: pack.number)


def pack_files(vault: Vault) -> list[Path]:
    """The file of every pack that stands in a vault in a folder."""
    found = (Path(vault.target).glob(f"packs/*/urn*/{ocfl.CONTENT}/{file}") for file in (form.PLAIN, form.SECRET))
    return sorted(path for paths in found for path in paths)


def overwrite(path: Path, start: int, data: bytes) -> None:
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(start)
        file.write(data)


def whole_packs(target: str) -> Iterator[str]:
    """The packs of a vault that are whole, by name."""
    store = open_store(target)
    for short, names in looking.packs_in(store).items():
        if not looking.look(store, short, names).harms:
            yield short
