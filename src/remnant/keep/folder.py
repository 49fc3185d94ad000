"""The library folder: its marker, its rooms, and whether one may write in it."""

from __future__ import annotations

import base64
import errno
import json
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files as resources
from pathlib import Path

from remnant.durable import files
from remnant.durable.locks import hold
from remnant.errors import DamageError, NewerFormatError, RefusedError, SuspectVolumeError
from remnant.keep import ocfl
from remnant.wire.canonical import time_to_json

FORMAT = 1
MARKER = f"0=remnant_library_{FORMAT}"
MARKER_TEXT = f"remnant_library_{FORMAT}\n".encode()

_MARKERS = re.compile(r"0=remnant_library_([1-9][0-9]{0,8})")
_REPLICA = re.compile(r"[a-z2-7]{16}")
_BEGUN = ".remnant-creating"
_ROOMS = ("shelf", "ledger", "journal", "index", "staging", "locks", "aside")
_OURS = frozenset({_BEGUN, *_ROOMS, "README.txt", "replica.json", MARKER})
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@dataclass(frozen=True, slots=True)
class Folder:
    """An open library folder. `replica` names this copy of the library: the chains that are written here bear it."""

    path: Path
    replica: str
    newer: bool = False
    """Whether a newer Remnant wrote it: then nothing is written."""

    @property
    def shelf(self) -> Path:
        return self.path / "shelf"

    @property
    def ledger(self) -> Path:
        return self.path / "ledger"

    @property
    def journal(self) -> Path:
        return self.path / "journal"

    @property
    def readers(self) -> Path:
        return self.path / "journal" / "readers"

    @property
    def index(self) -> Path:
        return self.path / "index"

    @property
    def staging(self) -> Path:
        return self.path / "staging"

    @property
    def aside(self) -> Path:
        """Where damaged and torn bytes go when something good takes their place."""
        return self.path / "aside"

    @property
    def suspect(self) -> Path:
        """Stands there once the disk refused to confirm a write."""
        return self.path / "SUSPECT.txt"

    @contextmanager
    def lock(self, name: str, doing: str, patience: float | None = None) -> Iterator[None]:
        """Hold one of the library's locks (`index` ...), as `durable.locks.hold` does.

        RefusedError where the folder may only be read.
        """
        place = self.path / "locks"
        with ExitStack() as held:
            try:
                place.mkdir(exist_ok=True)
                held.enter_context(hold(place / f"{name}.lock", doing, patience))
            except OSError as error:
                raise RefusedError(_refusal(error)) from error
            yield

    @contextmanager
    def writing(self, lock: str | None = None, doing: str = "", patience: float | None = None) -> Iterator[None]:
        """Everything written to the library is written inside this, under one of its locks if one is named.

        NewerFormatError in a newer library; SuspectVolumeError once the disk has refused to confirm a write, then and
        ever after, until a person removes SUSPECT.txt; RefusedError when the disk is full or will not be written.
        """
        self._may_write()
        try:
            with self.lock(lock, doing, patience) if lock else nullcontext():
                yield
        except SuspectVolumeError as error:
            self._mark_suspect(error)
            raise
        except OSError as error:
            raise RefusedError(_refusal(error)) from error

    def _may_write(self) -> None:
        if self.newer:
            raise NewerFormatError(
                "This library was written by a newer Remnant. It can be read here, and nothing was changed. "
                "Use the newer Remnant to add to it."
            )
        if self.suspect.exists():
            raise SuspectVolumeError(
                f"The disk of this library once refused to confirm a write. Nothing was changed. Read {self.suspect}."
            )
        if not _REPLICA.fullmatch(self.replica):
            raise DamageError(
                "replica.json, which names this copy of the library, is damaged or gone: without it nothing is "
                "written, and nothing was changed. See first what else is harmed: remnant check. "
                "docs/formats/library.md says how to write it again."
            )

    def _mark_suspect(self, error: SuspectVolumeError) -> None:
        # On a disk that fails this may fail too; the error itself goes on either way.
        with suppress(OSError):
            self.suspect.write_bytes(_text("suspect.txt") + f"\n{error}\n".encode())


def create(path: Path, now: datetime) -> Folder:
    """Make a library here, or finish one whose making was cut off; RefusedError if something else is here.

    Opens the library that is already here, if there is one.
    """
    try:
        files.make_folder(path)
        if not _may_become_library(path):
            raise RefusedError(
                _torn(path) or f"{path} is not empty and is no library. Nothing was changed; choose another folder."
            )
        _make(path, now)
    except OSError as error:
        raise RefusedError(_refusal(error)) from error
    return open_folder(path)


def open_folder(path: Path) -> Folder:
    """Open a library; one of a newer form opens read-only. RefusedError if this is none."""
    versions = _versions(path)
    if not versions:
        raise RefusedError(
            _torn(path)
            or f"There is no library at {path}. Nothing was changed. `remnant add PATH` makes one there; "
            "--library or REMNANT_LIBRARY names another."
        )
    return Folder(path, _replica(path), newer=max(versions) > FORMAT)


def is_library(path: Path) -> bool:
    """Whether a library is here, of whatever version."""
    return bool(_versions(path))


def fixed_files() -> dict[str, bytes]:
    """What stands in every library folder alike, by path."""
    shelf = {f"shelf/{name}": data for name, data in ocfl.root_files().items()}
    return {"README.txt": _text("readme.txt"), **shelf, MARKER: MARKER_TEXT}


def _make(path: Path, now: datetime) -> None:
    if _versions(path) and not (path / _BEGUN).exists():
        return
    with hold(path / _BEGUN, "making a library"):
        if not _versions(path):
            _furnish(path, now)
        (path / _BEGUN).unlink(missing_ok=True)


def _furnish(path: Path, now: datetime) -> None:
    for room in _ROOMS:
        files.make_folder(path / room)
    files.make_folder(path / "journal" / "readers", 0o700)
    name = base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()
    record = {"v": FORMAT, "replica": name, "created": time_to_json(now)}
    replica = json.dumps(record, indent=2).encode("ascii") + b"\n"
    for place, data in {"replica.json": replica, **fixed_files()}.items():
        # The marker comes last: where it stands, all else does.
        files.make_folder((path / place).parent)
        files.replace(path / place, data, draft=path / "staging" / "draft")


def _may_become_library(path: Path) -> bool:
    found = set(os.listdir(path))
    # A making that was cut off has left nothing but names of ours: all else is somebody's.
    return not found or (_BEGUN in found and found <= _OURS) or bool(_versions(path))


def _versions(path: Path) -> list[int]:
    try:
        found = os.listdir(path)
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [int(match[1]) for match in map(_MARKERS.fullmatch, found) if match]


def _torn(path: Path) -> str:
    """What is to be said of a folder with rooms of a library and no marker; nothing if there are none."""
    if (path / _BEGUN).exists() and _may_become_library(path):
        return (
            f"A library was being made at {path}, and that was cut off before anything was kept in it. "
            "`remnant add PATH` finishes it."
        )
    remains = [room for room in ("shelf", "ledger", "journal") if (path / room).is_dir()]
    if not remains:
        return ""
    return (
        f"What stands at {path} looks like a library ({', '.join(remains)}), and its marker {MARKER} is gone: it "
        "was copied in part, renamed, or encrypted by somebody. Nothing was changed. Write nothing there, and look "
        "at a few files first. From a vault, `remnant restore` makes the library again in another folder."
    )


def _replica(path: Path) -> str:
    """This copy's name, or nothing if it cannot be read: reading the library does not need it."""
    try:
        record = json.loads((path / "replica.json").read_bytes())
        return str(record["replica"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _refusal(error: OSError) -> str:
    if error.errno in _FULL:
        return (
            "The disk is full. Everything acknowledged is safe. Make room and do it again; "
            "what is already kept is not kept twice."
        )
    return (
        f"The library cannot be written ({error.strerror}: {error.filename}). Everything acknowledged is safe. "
        "When that is put right, do it again."
    )


def _text(name: str) -> bytes:
    return (resources("remnant.keep") / name).read_bytes()
