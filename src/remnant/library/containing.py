"""Which kept containers hold a kept original: found by looking into them, since an arrival knows only names."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterable
from typing import BinaryIO, cast

from remnant.errors import DamageError, RefusedError
from remnant.keep.shelf import Shelf
from remnant.model import Digest
from remnant.unpack import archive
from remnant.unpack.archive import Member, ZipLimits

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
LIMITS = ZipLimits(member_bytes=2 * 2**30)


def holding(shelf: Shelf, among: Iterable[Digest], wanted: Collection[Digest]) -> frozenset[Digest]:
    """Those originals that are archives with one of the wanted in them, however deep; reads every archive."""
    if not wanted:
        return frozenset()
    return frozenset(digest for digest in among if digest not in wanted and _holds(shelf, digest, wanted))


def _holds(shelf: Shelf, digest: Digest, wanted: Collection[Digest]) -> bool:
    try:
        with shelf.path_of(digest).open("rb") as file:
            return any(held in wanted for held in members_of(file))
    except (OSError, DamageError):
        return False


def members_of(file: BinaryIO, depth: int = 0) -> Iterable[Digest]:
    """The digest of every member that can be read, those of archives in it too."""
    if not is_archive(file):
        return
    for member in archive.members(file, LIMITS, depth):
        if isinstance(member, Member):
            yield from _of_member(member, depth)


def is_archive(file: BinaryIO) -> bool:
    """Whether it begins like a zip; the stream is put back to its start."""
    start = file.read(4)
    file.seek(0)
    return start in SIGNATURES


def _of_member(member: Member, depth: int) -> Iterable[Digest]:
    sha512 = hashlib.sha512()
    with tempfile.SpooledTemporaryFile(max_size=1 << 20) as within:
        try:
            for chunk in member.chunks():
                sha512.update(chunk)
                within.write(chunk)
        except RefusedError:
            return
        yield Digest(sha512.hexdigest())
        within.seek(0)
        yield from members_of(cast(BinaryIO, within), depth + 1)
