"""Archives at the door (zip, tar, compressed streams): the container first, then what is in it, within limits.

A book or a document that happens to be a zip (EPUB, DOCX, ODT ...) is a package, and is never opened here; nor is a
compressed web archive, which is read as it is.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO, Protocol, cast

from remnant.errors import RefusedError
from remnant.intake.folders import litter
from remnant.intake.parcels import Coming, Parcel, Passed, Refusal
from remnant.unpack import archive, streams, tar

PACKAGE_MEMBERS = frozenset({"mimetype", "META-INF/container.xml", "META-INF/MANIFEST.MF", "[Content_Types].xml"})
PACKAGE_NAMES = (
    ".epub",
    ".docx",
    ".docm",
    ".odt",
    ".fodt",
    ".pages",
    ".xlsx",
    ".pptx",
    ".jar",
    ".apk",
    ".cbz",
    ".kepub",
)
"""For packages so broken that their members do not tell."""

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

STREAM_NAMES = (".gz", ".bz2", ".xz", ".z")
READ_AS_THEY_ARE = b"WARC/"
_TOP = 512

IN_MEMORY = 1 << 20
"""An archive inside an archive larger than this waits in a temporary file while its members are read."""


def looks_like_archive(name: str, file: BinaryIO) -> bool:
    """Whether it begins like an archive and is not, by its name, a package. The stream is put back to its start."""
    return _is_archive(_start_of(file)) and not is_package(name)


def _start_of(file: BinaryIO) -> bytes:
    """Enough to tell what it is. The stream is put back to its start."""
    start = file.read(_TOP)
    file.seek(0)
    return start


def _is_archive(start: bytes) -> bool:
    return start[:4] in SIGNATURES or tar.is_tar(start) or streams.is_stream(start)


def is_package(name: str) -> bool:
    return name.lower().endswith(PACKAGE_NAMES)


def contents(container: Parcel, limits: archive.ZipLimits) -> Iterator[Coming]:
    """What an archive holds, in the order of its own list, archives in it included; nothing if it is a package.

    A member opens only while this is being iterated, so whoever wants it reads it before asking for the next.
    """
    try:
        file = container.open()
    except OSError as fault:
        yield Refusal(container.name, container.inside, f"It could not be opened a second time ({fault.strerror}).")
        return
    with file:
        yield from _Archive(container, file, limits, _Budget(limits.total_bytes), 0).contents()


class _Member(Protocol):
    """A file in an archive, of whatever kind the archive is."""

    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    def chunks(self) -> Iterator[bytes]: ...


@dataclass(slots=True)
class _Budget:
    """What is left of all that one named archive, with the archives in it, may unpack to."""

    left: int


@dataclass(frozen=True, slots=True)
class _Archive:
    container: Parcel
    file: BinaryIO
    limits: archive.ZipLimits
    budget: _Budget
    depth: int

    @property
    def inside(self) -> tuple[str, ...]:
        return (*self.container.inside, self.container.name)

    def contents(self) -> Iterator[Coming]:
        start = _start_of(self.file)
        if streams.is_stream(start):
            yield from self._in_stream()
        elif tar.is_tar(start):
            for member in tar.members(self.file, self.limits, self.depth):
                yield from self._member("tar", member)
        else:
            yield from self._in_zip()

    def _in_zip(self) -> Iterator[Coming]:
        listed = list(archive.members(self.file, self.limits, self.depth))
        if not any(member.name in PACKAGE_MEMBERS for member in listed):
            for member in listed:
                yield from self._member("zip", member)

    def _in_stream(self) -> Iterator[Coming]:
        """What one compressed stream holds: the members of a tar as if they stood in it, else one file."""
        name = self.container.name.replace("\\", "/").rpartition("/")[2]
        limits = replace(self.limits, total_bytes=min(self.limits.total_bytes, self.budget.left))
        try:
            if self.depth >= limits.depth:
                raise archive.Refused(name, archive.Reason.DEPTH).error()
            within = _spooled(streams.unpacked(self.file, name, limits))
        except RefusedError as refused:
            yield Refusal(self.container.name, self.container.inside, f"Kept as it is; not unpacked: {refused}")
            return
        except OSError as fault:
            why = f"Kept as it is; there is no room to unpack it ({fault.strerror})."
            yield Refusal(self.container.name, self.container.inside, why)
            return
        with within:
            start = _start_of(within)
            if tar.is_tar(start):
                yield from replace(self, file=within).contents()
            elif not start.startswith(READ_AS_THEY_ARE):
                size = within.seek(0, 2)
                yield from self._member("stream", _Whole(_without_ending(name), size, within))

    def _member(self, door: str, member: _Member | archive.Refused) -> Iterator[Coming]:
        if why := litter(member.name):
            yield Passed(member.name, self.inside, why)
        elif isinstance(member, archive.Refused):
            yield self._refused(member)
        elif member.size > self.budget.left:
            yield Refusal(member.name, self.inside, "The archive holds more than one archive may unpack to.")
        else:
            self.budget.left -= member.size
            yield from self._taken(door, member)

    def _taken(self, door: str, member: _Member) -> Iterator[Coming]:
        parcel = Parcel(door, member.name, self.inside, member.size, partial(_stream, member))
        yield parcel
        if is_package(member.name) or not _begins_like_archive(member):
            return
        try:
            within = _spooled(member.chunks())
        except RefusedError as refused:
            yield Refusal(member.name, self.inside, f"An archive that cannot be opened: {refused}")
            return
        with within:
            yield from _Archive(parcel, within, self.limits, self.budget, self.depth + 1).contents()

    def _refused(self, member: archive.Refused) -> Refusal:
        if member.name:
            return Refusal(member.name, self.inside, f"Not taken out of the archive: {member.reason}.")
        why = f"The archive is kept as it is, but nothing can be taken out of it: {member.reason}."
        return Refusal(self.container.name, self.container.inside, why)


@dataclass(frozen=True, slots=True)
class _Whole:
    """What a compressed stream holds, if that is one file."""

    name: str
    size: int
    file: BinaryIO

    def chunks(self) -> Iterator[bytes]:
        at = 0
        while at < self.size:
            self.file.seek(at)
            block = self.file.read(IN_MEMORY)
            at += len(block) or self.size
            yield block


def _without_ending(name: str) -> str:
    """ "month.mbox.gz" holds "month.mbox"; what has no such ending says so."""
    stem, dot, end = name.rpartition(".")
    return stem if stem and dot + end.lower() in STREAM_NAMES else f"{name} unpacked"


def _begins_like_archive(member: _Member) -> bool:
    try:
        return _is_archive(next(iter(member.chunks()), b"")[:_TOP])
    except RefusedError:
        return False


def _spooled(chunks: Iterator[bytes]) -> BinaryIO:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - handed to the caller, who closes it
    try:
        for chunk in chunks:
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return cast(BinaryIO, file)


def _stream(member: _Member) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Chunks(member)))


class _Chunks(io.RawIOBase):
    """A member as a stream; one that breaks a limit or turns out damaged fails like a file on a bad disk."""

    def __init__(self, member: _Member) -> None:
        self._chunks = member.chunks()
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            while not self._rest:
                self._rest = next(self._chunks)
        except StopIteration:
            return 0
        except RefusedError as refused:
            raise OSError(0, str(refused)) from refused
        taken = min(len(buffer), len(self._rest))
        buffer[:taken], self._rest = self._rest[:taken], self._rest[taken:]
        return taken
