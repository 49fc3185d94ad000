"""How many copies there are of each original, as the vaults were last read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from remnant.keep.folder import Folder
from remnant.keep.vaults.listed import Vault, Vaults
from remnant.keep.vaults.memory import Memory


@dataclass(frozen=True, slots=True)
class Standing:
    """What one vault holds, as it was last seen: `oldest` is when the pack longest unread was read."""

    vault: Vault
    packs: int
    harmed: int
    bytes: int
    originals: frozenset[str]
    oldest: datetime | None


def standing(folder: Folder, vault: Vault) -> Standing:
    """What is remembered of a vault. Harmed packs do not count."""
    packs = list(Memory(folder, vault).packs().values())
    good = [pack for pack in packs if pack.harm is None]
    names = frozenset(short for pack in good for short in pack.originals)
    size = sum(pack.size for pack in packs)
    return Standing(
        vault, len(packs), len(packs) - len(good), size, names, min((p.verified for p in good), default=None)
    )


def copies_elsewhere(folder: Folder) -> Counter[str]:
    """In how many vaults each original is, by its short name."""
    found: Counter[str] = Counter()
    for vault in Vaults(folder).all():
        found.update(standing(folder, vault).originals)
    return found
