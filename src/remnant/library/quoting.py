"""Mails that quote: what they repeat of others is no text of theirs, and in no index; so it is looked for here."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from remnant.errors import DamageError
from remnant.library.opening import Library
from remnant.library.readings import READ_UP_TO
from remnant.model import Digest, Original, work_id
from remnant.understand.formats.mails import is_mail
from remnant.unpack import mbox, mime
from remnant.unpack.decode import decode

_TOP = 65_536


def mails(library: Library, works: Collection[str]) -> Iterator[tuple[str, str]]:
    """Each of these works that is a mail, with all of its text. Reads every mailbox and mail that is kept."""
    for original in library.ledger.promised().values():
        data = _letters(library, original)
        for number, raw in enumerate(_each(data), 1) if data else ():
            whole = mime.entity(mime.unstuffed(mbox.without_from_line(raw)[1].lstrip(b"\r\n")))
            work = _work(original.digest, whole, number, works)
            if work is not None:
                yield work, _text(whole)


def _letters(library: Library, original: Original) -> bytes | None:
    """The bytes, if they are mails."""
    if original.size > READ_UP_TO:
        return None
    try:
        with library.shelf.path_of(original.digest).open("rb") as file:
            top = file.read(_TOP)
            return top + file.read() if mbox.is_mbox(top) or is_mail(top) else None
    except (OSError, DamageError):
        return None


def _each(data: bytes) -> Iterator[bytes]:
    ranges = mbox.mails(data) if mbox.is_mbox(data) else [(0, len(data))]
    return (data[start:end] for start, end in ranges)


def _work(original: Digest, whole: mime.Entity, number: int, works: Collection[str]) -> str | None:
    """The work that this mail is: its piece is called by its Message-ID, or by its place."""
    fields = mime.fields_of(whole.head.decode("latin-1"))
    said = next((field.value.strip("<> \t") for field in fields if field.name == "message-id"), "")
    return next((work for key in (said, f"{number}", "0") if (work := work_id(original, key)) in works), None)


def _text(whole: mime.Entity) -> str:
    texts = (one for one in whole.walk() if not one.children and one.media_type.startswith("text/"))
    return "\n".join(decode(one.content(), one.parameters.get("charset")).text for one in texts)
