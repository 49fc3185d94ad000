"""Mails and mailboxes: each mail a leaf of its own, read from what its transfer encodings say.

Parts are numbered as IMAP numbers them ("HEADER", "1", "2.1"), in a mailbox after the mail's own number ("12/1").
"""

from __future__ import annotations

import re
from functools import partial

from remnant.model import Finding, Original, SkipClass
from remnant.understand.draft import Draft, Leaf, Volume
from remnant.understand.findings import finding
from remnant.understand.formats import digests
from remnant.understand.formats.enclosures import enclosed, is_document
from remnant.understand.formats.envelopes import Envelope
from remnant.understand.formats.keys import Keys
from remnant.understand.formats.letters import letter
from remnant.understand.formats.source import Source
from remnant.unpack import mbox, mime
from remnant.unpack.decode import Decoded, decode

MBOX, MAIL, SAVED_PAGE = "application/mbox", "message/rfc822", "multipart/related"

MAX_MAILS = 100_000

_TOP = 65_536
_TELLING = frozenset({"from", "subject", "date", "to", "snapshot-content-location"})
_MADE_BY_MACHINES = frozenset(
    {"mime-version", "content-type", "content-transfer-encoding", "received", "return-path", "delivered-to"}
    | {"x-mailer", "snapshot-content-location"}
)
"""What no one types: a text that opens with "From:" and "Subject:" alone is a text, and is read as one."""


def is_mail(data: bytes) -> bool:
    """Whether it opens with the head of a mail as programs write it."""
    top = data[:_TOP].lstrip(b"\r\n")
    if not re.match(rb"[A-Za-z][!-9;-~]{0,75}:[ \t\r]", top):
        return False
    head = mime.parted(top)[0].decode("latin-1")
    fields = mime.fields_of(head)
    names = {field.name for field in fields}
    typed = sum(1 for line in head.splitlines() if line.strip() and not line[0].isspace())
    return typed == len(fields) and bool(names & _TELLING) and bool(names & _MADE_BY_MACHINES)


def mailbox(original: Original, data: bytes) -> Volume:
    """A mailbox: every mail in it, but for those that stand there a second time letter for letter."""
    ranges = mbox.mails(data)
    box = _Box(original)
    for number, (start, end) in enumerate(ranges[:MAX_MAILS], 1):
        box.take(data[start:end], f"{number}")
    findings = box.findings()
    if len(ranges) > MAX_MAILS:
        findings.append(finding("M004", limit=MAX_MAILS))
    return Volume(tuple(box.leaves), _rest(MBOX, box.again, findings))


def mail(original: Original, data: bytes) -> Volume:
    """One mail, or a page saved as one."""
    whole = mime.entity(data.lstrip(b"\r\n"))
    box = _Box(original)
    box.open(whole, b"", "")
    return Volume(tuple(box.leaves), _rest(SAVED_PAGE if is_saved_page(whole) else MAIL, [], box.findings()))


def is_saved_page(whole: mime.Entity) -> bool:
    return whole.media_type == "multipart/related"


def _rest(form: str, again: list[Source], findings: list[Finding]) -> Draft:
    skips = tuple(skip for source in again for skip in source.passed_over(SkipClass.PACKAGE))
    return Draft(form, tuple(source.part for source in again), (), (), skips, tuple(findings))


class _Box:
    """What has been found of the mails so far."""

    def __init__(self, original: Original) -> None:
        self.original = original
        self.leaves: list[Leaf] = []
        self.again: list[Source] = []
        self._seen: set[bytes] = set()
        self._keys = Keys()

    def take(self, data: bytes, path: str) -> None:
        """A mail out of a mailbox."""
        line, rest = mbox.without_from_line(data)
        told = rest.rstrip(b"\r\n")
        if told in self._seen:
            self.again.append(Source.of(self.original.digest, path, decode(data)))
            return
        self._seen.add(told)
        self.open(mime.entity(mime.unstuffed(rest)), line, path)

    def open(self, whole: mime.Entity, line: bytes, path: str) -> None:
        """A mail as a leaf, and each mail inside it, and each digest's, as leaves of their own."""
        sent = Envelope.of(self.original, path, line, whole)
        key = self._key(sent.message_id, path)
        if (inside := digests.opened(sent)) is not None:
            self.leaves.append(Leaf(key, inside.frame))
            for one in inside.mails:
                self.leaves.append(Leaf(self._key(one.message_id, one.path), partial(letter, one)))
            return
        self.leaves.append(Leaf(key, partial(letter, sent)))
        for within in whole.walk():
            if within.media_type == MAIL and within.children:
                place = within.section or "1"
                self.open(within.children[0], b"", f"{path}/{place}" if path else place)
            elif is_document(within):
                place = sent.source(within.section, Decoded("", "binary")).path
                made = partial(enclosed, self.original, within, place)
                self.leaves.append(Leaf(self._key(None, f"{key}/{within.section or '1'}"), made))

    def findings(self) -> list[Finding]:
        return [finding("M003", count=len(self.again))] if self.again else []

    def _key(self, message_id: str | None, place: str) -> str:
        """The Message-ID where it names one mail alone; else the mail's place in the file."""
        return self._keys.give(message_id if message_id and message_id not in self._keys else place or "0")
