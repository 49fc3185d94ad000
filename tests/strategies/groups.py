"""Yahoo groups as their members got them out: in the site's own zips, and as an archiver's folders."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

from tests.strategies.posts import body, mail, month, page, raw

ANSWER = mail(
    2, subject="Re: [lamp-fic] FIC: The Harbour (2/4) [PG]", sender="Maud <maud@example.org>", text="I cried at that."
)
ROPE = "Rope\nby Maud\n\n" + body(9).replace("harbour", "rope")
LINKS = {"numLink": 1, "numDir": 0, "dirs": [], "links": [{"url": "http://example.org/lamp", "nickname": "ines_k"}]}
POLLS = [{"surveyId": 3, "text": "Which lamp?", "owner": "maud@example.org"}]
LONG = mail(1, 1, title="Long", text="A line of the long story that goes on and on along the harbour wall.\n" * 1200)


def zipped(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def given_out() -> bytes:
    """A zip for each group in a zip: mails in one mailbox, files, links, polls. One mail stands there twice."""
    group = {
        "lamp-fic/messages/lamp-fic.mbox": month(mail(1), mail(2), mail(2), ANSWER, mail(4)),
        "lamp-fic/files/Maud/rope.txt": ROPE.encode(),
        "lamp-fic/files/lamp.jpg": b"\xff\xd8\xff\xe0 a picture",
        "lamp-fic/links/links.json": json.dumps(LINKS).encode(),
        "lamp-fic/polls/polls.json": json.dumps(POLLS).encode(),
    }
    return zipped({"lamp-fic.zip": zipped(group)})


def cut(number: int, data: bytes) -> bytes:
    """A raw mail as the site handed out long ones."""
    told = json.loads(raw(number, data))
    return json.dumps(told | {"rawEmail": told["rawEmail"][:65_535]}).encode()


def archived() -> dict[str, bytes]:
    """The folders of an archiver, by path. Of messages 17 to 21 the last two were never kept."""
    metadata = {
        "numRecords": 5,
        "messages": [{"messageId": number, "email": "m@example.org"} for number in range(17, 22)],
    }
    files = [{"fileName": "rope.txt", "type": 0, "downloadURL": "x"}, {"fileName": "gone.txt", "type": 0}]
    thread = {"topicId": 17, "messages": [{"msgId": 17, "messageBody": "x"}, {"msgId": 30, "messageBody": "y"}]}
    return {
        "email/17_raw.json": raw(17, mail(1)),
        "email/17.json": page(17, mail(1)),
        "email/18_raw.json": raw(18, mail(2)),
        "email/19.json": page(19, ANSWER),
        "email/30_raw.json": cut(30, LONG),
        "email/message_metadata_0.json": json.dumps(metadata).encode(),
        "topics/17.json": json.dumps(thread).encode(),
        "files/fileinfo.json": json.dumps(files).encode(),
        "files/rope.txt": ROPE.encode(),
        "links/links.json": json.dumps({"ygData": LINKS}).encode(),
        "polls/3-lamp.json": json.dumps(POLLS[0]).encode(),
        "about/about.json": json.dumps({"entityId": "q", "groupEmail": "lamp-fic@example.org"}).encode(),
        "members/members.json": json.dumps({"members": [{"email": "secretly@example.org"}]}).encode(),
    }
