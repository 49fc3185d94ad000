"""One object on the disk: staged, built, and looked through byte for byte."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from remnant.durable import files
from remnant.keep import ocfl
from remnant.model import Arrival, Digest, Original
from remnant.wire import arrival as arrival_wire
from remnant.wire.canonical import parse, time_to_json

_CHUNK = 1 << 20
_READ_ONLY = 0o444

Pace = Callable[[int], None]
"""Is told of each piece of content that was read, and may take its time."""


def unhurried(_read: int) -> None:
    """The pace of those who may read as fast as they can."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Bytes as they came, written in `file` beside the shelf, not yet synced."""

    file: Path
    original: Original
    sha256: str

    @property
    def identity(self) -> str:
        return ocfl.object_id(self.original.digest)

    @property
    def site(self) -> Path:
        """Where its object is built."""
        return self.file.with_name(f"{self.file.name}.object")

    def take_back(self, built: Path) -> None:
        """Undo the building of an object."""
        original = find_original(built)
        if original is not None:
            os.rename(original, self.file)
        shutil.rmtree(self.site)

    def discard(self) -> None:
        """Remove what is left of it in staging."""
        self.file.unlink(missing_ok=True)
        shutil.rmtree(self.site, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Measured:
    sha512: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found of one object. `original` is None if its bytes are not those its place was named for.

    `harms` name what is missing or changed, `strays` what does not belong. `arrival` is None unless it is unharmed.
    """

    original: Original | None
    arrival: Arrival | None
    harms: tuple[str, ...]
    strays: tuple[str, ...]


def stage(stream: Iterator[bytes], file: Path) -> Staged:
    """Write bytes to a new file and learn their digests, a piece at a time."""
    sha512, sha256, size = hashlib.sha512(), hashlib.sha256(), 0
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _READ_ONLY)
    try:
        for piece in stream:
            sha512.update(piece)
            sha256.update(piece)
            size += len(piece)
            files.write_all(descriptor, piece)
    finally:
        os.close(descriptor)
    return Staged(file, Original(Digest(sha512.hexdigest()), size), sha256.hexdigest())


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(_CHUNK):
        yield piece


def build(staged: Staged, arrival: Arrival, replica: str) -> Path:
    """Make the object beside its staged bytes, every file and folder of it synced. Gives the object's folder."""
    home = staged.site / ocfl.place_of(staged.identity)
    os.makedirs(home / ocfl.CONTENT)
    name = ocfl.original_name(arrival.name)
    os.rename(staged.file, home / ocfl.CONTENT / name)
    files.sync_path(home / ocfl.CONTENT / name)
    record = arrival_record(arrival)
    files.write_new(home / ocfl.CONTENT / ocfl.ARRIVAL, record, _READ_ONLY)
    contents = (
        ocfl.Content(name, staged.original.digest.hex, staged.sha256),
        ocfl.Content(ocfl.ARRIVAL, Digest.of(record).hex, hashlib.sha256(record).hexdigest()),
    )
    said = ocfl.Inventory(staged.identity, contents, time_to_json(arrival.at), replica)
    _write_inventory(home, ocfl.inventory_bytes(said))
    for folder in (home / ocfl.CONTENT, home / ocfl.VERSION, home):
        files.sync_path(folder)
    return home


def arrival_record(arrival: Arrival) -> bytes:
    """`arrival.json`, for people too."""
    return json.dumps(arrival_wire.to_json(arrival), indent=2, sort_keys=True).encode("ascii") + b"\n"


def _write_inventory(home: Path, data: bytes) -> None:
    files.write_new(home / ocfl.DECLARATION, ocfl.DECLARATION_TEXT, _READ_ONLY)
    for name, text in ((ocfl.INVENTORY, data), (ocfl.SIDECAR, ocfl.sidecar(data))):
        files.write_new(home / name, text, _READ_ONLY)
        _twin(home / name, home / ocfl.VERSION / name, text)


def _twin(first: Path, second: Path, data: bytes) -> None:
    """The same file under a second name; a copy where the file system has no links."""
    try:
        os.link(first, second)
    except PermissionError:
        files.write_new(second, data, _READ_ONLY)


def find_original(home: Path) -> Path | None:
    """The file of the bytes themselves, whatever its ending."""
    try:
        names = os.listdir(home / ocfl.CONTENT)
    except (FileNotFoundError, NotADirectoryError):
        return None
    found = sorted(filter(ocfl.is_original, names))
    return home / ocfl.CONTENT / found[0] if found else None


def examine(home: Path, identity: str, pace: Pace = unhurried) -> Examined:
    """Look through a whole object: every byte of every file, and that there is nothing else."""
    found = frozenset(_listing(str(home), ""))
    contents = {path: _measured(f"{home}/{path}", pace) for path in found if path.startswith(f"{ocfl.CONTENT}/")}
    original = next(filter(None, (_as_original(path, contents[path], identity) for path in sorted(contents))), None)
    said = _said(home, identity)
    if said is None:
        harms = ["inventory.json is missing or changed"] + ["the original is missing or changed"] * (original is None)
        return Examined(original, None, tuple(harms), ())
    changed, strays = _against(said, home, contents, found)
    return Examined(original, _arrival(said, home), changed, strays)


def read_arrival(home: Path, identity: str) -> Arrival | None:
    """How an object's bytes first came, if that record is unharmed."""
    said = _said(home, identity)
    return _arrival(said, home) if said else None


def _against(
    said: ocfl.Inventory, home: Path, contents: dict[str, _Measured | None], found: frozenset[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is changed, and what is too much, by what the inventory says."""
    others = ocfl.other_files(ocfl.inventory_bytes(said))
    changed = {path for path, data in others.items() if _bytes(f"{home}/{path}") != data}
    for content in said.contents:
        measured = contents.get(content.path)
        if measured is None or (measured.sha512, measured.sha256) != (content.sha512, content.sha256):
            changed.add(content.path)
    strays = found - others.keys() - {content.path for content in said.contents} - ocfl.FOLDERS
    return (
        tuple(f"{path} is missing or changed" for path in sorted(changed)),
        tuple(f"{path} does not belong there" for path in sorted(strays)),
    )


def _said(home: Path, identity: str) -> ocfl.Inventory | None:
    """What the inventory says, from whichever copy of it is whole."""
    for folder in (f"{home}", f"{home}/{ocfl.VERSION}"):
        data = _bytes(f"{folder}/{ocfl.INVENTORY}")
        said = ocfl.read_inventory(data) if data is not None else None
        if said and said.identity == identity and _bytes(f"{folder}/{ocfl.SIDECAR}") == ocfl.sidecar(data or b""):
            return said
    return None


def _arrival(said: ocfl.Inventory, home: Path) -> Arrival | None:
    data = _bytes(f"{home}/{ocfl.CONTENT}/{ocfl.ARRIVAL}")
    promised = {content.sha512 for content in said.contents if content.name == ocfl.ARRIVAL}
    if data is None or Digest.of(data).hex not in promised:
        return None
    return arrival_wire.from_json(parse(data))


def _as_original(path: str, measured: _Measured | None, identity: str) -> Original | None:
    if measured is None or not ocfl.is_original(path.removeprefix(f"{ocfl.CONTENT}/")):
        return None
    digest = Digest(measured.sha512)
    return Original(digest, measured.size) if ocfl.object_id(digest) == identity else None


def _listing(folder: str, above: str) -> Iterator[str]:
    """Everything in a folder, folders included, by path; nothing if it cannot be read."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        yield above + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _listing(entry.path, f"{above}{entry.name}/")


def _measured(path: str, pace: Pace) -> _Measured | None:
    sha512, sha256, size = hashlib.sha512(), hashlib.sha256(), 0
    try:
        with open(path, "rb", buffering=0) as file:
            while piece := file.read(_CHUNK):
                sha512.update(piece)
                sha256.update(piece)
                size += len(piece)
                pace(len(piece))
    except OSError:
        return None
    return _Measured(sha512.hexdigest(), sha256.hexdigest(), size)


def _bytes(path: str) -> bytes | None:
    try:
        with open(path, "rb", buffering=0) as file:
            return file.read()
    except OSError:
        return None
