"""What was seen in a vault, and when it was last read whole: `vaults/NAME/PACK.json`. Lost, it is learnt again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from remnant.durable import files
from remnant.keep.folder import Folder
from remnant.keep.vaults.listed import Vault
from remnant.model import Digest
from remnant.wire.arrival import digest_from_json
from remnant.wire.canonical import canonical, time_from_json, time_to_json

FORM = 1
_OWED = "forgetting-owed"
_KINDS = ("ledger", "journal", "readers", "canons")


@dataclass(frozen=True, slots=True)
class Records:
    """How far the records in a pack go: the heads of the chains, and of readers' files and canons their SHA-256."""

    ledger: Mapping[str, str] = field(default_factory=dict)
    journal: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, str] = field(default_factory=dict)
    canons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as it was seen: `digest` and `size` of its file, the originals in it by their short names.

    `verified`: when every byte of it was last read and right. `harm`: what was wrong with it since.
    """

    name: str
    file: str
    digest: Digest
    size: int
    number: int
    sealed: datetime
    verified: datetime
    originals: tuple[str, ...]
    records: Records | None = None
    harm: str | None = None


class Memory:
    """The packs of one vault, as this library last saw them. The caller holds the vault's lock to write."""

    def __init__(self, folder: Folder, vault: Vault) -> None:
        self._folder = folder
        self.place = folder.path / "vaults" / vault.name

    @property
    def sealed(self) -> Path:
        """Where a pack waits that is sealed and not yet known to stand in the vault."""
        return self.place / "sealed"

    @property
    def owes_forgetting(self) -> bool:
        """Whether something was to be forgotten in this vault while it could not be reached."""
        return (self.place / _OWED).exists()

    def owe_forgetting(self, gone: set[str]) -> None:
        """Remember that, and no longer what packs hold that name these: their names are digests too."""
        files.make_folder(self.place)
        files.make_folder(self._folder.staging)
        # Durable before the note of the forgetting goes: whoever loses this never sees to the vault.
        files.replace(self.place / _OWED, b"", draft=self._folder.staging / f"{self.place.name}.part")
        self.forget_all(pack.name for pack in self.packs().values() if gone & set(pack.originals))

    def has_forgotten(self) -> None:
        (self.place / _OWED).unlink(missing_ok=True)

    def packs(self) -> dict[str, Pack]:
        """Every pack, by name. What cannot be read is not remembered: it is looked at again."""
        return {pack.name: pack for pack in read_packs(self.place)}

    def wait_for(self, pack: Pack, home: Path) -> None:
        """Lay a sealed pack where a push that is stopped finds it again, and goes on with this very one."""
        self.sealed.mkdir(parents=True, exist_ok=True)
        (self.sealed / f"{pack.name}.json").write_bytes(canonical(_to_json(pack)))
        home.rename(self.sealed / pack.name)

    def put(self, pack: Pack) -> None:
        files.make_folder(self.place)
        self._folder.staging.mkdir(exist_ok=True)
        draft = self._folder.staging / f"{self.place.name}.part"
        files.replace(self.place / f"{pack.name}.json", canonical(_to_json(pack)) + b"\n", draft=draft)

    def verified(self, pack: Pack, now: datetime) -> None:
        self.put(replace(pack, verified=now, harm=None))

    def harmed(self, pack: Pack, harm: str) -> None:
        self.put(replace(pack, harm=harm))

    def forget(self, name: str) -> None:
        (self.place / f"{name}.json").unlink(missing_ok=True)

    def forget_all(self, names: Iterable[str]) -> None:
        """Durably: what is remembered of a pack names its originals, and one of them may be to be forgotten."""
        for name in names:
            self.forget(name)
        if self.place.is_dir():
            files.sync_path(self.place)


def read_packs(place: Path) -> list[Pack]:
    """The packs remembered in a folder, by number; what cannot be read is left out."""
    found = (_read(path) for path in sorted(place.glob("*.json")))
    return sorted((pack for pack in found if pack), key=lambda pack: (pack.number, pack.name))


def _to_json(pack: Pack) -> dict[str, Any]:
    seen = pack.records
    said = {name: dict(getattr(seen, name)) for name in _KINDS} if seen else None
    return {
        "v": FORM,
        "pack": pack.name,
        "file": pack.file,
        "digest": f"sha512:{pack.digest.hex}",
        "size": pack.size,
        "number": pack.number,
        "sealed": time_to_json(pack.sealed),
        "verified": time_to_json(pack.verified),
        "originals": list(pack.originals),
        "records": said,
        "harm": pack.harm,
    }


def _read(path: Path) -> Pack | None:
    try:
        said = json.loads(path.read_bytes())
        seen = said["records"]
        return Pack(
            path.stem,
            said["file"],
            digest_from_json(said["digest"]),
            int(said["size"]),
            int(said["number"]),
            time_from_json(said["sealed"]),
            time_from_json(said["verified"]),
            tuple(said["originals"]),
            Records(seen["ledger"], seen["journal"], seen["readers"], seen.get("canons", {})) if seen else None,
            said["harm"],
        )
    except (OSError, ValueError, LookupError, TypeError):
        return None
