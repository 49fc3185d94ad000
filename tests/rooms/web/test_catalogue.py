"""The catalogue as a reading app goes through it, and the read API beside it."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from tests.rooms.web.desks import THERE, Browser, desk
from tests.strategies import catalogues
from tests.strategies.catalogues import ACQUISITION, ATOM, ENTRY, FACET, FEED2, NAVIGATION, OPDS

from remnant.cli import main as face
from remnant.library import apps
from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.indexing import catch_up
from remnant.library.opening import Library, open_library
from remnant.library.placing import keep_place
from remnant.library.readers import lock, take_in
from remnant.library.watching import utc_now
from remnant.library.wishing import wish
from remnant.model import ProfileKind, Reader, WorkWish
from remnant.web.catalogue import prefers_json

ANN = Reader("Ann")
KOREADER = "application/opds+json, application/atom+xml;profile=opds-catalog, */*"
STORY = """\
Title: The {title}
Author: {author}
Fandom: Harbour & "Lights"
Rating: {rating}
Series: Nights #{number}
{spoilers}Summary: Of the {title}.

The rain came down on the {title}, and everybody came home before the morning.
"""
WORKS = (("Weir", "Tam", "G", ""), ("Lamp", "Tam", "PG-13", ""), ("Rope", "Jude", "G", "Spoilers: Night Four\n"))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("catalogue")
    for number, (title, author, rating, spoilers) in enumerate(WORKS):
        text = STORY.format(title=title, author=author, rating=rating, spoilers=spoilers, number=number)
        (place / f"{title}.txt").write_text(text, "utf-8")
    with open_library(place / "library", utc_now(), create=True) as made:
        add(made, sorted(place.glob("*.txt")))
    return place / "library"


def _app(library: Library, reader: str = "Ann") -> Browser:
    _, password = apps.let_in(library, ANN, reader, "an app")
    return Browser(desk(library=library), THERE, "192.168.1.77", {"Authorization": f"Bearer {password}"})


def _feed(app: Browser, address: str) -> ElementTree.Element:
    answer = app.get(address)
    assert answer.status_code == 200, answer.text
    return catalogues.atom(answer.content)


def _titles(feed: ElementTree.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


def _hrefs(element: ElementTree.Element, rel: str) -> list[str]:
    return [link.get("href", "") for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def test_an_old_app_goes_from_the_root_to_the_book(library: Library) -> None:
    app = _app(library)
    root = _feed(app, "/opds")
    ways = {entry.findtext(f"{ATOM}title"): entry for entry in root.findall(f"{ATOM}entry")}
    newest = _feed(app, _hrefs(ways["Newest"], "http://opds-spec.org/sort/new")[0])
    by_author = _feed(app, _hrefs(ways["By author"], "subsection")[0])
    of_tam = _feed(app, _hrefs(by_author.findall(f"{ATOM}entry")[0], "subsection")[0])
    entry = of_tam.findall(f"{ATOM}entry")[1]
    book = app.get(_hrefs(entry, catalogues.GET)[0])
    alone = _feed(app, _hrefs(entry, "alternate")[0])

    assert list(ways) == ["Newest", "By title", "By fandom", "By author", "By series", "By rating"]
    assert root.findtext(f"{ATOM}subtitle") == "2 works, and 1 work veiled"
    assert sorted(map(str, _titles(newest))) == ["The Lamp", "The Weir"]
    assert _titles(by_author) == ["Tam"]
    assert (of_tam.findtext(f"{ATOM}title"), _titles(of_tam)) == ("Tam", ["The Lamp", "The Weir"])
    assert alone.findtext(f"{ATOM}id") == entry.findtext(f"{ATOM}id")
    assert (book.status_code, book.headers["content-type"]) == (200, "application/epub+zip")
    with zipfile.ZipFile(BytesIO(book.content)) as opened:
        assert "The Weir" in opened.read("title.xhtml").decode()


def test_an_app_of_today_is_given_json_and_the_same_works(library: Library) -> None:
    app = _app(library)
    answer = app.get("/opds", headers={"Accept": KOREADER})
    root = catalogues.opds2(answer.content)
    found = catalogues.opds2(app.get("/opds/v2/works?query=lamp").content)
    (work,) = found["publications"]
    book = app.get(next(link["href"] for link in work["links"] if link["type"] == "application/epub+zip"))

    assert answer.headers["content-type"] == FEED2
    assert "Accept" in answer.headers["vary"]
    assert root["metadata"]["subtitle"] == "2 works, and 1 work veiled"
    assert work["metadata"]["title"] == "The Lamp"
    assert work["metadata"]["author"] == [{"name": "Tam"}]
    assert work["metadata"]["belongsTo"] == {"series": [{"name": "Nights"}]}
    assert book.content.startswith(b"PK")
    assert _titles(_feed(app, "/opds/v1.2/works?q=lamp")) == ["The Lamp"]


@pytest.mark.parametrize(
    ("accept", "is_json"),
    [
        (KOREADER, True),
        ("application/atom+xml, application/opds+json", False),
        ("application/atom+xml;q=0.5, application/opds+json;q=0.9", True),
        ("application/opds+json;q=0", False),
        ("APPLICATION/OPDS+JSON", True),
        ("*/*", False),
        ("", False),
        ("text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("application/opds+json;q=nan, application/atom+xml;q=0.1", False),
        ("application/opds+json;q=x" + "," * 5000, False),
    ],
)
def test_the_form_is_chosen_as_the_app_asks(accept: str, is_json: bool) -> None:
    assert prefers_json(accept) is is_json


def test_search_is_in_every_feed_in_both_ways_and_finds(library: Library) -> None:
    app = _app(library)
    feed = _feed(app, "/opds/v1.2/works")
    described, direct = _hrefs(feed, "search")
    description = ElementTree.fromstring(app.get(described).content)
    url = description.find(f"{catalogues.SEARCHED}Url")

    assert _titles(_feed(app, direct.replace("{searchTerms}", "lamp%20rain"))) == ["The Lamp"]
    assert url is not None
    assert (url.get("type"), url.get("template")) == (ACQUISITION, f"{THERE}/opds/v1.2/works?q={{searchTerms}}")
    assert _titles(_feed(app, "/opds/v1.2/works?q=nowhere")) == []
    assert "1 work is veiled, and no question finds them" in app.get("/opds/v1.2/works?q=nowhere").text


def test_facets_narrow_and_lead_back(library: Library) -> None:
    app = _app(library)
    whole = _feed(app, "/opds/v1.2/works?sort=title")
    facets = {(f.get(f"{OPDS}facetGroup"), f.get("title")): f for f in whole.findall(f"{ATOM}link[@rel='{FACET}']")}
    narrowed = _feed(app, facets["Rating", "teen"].get("href", ""))
    there = [f for f in narrowed.findall(f"{ATOM}link[@rel='{FACET}']") if f.get(f"{OPDS}facetGroup") == "Rating"]

    assert facets["Order", "Title"].get(f"{OPDS}activeFacet") == "true"
    assert facets["Rating", "Any"].get(f"{OPDS}activeFacet") == "true"
    assert facets["Rating", "teen"].get("{http://purl.org/syndication/thread/1.0}count") == "1"
    assert ("Fandom", "Any") not in facets, "one fandom for all narrows nothing"
    assert _titles(narrowed) == ["The Lamp"]
    assert [(f.get("title"), f.get(f"{OPDS}activeFacet")) for f in there] == [("Any", None), ("teen", "true")]
    assert there[0].get("href") == "/opds/v1.2/works?sort=title"
    assert _titles(_feed(app, facets["Length", "Under 1,000 words"].get("href", ""))) == ["The Lamp", "The Weir"]
    assert _titles(_feed(app, facets["Length", "1,000 to 5,000"].get("href", ""))) == []


@pytest.mark.parametrize("sort", ["relevance", "title", "author", "added", "updated", "words", "odd"])
def test_no_order_and_no_page_is_wrong(library: Library, sort: str) -> None:
    here = Browser(desk(library=library))

    for page in ("1", "2", "999999", "-1", "x"):
        for asked in (f"works?sort={sort}&page={page}", f"works?q=rain&sort={sort}&page={page}"):
            catalogues.atom(here.get(f"/opds/v1.2/{asked}").content)
            catalogues.opds2(here.get(f"/opds/v2/{asked}").content)
        catalogues.opds2(here.get(f"/opds/v2/by/author?page={page}").content)


def test_a_long_list_is_turned_page_by_page(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("remnant.web.opds.SIZE", 1)
    app = _app(library)
    first = _feed(app, "/opds/v1.2/works?sort=title")
    (last,) = _hrefs(first, "next")
    second = _feed(app, last)

    assert [_titles(feed) for feed in (first, second)] == [["The Lamp"], ["The Weir"]]
    assert _hrefs(first, "previous") == _hrefs(second, "next") == []
    assert _hrefs(second, "previous") == _hrefs(second, "first") == ["/opds/v1.2/works?sort=title"]
    assert _hrefs(first, "last") == [last]
    assert first.findtext(f"{ATOM}id") == second.findtext(f"{ATOM}id")
    assert first.findtext(f"{catalogues.SEARCHED}totalResults") == "2"
    assert _hrefs(_feed(app, "/opds/v1.2/works?sort=title&page=99"), "previous") == [last]
    assert _titles(_feed(app, "/opds/v1.2/by/rating")) == ["general"]
    assert _titles(_feed(app, _hrefs(_feed(app, "/opds/v1.2/by/rating"), "next")[0])) == ["teen"]


def test_what_is_being_read_is_listed_the_last_first_and_never_the_veiled(library: Library) -> None:
    app = _app(library)
    opened = Reader("Ann", opened=frozenset(hit.work for hit in _all(library)))
    for hit in sorted(_all(library), key=lambda hit: hit.label):
        keep_place(library, opened, hit.work, len(hit.label) % 2)

    assert _titles(_feed(app, "/opds/v1.2/begun")) == ["The Weir", "The Lamp"]
    assert "Being read" in _titles(_feed(app, "/opds/v1.2"))


def _all(library: Library) -> tuple[Any, ...]:
    from remnant.model import EVERY_CANON, Seen

    return search(library, Reader("all", {EVERY_CANON: Seen(dont_mind=True)})).hits


def test_what_is_private_is_offered_to_no_app_not_even_here(library: Library) -> None:
    lamp = search(library, ANN, "lamp").hits[0].work
    wish(library, "Ann", lamp, WorkWish.PRIVATE)
    here = Browser(desk(library=library))

    assert "The Lamp" in here.get("/").text
    assert _titles(_feed(here, "/opds/v1.2/works")) == ["The Weir"]
    assert here.get(f"/opds/v1.2/work/{lamp}").status_code == 404
    assert _app(library).get(f"/api/v1/works/{lamp}").status_code == 404
    assert here.get(f"/api/v1/works/{lamp}").status_code == 200


def test_a_veiled_work_says_why_and_offers_nothing(library: Library) -> None:
    rope = next(hit.work for hit in _all(library) if hit.label == "The Rope")
    refused = _app(library).get(f"/opds/v2/work/{rope}")
    told = _app(library).get(f"/api/v1/works/{rope}").json()

    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert "the author warns: “Night Four”" in refused.json()["detail"]
    assert _app(library).get(f"/work/{rope}/download/epub").status_code == 403
    assert (told["veiled"], told["claims"], told["label"]) == (True, [], f"Veiled · {rope[:6]}")
    assert told["notices"][0]["text"] == "Spoilers: Night Four"


def test_what_an_app_has_already_is_not_sent_again(library: Library) -> None:
    app = _app(library)
    for address in ("/opds/v1.2/works", "/opds/v2", "/api/v1/works", f"/work/{_all(library)[0].work}/download/txt"):
        first = app.get(address)
        again = app.get(address, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
        head = app.head(address)

        assert (again.status_code, again.content) == (304, b"")
        assert (head.status_code, head.headers["etag"]) == (200, first.headers["etag"])
        assert {"Authorization", "Cookie"} <= set(first.headers["vary"].replace(" ", "").split(","))
        assert first.headers["cache-control"] == "private, no-cache"
        assert "last-modified" not in first.headers


def test_the_api_answers_what_the_command_line_prints(
    library: Library, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REMNANT_LIBRARY", str(library.path))
    app, work = _app(library), search(library, ANN, "lamp").hits[0].work

    def printed(*words: str) -> Any:
        face.main(["--reader", "Ann", *words, "--json"])
        return json.loads(capsys.readouterr().out)

    assert app.get("/api/v1/works?q=rain&size=20").json() == printed("find", "rain")
    assert app.get("/api/v1/works?q=nowhere&size=20").json() == printed("find", "nowhere")
    assert app.get(f"/api/v1/works/{work}").json() == printed("show", work)
    assert app.get(f"/api/v1/works/{work[:6]}/text").content == app.get(f"/work/{work}/download/json").content


def test_the_api_counts_values_page_by_page(library: Library) -> None:
    app = _app(library)
    first = app.get("/api/v1/facets/rating?size=1").json()
    second = app.get("/api/v1/facets/rating?size=1&page=2").json()
    asked = app.get("/api/v1/facets?q=lamp").json()

    assert first["values"] == [{"value": "general", "works": 1, "query": 'rating:="general"'}]
    assert (first["more"], second["values"][0]["value"], second["more"]) == (True, "teen", False)
    assert app.get("/api/v1/facets/rating?page=3").json()["values"] == []
    assert (asked["total"], asked["facets"]["rating"][0]["value"]) == (1, "teen")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/works?sort=odd", 400),
        ("/api/v1/works?size=0", 400),
        ("/api/v1/works?size=201", 400),
        ("/api/v1/works?page=x", 400),
        ("/api/v1/works?page=%D9%A1", 400),
        ("/api/v1/works?q=" + "x" * 1001, 400),
        ("/api/v1/works/zzzz", 404),
        ("/api/v1/works/zzzz/text", 404),
        ("/api/v1/facets/odd", 404),
        ("/api/v1/odd", 404),
        ("/api/v2", 404),
        ("/opds/v3", 404),
        ("/opds/v3/works", 404),
        ("/opds/v2/by/odd", 404),
        ("/opds/v1.2/work/zzzz", 404),
        ("/opds/v2/search.xml", 404),
        ("/work/zzzz/download/epub", 404),
        ("/work/zzzz/download/odd", 403),
    ],
)
def test_what_cannot_be_had_is_told_as_data(library: Library, address: str, status: int) -> None:
    answer = _app(library).get(address)

    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code == status
    assert answer.json()["detail"]


def test_an_app_reads_under_a_passphrase_only_while_it_is_given(library: Library) -> None:
    take_in(library, ANN, "Ann", ProfileKind.ADULT)
    lock(library, ANN, "four remembered words")
    app = _app(library)
    before = app.get("/opds/v1.2").status_code
    library.keys.clear()
    refused = app.get("/opds/v1.2")

    assert (before, refused.status_code) == (200, 403)
    assert "passphrase" in refused.json()["detail"]


@pytest.mark.parametrize("address", ["/opds/v1.2", "/opds/v2", "/opds/v1.2/works", "/opds/v2/works", "/opds/v2/begun"])
def test_an_empty_library_has_whole_feeds(tmp_path: Path, address: str) -> None:
    with open_library(tmp_path / "library", utc_now(), create=True) as empty:
        catch_up(empty)
        answer = Browser(desk(library=empty)).get(address)

    assert answer.headers["content-type"] in (FEED2, NAVIGATION, ACQUISITION, ENTRY)
    (catalogues.opds2 if "/v2" in address else catalogues.atom)(answer.content)
