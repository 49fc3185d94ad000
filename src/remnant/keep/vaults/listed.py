"""Which vaults a library has, and how many copies are asked for: `vaults/` in the library folder."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from remnant.durable import files
from remnant.errors import DamageError, RefusedError
from remnant.keep.folder import Folder

FORM = 1
_NAMED = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_COPIES = "copies.json"


@dataclass(frozen=True, slots=True)
class Vault:
    """A vault of this library: what people call it, what it calls itself, where it stands, what goes in besides.

    `recipients` are public keys it is locked for; `readers` those whose private files go in, by their own wish.
    """

    name: str
    identity: str
    target: str
    created: str
    recipients: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()


class Vaults:
    """The list, one file each. A credential never stands in it."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.place = folder.path / "vaults"

    def all(self) -> list[Vault]:
        """Every vault, by name; DamageError for a file that cannot be read."""
        names = [path for path in sorted(self.place.glob("*.json")) if path.name != _COPIES]
        return [_read(path) for path in names if _NAMED.fullmatch(path.stem)]

    def get(self, name: str) -> Vault:
        """The vault of this name; RefusedError names those there are."""
        for vault in self.all():
            if vault.name == name:
                return vault
        names = ", ".join(vault.name for vault in self.all()) or "none yet; `remnant vault add TARGET` makes one"
        raise RefusedError(f"There is no vault called {name}. Nothing was changed. Known are: {names}.")

    def put(self, vault: Vault) -> None:
        """Remember a vault, or what changed of it."""
        if not _NAMED.fullmatch(vault.name) or vault.name == Path(_COPIES).stem:
            raise RefusedError(
                f"{vault.name!r} cannot be a vault's name: 1 to 32 of a-z, 0-9 and -, but not `copies`. "
                "Nothing was changed."
            )
        record = {
            "v": FORM,
            "name": vault.name,
            "vault": vault.identity,
            "target": vault.target,
            "created": vault.created,
            "recipients": list(vault.recipients),
            "readers": list(vault.readers),
        }
        self._write(f"{vault.name}.json", record)

    def forget(self, name: str) -> None:
        """Forget a vault and what was seen in it; what stands there stays."""
        with self._folder.writing("vaults", "changing the list of vaults"):
            (self.place / f"{name}.json").unlink(missing_ok=True)
            shutil.rmtree(self.place / name, ignore_errors=True)
            if self.place.is_dir():
                files.sync_path(self.place)

    def copies(self) -> int:
        """How many copies of each original are asked for: by word, else the shelf's and one in each vault."""
        with suppress(OSError, ValueError, LookupError, TypeError):
            return max(1, int(json.loads((self.place / _COPIES).read_bytes())["copies"]))
        return 1 + len(self.all())

    def ask_for(self, copies: int) -> None:
        """Ask for so many copies from now on."""
        self._write(_COPIES, {"v": FORM, "copies": copies})

    @contextmanager
    def held(self, vault: Vault, doing: str) -> Iterator[None]:
        """Hold a vault alone: one process of this library pushes to it, or mends it, at a time."""
        with self._folder.writing(f"vault-{vault.name}", doing, patience=0):
            yield

    def _write(self, name: str, record: dict[str, Any]) -> None:
        with self._folder.writing("vaults", "changing the list of vaults"):
            files.make_folder(self.place)
            draft = self._folder.staging / "vault.part"
            files.make_folder(draft.parent)
            files.replace(self.place / name, json.dumps(record, indent=2).encode("ascii") + b"\n", draft=draft)


def name_for(target: str) -> str:
    """A name out of a target: its last part in plain letters."""
    last = target.rstrip("/").rpartition("/")[2].lower()
    plain = re.sub(r"[^a-z0-9]+", "-", last).strip("-")[:32].strip("-")
    return plain if plain and plain != "copies" else "vault"


def _read(path: Path) -> Vault:
    try:
        record = json.loads(path.read_bytes())
        return Vault(
            path.stem,
            str(record["vault"]),
            str(record["target"]),
            str(record["created"]),
            tuple(map(str, record["recipients"])),
            tuple(map(str, record["readers"])),
        )
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise DamageError(
            f"{path} cannot be read. The vault itself is not touched by that; delete the file and add the vault again."
        ) from error
