"""Making a vault, and reaching one again: the right one, and not whatever else stands at that place now."""

from __future__ import annotations

import base64
import re
import secrets
from datetime import datetime

from remnant.errors import NewerFormatError, RefusedError
from remnant.keep.vaults import form
from remnant.keep.vaults.folder_store import FolderStore
from remnant.keep.vaults.listed import Vault
from remnant.keep.vaults.looking import small
from remnant.keep.vaults.reaching import open_store
from remnant.keep.vaults.stores import Store, UnreachableError
from remnant.wire.canonical import time_to_json

_MARKERS = re.compile(r"0=remnant_vault_([1-9][0-9]{0,8})")


def begin(target: str, recipients: tuple[str, ...], now: datetime) -> form.Says:
    """Make a vault at an empty place, or find the one that is there; RefusedError if something else is there."""
    store = open_store(target)
    if isinstance(store, FolderStore):
        store.make()
    found = {stored.name for stored in store.files()}
    if found - {form.NAME, *form.fixed_files()} and not is_vault(found):
        raise RefusedError(
            f"{target} is not empty and is no vault. Nothing was changed; choose an empty folder, or an unused prefix."
        )
    refuse_newer(found)
    said = says_of(store)
    if said is None:
        identity = base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()
        said = form.Says(identity, time_to_json(now), recipients)
        store.write(form.NAME, form.says_bytes(said))
    for name, data in form.fixed_files().items():
        # The marker comes last: where it stands, all else does.
        if small(store, name) != data:
            store.write(name, data)
    return said


def reach(vault: Vault) -> Store:
    """The place of a vault, if that vault is there; UnreachableError if it is not, or another is."""
    store = open_store(vault.target)
    if not store.exists():
        raise UnreachableError(
            f"The vault {vault.name} is not at {vault.target} just now. Nothing was changed. Plug in its disk, or if "
            "it is gone for good: remnant vault remove, and remnant vault add for another."
        )
    refuse_newer({stored.name for stored in store.files()})
    said = says_of(store)
    if said is not None and said.vault != vault.identity:
        raise UnreachableError(
            f"At {vault.target} stands another vault than {vault.name}. Nothing was changed. Look which disk is there."
        )
    return store


def says_of(store: Store) -> form.Says | None:
    """What a vault says of itself; None if that cannot be read."""
    data = small(store, form.NAME)
    return form.read_says(data) if data is not None else None


def says(vault: Vault) -> form.Says:
    """The same as it is remembered here."""
    return form.Says(vault.identity, vault.created, vault.recipients)


def refuse_newer(names: set[str]) -> None:
    """NewerFormatError if a newer Remnant wrote the vault that these files are of."""
    versions = [int(match[1]) for match in map(_MARKERS.fullmatch, names) if match]
    if versions and max(versions) > form.FORMAT:
        raise NewerFormatError(
            "This vault was written by a newer Remnant. Nothing was changed. Use the newer Remnant with it."
        )


def is_vault(names: set[str]) -> bool:
    """Whether these files are a vault's: also one whose marker was lost, if its name or its packs are there."""
    return form.NAME in names or any(form.short_at(name) or _MARKERS.fullmatch(name) for name in names)
