"""Mails and mailboxes as strangers send them: whole ones, and ones with anything anywhere."""

from __future__ import annotations

from hypothesis import strategies as st

_SUBJECTS = st.sampled_from(
    [
        "[list] FIC: The Lamp 1/3 (PG-13)",
        "FIC: The Lamp 2/3",
        "[list] FIC: The Lamp 3/3",
        "The Lamp 2/3",
        "Re: The Lamp",
        "=?utf-8?Q?FIC:_Caf=C3=A9?= =?x?B?///=?=",
        "=?utf-8?B?====?= (1/999)",
        "Digest Number 3",
        "",
    ]
)
_FROM = st.sampled_from(
    ["Ada Marsh <ada@example.org>", "ada@example.org (Ada)", "x", "=?koi8-r?Q?=C1?= <b@example.net>"]
)
_TYPES = st.sampled_from(
    [
        "text/plain",
        "text/plain; charset=utf-8; format=flowed",
        "text/plain; charset=x-none",
        "text/html; charset=cp1252",
        "image/png; name=a.png",
        'multipart/mixed; boundary="b"',
        "multipart/mixed; boundary=c",
        "multipart/alternative; boundary=b",
        'multipart/related; boundary="b"; type="text/html"',
        "multipart/digest; boundary=c",
        "multipart/mixed",
        "message/rfc822",
        "application/octet-stream; name*0*=utf-8''a%2; name*1=e.txt",
    ]
)
_TRANSFERS = st.sampled_from(["7bit", "quoted-printable", "base64", "QUOTED-PRINTABLE ", "x-uuencode"])
_lines = st.sampled_from(
    [
        "The lamp burned low. ",
        '"Wait," she said.',
        "> The lamp burned low.",
        "On Monday, Ada wrote:",
        ">From the far end",
        "From here on it rained in May:",
        "From ada@example.org Tue Jan 14 10:22:01 2003",
        "--b",
        "--b--",
        "--c",
        "--",
        "-- ",
        "<p>caf=E9<i>=20</i></p>",
        "4pyT=4pyT",
        "There are 2 messages in this issue.",
        "________________________________",
        "Message: 1",
        "   Date: Wed, 8 Aug 2001",
        "   From: wren@example.net",
        "Subject: FIC: Nine Steps",
        "End of list Digest",
        "Content-Type: message/rfc822",
        "Title: The Lamp",
        "Rating: R",
        "",
        "",
        "\xe9\xff",
    ]
)
_body = st.lists(_lines | st.text(max_size=30), max_size=20)


def _mail(subject: str, sender: str, kind: str, transfer: str, number: int, body: list[str], end: str) -> str:
    head = [
        f"From: {sender}",
        f"Subject: {subject}",
        f"Message-ID: <{number}@example.org>",
        "MIME-Version: 1.0",
        f"Content-Type: {kind}",
        f"Content-Transfer-Encoding: {transfer}",
    ]
    return end.join([*head, "", *body, ""])


mail = st.builds(_mail, _SUBJECTS, _FROM, _TYPES, _TRANSFERS, st.integers(0, 4), _body, st.sampled_from(["\n", "\r\n"]))
"""One mail; its body may be the inside of a mail of many parts, or not."""

_LINE = "From ada@example.org Tue Jan 14 10:22:01 2003\n"
mailbox = st.lists(mail, min_size=1, max_size=5).map(lambda mails: "\n".join(_LINE + one for one in mails))

files = (mail | mailbox).map(lambda text: text.encode("latin-1", "replace"))
