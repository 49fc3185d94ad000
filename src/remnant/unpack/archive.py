"""Zip archives from strangers, read within limits.

Nothing an archive says of itself is believed: sizes are counted while unpacking, names are checked, and no two
members may share bytes. What is refused is named, with its reason; the rest is read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from remnant.errors import RefusedError, TooLargeError
from remnant.unpack.directory import DEFLATED, STORED, DirectoryError, Entry, data_start, listed, scanned

_BLOCK = 1 << 16
RATIO_FREE = 2**20
"""Bytes up to which a member may expand as it likes: a page of blanks is no bomb."""
_ENCRYPTED = 0x1 | 0x40
_MAX_NAME = 4096
_DRIVE = re.compile(r"[A-Za-z]:")


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
    NAME = "its name is no name of a file"
    CLIMBS = "its path leaves the archive"
    SYMLINK = "a link, not a file"
    DEVICE = "a device or a pipe, not a file"
    DUPLICATE = "the same name again"
    ENCRYPTED = "encrypted"
    OVERLAPS = "shares bytes with another member"
    METHOD = "compressed in an unknown way"
    LIES = "not what the archive says it is"
    DAMAGED = "damaged"
    NO_DIRECTORY = "the list of members is missing or damaged"


_TOO_LARGE = frozenset({Reason.TOO_LARGE, Reason.TOO_MANY, Reason.RATIO, Reason.TOTAL, Reason.DEPTH})


@dataclass(frozen=True, slots=True)
class Refused:
    """A member that is not handed out; an empty name speaks of the archive itself."""

    name: str
    reason: Reason

    @property
    def message(self) -> str:
        return f"{self.name or 'the archive'}: {self.reason}"

    def error(self) -> RefusedError:
        return TooLargeError(self.message) if self.reason in _TOO_LARGE else RefusedError(self.message)


@dataclass(frozen=True, slots=True)
class Member:
    """A member that may be read: `name` is a relative path with forward slashes, `size` what the archive declares."""

    name: str
    size: int
    _file: BinaryIO = field(repr=False, compare=False)
    _entry: Entry = field(repr=False)

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, in order; RefusedError or TooLargeError as soon as they break a limit or turn out damaged."""
        start = data_start(self._file, self._entry)
        if start is None:
            raise Refused(self.name, Reason.LIES).error()
        made, checksum = 0, 0
        for chunk in self._unpacked(start):
            made += len(chunk)
            if made > self.size:
                raise Refused(self.name, Reason.LIES).error()
            checksum = zlib.crc32(chunk, checksum)
            yield chunk
        if made < self.size or (self._entry.crc_known and checksum != self._entry.crc):
            raise Refused(self.name, Reason.DAMAGED).error()

    def salvage(self) -> tuple[bytes, Refused | None]:
        """All that can be had of it, and what is wrong with it, if anything; never raises."""
        chunks: list[bytes] = []
        try:
            for chunk in self.chunks():
                chunks.append(chunk)  # noqa: PERF402 - what came before a fault must stay
        except RefusedError:
            return b"".join(chunks), Refused(self.name, Reason.DAMAGED)
        return b"".join(chunks), None

    def _unpacked(self, start: int) -> Iterator[bytes]:
        if self._entry.method == STORED:
            return self._packed(start)
        return self._inflated(start)

    def _packed(self, start: int) -> Iterator[bytes]:
        # Whoever reads two members by turns moves the file between two blocks.
        end = start + self._entry.compressed
        while start < end:
            self._file.seek(start)
            block = self._file.read(min(_BLOCK, end - start))
            if not block:
                return
            start += len(block)
            yield block

    def _inflated(self, start: int) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-15)
        try:
            for block in self._packed(start):
                while block and not inflater.eof:
                    yield inflater.decompress(block, _BLOCK)
                    block = inflater.unconsumed_tail
            yield inflater.flush()
        except zlib.error:
            raise Refused(self.name, Reason.DAMAGED).error() from None


def members(file: BinaryIO, limits: ZipLimits | None = None, depth: int = 0) -> Iterator[Member | Refused]:
    """The members of a zip archive in the order of its list; folders are passed over. Never raises.

    The file must be seekable and stay open while members are read. Without a readable list the members are sought
    in the file itself, and the archive is named as damaged.
    """
    limits = limits or ZipLimits()
    if depth >= limits.depth:
        yield Refused("", Reason.DEPTH)
        return
    entries, flaws = _entries(file, limits)
    yield from flaws
    yield from _ZipCustoms(file, limits, _overlapping(entries)).passed(entries)


def _entries(file: BinaryIO, limits: ZipLimits) -> tuple[list[Entry], list[Refused]]:
    found: list[Entry] = []
    try:
        flaws = _taken(listed(file), found, limits)
    except DirectoryError:
        found.clear()
        # One try more than there may be members, so that the one too many is seen.
        sought = scanned(file, limits.member_bytes, limits.members + 1)
        flaws = [Refused("", Reason.NO_DIRECTORY), *_taken(sought, found, limits)]
    return found, flaws


def _taken(entries: Iterable[Entry], into: list[Entry], limits: ZipLimits) -> list[Refused]:
    for entry in entries:
        if len(into) >= limits.members:
            return [Refused("", Reason.TOO_MANY)]
        into.append(entry)
    return []


def _overlapping(entries: list[Entry]) -> frozenset[int]:
    """Positions of entries whose bytes begin inside those of another."""
    found, end = set(), 0
    for position in sorted(range(len(entries)), key=lambda position: entries[position].offset):
        entry = entries[position]
        if entry.offset < end:
            found.add(position)
        end = max(end, entry.offset + 30 + len(entry.raw_name) + entry.compressed)
    return frozenset(found)


class Customs:
    """Looks at names and sizes in turn, and remembers what has gone through."""

    def __init__(self, limits: ZipLimits) -> None:
        self.limits = limits
        self.names: set[str] = set()
        self.total = 0

    def name_fault(self, name: str) -> Reason | None:
        """Why a member of this name stays out, if it does."""
        steps = tuple(_steps(name))
        if not steps or len(name) > _MAX_NAME or any(ord(letter) < 32 for letter in name):
            return Reason.NAME
        if name.startswith("/") or _DRIVE.match(name) or ".." in steps:
            return Reason.CLIMBS
        if "/".join(steps) in self.names:
            return Reason.DUPLICATE
        return None

    def size_fault(self, size: int) -> Reason | None:
        if size > self.limits.member_bytes:
            return Reason.TOO_LARGE
        return Reason.TOTAL if self.total + size > self.limits.total_bytes else None

    def taken(self, name: str, size: int) -> str:
        """Let one through, and give its name as a plain relative path."""
        self.total += size
        plain = "/".join(_steps(name))
        self.names.add(plain)
        return plain


class _ZipCustoms(Customs):
    """The same for entries of a zip's list."""

    def __init__(self, file: BinaryIO, limits: ZipLimits, overlapping: frozenset[int]) -> None:
        super().__init__(limits)
        self.file = file
        self.overlapping = overlapping
        self.size = file.seek(0, 2)

    def passed(self, entries: list[Entry]) -> Iterator[Member | Refused]:
        for position, entry in enumerate(entries):
            if entry.raw_name.endswith((b"/", b"\\")):
                continue
            name = entry.name.replace("\\", "/")
            reason = self.name_fault(name) or self._fault(position, entry)
            if reason is not None:
                yield Refused(name, reason)
                continue
            yield Member(self.taken(name, entry.size), entry.size, self.file, entry)

    def _fault(self, position: int, entry: Entry) -> Reason | None:
        if entry.mode & 0xF000 not in {0, 0x8000}:
            return Reason.SYMLINK
        if entry.offset >= self.size:
            return Reason.DAMAGED
        if entry.flags & _ENCRYPTED:
            return Reason.ENCRYPTED
        if entry.method not in {STORED, DEFLATED}:
            return Reason.METHOD
        if position in self.overlapping:
            return Reason.OVERLAPS
        if entry.size > self.limits.member_bytes:
            return Reason.TOO_LARGE
        if entry.size > max(RATIO_FREE, self.limits.ratio * entry.compressed):
            return Reason.RATIO
        return self.size_fault(entry.size)


def _steps(name: str) -> Iterator[str]:
    return (step for step in name.split("/") if step not in {"", "."})
