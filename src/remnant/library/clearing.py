"""Out of the vaults with what somebody wished forgotten, at once or when they can be reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from remnant.errors import BusyError, RefusedError
from remnant.keep.vaults import begun, form
from remnant.keep.vaults.listed import Vault, Vaults
from remnant.keep.vaults.memory import Memory
from remnant.keep.vaults.resealing import Resealed, drop_what_waits, forgotten_in, reseal
from remnant.keep.vaults.stores import Store
from remnant.library.cataloguing import for_people
from remnant.library.opening import Library
from remnant.library.watching import Clock, utc_now
from remnant.model import Digest


@dataclass(frozen=True, slots=True)
class ForgottenIn:
    """What became of a wish to forget in one vault. `why`: it could not be reached. `left` packs hold it still."""

    name: str
    target: str
    why: str | None = None
    packs: int = 0
    left: int = 0


def forget_in_vaults(
    library: Library, originals: Iterable[Digest], *, identity: Path | None = None, clock: Clock = utc_now
) -> tuple[ForgottenIn, ...]:
    """Take originals out of every vault that can be reached, once the library itself has forgotten them.

    New packs are written and read back before the old ones go. A vault that cannot be reached is named.
    """
    vaults, gone = Vaults(library.folder), tuple(originals)
    return tuple(_forget_in(library, vault, gone, identity, clock) for vault in vaults.all())


def forget_what_vaults_owe(
    library: Library, *, identity: Path | None = None, clock: Clock = utc_now
) -> tuple[ForgottenIn, ...]:
    """Try again in every vault that could not be cleared when somebody wished it; those that owed something."""
    owing = [vault for vault in Vaults(library.folder).all() if Memory(library.folder, vault).owes_forgetting]
    return tuple(_see_to(library, vault, identity, clock) for vault in owing)


def forget_what_is_owed(library: Library, vault: Vault, store: Store, identity: Path | None, clock: Clock) -> int:
    """See to a wish that came while the vault was away; how many originals it named. The caller holds the vault."""
    memory = Memory(library.folder, vault)
    if not memory.owes_forgetting:
        return 0
    return _owed(library, vault, store, identity, clock)[0]


def _forget_in(
    library: Library, vault: Vault, gone: tuple[Digest, ...], identity: Path | None, clock: Clock
) -> ForgottenIn:
    try:
        with Vaults(library.folder).held(vault, f"resealing the vault {vault.name}"):
            done = _resealed(library, vault, gone, identity, clock)
    except (BusyError, RefusedError) as error:
        Memory(library.folder, vault).owe_forgetting({form.short_of(digest) for digest in gone})
        return ForgottenIn(vault.name, vault.target, str(error))
    if done.kept:
        Memory(library.folder, vault).owe_forgetting(set())
    return ForgottenIn(vault.name, vault.target, None, done.packs, len(done.kept))


def _resealed(
    library: Library, vault: Vault, gone: tuple[Digest, ...], identity: Path | None, clock: Clock
) -> Resealed:
    try:
        return reseal(library.folder, vault, begun.reach(vault), gone, for_people(library), clock, identity)
    except RefusedError:
        # The vault keeps it for now; what lies here for the vault does not.
        drop_what_waits(library.folder, vault)
        raise


def _see_to(library: Library, vault: Vault, identity: Path | None, clock: Clock) -> ForgottenIn:
    try:
        with Vaults(library.folder).held(vault, f"resealing the vault {vault.name}"):
            done = _owed(library, vault, begun.reach(vault), identity, clock)[1]
    except (BusyError, RefusedError) as error:
        return ForgottenIn(vault.name, vault.target, str(error))
    return ForgottenIn(vault.name, vault.target, None, done.packs, len(done.kept))


def _owed(library: Library, vault: Vault, store: Store, identity: Path | None, clock: Clock) -> tuple[int, Resealed]:
    gone = forgotten_in(library.folder, vault, store, library.folder.staging / f"vault-{vault.name}", identity)
    done = reseal(library.folder, vault, store, gone, for_people(library), clock, identity)
    if not done.kept:
        Memory(library.folder, vault).has_forgotten()
    return len(gone), done
