"""Looking for what was forgotten in whatever comes: archives are opened, mailboxes and dumps are read through."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import BinaryIO

from remnant.keep.heeding import Inside
from remnant.library import forms
from remnant.library.containing import opened
from remnant.library.readings import READ_UP_TO
from remnant.library.redacting import dump_without, mailbox_without
from remnant.model import Digest
from remnant.unpack import mbox


def _same(file: BinaryIO) -> Iterator[Digest]:
    data = _small(file)
    yield from forms.of_whole(data) if data is not None else ()


def _holds(file: BinaryIO) -> Iterator[Digest]:
    yield from _in_parts(file)
    for digest, within in opened(file):
        yield digest
        yield from _same(within)
        yield from _in_parts(within)


def _without(file: BinaryIO, gone: Collection[Digest]) -> bytes | None:
    """Mailboxes and dumps alone: what is in an archive comes to the shelf by itself."""
    data = _small(file)
    if data is None:
        return None
    starts = {part.start for part in forms.parts_of(data) if any(digest in gone for digest in part.digests)}
    if not starts:
        return None
    if mbox.is_mbox(data):
        return mailbox_without(data, {at for at, (start, _) in enumerate(mbox.mails(data), 1) if start in starts})
    return dump_without(data, starts)


def _in_parts(file: BinaryIO) -> Iterator[Digest]:
    data = _small(file)
    for part in forms.parts_of(data) if data is not None else ():
        yield from part.digests


def _small(file: BinaryIO) -> bytes | None:
    """The bytes of what may be text and is not larger than what is read here; put back to its start."""
    file.seek(0)
    top = file.read(forms.TOP)
    data = None if b"\0" in top else top + file.read(READ_UP_TO + 1 - len(top))
    file.seek(0)
    return data if data is not None and len(data) <= READ_UP_TO else None


INSIDE = Inside(_same, _holds, _without)
