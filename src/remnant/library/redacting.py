"""Copies of containers without what was in them and is forgotten: marked as such, everything else as it was."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, pairwise
from operator import attrgetter

from remnant.errors import RefusedError
from remnant.library.containing import SIGNATURES, Held, held_in, members_of
from remnant.model import Digest
from remnant.unpack import mbox, sql, tar
from remnant.unpack.archive import Refused

MARK_NAME = "FORGOTTEN-BY-WISH.txt"
MARK = b"Something that stood in this archive was taken out of it, because somebody concerned wished it forgotten.\n"
MARKED = "[forgotten: something that stood here was taken out, because somebody concerned wished it]"

_MARK_MAIL = (
    b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n"
    b"From: MAILER-DAEMON\nDate: Thu, 01 Jan 1970 00:00:00 +0000\nSubject: [forgotten]\nMIME-Version: 1.0\n\n"
    b"A mail that stood here was taken out, because somebody concerned wished it forgotten.\n\n"
)
_MARK_ROW = f"/* {MARKED} */".encode("ascii")
_STATEMENT_ENDS = re.compile(rb"(?:\s++|/\*(?:[^*]|\*(?!/))*+\*/)*+(?:;|\Z)")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Copy:
    """A redacted copy. `others` is what else was in the container; `lost` could not be read, and is in no copy."""

    data: bytes
    others: tuple[tuple[str, bytes], ...]
    lost: tuple[str, ...]


Gone = Mapping[Digest, bytes | None]
"""What is to go from a container, and what takes its place, if anything does."""


def archive_without(data: bytes, gone: Gone, depth: int = 0) -> Copy:
    """A zip, a tar or a compressed stream without the members that are gone, in containers in it too."""
    kept: list[tuple[str, bytes]] = []
    others: list[tuple[str, bytes]] = []
    lost: list[str] = []
    for one in held_in(io.BytesIO(data), depth):
        found = _read(one)
        if found is None:
            lost.append(one.name)
        elif (digest := Digest.of(found)) in gone:
            instead = gone[digest]
            kept += [] if instead is None else [(one.name, instead)]
        else:
            inner = _inner(found, gone, depth)
            kept.append((one.name, inner.data if inner else found))
            others += inner.others if inner else [(one.name, found)]
            lost += inner.lost if inner else ()
    return Copy(_packed(data, kept), tuple(others), tuple(lost))


def mailbox_without(data: bytes, numbers: Collection[int]) -> bytes:
    """A mailbox with a mark in the place of these mails, counted from 1."""
    ranges = mbox.mails(data)
    rest = data[: ranges[0][0]] if ranges else data
    told = (_MARK_MAIL if number in numbers else data[a:b] for number, (a, b) in enumerate(ranges, 1))
    return rest + b"".join(told)


def dump_without(data: bytes, starts: Collection[int]) -> bytes | None:
    """A dump with a mark in the place of the rows that begin there; None where it would be no dump any more."""
    made, at = bytearray(), 0
    for rows in _statements(data):
        cuts = _cuts(data, rows, starts) if any(row.start in starts for row in rows) else []
        if cuts is None:
            return None
        for start, end in cuts:
            made += data[at:start] + _MARK_ROW
            at = end
    return bytes(made + data[at:])


def _statements(data: bytes) -> Iterator[list[sql.Row]]:
    rows = sql.Dump(data, lambda _table: True).rows()
    return (list(group) for _, group in groupby(rows, key=attrgetter("statement")))


def _cuts(data: bytes, rows: list[sql.Row], starts: Collection[int]) -> list[tuple[int, int]] | None:
    """From where to where to cut: each row with a comma beside it, or the whole statement where no row stays."""
    stays = next((row.start for row in rows if row.start not in starts), None)
    if stays is None:
        end = _STATEMENT_ENDS.match(data, rows[-1].end)
        return [(rows[0].statement, end.end())] if end else None
    before = [(row.start, after.start) for row, after in pairwise(rows) if row.start in starts and row.start < stays]
    behind = [(ahead.end, row.end) for ahead, row in pairwise(rows) if row.start in starts and row.start > stays]
    return before + behind


def text_without(data: bytes, texts: Sequence[tuple[str, str]]) -> bytes | None:
    """A file with a mark in the place of these texts, each given with its encoding; None unless each is there once."""
    for text, encoding in texts:
        found = written(text, encoding)
        if not found or data.count(found) != 1:
            return None
        data = data.replace(found, MARKED.encode("ascii"))
    return data


def written(text: str, encoding: str) -> bytes | None:
    """The bytes of a text in its encoding; None where that cannot write it."""
    try:
        return text.encode(encoding)
    except (LookupError, UnicodeEncodeError):
        return None


def _read(one: Held | Refused) -> bytes | None:
    try:
        return None if isinstance(one, Refused) else b"".join(one.chunks())
    except RefusedError:
        return None


def _inner(data: bytes, gone: Gone, depth: int) -> Copy | None:
    """The redacted copy of a container in the container, if what is gone stands in it."""
    if any(digest in gone for digest in members_of(io.BytesIO(data), depth + 1)):
        return archive_without(data, gone, depth + 1)
    return None


def _packed(data: bytes, members: list[tuple[str, bytes]]) -> bytes:
    """The members in a container of the same kind; the same members give the same bytes."""
    if data[:4] in SIGNATURES:
        return _zipped([*members, (MARK_NAME, MARK)])
    if tar.is_tar(data[:512]):
        return _tarred([*members, (MARK_NAME, MARK)])
    compress = next(one for magic, one in _COMPRESSED if data.startswith(magic))
    return compress(members[0][1] if members else MARK)


_COMPRESSED: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = (
    (b"BZh", bz2.compress),
    (b"\xfd7zXZ", lzma.compress),
    (b"", partial(gzip.compress, mtime=0)),
)
"""How a stream is made again, by how one of its kind begins."""


def _zipped(members: list[tuple[str, bytes]]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(zipfile.ZipInfo(name, _LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _tarred(members: list[tuple[str, bytes]]) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.PAX_FORMAT) as made:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
    return whole.getvalue()
