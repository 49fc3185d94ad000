"""Taking originals out of a vault for good, by somebody's wish: the one exception to packs that never change.

New packs with everything else are written and read back first; only then do the old ones go. Every pack with records
goes too, for they name what is to be forgotten.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from remnant.durable import files
from remnant.keep.folder import Folder
from remnant.keep.ledger import Event, Ledger
from remnant.keep.tombstones import Tombstones
from remnant.keep.vaults import form, looking
from remnant.keep.vaults.folder_store import FolderStore
from remnant.keep.vaults.listed import Vault
from remnant.keep.vaults.memory import Memory, Pack
from remnant.keep.vaults.opening import Members, opened
from remnant.keep.vaults.pushing import UNVAULTED, Push
from remnant.keep.vaults.stores import Store
from remnant.model import Digest


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many packs were replaced. `kept` still hold it: they also hold what no other copy does, or are locked."""

    packs: int
    kept: tuple[str, ...]


def reseal(
    folder: Folder,
    vault: Vault,
    store: Store,
    forgotten: Iterable[Digest],
    besides: dict[str, bytes],
    clock: Callable[[], datetime],
    identity: Path | None = None,
) -> Resealed:
    """Have a vault forget these originals and whatever its records say; the caller holds it.

    The ledger no longer promises them when this is called, nor do the chains name them: the new packs hold what the
    library holds then. Doing it again goes on where it was stopped.
    """
    memory = Memory(folder, vault)
    known = Push(folder, vault, store, clock)
    known.learn(identity)
    # After the last pack that may hold it was opened in scratch, so that this too is away for good.
    drop_what_waits(folder, vault)
    names = {form.short_of(digest) for digest in forgotten}
    affected = [pack for pack in memory.packs().values() if pack.records or names & set(pack.originals)]
    push = Push(folder, vault, store, clock, instead_of=[pack.name for pack in affected])
    push.run(besides, lambda _done, _total: None, lambda: False, learn=False)
    held = {short for pack in push.staying() for short in pack.originals}
    going = [pack for pack in affected if set(pack.originals) - names <= held]
    for pack in going:
        store.remove(form.place_of(pack.name))
    memory.forget_all(pack.name for pack in going)
    _write_down(Ledger(folder), vault, going, clock())
    if isinstance(store, FolderStore):
        store.clear_aside()
    kept = [pack for pack in affected if pack not in going]
    return Resealed(len(going), (*(pack.name for pack in kept), *sorted(set(known.done.unknown))))


def drop_what_waits(folder: Folder, vault: Vault) -> None:
    """Take away what lies in the library for a vault: packs not delivered, and what was left in scratch.

    Of scratch durably. A sealed pack is away for good once what is remembered of packs is synced, which comes last.
    """
    shutil.rmtree(Memory(folder, vault).sealed, ignore_errors=True)
    for room in folder.staging.glob(f"vault-{vault.name}*"):
        shutil.rmtree(room, ignore_errors=True)
    if folder.staging.is_dir():
        files.sync_path(folder.staging)


def forgotten_in(
    folder: Folder, vault: Vault, store: Store, room: Path, identity: Path | None = None
) -> frozenset[Digest]:
    """The originals in a vault's packs that were to be forgotten. A tombstone is matched by whole digests alone, so
    every pack is opened; LockedError if they are locked and there is no key."""
    found: set[Digest] = set()
    for short in looking.packs_in(store):
        with opened(store, short, room, identity) as pack:
            if pack is not None:
                with Members(pack) as members:
                    found |= {held.original.digest for held in members.originals.values()}
    return Tombstones(folder).among(found)


def _write_down(ledger: Ledger, vault: Vault, going: Iterable[Pack], now: datetime) -> None:
    detail = {"vault": vault.identity, "why": "resealed"}
    ledger.record([Event(UNVAULTED, pack.digest, {**detail, "pack": pack.name}) for pack in going], now)
