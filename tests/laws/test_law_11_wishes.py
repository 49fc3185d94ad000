"""What people wish of a work holds on every surface: in answers, pages, books, lists and the names of files."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.laws.crawling import FOR_APPS, is_near, links_in
from tests.rooms.cli.faces import speaking_of
from tests.rooms.web.desks import THERE, Browser, desk

from remnant.library.opening import open_library
from remnant.library.watching import utc_now

NAME = "canarybird"
"""Half of a pen name that is wished withheld, and stands in nothing else."""
SECRET = "verdigris"
"""A word that stands in a sealed or private work alone."""
Say = Callable[..., str]

NAMED = """\
Title: The Ferry
Author: Mara Canarybird
Fandom: Harbour Lights
Disclaimer: Mara Canarybird owns nothing; see http://stories.example/~mara_canarybird/ferry
Author's note: thanks from Mara  Canarybird!

The rain came down on the last ferry, and nobody came. Mara Canarybird wrote this at the harbour.

She waited by the water until the light was gone.

-- Mara Canarybird
"""
PAGED = """\
<html><head><title>The Lamp by Mara Canarybird</title><meta name="author" content="Mara Canarybird"></head><body>
<h1>The Lamp</h1><p>by <a href="http://stories.example/authors/maracanarybird">Mara Canarybird</a></p>
<p>The lamp had gone out twice already, and the oil was cheap.</p><p>Nobody lit it again until the morning.</p>
<p><a href="http://stories.example/authors/maracanarybird?all">More</a></p></body></html>
"""
HIDDEN = "Title: The Verdigris Tram\n\nAuthor: Bea\n\nTags: verdigris\n\nNobody rode the verdigris tram that night.\n"


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    do = speaking_of(tmp_path / "library", monkeypatch, capsys)

    def said(*words: object) -> str:
        code, out, err = do(*words)
        assert code in (0, 1, 3), err
        return out + err

    return said


def _kept(came: Path, say: Say) -> dict[str, str]:
    """The works by their labels."""
    came.mkdir(exist_ok=True)
    (came / "canarybird ferry.txt").write_text(NAMED, "utf-8")
    (came / "canarybird_lamp.html").write_text(PAGED, "utf-8")
    (came / "tram.txt").write_text(HIDDEN, "utf-8")
    say("add", came)
    return {one["label"]: one["work"] for one in json.loads(say("find", "--json"))["works"]}


def _asked(say: Say, words: str, out: Path, *works: str) -> Iterator[tuple[str, str]]:
    """Commands that say something of works; the pages, below, say the rest."""
    for command in (["find", words, "--facets"], ["find", "--json"]):
        yield " ".join(command), say(*command)
    for work in works:
        yield f"show {work}", say("show", work)
        yield f"show {work} --json", say("show", work, "--json")
    yield "check", say("check")
    for form in ("epub", "json"):
        yield f"export {form}", say("export", "", "--to", form, out)
    yield "wish", say("wish")


def _given(out: Path, library: Path) -> Iterator[tuple[str, str]]:
    yield "catalogue.tsv", (library / "catalogue.tsv").read_text("utf-8")
    for path in (library / "index.html", *sorted(library.glob("index-*.html"))):
        if path.exists():
            yield path.name, path.read_text("utf-8")
    for path in sorted(out.iterdir()):
        yield f"{path.suffix} name", path.name
        data = path.read_bytes()
        if path.suffix != ".epub":
            yield path.suffix, data.decode("utf-8")
            continue
        with zipfile.ZipFile(io.BytesIO(data)) as made:
            yield from (
                (f"epub {name}", f"{name} {made.read(name).decode('utf-8', 'replace')}") for name in made.namelist()
            )


def _pages(browser: Browser, words: str) -> Iterator[tuple[str, str]]:
    waiting, seen = ["/", f"/?q={words}", "/kept", "/findings", *FOR_APPS], set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith("/static/"):
            continue
        seen.add(address)
        answer = browser.get(address)
        yield address, f"{answer.text}\n{answer.headers}"
        near = not address.startswith(("/opds", "/api"))
        waiting += [link for link in links_in(answer.text) if near or is_near(link, address)]


def _telling(answers: dict[str, str], word: str) -> dict[str, list[str]]:
    """Which answers say the word, other than in echoing the question."""
    plain = {name: unquote(html.unescape(text)) for name, text in answers.items()}
    found = {name: re.findall(rf".{{0,30}}{word}.{{0,10}}", text, re.IGNORECASE) for name, text in plain.items()}
    return {name: stood for name, stood in found.items() if stood}


def test_a_withheld_name_stands_nowhere(tmp_path: Path, say: Say) -> None:
    works = _kept(tmp_path / "in", say)
    for label in ("The Ferry", "The Lamp"):
        say("wish", works[label], "withhold-name")
    told = dict(_asked(say, "ferry", tmp_path / "out", works["The Ferry"], works["The Lamp"]))
    given = dict(_given(tmp_path / "out", tmp_path / "library"))
    with open_library(tmp_path / "library", utc_now()) as library:
        pages = dict(_pages(Browser(desk(library=library)), "ferry"))

    assert len(pages) > 8
    assert "The Ferry" in told["find --json"]
    assert _telling(told, NAME) == {}
    assert _telling(given, NAME) == {}
    assert _telling(pages, NAME) == {}
    assert json.loads(say("find", NAME, "--json"))["total"] == 0
    assert "Canarybird" in (tmp_path / "in" / "canarybird ferry.txt").read_text("utf-8")


def test_a_wish_that_is_taken_back_brings_the_name_back(tmp_path: Path, say: Say) -> None:
    work = _kept(tmp_path / "in", say)["The Ferry"]
    say("wish", work, "withhold-name")
    again = say("wish", work, "withhold-name")
    say("wish", work, "withhold-name", "--undo")

    assert "nothing was to be changed" in again
    assert json.loads(say("find", "author:canarybird", "--json"))["total"] == 2


def test_a_sealed_work_is_shown_to_nobody_and_check_still_proves_it(tmp_path: Path, say: Say) -> None:
    work = _kept(tmp_path / "in", say)["The Verdigris Tram"]
    before = json.loads(say("check", "--json"))["originals"]
    say("wish", work, "seal")
    told = dict(_asked(say, "nobody", tmp_path / "out"))
    given = dict(_given(tmp_path / "out", tmp_path / "library"))
    with open_library(tmp_path / "library", utc_now()) as library:
        pages = dict(_pages(Browser(desk(library=library)), "nobody"))

    assert _telling({**told, **given, **pages}, SECRET) == {}
    assert json.loads(say("check", "--json"))["originals"] == before
    assert work in say("wish")
    say("wish", work, "seal", "--undo")
    assert json.loads(say("find", SECRET, "--json"))["total"] == 1


def test_a_private_work_is_read_here_and_goes_nowhere(tmp_path: Path, say: Say) -> None:
    work = _kept(tmp_path / "in", say)["The Verdigris Tram"]
    say("wish", work, "private")
    passed = say("export", work, "--to", "epub", tmp_path / "out")
    say("export", "", "--to", "json", tmp_path / "out")
    found = say("find", "--json")
    given = dict(_given(tmp_path / "out", tmp_path / "library"))
    with open_library(tmp_path / "library", utc_now()) as library:
        at = desk(library=library)
        here, afar = Browser(at), Browser(at, THERE, "192.168.1.9")
        afar.post(f"/enter/{at.devices.invite()}")
        phone = {address: afar.get(address).text for address in ("/", "/?q=nobody", "/kept", f"/work/{work}")}
        download = here.get(f"/work/{work}/download/epub")
        shown = here.get(f"/work/{work}").text
    joined = tmp_path / "joined"
    came = say("--library", joined, "join", tmp_path / "library", "--json")

    assert "wished private" in passed
    assert "The Verdigris Tram" in found
    assert _telling(given, SECRET) == {}
    assert _telling(phone, SECRET) == {}
    assert "The Ferry" in phone["/"]
    assert download.status_code >= 400
    assert "The Verdigris Tram" in shown
    assert json.loads(came)["private"] == 1
    assert len(json.loads(came)["originals"]) == 2
    assert json.loads(say("--library", joined, "find", SECRET, "--json"))["total"] == 0
    assert not [path for path in joined.rglob("*") if path.is_file() and SECRET.encode() in path.read_bytes()]
