"""Files that hold many things, each to be read by itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from remnant.model import Original
from remnant.understand.draft import Volume
from remnant.understand.formats import (
    automated_archive,
    calibre,
    calibre_list,
    efiction,
    mails,
    posted,
    several,
    site,
    sniff,
    webarchives,
    yahoo,
    yahoo_records,
)
from remnant.understand.serials import is_posted
from remnant.unpack import mbox
from remnant.unpack.decode import decode
from remnant.unpack.sqlite import is_sqlite

_TOP = 8192

ALONE: Mapping[str, tuple[Original, bytes]] = MappingProxyType({})


def volume_of(original: Original, data: bytes, beside: Mapping[str, tuple[Original, bytes]] = ALONE) -> Volume | None:
    """The leaves of a container; None for a file that is one thing. Never raises.

    `beside` are the companions of an anchor, by path.
    """
    if (shelved := calibre.root_of(beside)) is not None:
        return volume_of(original, data) or calibre.volume(original, data, beside, shelved)
    if is_posted(beside):
        first = volume_of(original, data)
        return first and posted.volume(first, beside, volume_of)
    if is_sqlite(data):
        return calibre_list.volume(data)
    if mbox.is_mbox(data):
        return mails.mailbox(original, data)
    if mails.is_mail(data):
        return mails.mail(original, data)
    if webarchives.may_be(data):
        return webarchives.volume(original, data)
    if yahoo.may_be(data) and (message := yahoo.volume(original, data, beside)) is not None:
        return message
    if yahoo_records.may_be(data):
        return yahoo_records.volume(data)
    if automated_archive.may_be(data):
        return automated_archive.volume(original, data, beside)
    if _is_sql(data):
        return efiction.volume(original, data, efiction.Files(beside))
    return site.volume(original, data, beside) if beside else several.volume(original, data)


def _is_sql(data: bytes) -> bool:
    unread = sniff.unread_text(decode(data[:_TOP]).text) if efiction.may_be(data) else None
    return unread is not None and unread.format == efiction.FORMAT
