"""Law 11: what is hidden is absent, and what is veiled keeps its words, whatever is asked of whatever face.

A word that stands nowhere else is put into every field and place of works that a child may not see, and of works that
are veiled from a grown-up. A library with the hidden works is then asked everything beside one without them.
"""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.laws.crawling import Crawl, addresses
from tests.rooms.web.desks import THERE, Browser, desk
from tests.strategies.catalogues import atom, opds2

from remnant.cli import main as face
from remnant.library import apps
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.opening import Library, open_library
from remnant.library.readers import take_in
from remnant.model import EVERY_CANON, ProfileKind, Reader, Seen

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
EVERYTHING = Reader("all", {EVERY_CANON: Seen(dont_mind=True)})
SHOWN, HIDDEN, VEILED = (int(n) for n in os.environ.get("REMNANT_CANARIES", "5 5 2").split())
"""How many works of each kind; the command in bench/README.md asks for a thousand."""

ASKED_BY_NAME = 40
"""Hidden works that are asked for by the start of their id."""

PAGE = """\
Title: {c}title lantern
Author: {c}author
Fandom: {fandom}
Characters: {c}character
Pairing: {c}one/{c}two
Genre: {c}genre
Series: {c}series #2
Status: {c}status
Rating: {rating}
Warnings: {warnings}
{spoilers}Disclaimer: {c}disclaimer is not mine
Beta: {c}beta
Summary: {c}summary and a lantern
Feedback: {c}feedback please

Author's note: {c}headnote about the lantern.

Chapter 1: {c}chapterone

The lantern {c}story went out and the rain came down, and {c}wrong stayed where she was.

* * *

"Who is there?" asked {c}speaker, and nobody answered.

Chapter 2: {c}chaptertwo

It was morning when {c}ending came home to the lantern.


Note: {c}endnote, the end. Song: "{c}song" by {c}artist
"""


def _page(name: str, *, rating: str, warnings: str = "none", spoilers: str = "", fandom: str = "Harbour") -> str:
    said = f"Spoilers: {spoilers}\n" if spoilers else ""
    return PAGE.format(c=name, rating=rating, warnings=warnings, spoilers=said, fandom=fandom)


def _write(folder: Path, *, with_hidden: bool) -> None:
    """Shown to all; hidden from a child for five reasons in turn; veiled from who has seen nothing."""
    folder.mkdir()
    why = (
        {"rating": "NC-17"},
        {"rating": "unrated"},
        {"rating": "G", "warnings": "Author chose not to warn"},
        {"rating": "G", "warnings": "dogbane"},
        {"rating": "G", "spoilers": "dogbane night four"},
    )
    for number in range(SHOWN):
        (folder / f"shown{number}.txt").write_text(_page(f"fine{number}x", rating="G"), "utf-8")
    for number in range(VEILED):
        text = _page(f"vcanary{number}x", rating="G", spoilers="Night Four", fandom="vcanaryfandom")
        (folder / f"vcanaryfile{number}.txt").write_text(text, "utf-8")
    for number in range(HIDDEN if with_hidden else 0):
        text = _page(f"hcanary{number}x", fandom="hcanaryfandom", **why[number % len(why)])
        (folder / f"hcanaryfile{number}.txt").write_text(text, "utf-8")
        with zipfile.ZipFile(folder / f"hcanaryzip{number}.zip", "w") as parcel:
            parcel.writestr(f"hcanaryfolder/member{number}.txt", text.replace("lantern", "lamp"))


def _made(place: Path, *, with_hidden: bool) -> Library:
    _write(place / "in", with_hidden=with_hidden)
    library = open_library(place / "library", NOW, create=True)
    # Veiled works are hidden from a child: in the library without hidden works there is none of either.
    chosen = [path for path in sorted((place / "in").iterdir()) if with_hidden or path.name.startswith("shown")]
    add(library, chosen, clock=lambda: NOW)
    take_in(library, EVERYTHING, "kit", ProfileKind.CHILD, clock=lambda: NOW)
    take_in(library, EVERYTHING, "ann", ProfileKind.ADULT, "2468", clock=lambda: NOW)
    return library


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Library]]:
    """A library with hidden and veiled works, and one with neither."""
    with ExitStack() as end:
        whole, bare = (
            end.enter_context(_made(tmp_path_factory.mktemp(name), with_hidden=name == "whole"))
            for name in ("whole", "bare")
        )
        yield whole, bare


def _reads_as(library: Library, name: str) -> Browser:
    browser = Browser(desk(library=library))
    browser.post("/who", data={"name": name})
    return browser


QUESTIONS = [
    "/?q=lantern", "/?q=hcanary0xstory", "/?q=vcanary0xstory", "/?q=rating:explicit", "/?q=-lantern", "/?q=hcanary*",
    "/?q=author:hcanary0xauthor", "/?q=fandom:hcanaryfandom", "/?q=is:untitled", "/?q=words:%3E1", "/?q=tag:genre",
    *(f"/?sort={sort}" for sort in ("title", "author", "added", "words")), "/?page=2", "/?page=999", "/veiled?page=2",
    "/seen?canon=hcanaryfandom", "/kept?page=2", "/findings?severity=note",
]  # fmt: skip


def test_a_child_is_answered_alike_with_the_hidden_works_and_without(both: tuple[Library, Library]) -> None:
    """Every page, redirect and refusal, byte for byte; ids of hidden works are asked for by name as well."""
    whole, bare = both
    ids = sorted(hit.work for hit in search(whole, EVERYTHING, size=10_000).hits)
    fine = sorted(hit.work for hit in search(bare, EVERYTHING, size=10_000).hits)
    secret = [work for work in ids if work not in fine][:ASKED_BY_NAME]
    asked = [*addresses([*ids, *(work[:5] for work in secret)]), *QUESTIONS]
    told = [Crawl(_reads_as(one, "kit"), re.compile("/")).everywhere(asked) for one in both]

    assert len(secret) >= min(ASKED_BY_NAME, HIDDEN + VEILED)
    assert len(told[0]) > 10 * len(fine)
    assert _differences(*told) == []
    assert not any("canary" in text.replace(asked, "") for asked, text in told[0].items() if "canary" not in asked)


def _differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    return sorted(asked for asked in one.keys() | other.keys() if one.get(asked) != other.get(asked))


def test_a_veiled_work_gives_away_no_word_but_its_notice(both: tuple[Library, Library]) -> None:
    whole, _ = both
    browser = Browser(desk(library=whole))
    browser.post("/who", data={"name": "ann", "pin": "2468"})
    ids = [hit.work for hit in search(whole, EVERYTHING, size=10_000).hits]
    told = Crawl(browser, re.compile("/look")).everywhere([*addresses(ids), *QUESTIONS])
    shown = {asked: text for asked, text in told.items() if "canary" not in asked}

    assert sum("Night Four" in text for text in shown.values()) >= VEILED
    assert any("hcanary0xstory" in text for text in shown.values())
    # The name of a fandom stands in the question that is asked once, and in the reason: nothing else of it does.
    assert [a for a, text in shown.items() if re.search(r"vcanary(?!fandom)", text.replace(a, ""))] == []


def test_a_childs_app_is_answered_alike_with_the_hidden_works_and_without(both: tuple[Library, Library]) -> None:
    """From afar, where nothing but its password lets it in: every feed, every answer of the API, every refusal."""
    whole, bare = both
    ids = sorted(hit.work for hit in search(whole, EVERYTHING, size=10_000).hits)
    fine = sorted(hit.work for hit in search(bare, EVERYTHING, size=10_000).hits)
    secret = [work for work in ids if work not in fine][:ASKED_BY_NAME]
    asked = [*addresses([*ids, *(work[:5] for work in secret)]), *FEEDS]
    told = [Crawl(_app_of(one, "kit"), NOTHING).everywhere(asked) for one in both]

    assert sum(" 200 " in f" {text[:4]}" and "shown" not in text for text in told[0].values()) > 10 * len(fine)
    assert any("Before you read" in text or "fine0xtitle" in text for text in told[0].values())
    assert _differences(*told) == []
    assert not any("canary" in text.replace(asked, "") for asked, text in told[0].items() if "canary" not in asked)


def test_an_apps_feeds_offer_no_veiled_work_and_keep_the_rules(both: tuple[Library, Library]) -> None:
    whole, _ = both
    ids = [hit.work for hit in search(whole, EVERYTHING, size=10_000).hits]
    veiled = search(whole, Reader("ann")).veiled
    told = Crawl(_app_of(whole, "ann"), NOTHING).everywhere([*addresses(ids), *FEEDS])
    shown = {asked: text for asked, text in told.items() if "canary" not in asked}
    feeds = {asked: text.partition("\n")[2] for asked, text in shown.items() if text.startswith("200 ")}

    assert any("hcanary0xtitle" in text for asked, text in feeds.items() if asked.startswith("/opds"))
    assert any("hcanary0xstory" in text for asked, text in feeds.items() if asked.startswith("/api"))
    assert any(f", and {veiled} works veiled" in text for text in feeds.values())
    assert any("Night Four" in text for asked, text in shown.items() if asked.startswith("/api"))
    assert [a for a, text in shown.items() if re.search(r"vcanary(?!fandom)", text.replace(a, ""))] == []
    for asked, text in feeds.items():
        if asked.startswith("/opds/v2"):
            opds2(text.encode())
        elif asked.startswith("/opds") and not asked.endswith("/search.xml"):
            atom(text.encode())


def _app_of(library: Library, name: str) -> Browser:
    _, password = apps.let_in(library, Reader(name), name, "an app")
    return Browser(desk(library=library), THERE, "192.168.1.9", {"Authorization": f"Bearer {password}"})


FEEDS = [
    f"/opds/{version}/works?{query}"
    for version in ("v1.2", "v2")
    for query in ("q=lantern", "query=hcanary0xstory", "q=vcanary0xstory", "q=rating:explicit", "q=-lantern", "page=2",
                  "q=fandom:hcanaryfandom", "q=words:%3E1&sort=words", "page=999", "sort=author")
] + [
    "/api/v1/works?size=200", "/api/v1/works?q=hcanary0xstory", "/api/v1/works?q=vcanary0xstory",
    "/api/v1/works?q=-lantern", "/api/v1/works?sort=x", "/api/v1/facets/fandom?size=1", "/api/v1/facets?q=hcanary*",
    "/opds/v2/begun?page=2",
]  # fmt: skip
NOTHING = re.compile(r"(?!)")


def test_no_command_gives_away_what_its_reader_may_not_see(
    both: tuple[Library, Library], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole, bare = both
    ids = _one_of_each(whole)
    monkeypatch.setenv("REMNANT_JOBS", "1")
    monkeypatch.setenv("REMNANT_PIN", "2468")

    def said(library: Library, reader: str, *words: object) -> str:
        monkeypatch.setenv("REMNANT_LIBRARY", str(library.path))
        code = face.main(["--reader", reader, *map(str, words)])
        out, err = capsys.readouterr()
        return f"{code}\n{out}{err}".replace(str(library.path), "LIBRARY").replace(
            f"{tmp_path}/bare", f"{tmp_path}/kit"
        )

    for asked, like in zip(_commands(ids, tmp_path / "kit"), _commands(ids, tmp_path / "bare"), strict=True):
        assert (asked, said(whole, "kit", *asked)) == (asked, said(bare, "kit", *like))
    for asked in _commands(ids, tmp_path / "zoe"):
        assert not re.search(r"vcanary(?!fandom|0xstory)", said(whole, "zoe", *asked)), asked
    assert [_stands_in(tmp_path / folder, "vcanary") for folder in ("kit", "zoe")] == [[], []]
    assert _stands_in(tmp_path / "kit", "hcanary") == []
    assert _stands_in(tmp_path / "zoe", "hcanary") != []


def _one_of_each(library: Library) -> list[str]:
    """A work that is shown, one that is veiled, one that is hidden."""
    found = {hit.label[0]: hit.work for hit in search(library, EVERYTHING, sort="title", size=10_000).hits}
    return [found[letter] for letter in "fvh"]


def _commands(ids: list[str], out: Path) -> Iterator[Sequence[object]]:
    """Everything that can be asked without changing what others see."""
    for words in (["find"], ["find", "lantern", "--facets"], ["find", "vcanary0xstory"], ["find", "--sort", "title"]):
        yield [*words, "--json"] if "--facets" in words else words
    yield from (["veiled", "--json"], ["seen", "--json"], ["check"], ["rebuild"], ["reader", "list"])
    for work in ids:
        yield ["show", work[:6], "--json"]
        yield ["export", work, "--to", "txt", out / "one"]
    for form in ("epub", "json"):  # the other forms are downloaded from the pages
        yield ["export", "", "--to", form, out / form]


def _stands_in(folder: Path, word: str) -> list[str]:
    """The files that hold a word, or bear it as a name."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as book:
                text = " ".join(name + book.read(name).decode("utf-8", "replace") for name in book.namelist())
        else:
            text = path.read_text("utf-8") if path.is_file() else ""
        found += [path.name] if word in path.name + text else []
    return found
