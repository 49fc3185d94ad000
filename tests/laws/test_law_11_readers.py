"""Law 11: a warning is a rule about a reader. Readers by works by surfaces, each cell written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.rooms.web.desks import Browser, desk

from remnant.errors import NotFoundError, RefusedError
from remnant.library import readers
from remnant.library.adding import add
from remnant.library.asking import search, veiled
from remnant.library.giving import book, export
from remnant.library.knowing import came, card, known, standings_of
from remnant.library.listing import findings, index_state, unread
from remnant.library.opening import Library, open_library
from remnant.library.unveiling import once
from remnant.library.watching import utc_now
from remnant.model import EVERY_CANON, ProfileKind, Reader, Seen

HARBOUR = """\
format = 1
id = "glass-harbour"
name = "Glass Harbour"
sources = ["made for a test"]

[[series]]
number = 1
parts = [{title = "The Jetty", GB = 2008-01-01, US = 2008-01-02}]

[[series]]
number = 2
parts = [
  {title = "Night One", GB = 2009-07-06, US = 2009-07-20},
  {title = "Night Two", GB = 2009-07-07, US = 2009-07-21},
  {title = "Night Three", GB = 2009-07-08, US = 2009-07-23},
  {title = "Night Four", GB = 2009-07-09, US = 2009-07-22},
  {title = "Night Five", GB = 2009-07-10, US = 2009-07-24},
]
"""

WORKS = {
    "four": "Fandom: Glass Harbour\nSpoilers: Night Four",
    "series": "Fandom: Glass Harbour\nSpoilers: Glass Harbour, series 2",
    "unknown": "Fandom: Salt Road\nSpoilers: Salt Road season 3",
    "unparsed": "Fandom: Glass Harbour\nSpoilers: the thing with the boat",
    "none": "Fandom: Glass Harbour",
    "denied": "Fandom: Glass Harbour\nSpoilers: none",
}

READERS = {
    "unseen": Reader("unseen"),
    "through three": Reader("three", {"glass-harbour": Seen(up_to="2.3")}),
    "clip of four": Reader("clip", {"glass-harbour": Seen(up_to="2.3", clips=frozenset({"2.4"}))}),
    "four alone": Reader("alone", {"Glass Harbour": Seen(parts=frozenset({"2.4"}))}),
    "through four": Reader("four", {"glass-harbour": Seen(up_to="2.4")}),
    "all": Reader("all", {"glass-harbour": Seen(everything=True)}),
    "all of both": Reader("both", {"glass-harbour": Seen(everything=True), "salt road": Seen(everything=True)}),
    "minds nothing": Reader("mild", {EVERY_CANON: Seen(dont_mind=True)}),
    "american": Reader("american", {"glass-harbour": Seen(up_to="2.3", region="US")}),
    "own order": Reader("own", {"glass-harbour": Seen(up_to="2.1", order=("1.1", "2.4", "2.1"))}),
    "child": Reader("child", {"glass-harbour": Seen(up_to="2.3")}, kind=ProfileKind.CHILD),
    "child, four": Reader("child", {"glass-harbour": Seen(up_to="2.4")}, kind=ProfileKind.CHILD),
    "guest": Reader("guest", kind=ProfileKind.GUEST),
}

TABLE = """
                 four series unknown unparsed none denied
unseen           V    V      V       V        O    O
through three    V    V      V       V        O    O
clip of four     V    V      V       V        O    O
four alone       O    V      V       V        O    O
through four     O    V      V       V        O    O
all              O    O      V       O        O    O
all of both      O    O      O       O        O    O
minds nothing    O    O      O       O        O    O
american         O    V      V       V        O    O
own order        O    V      V       V        O    O
child            H    H      H       H        O    O
child, four      O    H      H       H        O    O
guest            H    H      H       H        O    O
"""
"""O: open. V: veiled. H: hidden. The American saw Night Four before Night Three, as it was shown there."""


def _table() -> Iterator[tuple[str, dict[str, str]]]:
    head, *rows = TABLE.strip("\n").splitlines()
    for row in rows:
        yield row[:17].strip(), dict(zip(head.split(), row[17:].split(), strict=True))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One work of each kind, with its name as a word that stands in no other: in its title, its story and its tag."""
    place = tmp_path_factory.mktemp("readers")
    for name, head in WORKS.items():
        text = f"Title: The {name}title\nAuthor: {name}author\n{head}\nRating: G\nGenre: {name}tag\n\n"
        (place / f"{name}file.txt").write_text(f"{text}The {name}story began in the rain, and it rained all day.\n")
    with open_library(place / "library", utc_now(), create=True) as made:
        (made.path / "canons").mkdir(exist_ok=True)
        (made.path / "canons" / "glass-harbour.toml").write_text(HARBOUR)
        add(made, sorted(place.glob("*.txt")))
        yield made


@pytest.fixture(scope="module")
def ids(library: Library) -> dict[str, str]:
    everything = search(library, READERS["minds nothing"], size=100).hits
    return {name: hit.work for name in WORKS for hit in everything if hit.label == f"The {name}title"}


@pytest.mark.parametrize(("who", "cells"), list(_table()), ids=[who for who, _ in _table()])
def test_every_surface_says_what_the_table_says(
    library: Library,
    ids: dict[str, str],
    who: str,
    cells: dict[str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reader = READERS[who]
    monkeypatch.setattr(readers, "reader_of", lambda _library, _name: reader)
    app = Browser(desk(library=library))
    feeds = " ".join(app.get(address).text for address in FEEDS)
    shelf, behind = search(library, reader, size=100), veiled(library, reader)
    by_strength = {letter: {ids[name] for name, cell in cells.items() if cell == letter} for letter in "OVH"}

    assert {hit.work for hit in shelf.hits} == by_strength["O"]
    assert (shelf.total, shelf.veiled) == (len(by_strength["O"]), len(by_strength["V"]))
    assert {hit.work for hit in behind.hits} == by_strength["V"]
    assert behind.total == len(by_strength["V"])
    export(library, reader, "", "txt", tmp_path / "out")
    written = " ".join(path.name + path.read_text("utf-8") for path in (tmp_path / "out").glob("*"))
    for name, cell in cells.items():
        _holds(library, reader, name, ids[name], cell)
        assert (f"{name}story" in written) == (cell == "O")
        assert (f"The {name}title" in feeds) == (cell == "O")
        assert cell == "O" or not any(f"{name}{part}" in feeds for part in ("author", "tag", "file", "story"))
        assert (
            app.get(f"/opds/v2/work/{ids[name]}").status_code,
            app.get(f"/api/v1/works/{ids[name]}").status_code,
        ) == {
            "O": (200, 200),
            "V": (403, 200),
            "H": (404, 404),
        }[cell]
        assert cell == "O" or not any(f"{name}{part}" in written for part in ("title", "author", "tag", "file"))


FEEDS = ("/opds/v1.2/works", "/opds/v2/works", "/opds/v2/by/author", "/opds/v1.2/by/tag", "/api/v1/works")


def _holds(library: Library, reader: Reader, name: str, work: str, cell: str) -> None:
    """Every question that could find the work, and every way of asking for it by name."""
    found = {
        text: search(library, reader, text)
        for text in (
            f"{name}story",
            f"author:{name}author",
            f"tag:{name}tag",
            f"title:{name}title",
            f"{name}file",
            f"rating:general {name}story",
            f"-{name}story",
        )
    }
    told = repr([(a.hits, a.total, a.facets) for text, a in found.items()] + [search(library, reader).facets])

    assert [found[text].total for text in list(found)[:4]] == [int(cell == "O")] * 4
    assert all(answer.veiled == 0 for answer in found.values())
    # What is said to whoever finds nothing is the same for every question, so it tells of none.
    assert {answer.unasked for answer in found.values() if not answer.total} <= {search(library, reader).veiled}
    assert all(answer.unasked == 0 for answer in found.values() if answer.total)
    assert cell == "O" or not any(f"{name}{part}" in told for part in ("story", "title", "author", "tag", "file"))
    if cell == "H":
        for asked in (work, work[:9]):
            with pytest.raises(NotFoundError) as one:
                known(library, reader, asked)
            assert str(one.value) == f"No work has an id that begins with {asked!r}."
        with pytest.raises(RefusedError):
            once(library, reader, work)
        return
    shown = known(library, reader, work[:9])
    assert (shown.veiled, card(library, reader, work).veiled) == (cell == "V", cell == "V")
    if cell == "V":
        _is_a_veiled_card(library, reader, name, work)


def _is_a_veiled_card(library: Library, reader: Reader, name: str, work: str) -> None:
    shown = known(library, reader, work)

    assert (shown.body, shown.claims, dict(shown.fields), shown.originals, shown.snippet) == (None, (), {}, (), None)
    assert not any(f"{name}{part}" in repr(shown) for part in ("story", "title", "author", "tag", "file"))
    assert any(notice.text.casefold() in WORKS[name].casefold() for notice in shown.notices)
    assert shown.why
    assert all(why.startswith("Veiled: ") for why in shown.why)
    assert (came(library, reader, work).arrivals, standings_of(library, reader, work)) == ((), {})
    assert findings(library, reader, work=work) == ()
    with pytest.raises(RefusedError, match="Veiled"):
        book(library, reader, work, "epub")
    opened = once(library, reader, work)
    assert known(library, opened, work).titled
    assert search(library, opened, f"{name}story").total == 1
    assert known(library, reader, work).veiled


def test_why_is_said_in_words_that_a_person_can_use(library: Library, ids: dict[str, str]) -> None:
    def why(who: str, name: str) -> tuple[str, ...]:
        return known(library, READERS[who], ids[name]).why

    four = "Veiled: the author warns of spoilers for Night Four (Glass Harbour); "
    assert why("unseen", "four") == (f"{four}you have not said that you have seen it.",)
    assert why("through three", "four") == (f"{four}you have seen up to Night Three (2x03).",)
    assert why("clip of four", "four") == (f"{four}you have seen up to Night Three (2x03) and a clip of it.",)
    assert why("unseen", "unparsed")[0].startswith("Veiled: the author warns: “the thing with the boat”; ")


def test_who_only_reads_is_told_no_number_of_what_they_may_not_see(library: Library, ids: dict[str, str]) -> None:
    child, adult = READERS["child"], READERS["unseen"]

    assert (index_state(library, child).originals, index_state(library, child).works) == (2, 2)
    assert index_state(library, adult).originals == len(ids)
    assert unread(library, child) == ()


def test_what_is_seen_counts_at_once_and_opening_is_for_one_reader(library: Library, ids: dict[str, str]) -> None:
    before = search(library, READERS["through three"]).total
    later = Reader("three", {"glass-harbour": Seen(up_to="2.4")})

    assert search(library, later).total == before + 1
    assert search(library, READERS["through three"]).total == before
