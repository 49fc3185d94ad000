"""Law 11 on the faces: a library full of addresses, every command, page and export asked, and none gives one away."""

from __future__ import annotations

import html
import io
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.laws.crawling import FOR_APPS, is_near, links_in
from tests.rooms.cli.faces import speaking_of
from tests.rooms.web.desks import Browser, desk
from tests.strategies.formats import book, page

from remnant.library.opening import open_library
from remnant.library.watching import utc_now

CANARY = "canary.example"
Answers = dict[str, str]
Say = Callable[..., str]

PLAIN = f"""\
Title: The Ferry to heading@{CANARY}
Author: Mara Quill <byline@{CANARY}>
E-mail: field@{CANARY}
Fandom: Harbour Lights, Other Lights
Disclaimer: not mine, ask disclaimer@{CANARY} about it
Feedback: to feedback@{CANARY} please
Rating: PG-13
Warnings: rain, says warned@{CANARY}

Author's note: write to note [at] canary [dot] example or note@{CANARY} if you liked it.

The rain came down on the last ferry, and nobody came.

* * *

She waited by the water until the light was gone.


Note: the end. Thanks to beta@{CANARY}!
"""
HTML = f"""\
<html><head><title>The Lamp by title@{CANARY}</title><meta name="author" content="meta@{CANARY}">
<!-- saved for comment@{CANARY} --></head><body data-for="attribute@{CANARY}">
<h1>The Lamp</h1><p>by <a href="mailto:link@{CANARY}">Ann</a> (<a href="/?to=percent%40{CANARY}">profile</a>)</p>
<p>Summary: a lamp; for entity&#64;{CANARY}, with love</p>
<p title="shown@{CANARY}">The lamp had gone out twice already, and the oil was cheap.</p>
<p>Nobody lit it again until the morning came.</p>
<p>Please review, or mail <i>tagged</i>@{CANARY}.</p></body></html>
"""
BOX = f"""\
From line@{CANARY} Tue Jan 14 10:22:01 2003
Return-Path: <path@{CANARY}>
Message-ID: <id@{CANARY}>
From: "sender@{CANARY}" <from@{CANARY}>
Subject: [list] FIC: The Rope for subject@{CANARY} 1/2 (PG)
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b

Title: The Rope
Author: Ann
Feedback: feed@{CANARY}

The rope went down into the water, and nobody had ever pulled it up. She waited until the light was gone.

--b
Content-Type: application/x-other; name="attached@{CANARY}.xyz"

x
--b--

From line@{CANARY} Tue Jan 14 10:22:01 2003
Message-ID: <answer@{CANARY}>
From: answers@{CANARY}
Subject: Re: The Rope
MIME-Version: 1.0

On Monday, quoted@{CANARY} wrote:
> Feedback: feed@{CANARY}

Thank you! Write to me at letter@{CANARY}.
"""
DUMP = f"""\
INSERT INTO a_authors (uid, penname, email) VALUES (1, 'pen@{CANARY}', 'author@{CANARY}');
INSERT INTO a_stories (sid, title, summary, uid) VALUES (1, 'The Net title@{CANARY}', 'Of nets; summary@{CANARY}', 1);
INSERT INTO a_chapters (chapid, title, inorder, notes, storytext, sid, uid) VALUES
(1, 'One chapter@{CANARY}', 1, 'notes@{CANARY}', 'The net was empty.', 1, 1), (2, 'Two', 2, '', '', 1, 1);
INSERT INTO a_reviews (reviewid, item, chapid, reviewer, review) VALUES
(1, 1, 1, 'reviewer@{CANARY}', 'review@{CANARY}');
"""
_CAPTURED = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Mail: http@{CANARY}\r\n\r\n{HTML}".encode()
CAPTURE = (
    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/?to=uri@{CANARY}\r\n"
    f"Content-Length: {len(_CAPTURED)}\r\n\r\n"
).encode() + _CAPTURED


@pytest.fixture
def came(tmp_path: Path) -> Path:
    """Files with an address in every place that can hold one."""
    came = tmp_path / "in"
    came.mkdir()
    (came / f"from name@{CANARY}.txt").write_text(PLAIN, "utf-8")
    (came / f"twin@{CANARY}.txt").write_text(PLAIN, "utf-8")
    (came / f"page@{CANARY}.html").write_text(HTML, "utf-8")
    (came / f"unread@{CANARY}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (came / f"refused@{CANARY}.txt").symlink_to("/nowhere")
    (came / f"book@{CANARY}.epub").write_bytes(_book())
    (came / f"box@{CANARY}.mbox").write_text(BOX, "utf-8")
    (came / f"dump@{CANARY}.sql").write_text(DUMP, "utf-8")
    (came / f"capture@{CANARY}.warc").write_bytes(CAPTURE)
    with zipfile.ZipFile(came / f"zip@{CANARY}.zip", "w") as parcel:
        parcel.writestr(f"folder@{CANARY}/member@{CANARY}.txt", "Title: The Tram\n\nNobody rode the tram that night.\n")
        parcel.writestr(f"../up@{CANARY}.txt", "up")
    return came


def _book() -> bytes:
    """Two pages called by addresses, and one that its list names and that is not in it."""
    pages = {
        f"one@{CANARY}.xhtml": page("<h1>One</h1><p>The bridge was closed.</p>", f"T part@{CANARY}"),
        f"two@{CANARY}.xhtml": page(
            f"<h1>Two</h1><p>It rained on the bridge.</p><p>Author's note: mail me at end@{CANARY}!</p>"
        ),
    }
    whole = io.BytesIO(book({**pages, f"gone@{CANARY}.xhtml": page("")}, metadata=_METADATA))
    kept = io.BytesIO()
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(kept, "w") as taken:
        for name in given.namelist():
            if "gone@" not in name:
                taken.writestr(name, given.read(name))
    return kept.getvalue()


_METADATA = (
    f"<dc:title>The Bridge</dc:title><dc:creator>Bea (creator@{CANARY})</dc:creator>"
    f"<dc:publisher>press@{CANARY}</dc:publisher><dc:description>To described@{CANARY}</dc:description>"
)


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    do = speaking_of(tmp_path / "library", monkeypatch, capsys)

    def said(*words: object) -> str:
        code, out, err = do(*words)
        assert code in (0, 1), err
        return out + err

    return said


def test_no_command_no_page_and_no_export_gives_an_address_away(came: Path, tmp_path: Path, say: Say) -> None:
    told = dict(_commands(say, came, tmp_path / "out"))
    given = dict(_given(tmp_path / "out"))
    with open_library(tmp_path / "library", utc_now()) as library:
        pages = dict(_pages(Browser(desk(library=library))))

    assert len(given) >= 16
    assert any("/claim/" in address for address in pages)
    assert {"/kept", "/findings", "/opds/v1.2/by/fandom"} < set(pages)
    assert any(address.startswith("/api/v1/works/") for address in pages)
    assert "[veiled]" in told["understand"]
    assert _giving_away(told) == {}
    assert _giving_away(given) == {}
    assert _giving_away(pages) == {}


def _commands(say: Say, came: Path, out: Path) -> Iterator[tuple[str, str]]:
    """Every command that says something of works, in words and as JSON."""
    yield "dry run", say("add", "--dry-run", came)
    yield "dry run --json", say("add", "--dry-run", came, "--json")
    yield "add", say("add", came)
    yield "add again --json", say("add", came, "--json")
    yield "understand", say("understand", came)
    yield "understand --json", say("understand", came, "--json")
    yield "find", say("find", "ferry", "--facets")
    yield "find --json", say("find", "--json")
    yield "report", say("report", came.name)
    yield "report --json", say("report", came.name, "--json")
    yield "check", say("check")
    yield "rebuild --json", say("rebuild", "--json")
    for found in json.loads(say("find", "--json"))["works"]:
        yield f"show {found['label']}", say("show", found["work"])
        yield f"show {found['label']} --json", say("show", found["work"], "--json")
    yield from _corrections(say, json.loads(say("find", "ferry", "--json"))["works"][0]["work"])
    for form in ("epub", "json"):  # the other forms are downloaded from the pages
        yield f"export {form}", say("export", "", "--to", form, out)
    yield "export again", say("export", "", "--to", "json", out, "--json")


def _corrections(say: Say, work: str) -> Iterator[tuple[str, str]]:
    """Said by a person, and rules' words said again in a person's name."""
    yield "correct", say("correct", work, f"feedback+=or typed@{CANARY}", f"email=set@{CANARY}")
    told = say("correct", work, f"disclaimer+=ask also@{CANARY}", "--json")
    yield "correct --json", told
    yield "undo", say("correct", work, "--undo", json.loads(told)["claims"][-1]["id"])


def _given(out: Path) -> Iterator[tuple[str, str]]:
    """The files that were written, their names, and every member of a book."""
    for path in sorted(out.iterdir()):
        yield f"name of {path.suffix} {path.stem[:12]}", path.name
        if path.suffix != ".epub":
            yield path.name, path.read_text("utf-8")
            continue
        with zipfile.ZipFile(path) as made:
            yield from ((f"{path.name} {name}", f"{name} {made.read(name).decode()}") for name in made.namelist())


def _pages(browser: Browser) -> Iterator[tuple[str, str]]:
    waiting, seen = ["/", "/?q=ferry", "/kept", "/findings", *FOR_APPS], set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("/static/"):
            continue
        seen.add(address)
        answer = browser.get(address)
        text = answer.text + os.linesep + str(answer.headers)
        yield address, text
        near = not address.startswith(("/opds", "/api"))
        waiting += [link for link in links_in(answer.text) if near or is_near(link, address)]


def _giving_away(answers: Answers) -> dict[str, list[str]]:
    """Which addresses stand in which answers."""
    plain = {name: unquote(html.unescape(text)) for name, text in answers.items()}
    found = {name: re.findall(r".{0,24}canary", text, re.IGNORECASE | re.DOTALL) for name, text in plain.items()}
    return {name: stood for name, stood in found.items() if stood}
