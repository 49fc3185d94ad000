"""One object on the disk: staged, built, and looked through byte for byte."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from remnant.durable import files
from remnant.keep import ocfl, ocfl_object
from remnant.model import Arrival, Digest, Original
from remnant.wire import arrival as arrival_wire
from remnant.wire.canonical import UNREADABLE, parse, time_to_json

_CHUNK = 1 << 20
_READ_ONLY = 0o444
_ARRIVAL = f"{ocfl.CONTENT}/{ocfl.ARRIVAL}"
_LONGEST = 16 << 20
"""Bytes of the longest record that is read; none of ours comes near it."""

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

    `harms` name what is missing or changed, `strays` what does not belong.
    """

    original: Original | None
    record: bytes | None
    """`arrival.json`, if it is unharmed."""
    harms: tuple[str, ...]
    strays: tuple[str, ...]

    @property
    def arrival(self) -> Arrival | None:
        """How its bytes first came; None if that is harmed, or cannot be read here."""
        try:
            return arrival_wire.from_json(parse(self.record)) if self.record is not None else None
        except UNREADABLE:
            return None


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
    """Both inventories are files of their own: OCFL wants no links, and one fault shall not take both."""
    for name, text in ocfl.other_files(data).items():
        files.write_new(home / name, text, _READ_ONLY)


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
    read = _Files(str(home))
    found = frozenset(_listing(str(home)))
    contents = {path: read.measured(path, pace) for path in found if path.startswith(f"{ocfl.CONTENT}/")}
    original = next(filter(None, (_as_original(path, contents[path], identity) for path in sorted(contents))), None)
    said, inventory = _said(read, identity)
    if said is None:
        harms = [_not_ours(home)] + ["the original is missing or changed"] * (original is None)
        return Examined(original, None, tuple(harms), ())
    changed, strays = _against(said, inventory, read, contents, found)
    record = None if _ARRIVAL in changed else read.bytes_of(_ARRIVAL)
    return Examined(original, record, tuple(f"{path} is missing or changed" for path in sorted(changed)), strays)


def _not_ours(home: Path) -> str:
    """Why an inventory is not as it was written: damage, or another program that knows its trade."""
    if ocfl_object.is_valid(home):
        return "inventory.json was changed by another program, which left a valid OCFL object"
    return "inventory.json is missing or changed"


def read_arrival(home: Path, identity: str) -> Arrival | None:
    """How an object's bytes first came, if that record is unharmed."""
    read = _Files(str(home))
    said, _ = _said(read, identity)
    record = read.bytes_of(_ARRIVAL)
    if said is None or record is None or Digest.of(record).hex not in {one.sha512 for one in said.contents}:
        return None
    return Examined(None, record, (), ()).arrival


class _Files:
    """The files of one object, each but the original read once."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._read: dict[str, bytes | None] = {}

    def bytes_of(self, path: str) -> bytes | None:
        """None if it is not there, cannot be read, or is longer than any record of ours."""
        if path not in self._read:
            try:
                self._read[path] = b"".join(_pieces(f"{self._home}/{path}", _LONGEST))
            except OSError:
                self._read[path] = None
        return self._read[path]

    def measured(self, path: str, pace: Pace) -> _Measured | None:
        if path == _ARRIVAL:
            data = self.bytes_of(path)
            return None if data is None else _measured([data], pace)
        try:
            return _measured(_pieces(f"{self._home}/{path}"), pace)
        except OSError:
            return None


def _pieces(path: str, most: int | None = None) -> Iterator[bytes]:
    """OSError also if it is longer than `most`."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        size = os.fstat(descriptor).st_size
        if most is not None and size > most:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path)
        # One more than there is: then the first read also finds the end.
        while piece := os.read(descriptor, min(size + 1, _CHUNK)):
            yield piece
    finally:
        os.close(descriptor)


def _against(
    said: ocfl.Inventory, inventory: bytes, read: _Files, contents: dict[str, _Measured | None], found: frozenset[str]
) -> tuple[set[str], tuple[str, ...]]:
    """What is changed, and what is too much, by what the inventory says."""
    others = ocfl.other_files(inventory)
    changed = {path for path, data in others.items() if read.bytes_of(path) != data}
    for content in said.contents:
        measured = contents.get(content.path)
        if measured is None or (measured.sha512, measured.sha256) != (content.sha512, content.sha256):
            changed.add(content.path)
    strays = found - others.keys() - {content.path for content in said.contents} - ocfl.FOLDERS
    return changed, tuple(f"{path} does not belong there" for path in sorted(strays))


def _said(read: _Files, identity: str) -> tuple[ocfl.Inventory | None, bytes]:
    """What the inventory says, from whichever copy of it is whole, and its bytes."""
    for above in ("", f"{ocfl.VERSION}/"):
        data = read.bytes_of(above + ocfl.INVENTORY)
        said = ocfl.read_inventory(data) if data is not None else None
        if said and data and said.identity == identity and read.bytes_of(above + ocfl.SIDECAR) == ocfl.sidecar(data):
            return said, data
    return None, b""


def _as_original(path: str, measured: _Measured | None, identity: str) -> Original | None:
    if measured is None or not ocfl.is_original(path.removeprefix(f"{ocfl.CONTENT}/")):
        return None
    digest = Digest(measured.sha512)
    return Original(digest, measured.size) if ocfl.object_id(digest) == identity else None


def _listing(home: str) -> Iterator[str]:
    """Everything in a folder, folders included, by path; nothing of one that cannot be read."""
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            entries = list(os.scandir(f"{home}/{above}"))
        except OSError:
            continue
        for entry in entries:
            yield above + entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{above}{entry.name}/")


def _measured(pieces: Iterable[bytes], pace: Pace) -> _Measured:
    sha512, sha256, size = hashlib.sha512(), hashlib.sha256(), 0
    for piece in pieces:
        sha512.update(piece)
        sha256.update(piece)
        size += len(piece)
        pace(len(piece))
    return _Measured(sha512.hexdigest(), sha256.hexdigest(), size)
