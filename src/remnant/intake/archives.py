"""Zip archives at the door: the container first, then what is in it, within limits.

A book or a document that happens to be a zip (EPUB, DOCX, ODT ...) is a package, and is never opened here.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from remnant.errors import RefusedError
from remnant.intake.folders import litter
from remnant.intake.parcels import Coming, Parcel, Passed, Refusal
from remnant.unpack import archive

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

IN_MEMORY = 1 << 20
"""An archive inside an archive larger than this waits in a temporary file while its members are read."""


def looks_like_archive(name: str, file: BinaryIO) -> bool:
    """Whether it begins like a zip and is not, by its name, a package. The stream is put back to its start."""
    start = file.read(4)
    file.seek(0)
    return start in SIGNATURES and not is_package(name)


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
        yield from _Archive(container, file, limits, _Budget(limits.total_bytes), 0).members()


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

    def members(self) -> Iterator[Coming]:
        listed = list(archive.members(self.file, self.limits, self.depth))
        if not any(member.name in PACKAGE_MEMBERS for member in listed):
            for member in listed:
                yield from self._member(member)

    def _member(self, member: archive.Member | archive.Refused) -> Iterator[Coming]:
        if why := litter(member.name):
            yield Passed(member.name, self.inside, why)
        elif isinstance(member, archive.Refused):
            yield self._refused(member)
        elif member.size > self.budget.left:
            yield Refusal(member.name, self.inside, "The archive holds more than one archive may unpack to.")
        else:
            self.budget.left -= member.size
            yield from self._taken(member)

    def _taken(self, member: archive.Member) -> Iterator[Coming]:
        parcel = Parcel("zip", member.name, self.inside, member.size, partial(_stream, member))
        yield parcel
        if is_package(member.name) or not _begins_like_archive(member):
            return
        try:
            within = _spooled(member)
        except RefusedError as refused:
            yield Refusal(member.name, self.inside, f"An archive that cannot be opened: {refused}")
            return
        with within:
            yield from _Archive(parcel, within, self.limits, self.budget, self.depth + 1).members()

    def _refused(self, member: archive.Refused) -> Refusal:
        if member.name:
            return Refusal(member.name, self.inside, f"Not taken out of the archive: {member.reason}.")
        why = f"The archive is kept as it is, but nothing can be taken out of it: {member.reason}."
        return Refusal(self.container.name, self.container.inside, why)


def _begins_like_archive(member: archive.Member) -> bool:
    try:
        return next(iter(member.chunks()), b"")[:4] in SIGNATURES
    except RefusedError:
        return False


def _spooled(member: archive.Member) -> BinaryIO:
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - handed to the caller, who closes it
    try:
        for chunk in member.chunks():
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return cast(BinaryIO, file)


def _stream(member: archive.Member) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Chunks(member)))


class _Chunks(io.RawIOBase):
    """A member as a stream; one that breaks a limit or turns out damaged fails like a file on a bad disk."""

    def __init__(self, member: archive.Member) -> None:
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
