"""Mails: what of them is read, and what never leaves them."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from tests.laws.accounting import check_reading
from tests.strategies import formats

from remnant.model import Field, Mark, PieceKind
from remnant.understand.reader import understand_bytes

STORIES = Path(__file__).parents[2] / "stories"

STORY = "\n\n".join(f'"Take the lamp," said Ines for the {n}th time, and nobody took it.' for n in range(20))


def mail(subject: str, body: str = STORY, sender: str = "Ada <ada@example.org>", extra: str = "") -> str:
    head = f"From: {sender}\nSubject: {subject}\nDate: Tue, 14 Jan 2003 10:22:01 +0000\nMIME-Version: 1.0\n{extra}"
    return f"{head}\n{body}\n"


def box(*mails: str) -> bytes:
    return "\n".join("From ada@example.org Tue Jan 14 10:22:01 2003\n" + one for one in mails).encode()


def test_servers_and_machines_of_a_head_are_in_no_part() -> None:
    data = (STORIES / "mail_with_alternatives" / "story.eml").read_bytes()
    reading = understand_bytes(data)

    assert b"192.0.2.7" in data
    assert not any("192.0.2.7" in part.text or "Received" in part.text for part in reading.parts)


@pytest.mark.parametrize(
    ("subject", "title", "chapter"),
    [
        ("[list] FIC: The Lamp 1/3 (PG-13)", "The Lamp", "1/3"),
        ('NEW: "The Lamp", Part 2 of 3 [R]', "The Lamp", "2/3"),
        ("The Lamp (2/?)", "The Lamp", "2/?"),
        ("[fic] The Lamp, chapter 4", "The Lamp", "4"),
        ("REPOST: The Lamp", "The Lamp", None),
    ],
)
def test_a_subject_says_title_and_part(subject: str, title: str, chapter: str | None) -> None:
    claims = [claim for claim in understand_bytes(mail(subject).encode()).claims if claim.witness.name == "envelope"]
    normal = {claim.field: claim.normalised or claim.value for claim in claims}

    assert (normal.get(Field.TITLE), normal.get(Field.CHAPTER)) == (title, chapter)


def test_parts_by_another_sender_or_under_another_title_are_not_joined() -> None:
    reading = understand_bytes(
        box(mail("The Lamp 1/2"), mail("The Lamp 2/2", sender="bob@example.net"), mail("The Rope 2/2"))
    )

    assert [piece.continues for piece in reading.pieces] == [None, None, None]


def test_a_missing_part_leaves_the_others_together() -> None:
    reading = understand_bytes(box(mail("The Lamp 4/4"), mail("The Lamp 1/4"), mail("The Lamp 2/4")))

    assert [piece.continues for piece in reading.pieces] == ["3", None, "2"]
    assert {piece.kind for piece in reading.pieces} == {PieceKind.CHAPTER}


def test_a_mail_inside_a_mail_is_read_by_itself() -> None:
    inner = mail("FIC: The Rope").replace("\n", "\r\n")
    outer = mail("Fwd: look!", f"--b\n\nFor you.\n--b\nContent-Type: message/rfc822\n\n{inner}\n--b--\n").replace(
        "MIME-Version: 1.0\n", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
    )
    reading = understand_bytes(outer.encode())

    assert [(piece.key, piece.kind) for piece in reading.pieces] == [("0", PieceKind.LETTER), ("2", PieceKind.STORY)]


def test_an_attached_document_is_read_as_if_it_stood_alone() -> None:
    rtf = b"{\\rtf1\\ansi The lamp was {\\i very} bright, and Noor counted the steps.\\par Nobody came.}"
    book = formats.book({"one.xhtml": formats.page("<p>The rope was wet.</p>", "The Rope")})
    parts = "".join(
        f"--b\nContent-Type: {kind}; name={name}\nContent-Transfer-Encoding: base64\n\n"
        f"{base64.b64encode(data).decode()}\n"
        for kind, name, data in (
            ("application/msword", "lamp.rtf", rtf),
            ("application/octet-stream", "rope.epub", book),
        )
    )
    data = mail("my stories", f"--b\n\nHere they are!\n{parts}--b--\n").replace(
        "MIME-Version: 1.0\n", "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n"
    )
    reading = understand_bytes(data.encode())
    check_reading(reading)

    assert [(piece.key, piece.kind) for piece in reading.pieces] == [
        ("0", PieceKind.LETTER),
        ("0/2", PieceKind.STORY),
        ("0/3", PieceKind.STORY),
    ]
    assert {part.path for part in reading.parts} >= {"1", "2", "3/OPS/one.xhtml"}
    assert any(Mark.EMPHASIS in span.marks for block in reading.blocks for span in block.spans)


def test_a_story_about_mail_is_no_mail() -> None:
    text = f"From: the harbour office\nSubject: your lamp\n\n{STORY}"

    assert understand_bytes(text.encode()).format == "text/plain"


@pytest.mark.parametrize(("words", "codes"), [("This is a multi-part message.", []), ("lamp " * 60, ["M006"])])
def test_what_stands_around_the_parts_of_a_mail_is_in_a_part_of_its_own(words: str, codes: list[str]) -> None:
    extra = 'Content-Type: multipart/mixed; boundary="b"\n'
    data = mail("FIC: The Lamp", f"\n{words}\n--b\n\n{STORY}\n--b--\nThe list's own foot.\n", extra=extra).encode()
    reading = understand_bytes(data)
    texts = {part.path: part.text.strip() for part in reading.parts}

    check_reading(reading)
    assert (texts["before"], texts["after"]) == (words.strip(), "The list's own foot.")
    assert [finding.code for finding in reading.findings if finding.code == "M006"] == codes
    assert words not in "".join(block.text for block in reading.blocks)
