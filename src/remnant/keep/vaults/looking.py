"""Looking through a vault: every byte of every pack, and what is in one."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from remnant.keep import ocfl
from remnant.keep.objects import pieces
from remnant.keep.vaults import form
from remnant.keep.vaults.stores import Store
from remnant.model import Digest

Sums = tuple[str, str]
"""SHA-512 and SHA-256."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A pack as it stands. `digest` is that of its file, if it is the one that the pack is named for.

    `harms` name what is missing or changed, `strays` what does not belong.
    """

    short: str
    file: str
    digest: Digest | None
    harms: tuple[str, ...]
    strays: tuple[str, ...]


def packs_in(store: Store) -> dict[str, frozenset[str]]:
    """The packs that stand in a vault, by name, each with the names of its files, whole or not."""
    found: dict[str, set[str]] = defaultdict(set)
    for stored in store.files(form.PACKS):
        short = form.short_at(stored.name)
        if short is not None:
            found[short].add(stored.name.removeprefix(f"{form.place_of(short)}/"))
    return {short: frozenset(names) for short, names in found.items()}


def files_of(store: Store, short: str) -> frozenset[str]:
    """The names of one pack's files."""
    place = form.place_of(short)
    return frozenset(stored.name.removeprefix(f"{place}/") for stored in store.files(place))


def strays_in(store: Store) -> list[str]:
    """What stands in a vault and belongs to nothing there."""
    known = {form.NAME, *form.fixed_files()}
    return [one.name for one in store.files() if one.name not in known and form.short_at(one.name) is None]


def is_begun(names: Iterable[str]) -> bool:
    """Whether these are the files of a pack whose putting was cut off: the inventory comes last."""
    return ocfl.INVENTORY not in names and f"{ocfl.VERSION}/{ocfl.INVENTORY}" not in names


def look(store: Store, short: str, names: frozenset[str]) -> Looked:
    """Read a whole pack: every byte of every file, and that there is nothing else."""
    place = form.place_of(short)
    sums = {name: _sums(store, f"{place}/{name}") for name in names if name.startswith(f"{ocfl.CONTENT}/")}
    file, digest = _pack_among(sums, short)
    said = inventory_of(store, short)
    if said is None:
        harms = ["its inventory is missing or changed", *(["the pack itself is missing or changed"] * (not digest))]
        return Looked(short, file, digest, tuple(harms), ())
    changed, strays = _against(store, place, said, sums, names)
    if digest is None and not any(file in harm for harm in changed):
        changed = (*changed, "it is not the pack that its place is named for")
    return Looked(short, file, digest, changed, strays)


def inventory_of(store: Store, short: str) -> ocfl.Inventory | None:
    """What a pack's inventory says, from whichever copy of it is whole."""
    place = form.place_of(short)
    for above in (place, f"{place}/{ocfl.VERSION}"):
        data = small(store, f"{above}/{ocfl.INVENTORY}")
        said = ocfl.read_inventory(data) if data is not None else None
        if said and said.identity == form.identity_of(short):
            return said
    return None


def small(store: Store, name: str) -> bytes | None:
    """A small file's bytes, or None if it cannot be read."""
    try:
        return b"".join(store.read(name))
    except OSError:
        return None


def _against(
    store: Store, place: str, said: ocfl.Inventory, sums: dict[str, Sums | None], names: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    others = ocfl.other_files(ocfl.inventory_bytes(said))
    changed = {name for name, data in others.items() if small(store, f"{place}/{name}") != data}
    changed |= {one.path for one in said.contents if sums.get(one.path) != (one.sha512, one.sha256)}
    strays = names - others.keys() - {one.path for one in said.contents}
    return (
        tuple(f"{name} is missing or changed" for name in sorted(changed)),
        tuple(f"{name} does not belong there" for name in sorted(strays)),
    )


def _pack_among(sums: dict[str, Sums | None], short: str) -> tuple[str, Digest | None]:
    """The pack's file by its name, and its digest if that is the one the pack is named for."""
    for file in (form.PLAIN, form.SECRET):
        found = sums.get(f"{ocfl.CONTENT}/{file}")
        if found and form.short_of(Digest(found[0])) == short:
            return file, Digest(found[0])
    locked = any(name.startswith(f"{ocfl.CONTENT}/{form.SECRET}") for name in sums)
    return (form.SECRET if locked else form.PLAIN), None


def _sums(store: Store, name: str) -> Sums | None:
    try:
        return _summed(store.read(name))
    except OSError:
        return None


def sums_of(path: Path) -> Sums:
    """The two digests of a file here."""
    with path.open("rb") as file:
        return _summed(pieces(file))


def _summed(pieces: Iterable[bytes]) -> Sums:
    sha512, sha256 = hashlib.sha512(), hashlib.sha256()
    for piece in pieces:
        sha512.update(piece)
        sha256.update(piece)
    return sha512.hexdigest(), sha256.hexdigest()
