"""A mailing list in mailboxes by month and an eFiction dump, of any size; the same for the same seed."""

from __future__ import annotations

import random
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.speed.prose import Prose

BEGAN = datetime(1998, 2, 1, 20, tzinfo=UTC)
MONTHS = 60
IN_PARTS, ALONE = 0.4, 0.05
"""Shares of all mails that are parts of stories, and stories in one mail; all others are talk."""
A_PART, A_REMARK = 600, 60
"""Words, about."""


@dataclass(frozen=True)
class Listed:
    """How many stories were posted in parts, the parts, stories in one mail, and letters."""

    posted: int
    parts: int
    alone: int
    letters: int


@dataclass(frozen=True)
class _Mail:
    at: datetime
    sender: str
    subject: str
    text: str
    number: int

    def raw(self) -> str:
        address = f"{self.sender.lower()}@list.example"
        return (
            f"From {address} {self.at:%a %b %d %H:%M:%S %Y}\n"
            f"From: {self.sender} <{address}>\nTo: lamp-fic@list.example\nSubject: {self.subject}\n"
            f"Date: {self.at:%a, %d %b %Y %H:%M:%S +0000}\nMessage-ID: <{self.number}@list.example>\n"
            f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{self.text}\n\n"
        )


def mailing_list(folder: Path, mails: int, seed: int = 1) -> Listed:
    """A mailbox a month. Parts of one story come a week apart, so most stories stand in several mailboxes."""
    prose, chance = Prose(seed), random.Random(seed)
    senders = sorted({prose.name() for _ in range(max(8, mails // 80))})
    made: list[_Mail] = []
    posted = 0
    while len(made) < IN_PARTS * mails:
        made += _serial(prose, chance, senders, len(made))
        posted += 1
    parts = len(made)
    alone = int(ALONE * mails)
    for _ in range(alone):
        made.append(_part(prose, chance.choice(senders), f"FIC: {_title(prose)} [PG]", _some_time(chance), len(made)))
    letters = max(0, mails - len(made))
    for number in range(len(made), len(made) + letters):
        made.append(_answer(prose, chance, senders, made[chance.randrange(parts)], number))
    boxes: defaultdict[str, list[_Mail]] = defaultdict(list)
    for mail in made:
        boxes[f"{mail.at:%Y-%m}"].append(mail)
    folder.mkdir(parents=True)
    for month, held in boxes.items():
        text = "".join(mail.raw() for mail in sorted(held, key=lambda mail: (mail.at, mail.number)))
        (folder / f"{month}.mbox").write_text(text, "utf-8")
    return Listed(posted, parts, alone, letters)


def _serial(prose: Prose, chance: random.Random, senders: list[str], first: int) -> Iterator[_Mail]:
    total, sender, title, at = chance.randint(2, 12), chance.choice(senders), _title(prose), _some_time(chance)
    for number in range(1, total + 1):
        subject = f"[lamp-fic] FIC: {title} ({number}/{total}) [PG-13]"
        yield _part(prose, sender, subject, at + timedelta(days=7 * number), first + number - 1)


def _title(prose: Prose) -> str:
    """With a word that no other title has, so that none is another's by chance."""
    return f"{prose.title()} of {prose.name()} {prose.name()}"


def _part(prose: Prose, sender: str, subject: str, at: datetime, number: int) -> _Mail:
    text = "\n\n".join(textwrap.fill(one, 72) for one in prose.paragraphs(A_PART))
    return _Mail(at, sender, subject, text, number)


def _answer(prose: Prose, chance: random.Random, senders: list[str], to: _Mail, number: int) -> _Mail:
    quoted = "\n".join(f"> {line}" for line in to.text.splitlines()[:6])
    said = " ".join(prose.paragraphs(A_REMARK))
    text = f"{to.sender} wrote:\n{quoted}\n\n{textwrap.fill(f'I loved this. {said}', 72)}"
    at = to.at + timedelta(hours=chance.randint(1, 90))
    return _Mail(at, chance.choice(senders), f"Re: {to.subject}", text, number)


def _some_time(chance: random.Random) -> datetime:
    return BEGAN + timedelta(days=chance.randint(0, MONTHS * 30 - 90), minutes=chance.randint(0, 1200))


def dump(file: Path, stories: int, seed: int = 1) -> int:
    """An eFiction dump with the texts in the table; how many chapters it has."""
    prose, chance = Prose(seed), random.Random(seed)
    authors = [prose.name() for _ in range(max(5, stories // 10))]
    chapters = 0
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(_TABLES)
        for uid, name in enumerate(authors, 1):
            out.write(f"INSERT INTO `fanfiction_authors` (uid, penname) VALUES ({uid}, {_quoted(name)});\n")
        for sid in range(1, stories + 1):
            uid, count = chance.randint(1, len(authors)), chance.choice((1, 1, 1, 2, 3, 6))
            said = _quoted(" ".join(prose.paragraphs(20)))
            row = f"({sid}, {_quoted(prose.title())}, {said}, {uid}, 'PG', 1141234567, 1, 1)"
            out.write(f"INSERT INTO `fanfiction_stories` ({_STORY}) VALUES {row};\n")
            for place in range(1, count + 1):
                chapters += 1
                text = _quoted("".join(f"<p>{one}</p>\n" for one in prose.paragraphs(A_PART // 2)))
                row = f"({chapters}, {_quoted(f'Chapter {place}')}, {place}, {text}, {sid}, {uid}, 1)"
                out.write(f"INSERT INTO `fanfiction_chapters` ({_CHAPTER}) VALUES {row};\n")
    return chapters


_STORY = "sid, title, summary, uid, rid, date, validated, completed"
_CHAPTER = "chapid, title, inorder, storytext, sid, uid, validated"
_TABLES = (
    "CREATE TABLE `fanfiction_authors` (uid int, penname text);\n"
    f"CREATE TABLE `fanfiction_stories` ({', '.join(f'{name} text' for name in _STORY.split(', '))});\n"
    f"CREATE TABLE `fanfiction_chapters` ({', '.join(f'{name} text' for name in _CHAPTER.split(', '))});\n"
)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'"
