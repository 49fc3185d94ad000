"""Sealing a pack: stored ZIP, lock, spare parts, manifest and inventory; built in scratch, and proved mendable."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from remnant.errors import DamageError
from remnant.keep import ocfl
from remnant.keep.objects import arrival_record, pieces
from remnant.keep.shelf import Shelf
from remnant.keep.vaults import age, form, looking, parity, zipped
from remnant.keep.vaults.memory import Pack, Records
from remnant.model import Digest, Original
from remnant.wire.canonical import time_to_json


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into one pack. `records` are files of the library besides, by their name under `records/NUMBER/`.

    `news`: the records are worth a pack even if no original goes with them.
    """

    number: int
    originals: tuple[Original, ...]
    records: dict[str, bytes] = field(default_factory=dict)
    heads: Records | None = None
    news: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """A pack as an OCFL object in a scratch folder, and what is to be remembered of it."""

    home: Path
    pack: Pack
    harmed: tuple[Digest, ...]
    """Originals that are not in it, because what the shelf holds of them is damaged."""


def seal(shelf: Shelf, says: form.Says, contents: Contents, replica: str, room: Path, now: datetime) -> Sealed | None:
    """Make a pack in `room`, which is emptied first; None if nothing whole and no news was left to go into it."""
    shutil.rmtree(room, ignore_errors=True)
    content = room / "new" / ocfl.CONTENT
    content.mkdir(parents=True)
    plain = content / form.PLAIN
    went, harmed = _zip(shelf, contents, plain, says, now)
    if not went and not contents.news:
        return None
    file = _locked(plain, says)
    digests, size = {file.name: looking.sums_of(file)}, file.stat().st_size
    parts = parity.make(file)
    _prove(file, parts, room / "trial")
    digests |= {part.name: looking.sums_of(part) for part in parts}
    digest = Digest(digests[file.name][0])
    short = form.short_of(digest)
    write_around(room / "new", short, digests, time_to_json(now), replica)
    home = room / short
    (room / "new").rename(home)
    names = tuple(form.short_of(one.digest) for one in went)
    pack = Pack(short, file.name, digest, size, contents.number, now, now, names, contents.heads)
    return Sealed(home, pack, harmed)


def write_around(home: Path, short: str, digests: dict[str, looking.Sums], created: str, replica: str) -> None:
    """Write whatever of an object is not the pack and its spare parts: the manifest of those, and the frame."""
    manifest = home / ocfl.CONTENT / form.MANIFEST
    manifest.write_bytes(form.manifest({name: sha512 for name, (sha512, _) in digests.items()}))
    write_frame(home, short, {**digests, form.MANIFEST: looking.sums_of(manifest)}, created, replica)


def write_frame(home: Path, short: str, digests: dict[str, looking.Sums], created: str, replica: str) -> None:
    """Write whatever of an object is not content: it follows from the contents' digests."""
    contents = tuple(ocfl.Content(name, *both) for name, both in sorted(digests.items()))
    inventory = ocfl.inventory_bytes(ocfl.Inventory(form.identity_of(short), contents, created, replica))
    for name, data in ocfl.other_files(inventory).items():
        (home / name).write_bytes(data)


def _zip(
    shelf: Shelf, contents: Contents, path: Path, says: form.Says, now: datetime
) -> tuple[list[Original], tuple[Digest, ...]]:
    went: list[Original] = []
    harmed: list[Digest] = []
    digests: dict[str, str] = {}
    with zipped.Writer(path) as pack:
        for original in contents.originals:
            try:
                digests |= _put_original(shelf, original, pack)
                went.append(original)
            except DamageError:
                harmed.append(original.digest)
        for name, data in _records(contents, says, went, now).items():
            digests[name] = _put(pack, name, data)
        inside = form.manifest(digests)
        _put(pack, f"manifests/{hashlib.sha512(inside).hexdigest()[:32]}.sha512", inside)
    return went, tuple(harmed)


def _put_original(shelf: Shelf, original: Original, pack: zipped.Writer) -> dict[str, str]:
    """The bytes and how they came; DamageError, with nothing written, if the bytes are not as they were kept."""
    short = form.short_of(original.digest)
    name = f"originals/{short}.{shelf.path_of(original.digest).suffix[1:]}"
    with shelf.open(original.digest) as file:
        pack.add(name, pieces(file), original.size)
    try:
        record = arrival_record(shelf.arrival(original.digest))
    except DamageError:
        return {name: original.digest.hex}
    arrivals = f"arrivals/{short}.json"
    return {name: original.digest.hex, arrivals: _put(pack, arrivals, record)}


def _records(contents: Contents, says: form.Says, went: Sequence[Original], now: datetime) -> dict[str, bytes]:
    word = {
        "v": form.FORMAT,
        "vault": says.vault,
        "number": contents.number,
        "sealed": time_to_json(now),
        "originals": len(went),
        "bytes": sum(original.size for original in went),
    }
    data = json.dumps(word, indent=2, sort_keys=True).encode("ascii") + b"\n"
    name = f"packs/{contents.number:08}-{hashlib.sha512(data + _names(went)).hexdigest()[:16]}.json"
    return {name: data, **{f"records/{contents.number:08}/{at}": what for at, what in contents.records.items()}}


def _names(went: Iterable[Original]) -> bytes:
    return b"".join(bytes.fromhex(original.digest.hex) for original in went)


def _put(pack: zipped.Writer, name: str, data: bytes) -> str:
    pack.add(name, iter([data]), len(data))
    return hashlib.sha512(data).hexdigest()


def _locked(plain: Path, says: form.Says) -> Path:
    if not says.recipients:
        return plain
    locked = plain.with_name(form.SECRET)
    age.lock(plain, locked, says.recipients)
    plain.unlink()
    return locked


def _prove(file: Path, parts: Sequence[Path], scratch: Path) -> None:
    proved = parity.prove(file, parts, scratch)
    shutil.rmtree(scratch, ignore_errors=True)
    if not proved:
        raise DamageError(
            "The spare parts that par2 made do not mend a pack. Nothing was written to the vault, and what is kept "
            "is safe. Try another par2, or look at this machine's memory and disk."
        )
