"""Mailboxes: many mails in one file, each under a line that begins with "From "."""

from __future__ import annotations

import re
from itertools import pairwise

_MONTHS = rb"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_FROM_LINE = re.compile(
    rb"^From [^\r\n]{0,200}?" + _MONTHS + rb"\b[^\r\n]{0,60}\r?\n(?=(?:>From [^\r\n]*\r?\n)?[!-9;-~]{1,76}:)",
    re.MULTILINE,
)
"""The line with its date, and a header field under it: a sentence of a story that begins with "From" has neither."""


def is_mbox(data: bytes) -> bool:
    """Whether the first line that is not empty is such a line."""
    top = data[:1024].lstrip(b"\r\n")
    return _FROM_LINE.match(top) is not None


def mails(data: bytes) -> list[tuple[int, int]]:
    """Where each mail begins, with its "From " line, and where it ends."""
    starts = [found.start() for found in _FROM_LINE.finditer(data)]
    return list(pairwise([*starts, len(data)]))


def without_from_line(mail: bytes) -> tuple[bytes, bytes]:
    """The "From " line, and the mail under it."""
    end = mail.find(b"\n") + 1
    return (mail[:end], mail[end:]) if mail.startswith(b"From ") and end else (b"", mail)
