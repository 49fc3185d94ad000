"""By which digests a tombstone knows something again: its bytes, its text however lines end, the parts it came with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from remnant.model import Digest
from remnant.unpack import mbox, mime, sql

LONG_ENOUGH = 200
"""Bytes of a cell that is barred by itself: a title, a name, a word of praise could be guessed."""

TOP = 4096


@dataclass(frozen=True, slots=True)
class Part:
    """A mail of a mailbox or a row of a dump: where it stands in the file, and what it may be known by."""

    start: int
    end: int
    digests: tuple[Digest, ...]


def of_whole(data: bytes) -> tuple[Digest, ...]:
    """What a file may be known by beside its own digest: the text, and the mail without its envelope."""
    if not data.strip() or b"\0" in data[:TOP]:
        return ()
    return tuple(dict.fromkeys((_as_text(data), of_mail(data))))


def of_mail(mail: bytes) -> Digest:
    """The same wherever it was kept: alone or in a mailbox, which quotes some of its lines."""
    return _as_text(mime.unstuffed(mbox.without_from_line(mail)[1]))


def parts_of(data: bytes) -> Iterator[Part]:
    """The mails of a mailbox, or the rows of a dump; nothing of any other file."""
    if mbox.is_mbox(data):
        for start, end in mbox.mails(data):
            yield Part(start, end, (of_mail(data[start:end]),))
    elif is_dump(data):
        for row in rows_of(data):
            yield Part(row.start, row.end, digests_of(data, row))


def is_dump(data: bytes) -> bool:
    return b"INSERT INTO" in data and b"\0" not in data[:TOP]


def rows_of(data: bytes) -> Iterator[sql.Row]:
    return sql.Dump(data, lambda _table: True).rows()


def digests_of(data: bytes, row: sql.Row) -> tuple[Digest, ...]:
    """Of the row as it is written, and of each of its long values, by which the text is known in another dump."""
    cells = (_as_text(value) for value in row.values if value is not None and len(value) >= LONG_ENOUGH)
    return (Digest.of(data[row.start : row.end]), *cells)


def _as_text(data: bytes) -> Digest:
    return Digest.of(data.replace(b"\r\n", b"\n").rstrip(b"\n"))
