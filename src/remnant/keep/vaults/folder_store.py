"""A vault in a folder: another disk, a stick, a share."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from remnant.durable import files
from remnant.errors import SuspectVolumeError
from remnant.keep.objects import pieces
from remnant.keep.vaults.stores import Stored, TooLargeError, UnreachableError

_LIMITS = ((1 << 31) - 1, (1 << 32) - 1)
"""What some disks take in one file at most, in bytes."""

_STAGING = "staging"
_ASIDE = "aside"


class FolderStore:
    """Written as the shelf is: staged beside, synced, renamed, the parent synced."""

    def __init__(self, target: str) -> None:
        self.target = target
        self._root = Path(target)

    @property
    def largest(self) -> int | None:
        """As its disk says: none on FAT is larger than 4 GiB, less one byte."""
        with self._reached(), tempfile.TemporaryFile(dir=self._root) as file:
            return next((size for size in _LIMITS if not _reaches(file.fileno(), size + 1)), None)

    def make(self) -> None:
        """Make the folder, if the one above it is there."""
        with self._reached():
            if not self._root.is_dir():
                os.mkdir(self._root)
                files.sync_path(self._root.parent)

    def exists(self) -> bool:
        with self._reached():
            return self._root.is_dir() and any(self._root.iterdir())

    def files(self, under: str = "") -> Iterator[Stored]:
        with self._reached():
            self._root.stat()
            there = not under or (self._root / under).is_dir()
            found = sorted(_walk(str(self._root / under), f"{under}/" if under else "")) if there else []
        yield from (Stored(name, size) for name, size in found)

    def read(self, name: str) -> Iterator[bytes]:
        with (self._root / name).open("rb") as file:
            yield from pieces(file)

    @contextmanager
    def local(self, name: str, scratch: Path) -> Iterator[Path]:
        yield self._root / name

    def write(self, name: str, data: bytes) -> None:
        with self._reached():
            files.make_folder((self._root / name).parent)
            files.make_folder(self._root / _STAGING)
            files.replace(self._root / name, data, draft=self._root / _STAGING / f"{secrets.token_hex(8)}.part")

    def put(self, place: str, home: Path) -> None:
        with self._reached(), self._staged(place, home) as built:
            target = self._root / place
            if target.exists():
                if not _same(built, target):
                    raise FileExistsError(place)
            elif target.parent.is_dir():
                os.rename(built, target)
            else:
                # With its folder in one step: OCFL knows no empty folders.
                files.sync_path(built.parent)
                os.rename(built.parent, target.parent)
            self._sync_above(target)

    def replace(self, place: str, home: Path) -> None:
        with self._reached(), self._staged(place, home) as built:
            target = self._root / place
            os.makedirs(target.parent, exist_ok=True)
            if target.exists():
                # Were this cut off between the two, the next mending puts the pack there anew.
                self._move_aside(target)
            os.rename(built, target)
            self._sync_above(target)

    def set_aside(self, place: str) -> None:
        with self._reached():
            self._move_aside(self._root / place)
            self._tidy_above(self._root / place)

    def remove(self, place: str) -> None:
        with self._reached():
            shutil.rmtree(self._root / place, ignore_errors=True)
            self._tidy_above(self._root / place)

    def clear_staging(self) -> None:
        """Throw away what a push that was stopped left half written; the caller holds the vault."""
        shutil.rmtree(self._root / _STAGING, ignore_errors=True)

    def clear_aside(self) -> None:
        """Take away for good what was set aside."""
        with self._reached():
            shutil.rmtree(self._root / _ASIDE, ignore_errors=True)
            files.sync_path(self._root)

    def _move_aside(self, target: Path) -> None:
        files.make_folder(self._root / _ASIDE)
        os.rename(target, self._root / _ASIDE / f"{target.name}-{secrets.token_hex(4)}")
        files.sync_path(self._root / _ASIDE)

    def _tidy_above(self, target: Path) -> None:
        """Of what is empty OCFL wants no folders."""
        if target.parent.is_dir() and not any(target.parent.iterdir()):
            target.parent.rmdir()
            files.sync_path(target.parent.parent)
        elif target.parent.is_dir():
            files.sync_path(target.parent)

    @contextmanager
    def _staged(self, place: str, home: Path) -> Iterator[Path]:
        """A synced copy of the folder in the vault's own staging, under the same last two names."""
        room = self._root / _STAGING / secrets.token_hex(8)
        built = room / Path(place).parent.name / Path(place).name
        try:
            every = [path for path in sorted(home.rglob("*")) if path.is_file()]
            folders = sorted({path.parent for path in every})
            for folder in folders:
                os.makedirs(built / folder.relative_to(home), exist_ok=True)
            files.many(partial(_copy, path, built / path.relative_to(home)) for path in every)
            for folder in reversed(folders):
                files.sync_path(built / folder.relative_to(home))
            yield built
        finally:
            shutil.rmtree(room, ignore_errors=True)

    def _sync_above(self, target: Path) -> None:
        files.sync_path(target.parent)
        files.sync_path(target.parent.parent)

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except FileExistsError:
            raise
        except SuspectVolumeError as error:
            # That disk is at fault and not the library's own.
            raise UnreachableError(
                f"The disk of the vault at {self.target} did not confirm a write. What was read back there before "
                "counts, this does not. Look at that disk before you push to it again."
            ) from error
        except OSError as error:
            if error.errno == errno.EFBIG:
                raise TooLargeError(
                    f"The disk of the vault at {self.target} takes no file as large as this."
                ) from error
            raise UnreachableError(
                f"The vault at {self.target} cannot be used just now ({error.strerror or error}). What is there was "
                "not changed. When the disk is there again and has room, do it again."
            ) from error


def _walk(folder: str, above: str) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            if above or entry.name not in (_STAGING, _ASIDE):
                yield from _walk(entry.path, f"{above}{entry.name}/")
        else:
            yield f"{above}{entry.name}", entry.stat(follow_symlinks=False).st_size


def _reaches(descriptor: int, size: int) -> bool:
    """Whether a file here can be so large. Asked by moving in it, which writes nothing."""
    try:
        return os.lseek(descriptor, size, os.SEEK_SET) == size
    except OSError:
        return False


def _copy(source: Path, target: Path) -> None:
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    try:
        with source.open("rb") as file:
            for piece in pieces(file):
                files.write_all(descriptor, piece)
        files.sync(descriptor)
        _read_from_the_disk(descriptor)
    finally:
        os.close(descriptor)


def _read_from_the_disk(descriptor: int) -> None:
    """Forget what is remembered of a file, so that reading it back asks the disk."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)


def _same(one: Path, other: Path) -> bool:
    names = [{str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()} for root in (one, other)]
    return names[0] == names[1] and all((one / name).read_bytes() == (other / name).read_bytes() for name in names[0])
