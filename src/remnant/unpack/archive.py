"""Zip archives from strangers, read within limits."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import BinaryIO

from remnant.errors import RefusedError, TooLargeError
from remnant.unpack.salvaging import read_local, scan

CHUNK = 64 * 2**10

SMALL = 4 * 2**20
"""A member that unpacks to less cannot hurt, however well it was packed."""

_LOCAL_HEADER = 30
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, ValueError)
"""What the standard library's reader raises over bytes that are not as they should be."""


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What one archive may ask of us. `depth` counts archives inside archives, the outermost being 0."""

    members: int = 100_000
    member_bytes: int = 64 * 2**20
    total_bytes: int = 16 * 2**30
    ratio: int = 200
    depth: int = 3


class Reason(StrEnum):
    """Why a member, or a whole archive, was refused."""

    TOO_LARGE = "too large"
    TOO_MANY = "too many members"
    RATIO = "expands too much"
    TOTAL = "the archive expands too much"
    DEPTH = "too many archives inside one another"
    CLIMBS = "its path leaves the archive"
    SYMLINK = "a link, not a file"
    DUPLICATE = "the same name again"
    ENCRYPTED = "encrypted"
    OVERLAPS = "shares bytes with another member"
    METHOD = "compressed in an unknown way"
    LIES = "not the size it says"
    DAMAGED = "damaged"
    NO_DIRECTORY = "the list of members is missing or damaged"


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not handed out; an empty name speaks of the archive itself."""

    name: str
    reason: Reason

    @property
    def message(self) -> str:
        return f"{self.name or 'the archive'}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Member:
    """A member that may be read: `name` is a relative path with forward slashes, `size` what the archive declares."""

    name: str
    size: int
    _read: Callable[[], Iterator[bytes]] = field(repr=False, compare=False)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, in order; RefusedError or TooLargeError as soon as they break a limit or turn out damaged."""
        given = 0
        try:
            for chunk in self._read():
                given += len(chunk)
                if given > self.size:
                    raise TooLargeError(Refused(self.name, Reason.LIES).message)
                yield chunk
        except _BROKEN as fault:
            raise RefusedError(Refused(self.name, Reason.DAMAGED).message) from fault
        if given != self.size:
            raise RefusedError(Refused(self.name, Reason.LIES).message)

    def salvage(self) -> tuple[bytes, Refused | None]:
        """All that can be had of it, and what is wrong with it, if anything; never raises."""
        got = bytearray()
        try:
            for chunk in self.chunks():
                got += chunk
        except RefusedError:
            return bytes(got), Refused(self.name, Reason.DAMAGED)
        return bytes(got), None


def members(file: BinaryIO, limits: ZipLimits | None = None, depth: int = 0) -> Iterator[Member | Refused]:
    """The members of a zip archive in the order of its list; folders are passed over. Never raises.

    Where the list is missing or damaged, that is said first, and what can be found without it follows. The file must
    be seekable and stay open while members are read.
    """
    limits = limits or ZipLimits()
    if depth > limits.depth:
        yield Refused("", Reason.DEPTH)
        return
    try:
        archive = zipfile.ZipFile(file)
    except _BROKEN:
        yield Refused("", Reason.NO_DIRECTORY)
        yield from _judged(_found(file, limits), limits)
        return
    yield from _judged(_listed(archive), limits)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What an archive says of one member, before it is judged."""

    name: str
    size: int
    packed: int
    fault: Reason | None
    read: Callable[[], Iterator[bytes]]


def _judged(entries: Iterator[_Entry], limits: ZipLimits) -> Iterator[Member | Refused]:
    seen: set[str] = set()
    total = 0
    for count, entry in enumerate(entries):
        name = entry.name.replace("\\", "/")
        if count >= limits.members:
            yield Refused("", Reason.TOO_MANY)
            return
        reason = entry.fault or _fault_of(name, entry, limits)
        if reason is None and name in seen:
            reason = Reason.DUPLICATE
        seen.add(name)
        if reason is None and total + entry.size > limits.total_bytes:
            reason = Reason.TOTAL
        if reason is not None:
            yield Refused(name, reason)
            continue
        total += entry.size
        yield Member(name, entry.size, entry.read)


def _fault_of(name: str, entry: _Entry, limits: ZipLimits) -> Reason | None:
    if _climbs(name):
        return Reason.CLIMBS
    if entry.size > limits.member_bytes:
        return Reason.TOO_LARGE
    if entry.size > SMALL and entry.size > limits.ratio * max(entry.packed, 1):
        return Reason.RATIO
    return None


def _climbs(name: str) -> bool:
    drive = len(name) > 1 and name[1] == ":" and name[0].isalpha()
    return not name or name.startswith("/") or drive or ".." in name.split("/")


def _listed(archive: zipfile.ZipFile) -> Iterator[_Entry]:
    shared = _sharing(archive.infolist())
    for info in archive.infolist():
        if not info.is_dir():
            fault = Reason.OVERLAPS if info.header_offset in shared else _kind_fault(info)
            yield _Entry(info.filename, info.file_size, info.compress_size, fault, partial(_unpacked, archive, info))


def _sharing(infos: list[zipfile.ZipInfo]) -> frozenset[int]:
    """Where members begin that share bytes with the one before: how one kernel becomes a bomb of thousands."""
    shared: set[int] = set()
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            shared.add(info.header_offset)
        length = _LOCAL_HEADER + len(info.orig_filename) + info.compress_size
        end = max(end, info.header_offset + length)
    return frozenset(shared)


def _kind_fault(info: zipfile.ZipInfo) -> Reason | None:
    if info.flag_bits & _ENCRYPTED:
        return Reason.ENCRYPTED
    if stat.S_ISLNK(info.external_attr >> 16):
        return Reason.SYMLINK
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        return Reason.METHOD
    return None


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(info) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _found(file: BinaryIO, limits: ZipLimits) -> Iterator[_Entry]:
    for local in scan(file, limits.member_bytes):
        fault = Reason.ENCRYPTED if local.encrypted else None
        yield _Entry(local.name, local.size, local.packed, fault, partial(read_local, file, local))
