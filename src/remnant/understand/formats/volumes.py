"""Files that hold many things, each to be read by itself."""

from __future__ import annotations

from remnant.model import Original
from remnant.understand.draft import Volume
from remnant.understand.formats import mails
from remnant.unpack import mbox


def volume_of(original: Original, data: bytes) -> Volume | None:
    """The leaves of a container; None for a file that is one thing. Never raises."""
    if mbox.is_mbox(data):
        return mails.mailbox(original, data)
    if mails.is_mail(data):
        return mails.mail(original, data)
    return None
