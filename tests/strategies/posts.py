"""A story posted to a list in parts, as archivers kept it: a file for each mail, raw or escaped in JSON."""

from __future__ import annotations

import html
import json

SENDER = "Ottoline <ottoline@example.org>"
_TALK = '"Then it goes out in {0} nights," said Ines, and she went down to the boats before anyone could answer her.'


def body(number: int) -> str:
    told = "\n\n".join(_TALK.format(night) for night in range(number * 20, number * 20 + 20))
    return f"Part {number} begins where the harbour ends.\n\n{told}\n\nPart {number} ends there."


def mail(number: int, total: int | str = 4, title: str = "The Harbour", **more: str) -> bytes:
    """One part as it was sent: `subject`, `sender`, `day` or `month` otherwise, if somebody says so."""
    head = {
        "From": more.get("sender", SENDER),
        "Subject": more.get("subject", f"[lamp-fic] FIC: {title} ({number}/{total}) [PG]"),
        "Date": f"Sun, {more.get('day', f'{number + 1:02}')} {more.get('month', 'Mar')} 2001 20:00:00 +0000",
        "Message-ID": more.get("identity", f"<{title.replace(' ', '.')}.{number}@example.org>"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=us-ascii",
    }
    lines = "\n".join(f"{name}: {value}" for name, value in head.items())
    return f"{lines}\n\n{more.get('text', body(number))}\n".encode()


def month(*mails: bytes) -> bytes:
    """A mailbox of them."""
    return b"".join(b"From x@example.org Sun Mar 04 20:00:00 2001\n" + one + b"\n" for one in mails)


def raw(number: int, data: bytes) -> bytes:
    """The same as yahoo-group-archiver kept it."""
    return json.dumps({"msgId": number, "rawEmail": html.escape(data.decode())}).encode()


def page(number: int, data: bytes) -> bytes:
    """The page that the site made of it, as the same archiver kept it beside the raw mail."""
    head, _, text = data.decode().partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    said = {"msgId": number, "subject": html.escape(fields["Subject"]), "from": html.escape(fields["From"])}
    lines = "<br/>\n".join(html.escape(text).splitlines())
    return json.dumps({**said, "postDate": "983404800", "messageBody": f"<div id=x>{lines}</div>"}).encode()
