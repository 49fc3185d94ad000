"""A whole library again from one vault alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from remnant.durable import files
from remnant.errors import RefusedError
from remnant.keep import folder as folders
from remnant.keep.folder import Folder
from remnant.keep.vaults import begun, form
from remnant.keep.vaults.growing_back import GrowingBack
from remnant.keep.vaults.listed import Vault, Vaults, name_for
from remnant.keep.vaults.reaching import open_store
from remnant.keep.vaults.stores import S3
from remnant.library.vaulting import telling
from remnant.library.watching import Clock, Progress, Stage, Stop, never, nobody_watches, utc_now
from remnant.model import Digest

_FROM = "growing-back-from"


@dataclass(frozen=True, slots=True)
class Lost:
    """An original that was promised and is not in the vault; what the vault's catalogue calls it, if it does."""

    original: Digest
    label: str | None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was grown back. `mended` packs were put together from spare parts; of `spoilt` ones only some was left."""

    originals: int
    chains: tuple[str, ...]
    mended: int
    spoilt: int
    lost: tuple[Lost, ...]
    stopped: bool


def restore(
    target: str,
    directory: Path,
    *,
    identity: Path | None = None,
    clock: Clock = utc_now,
    progress: Progress = nobody_watches,
    stop: Stop = never,
) -> Restored:
    """Grow a library at `directory` from the vault at `target`; doing it again goes on where it was stopped.

    RefusedError if something else is there, or no vault. The vault is only read, and is a vault of the new library.
    """
    place = target.rstrip("/") if target.startswith(S3) else str(Path(target).expanduser().resolve())
    store = open_store(place)
    if not store.exists():
        raise RefusedError(f"There is no vault at {place}. Nothing was changed.")
    names = {stored.name for stored in store.files()}
    begun.refuse_newer(names)
    if not begun.is_vault(names):
        raise RefusedError(f"What is at {place} is no vault. Nothing was changed.")
    folder = _begun(directory, place, begun.says_of(store), clock)
    with folder.writing("restoring", "growing a library from a vault", patience=0):
        grown = GrowingBack(folder, store, identity, clock).run(telling(progress, Stage.RESTORING), stop)
    lost = tuple(Lost(digest, label) for digest, label in sorted(grown.lost.items()))
    chains = tuple(grown.chains)
    return Restored(grown.originals, chains, len(grown.mended), len(grown.spoilt), lost, grown.stopped)


def _begun(directory: Path, place: str, says: form.Says | None, clock: Clock) -> Folder:
    """A new library for this vault, or the one that an earlier run began; RefusedError for any other."""
    begun_by = directory / "staging" / _FROM
    folder = folders.create(directory, clock())
    vaults = Vaults(folder)
    known = says is not None and any(vault.identity == says.vault for vault in vaults.all())
    if not known and not _is_empty(folder) and not (begun_by.is_file() and begun_by.read_text() == place):
        raise RefusedError(
            f"In {directory} is a library already, and not one grown from this vault. Nothing was changed. Name a new "
            "folder; `remnant join` brings two libraries together."
        )
    with folder.writing():
        # Before anything grows, durably: by this note whoever goes on after a power cut is known again.
        files.replace(begun_by, place.encode(), draft=begun_by.with_suffix(".part"))
    if says is not None and not known:
        vaults.put(Vault(name_for(place), says.vault, place, says.created, says.recipients))
    return folder


def _is_empty(folder: Folder) -> bool:
    """Whether nothing was ever kept or said in it: then it may just have been made for this."""
    found = (folder.shelf.glob("[0-9a-f]" * 3), folder.ledger.glob("*.jsonl"), folder.journal.glob("*.jsonl"))
    return not any(any(names) for names in found)
