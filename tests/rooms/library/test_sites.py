"""A folder of saved pages with its list is stories, whole, each with what the list says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.strategies import libraries, sites
from tests.strategies.libraries import READER
from tests.strategies.shelves import laid

from remnant.library.adding import add
from remnant.library.asking import search
from remnant.library.giving import book
from remnant.library.knowing import known, standings_of
from remnant.library.opening import Library
from remnant.library.pool import Pool
from remnant.library.rebuilding import rebuild
from remnant.library.reconciling import reconcile
from remnant.model import Field, PieceKind

STORIES = {"Salt", "Stair", "The Ferry", "The Lamp on the Stair", "The Rope, Untied"}


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with libraries.shared_pool() as pool:
        yield pool


@pytest.fixture(scope="module")
def library(pool: Pool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("a site")
    with libraries.library_at(folder / "library", pool) as library:
        add(library, [laid(folder / "lamproom", sites.FILES)])
        yield library


def stories(library: Library) -> dict[str, str]:
    """Works by what they are called; those that the list does not name are called otherwise."""
    return {hit.label: hit.work for hit in search(library, READER, size=100).hits if hit.kind is PieceKind.STORY}


def test_what_a_list_names_is_a_story_under_its_name(library: Library) -> None:
    found = stories(library)

    assert set(found) >= STORIES
    assert len(found) == len(STORIES) + 1
    ferry = known(library, READER, found["The Ferry"])
    assert ferry.fields[Field.AUTHOR] == ("Maud Tern",)
    assert ferry.fields[Field.RELATIONSHIP] == ("Noor/Maren",)
    assert {claim.normalised for claim in ferry.claims if claim.field is Field.RATING} == {"mature"}


@pytest.mark.parametrize(
    ("title", "first", "last"),
    [
        ("The Ferry", "Ferry one began", "Ferry two began"),
        ("Salt", "Salt one began", "Salt two began"),
        ("The Rope, Untied", "Rope began", "Rope again began"),
    ],
)
def test_pages_of_one_story_are_one_work_in_order(library: Library, title: str, first: str, last: str) -> None:
    text = book(library, READER, stories(library)[title], "txt").data.decode()

    assert 0 < text.index(first) < text.index(last)
    assert "Next part" not in text
    assert "Stair began" not in text


def test_the_page_speaks_for_itself_before_its_list(library: Library) -> None:
    claims = known(library, READER, stories(library)["The Rope, Untied"]).claims

    assert {claim.value for claim in claims if claim.field is Field.TITLE} == {"The Rope, Untied", "Rope"}


def test_each_word_of_a_list_is_cited_in_the_list_that_has_it(library: Library) -> None:
    found = standings_of(library, READER, stories(library)["The Rope, Untied"])
    places = {place.here: place.name for listed in found.values() for place in listed}

    assert places["Rope"] == "lamproom/authors/odile.html"
    assert places["The Rope, Untied"] == "lamproom/stories/rope.html"


def test_what_is_listed_and_missing_and_what_nobody_lists_is_told(library: Library) -> None:
    told = reconcile(library, READER, "lamproom")

    assert sorted(one.message.partition(": ")[2] for one in told.missing) == [
        "stories/ferry3.html.",
        "stories/gone.html.",
    ]
    assert told.loose == ("lamproom/about.html", "lamproom/stories/nobody.html")


def test_every_order_of_coming_gives_the_same(pool: Pool, tmp_path: Path) -> None:
    found = set()
    for number, files in enumerate(sites.folders()):
        with libraries.library_at(tmp_path / f"library {number}", pool) as library:
            names = list(files)
            for part in (names[:4], names[4:]):
                some = {name: files[name] for name in part}
                add(library, [laid(tmp_path / f"came {number} {part[0].replace('/', ' ')}" / "lamproom", some)])
            found.add(frozenset(stories(library).items()))
            grown = library.index().dump()
            rebuild(library)
            assert library.index().dump() == grown

    assert len(found) == 1


def test_a_page_that_lists_nothing_here_changes_nothing(pool: Pool, tmp_path: Path) -> None:
    files = {
        "index.html": b"<html><body><p>It was late.</p><p>She left.</p></body></html>",
        "x.txt": b"Another tale.\n",
    }
    with libraries.library_at(tmp_path / "library", pool) as library:
        add(library, [laid(tmp_path / "site", files)])

        assert library.index().counts().works == 2


def test_a_list_that_turns_out_to_stand_in_another_speaks_no_more(pool: Pool, tmp_path: Path) -> None:
    links = "".join(f'<p><a href="{name}.html">{name.title()}</a></p>' for name in ("lamp", "stair", "rope"))
    inner = {"stories/index.html": f"<html><body>{links}</body></html>".encode()}
    pages = {name: data for name, data in sites.FILES.items() if name.startswith("stories/")}
    with libraries.library_at(tmp_path / "library", pool) as library:
        add(library, [laid(tmp_path / "came" / "lamproom", {**pages, **inner})])
        add(library, [laid(tmp_path / "later" / "lamproom", sites.FILES)])
        grown = library.index().dump()
        rebuild(library)

        assert library.index().dump() == grown
