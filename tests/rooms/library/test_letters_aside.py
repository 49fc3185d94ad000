"""Letters and reviews stand aside of the stories, are counted, and are there for whoever asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rooms.web.desks import Browser, desk

from remnant.library.adding import add
from remnant.library.asking import ASIDE, Answer, search
from remnant.library.giving import which_works
from remnant.library.opening import Library, open_library
from remnant.library.watching import utc_now
from remnant.model import EVERY_CANON, PieceKind, ProfileKind, Reader, Seen

ALL = Reader("all", {EVERY_CANON: Seen(dont_mind=True)})
MAIL = "From ann Mon Mar  5 10:00:00 2001\nFrom: Ann <ann@x.example>\nSubject: {}\nMessage-ID: <{}@x.example>\n\n{}\n\n"
STORY = "Title: The Quay\nAuthor: Ann\nRating: G\n\n" + "\n\n".join(
    f"On night {n} he walked along the quay, and the lantern was lit, and she said nothing to him at all."
    for n in range(30)
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    letters = [
        MAIL.format(f"Re: meeting {n}", n, f"> shall we?\nYes, bring the lantern on day {n}.\n\nAnn") for n in range(4)
    ]
    (tmp_path / "list.mbox").write_text(MAIL.format("FIC: The Quay (1/1)", "story", STORY) + "".join(letters), "utf-8")
    (tmp_path / "weir.txt").write_text("Title: The Weir\nSpoilers: Night Four\n\nThe lantern went out.\n", "utf-8")
    with open_library(tmp_path / "library", utc_now(), create=True) as made:
        add(made, [tmp_path / "list.mbox", tmp_path / "weir.txt"])
        yield made


def _kinds(answer: Answer) -> set[PieceKind]:
    return {hit.kind for hit in answer.hits}


@pytest.mark.parametrize("text", ["", "lantern"])
def test_they_are_found_where_their_kind_is_asked_for_and_counted_elsewhere(library: Library, text: str) -> None:
    answer = search(library, ALL, text, size=100)
    (count,) = answer.aside
    letters = search(library, ALL, count.query, size=100)
    everything = search(library, ALL, f"{text} -kind:other", size=100)

    assert _kinds(answer).isdisjoint(ASIDE)
    assert (count.value, count.works) == ("letter", 4)
    assert (letters.total, _kinds(letters), letters.aside) == (4, {PieceKind.LETTER}, ())
    assert everything.total == answer.total + count.works
    assert sum(one.works for one in answer.facets["kind"]) == answer.total


def test_the_shelf_and_exports_say_that_there_are_more(library: Library) -> None:
    shelf = Browser(desk(library=library)).get("/").text
    works, notes = which_works(library, ALL, "lantern")
    catalogue = Browser(desk(library=library)).get("/opds/v2").json()["navigation"]

    assert 'href="/?q=kind%3Aletter">4 letters</a>' in shelf
    assert ("Letters", "/opds/v2/works?q=kind%3Aletter") in [(way["title"], way["href"]) for way in catalogue]
    assert "Re: meeting" not in shelf
    assert len(works) == search(library, ALL, "lantern").total
    assert any("kind:letter" in note for note in notes)


def test_what_is_veiled_is_counted_as_before_and_a_child_is_told_of_nothing_hidden(library: Library) -> None:
    ann, kit = Reader("Ann"), Reader("kit", kind=ProfileKind.CHILD)

    assert search(library, ann).veiled == 1
    assert search(library, ann, "lantern").veiled == 0
    assert [search(library, ann, text).unasked for text in ("", "lantern", "zeppelin")] == [0, 0, 1]
    assert search(library, kit, "zeppelin").unasked == 0
    assert search(library, kit).aside == ()
