"""A digest of a mailing list without some of the mails typed in it, and without their lines in its list of topics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from remnant.library.redacting import MARKED, written

_RULE = re.compile(rb"^[-_=*]{20,80}[ \t]*\r?\n", re.MULTILINE)
_HEAD = 4096
_MARK = f"Subject: [forgotten]\n\n{MARKED}\n\n".encode("ascii")
"""A mail all the same: those after it keep their numbers."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A mail as it is typed in a digest: its text, and what its head says."""

    body: str
    encoding: str
    heads: tuple[str, ...]


def digest_without(data: bytes, mails: Sequence[Typed]) -> bytes | None:
    """The digest with a mark in the place of these mails; None unless each is there once, under a rule."""
    for mail in mails:
        body = written(mail.body, mail.encoding)
        heads = [head for text in mail.heads if (head := written(text, mail.encoding))]
        if not body or data.count(body) != 1:
            return None
        end = data.index(body)
        rules = [found.end() for found in _RULE.finditer(data, max(0, end - _HEAD), end)]
        if not rules or not all(head in data[rules[-1] : end] for head in heads):
            return None
        data = _without_topics(data[: rules[-1]], heads) + _MARK + data[end + len(body) :]
    return data


def _without_topics(data: bytes, heads: Sequence[bytes]) -> bytes:
    """Without the line of a topic that is one of these, and the line under it that names who sent it."""
    lines = data.splitlines(keepends=True)
    kept: list[bytes] = []
    for number, line in enumerate(lines):
        topic = re.fullmatch(rb"\s{0,20}\d{1,3}\.[ \t]+(.*?)\s*", line, re.DOTALL)
        is_topic = topic is not None and topic[1] in heads
        under = number and kept and kept[-1] is _CUT and re.match(rb"\s+(?:From|By):", line)
        kept.append(_CUT if is_topic else b"" if under else line)
    return b"".join(kept)


_CUT = b"      [forgotten]\n"
